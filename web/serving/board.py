"""Numbers that all processes of a server share: each adds to its own column, each reads all.

Memory without a file (an anonymous mapping) that is made before the processes part, one column a process. A column is a
list of records, name and number, of which only its process makes new ones; so nothing is locked between processes, and
what a process counted stays when it is gone: who takes its place counts on. prometheus_client's multiprocess mode is
built alike, on files.
"""

import dataclasses
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.settings import Settings

MOST_PROCESSES = 4
"""Processes where the setting says one for each core: each keeps answers and decoded words of its own."""

_SHARED = (
    "search_cache_bytes",
    "leaf_cache_bytes",
    "filter_cache_bytes",
    "shown_cache_bytes",
    "snippet_cache_bytes",
)

_COLUMN = 256 * 1024
"""Bytes of a column: some 3,000 records; the system gives only what is written to."""

_USED = struct.Struct("<Q")
_NUMBER = struct.Struct("<d")
_NAMED = struct.Struct("<H")


def process_count(settings: Settings) -> int:
    """Give how many processes serve: as many as the setting says, one where the system cannot part them (`os.fork`)."""
    if not hasattr(os, "fork"):
        return 1
    return settings.processes or min(os.cpu_count() or 1, MOST_PROCESSES)


def portion(settings: Settings) -> Settings:
    """Give the settings of one of the processes: its part of the memory and connections that all may take together."""
    count = process_count(settings)
    sizes = {name: getattr(settings, name) // count for name in _SHARED}
    return dataclasses.replace(settings, **sizes, max_connections=max(10, settings.max_connections // count))


@dataclass(slots=True, kw_only=True)
class Board:
    """The columns of some processes; safe for threads. A process that is not told otherwise has the first."""

    columns: int
    own: int = 0
    _memory: mmap.mmap = field(init=False)
    _places: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._memory = mmap.mmap(-1, self.columns * _COLUMN)

    def take(self, column: int) -> None:
        """Count in a column from now on, where its last owner left off."""
        with self._lock:
            self.own = column
            self._places = {name: place for name, place, _ in self._records(column)}

    def add(self, name: str, amount: float) -> None:
        """Add to a number."""
        with self._lock:
            if place := self._place(name):
                _NUMBER.pack_into(self._memory, place, _NUMBER.unpack_from(self._memory, place)[0] + amount)

    def set(self, name: str, value: float) -> None:
        """Set a number."""
        with self._lock:
            if place := self._place(name):
                _NUMBER.pack_into(self._memory, place, value)

    def correct(self, column: int, name: str, value: float) -> None:
        """Set a number, where it has one, of a process that is gone."""
        for known, place, _ in self._records(column):
            if known == name:
                _NUMBER.pack_into(self._memory, place, value)

    def sums(self) -> dict[str, float]:
        """Give each number over all processes."""
        sums: dict[str, float] = {}
        for column in range(self.columns):
            for name, _, value in self._records(column):
                sums[name] = sums.get(name, 0.0) + value
        return sums

    def each(self, name: str) -> list[float]:
        """Give a number of each process, 0 where it has none."""
        found = ({known: value for known, _, value in self._records(one)} for one in range(self.columns))
        return [numbers.get(name, 0.0) for numbers in found]

    def _records(self, column: int) -> Iterator[tuple[str, int, float]]:
        """Give a column's names with the places of their numbers and these."""
        begin = column * _COLUMN
        end = begin + _USED.size + _USED.unpack_from(self._memory, begin)[0]
        at = begin + _USED.size
        while at < end:
            (size,) = _NAMED.unpack_from(self._memory, at)
            place = _aligned(at + _NAMED.size + size)
            name = self._memory[at + _NAMED.size : at + _NAMED.size + size].decode("utf-8")
            yield name, place, _NUMBER.unpack_from(self._memory, place)[0]
            at = place + _NUMBER.size

    def _place(self, name: str) -> int:
        """Give where a number of this process is, new ones at the end; 0 where there is no room for more."""
        if name not in self._places:
            begin = self.own * _COLUMN
            (used,) = _USED.unpack_from(self._memory, begin)
            at, coded = begin + _USED.size + used, name.encode("utf-8")
            place = _aligned(at + _NAMED.size + len(coded))
            if place + _NUMBER.size > begin + _COLUMN:
                return 0
            _NAMED.pack_into(self._memory, at, len(coded))
            self._memory[at + _NAMED.size : at + _NAMED.size + len(coded)] = coded
            _NUMBER.pack_into(self._memory, place, 0.0)
            _USED.pack_into(self._memory, begin, place + _NUMBER.size - begin - _USED.size)
            self._places[name] = place
        return self._places[name]


def _aligned(place: int) -> int:
    return place + -place % _NUMBER.size
