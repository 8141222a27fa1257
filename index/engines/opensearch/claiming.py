"""That a prefix has one writer: a mark on its index in the cluster, with the number of the last write that was begun.

The mark is an alias, `PREFIX-at-NUMBER`, since a cluster changes aliases all at once or not at all, and may be told
that one must be there: so of two writers that move the same mark, one is refused. A data directory that was copied has
the mark of its original, which only the first of the two finds again. That an alias has one index to be written to, by
the cluster's own rule, refuses the second of two archives that begin with one prefix at the same time.
"""

import contextlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.engines.opensearch.cluster import Cluster, Json, RefusedError
from index.engines.opensearch.remote import Remote
from index.errors import CorruptError, StoreError
from index.store.files import replace_durably
from index.store.manifest import REPAIR

BEGUN = "BEGUN"
"""A file beside the generations: the last mark that was found, and the one that was to replace it."""


_TAKEN = {"aliases_not_found_exception", "illegal_state_exception"}
"""What a cluster says where a mark is gone, and where an alias has another index to be written to."""


class MovedError(StoreError):
    """Somebody else has written to the prefix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark: the index that has it, and the number of the write."""

    index: str
    number: int


class Claim:
    """The claim of one data directory to a prefix, while it writes."""

    def __init__(self, cluster: Cluster, directory: Path) -> None:
        self._cluster = cluster
        self._prefix = cluster.address.prefix
        self._path = directory.parent / BEGUN
        self._mark: Mark | None = None

    @property
    def least(self) -> int:
        """The least number that the next write may have."""
        return max(self._begun(), default=-1) + 1

    @property
    def marked(self) -> str | None:
        """The index that has the mark, None where none has."""
        return self._mark.index if self._mark else None

    def check(self, indices: Collection[str], base: Remote | None, known: Iterable[Remote]) -> None:
        """Find the mark on some indices; raises MovedError where another has moved it, CorruptError where it is old."""
        self._mark = self._found(indices)
        if self._mark is None:
            return
        writes = [one.write for one in known]
        number, newest = self._mark.number, max(writes, default=-1)
        if number > newest and number not in self._begun():
            raise self._moved()
        if base and number < base.write:
            raise CorruptError(
                f"the index {self._mark.index} is of an earlier time than the generation",
                where=str(self._cluster.address),
                remedy=REPAIR,
            )

    def begin(self, index: str, number: int, actions: Sequence[Json] = ()) -> None:
        """Mark an index as being written, and change aliases with it; raises MovedError where another has since."""
        before = self._path.read_bytes() if self._path.exists() else b""
        numbers = [*([self._mark.number] if self._mark else []), number]
        replace_durably(self._path, " ".join(map(str, numbers)).encode("ascii"))
        try:
            self.end(index, number, actions)
        except MovedError:
            replace_durably(self._path, before)
            raise

    def end(self, index: str, number: int, actions: Sequence[Json]) -> None:
        """Move the mark to an index, and change aliases with it; raises MovedError where the mark is not there."""
        moved = Mark(index=index, number=number)
        moving: list[Json] = [*actions]
        if self._mark != moved:
            if self._mark:
                old = {"index": self._mark.index, "alias": self._alias(self._mark.number), "must_exist": True}
                moving.append({"remove": old})
            moving.append({"add": {"index": index, "alias": self._alias(number)}})
        try:
            self._cluster.ask("POST", "/_aliases", {"actions": moving})
        except RefusedError as error:
            if error.kind in _TAKEN:
                raise self._moved() from error
            raise
        self._mark = moved

    def _found(self, indices: Collection[str]) -> Mark | None:
        answer = self._cluster.ask("GET", f"/{self._prefix}-*/_alias")
        pattern = re.compile(rf"{re.escape(self._prefix)}-at-(\d+)")
        found = [
            Mark(index=name, number=int(known[1]))
            for name, one in answer.items()
            if name in indices
            for known in map(pattern.fullmatch, one.get("aliases", {}))
            if known
        ]
        return max(found, key=lambda mark: mark.number, default=None)

    def _begun(self) -> list[int]:
        with contextlib.suppress(OSError, ValueError):
            return [int(one) for one in self._path.read_bytes().split()]
        return []

    def _alias(self, number: int) -> str:
        return f"{self._prefix}-at-{number}"

    def _moved(self) -> MovedError:
        return MovedError(
            f"somebody else has written to the prefix {self._prefix} since this data directory did",
            where=str(self._cluster.address),
            remedy="Was the directory copied? Go on with the other copy, or give this one another prefix in the "
            "setting engine and run `newsmorgue index --from-archive --again`",
        )
