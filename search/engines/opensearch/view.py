"""One state of an index in a cluster, and the time that one question may take there."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from index.engines.opensearch.cluster import Cluster, Json, RefusedError
from index.errors import CorruptError, StoreError, UnreachableError
from index.settings import Settings
from index.store.manifest import REPAIR
from search.engines.engine import Cut
from search.language import _
from search.partial import miss

_GRACE_SECONDS = 5.0
"""How much longer than the cluster may take for a question its answer is waited for."""

_GONE = 404
_FAILED = 500

_TRIES = 3
"""How often a new point in time is asked for: a node that has just come back is reached by some of the others first,
and each request goes to the next of the hosts."""

_WAIT_SECONDS = 0.25
"""How long until it is asked for again."""

_HOPELESS_SECONDS = 10.0
"""How long it is asked for but once, after all tries have failed: a cluster looks so often for nodes that it lost."""


_LONGEST_SECONDS = 86_400
"""A cluster keeps no point in time longer after it was last asked (point_in_time.max_keep_alive)."""


class View:
    """A point in time of an index: what was in it when the generation was opened, whatever is written since.

    A point in time lies on the nodes that had the parts of the index then. Where one of them is gone, or the cluster
    let go of it since nobody asked for a long time, another is made, of the index as it is now. Where a part of it
    cannot be had, that is tried again a few times, but not for each question: see `_TRIES`. Safe for threads.
    """

    def __init__(self, cluster: Cluster, index: str, settings: Settings) -> None:
        self._cluster = cluster
        self._index = index
        self._keep = f"{min(_LONGEST_SECONDS, max(60, int(settings.cursor_seconds)))}s"
        self._lock = threading.Lock()
        self._point: str | None = None
        self._failed: tuple[float, UnreachableError] | None = None
        self._hopeless = 0.0

    def search(self, body: Json, *, seconds: float, params: Json | None = None) -> Json:
        """Search this state; where parts of it do not answer, once more in a new one.

        Raises UnreachableError where nothing answers, CorruptError where there is no such index.
        """
        point = self._opened(seconds)
        try:
            answer = self._search(point, body, seconds, params)
        except RefusedError as error:
            if error.status != _GONE:
                raise
            return self._search(self._renewed(point, seconds), body, seconds, params)
        if not answer["_shards"]["failed"]:
            return answer
        try:
            return self._search(self._renewed(point, seconds), body, seconds, params)
        except UnreachableError:
            return answer  # some parts have no copy left: what the others say, and a notice, is better than nothing

    def close(self) -> None:
        """Let go of the point in time, which holds files in the cluster."""
        with self._lock:
            point, self._point = self._point, None
        if point:
            self._drop(point)
        self._cluster.close()

    def _search(self, point: str, body: Json, seconds: float, params: Json | None) -> Json:
        asked = {
            "timeout": f"{max(1, int(1000 * seconds))}ms",
            "pit": {"id": point, "keep_alive": self._keep},
            **body,
        }
        with _passing():
            return self._cluster.ask("POST", "/_search", asked, params=params, seconds=seconds + _GRACE_SECONDS)

    def _opened(self, seconds: float) -> str:
        point, began = self._point, time.monotonic()
        if point is not None:
            return point  # also while another question tries for a better one
        with self._lock:
            if self._point is None:
                self._point = self._insist(began, seconds)
            return self._point

    def _renewed(self, old: str, seconds: float) -> str:
        """Give a new point in time; the one that another thread made meanwhile will do."""
        began = time.monotonic()
        with self._lock:
            if self._point in {old, None}:
                self._point = self._insist(began, seconds)
            found = str(self._point)
        self._drop(old)
        return found

    def _insist(self, began: float, seconds: float) -> str:
        """Make a point in time, for a question that had so many seconds when it `began` to wait for those before it.

        Where all fails, who waited meanwhile is told so without another try, and who comes soon has but one.
        """
        if self._failed and self._failed[0] > began:
            raise self._failed[1]
        for left in reversed(range(_TRIES)):
            try:
                return self._open()
            except UnreachableError as error:
                now = time.monotonic()
                if not left or now < self._hopeless or now + _WAIT_SECONDS > began + seconds:
                    self._failed = now, error
                    self._hopeless = max(self._hopeless, now + _HOPELESS_SECONDS if not left else 0.0)
                    raise
                time.sleep(_WAIT_SECONDS)
        raise AssertionError("the last try gives or raises")

    def _open(self) -> str:
        try:
            with _passing():
                elastic = self._cluster.elastic()
                path = f"/{self._index}/" + ("_pit" if elastic else "_search/point_in_time")
                params: dict[str, Any] = {"keep_alive": self._keep}
                if not elastic:
                    params["allow_partial_pit_creation"] = "false"
                answer = self._cluster.ask("POST", path, params=params, seconds=10 * _GRACE_SECONDS)
        except RefusedError as error:
            if error.status == _GONE:
                raise CorruptError(
                    f"the index {self._index} is not there", where=str(self._cluster.address), remedy=REPAIR
                ) from error
            raise
        return str(answer["id" if elastic else "pit_id"])

    def _drop(self, point: str) -> None:
        try:
            if self._cluster.elastic():
                self._cluster.ask("DELETE", "/_pit", {"id": point})
            else:
                self._cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})
        except StoreError:
            return  # it ends by itself


@contextmanager
def _passing() -> Iterator[None]:
    """Raise UnreachableError for what somebody will mend, so that readers may come back: all but what we asked wrongly.

    A node has just gone, and the cluster does not know it yet; or a password was changed, or a right taken away.
    """
    try:
        yield
    except UnreachableError:
        raise
    except StoreError as error:
        if isinstance(error, RefusedError) and error.status < _FAILED:
            raise
        remedy = "Ask again in a moment" if isinstance(error, RefusedError) else error.remedy
        raise UnreachableError(error.what, where=error.where, remedy=remedy) from error


class Asking:
    """The requests of one question, which share its time; `cuts` says what is missing of the answers."""

    def __init__(self, view: View, seconds: float) -> None:
        self._view = view
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._cuts: dict[Cut, None] = {}

    def search(self, body: Json, *, params: Json | None = None) -> Json:
        """Ask for what is left of the time, and note where the answer is partial."""
        answer = self._view.search(body, seconds=max(0.05, self._end - time.monotonic()), params=params)
        shards = answer["_shards"]
        if shards["failed"]:
            miss("shards-failed")
            self.note(
                Cut(
                    code="shards-failed",
                    message=_(
                        "%(failed)s of %(total)s parts of the archive did not answer: "
                        "articles there are neither found nor counted.",
                        failed=shards["failed"],
                        total=shards["total"],
                    ),
                    span=(0, 0),
                )
            )
        if answer.get("timed_out"):
            miss("deadline")
            message = _(
                "The query took longer than %(seconds)s seconds. The answer is partial.", seconds=f"{self._seconds:g}"
            )
            self.note(Cut(code="deadline", message=message, span=(0, 0)))
        return answer

    def note(self, cut: Cut) -> None:
        """Note that a clause was not searched in full."""
        self._cuts[cut] = None

    def cuts(self) -> tuple[Cut, ...]:
        """Give what was noted, each once."""
        return tuple(self._cuts)
