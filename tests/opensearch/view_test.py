"""A new point in time is tried for a few times, and not by each question where a cluster stays broken."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from index.engines.opensearch.cluster import Json, RefusedError
from index.errors import UnreachableError
from index.settings import Settings
from search.engines.opensearch import view
from search.engines.opensearch.view import View


class Broken:
    """A cluster that lost a part of an index, and refuses points in time so many times."""

    address = "here"

    def __init__(self, refusals: int, *, at_opening: Callable[[], None] = lambda: None) -> None:
        self.refusals = refusals
        self.tried = 0
        self._at_opening = at_opening

    def elastic(self) -> bool:
        return False

    def ask(self, method: str, path: str, body: Any = None, **_: object) -> Json:
        if path == "/_search":
            return {"_shards": {"failed": int(body["pit"]["id"] == "0"), "total": 2}}
        if method == "POST":
            self.tried += 1
            if self.tried > 1:
                self._at_opening()
                if self.tried <= 1 + self.refusals:
                    raise RefusedError("Node not connected", where="here", status=500, kind="search_phase")
            return {"pit_id": str(self.tried - 1)}
        return {}


class Clock:
    """A time that passes by itself a little whenever it is asked for."""

    def __init__(self) -> None:
        self._now = 100.0

    def monotonic(self) -> float:
        self._now += 0.001
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "time", Clock())


def failed(asked: View, seconds: float = 10.0) -> int:
    return int(asked.search({}, seconds=seconds)["_shards"]["failed"])


def test_a_part_that_is_there_again_at_the_second_try_is_answered_from() -> None:
    cluster = Broken(refusals=1)
    assert failed(View(cluster, "i", Settings())) == 0  # type: ignore[arg-type]
    assert cluster.tried == 3


def test_where_a_part_stays_away_each_question_tries_but_once() -> None:
    cluster = Broken(refusals=1_000)
    asked = View(cluster, "i", Settings())  # type: ignore[arg-type]
    tried = []
    for _ in range(4):
        before = cluster.tried
        assert failed(asked) == 1
        tried.append(cluster.tried - before)
    assert tried == [4, 1, 1, 1]  # the first opened the view, too
    cluster.refusals = 0
    assert failed(asked) == 0


def test_who_has_no_time_left_does_not_wait_for_another_try() -> None:
    cluster = Broken(refusals=1_000)
    assert failed(View(cluster, "i", Settings()), seconds=0.1) == 1  # type: ignore[arg-type]
    assert cluster.tried == 2


def test_who_waited_while_others_tried_in_vain_is_told_without_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    opening, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        opening.set()
        assert go_on.wait(20)

    cluster = Broken(refusals=1_000, at_opening=hold)
    asked = View(cluster, "i", Settings())  # type: ignore[arg-type]
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(failed(asked, seconds=0.1))) for _ in range(3)]
    threads[0].start()
    assert opening.wait(20)
    lock = asked._lock
    waiting = threading.Semaphore(0)

    class Watched:
        def __enter__(self) -> None:
            waiting.release()
            lock.acquire()

        def __exit__(self, *_: object) -> None:
            lock.release()

    monkeypatch.setattr(asked, "_lock", Watched())
    for thread in threads[1:]:
        thread.start()
        assert waiting.acquire(timeout=20)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert found == [1, 1, 1]
    assert cluster.tried == 2


def test_a_view_that_cannot_be_opened_is_told_as_a_cluster_that_does_not_answer() -> None:
    cluster = Broken(refusals=1_000)
    cluster.tried = 1
    with pytest.raises(UnreachableError, match="Node not connected"):
        View(cluster, "i", Settings()).search({}, seconds=10.0)  # type: ignore[arg-type]
    assert cluster.tried == 4
