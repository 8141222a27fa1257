"""Send many changes to an index: in batches, some at a time, each until the cluster has taken all of it.

Every change carries the number of the write that it belongs to as an external version. So it does not matter how often
one is sent, nor whether an attempt that seemed lost arrives after all: the cluster keeps the newest write's.
"""

import json
import random
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, NamedTuple, Self

from index.engines.opensearch.cluster import Cluster, blocked
from index.errors import StoreError, UnreachableError
from index.settings import Settings

AT_A_TIME = 2
"""Batches on their way at a time: while the cluster writes one, the next is made and sent."""

_FIRST_WAIT = 0.2
_LONGEST_WAIT = 10.0
_TOO_BUSY = 429


class _Change(NamedTuple):
    """One line of a bulk request, or two."""

    id: str
    lines: bytes


class Bulk:
    """Takes changes for one index until the block ends; then all of them are on the cluster's disks.

    Whoever adds waits while `AT_A_TIME` batches are on their way: the cluster sets the pace. Where it refuses work as
    too busy, or a node is gone, the same is sent again, later and later, until for `opensearch_patience_seconds`
    nothing was taken: then UnreachableError is raised. Raises StoreError where the cluster will never take an article,
    and BlockedError at once where it takes none until somebody mends it: its disks are full, or the index is read-only.
    """

    def __init__(self, cluster: Cluster, index: str, settings: Settings, *, version: int) -> None:
        self._cluster = cluster
        self._path = f"/{index}/_bulk"
        self._most_bytes = settings.opensearch_bulk_bytes
        self._patience = settings.opensearch_patience_seconds
        self._version = version
        self._batch: list[_Change] = []
        self._bytes = 0
        self._threads = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="bulk")
        self._sent: deque[Future[None]] = deque()
        self._ending = threading.Event()
        self.repeated = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._send()
                self._settle(0)
        finally:
            self._ending.set()
            self._threads.shutdown(cancel_futures=True)

    def put(self, article_id: str, document: dict[str, Any]) -> None:
        """Add an article, or replace it."""
        self._add(article_id, "index", json.dumps(document, separators=(",", ":")).encode("ascii") + b"\n")

    def remove(self, article_id: str) -> None:
        """Take an article out where it is there."""
        self._add(article_id, "delete", b"")

    def _add(self, article_id: str, action: str, source: bytes) -> None:
        head = {action: {"_id": article_id, "version": self._version, "version_type": "external_gte"}}
        lines = json.dumps(head, separators=(",", ":")).encode("ascii") + b"\n" + source
        if self._batch and self._bytes + len(lines) > self._most_bytes:
            self._send()
        self._batch.append(_Change(article_id, lines))
        self._bytes += len(lines)

    def _send(self) -> None:
        if self._batch:
            self._settle(AT_A_TIME)
            self._sent.append(self._threads.submit(self._insist, self._batch))
            self._batch, self._bytes = [], 0

    def _settle(self, left: int) -> None:
        """Wait until fewer than so many batches, or none, are on their way; raises what went wrong with one."""
        while len(self._sent) >= max(1, left):
            self._sent.popleft().result()

    def _insist(self, changes: Sequence[_Change]) -> None:
        """Send changes until each was taken."""
        wait, until = _FIRST_WAIT, time.monotonic() + self._patience
        while changes:
            try:
                left, why = self._once(changes)
            except UnreachableError as error:
                left, why = changes, error.what
            if len(left) < len(changes):
                wait, until = _FIRST_WAIT, time.monotonic() + self._patience
            changes = left
            if changes:
                self.repeated += len(changes)
                if time.monotonic() > until:
                    raise UnreachableError(
                        f"the cluster took nothing for {self._patience:g} seconds: {why}",
                        where=str(self._cluster.address),
                        remedy="Run the same again when it is well: what was archived is kept",
                    )
                if self._ending.wait(wait * random.uniform(0.5, 1.5)):
                    return
                wait = min(2 * wait, _LONGEST_WAIT)

    def _once(self, changes: Sequence[_Change]) -> tuple[Sequence[_Change], str]:
        """Send changes; give those that the cluster could not take now, and why."""
        body = b"".join(change.lines for change in changes)
        answer = self._cluster.ask("POST", self._path, body)
        if not answer.get("errors"):
            return (), ""
        again, why = [], ""
        for change, item in zip(changes, answer["items"], strict=True):
            [result] = item.values()
            status, error = int(result["status"]), result.get("error") or {}
            if block := blocked(status, error, where=str(self._cluster.address)):
                raise block
            if status == _TOO_BUSY or status >= 500:
                again.append(change)
                why = f"it is too busy ({status}): {error.get('reason', 'it does not say why')}"
            elif error:
                raise self._refused(change.id, error)
        return again, why

    def _refused(self, article_id: str, error: dict[str, Any]) -> StoreError:
        if error.get("type") == "version_conflict_engine_exception":
            return StoreError(
                "another writer is at work on this index",
                where=str(self._cluster.address),
                remedy="Give each archive a prefix of its own, in the setting engine",
            )
        cause = error.get("caused_by") or error
        return StoreError(
            f"the cluster does not take the article {article_id}: {error.get('reason')}: {cause.get('reason')}",
            where=str(self._cluster.address),
            remedy="Please report it; `newsmorgue remove` takes the article out",
        )
