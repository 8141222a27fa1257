"""The log of corrections as one reader follows it: what was read is kept, and only what is new is read and folded.

A server asks with each correction and each commit, and a log only grows: reading all of it each time would have every
correction shown later than the one before.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.archive.connecting import Place
from index.authority.folding import Folding, State
from index.authority.log import read_log
from index.authority.types import Entry, NameKind

_DIGITS = 6
_KEPT = 8
"""Older states that are kept: those of the cursors that come back most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The first `entries` of a log, and the `states` that they come to.

    `name` stands for them: the last number and a digest of all, `12.3f9a1c`; "" for none.
    """

    name: str = ""
    entries: Sequence[Entry] = ()
    states: Mapping[NameKind, State] = field(default_factory=lambda: Folding().states())


NOTHING = Corrected()
"""What nobody corrected."""


class Log:
    """The log of the archive at a place, for the readers of a data directory; safe for threads.

    Each method may raise StoreError where the archive cannot be read, CorruptError where it is damaged.
    """

    def __init__(self, data_dir: Path, place: Place) -> None:
        self._data_dir = data_dir
        self._place = place
        self._lock = threading.Lock()
        self._begin()

    def now(self) -> Corrected:
        """Give all that was corrected so far."""
        with self._lock:
            self._read()
            name = self._names[-1] if self._names else ""
            if name not in self._kept:
                self._keep(Corrected(name=name, entries=tuple(self._entries), states=self._folding.states()))
            return self._kept[name]

    def at(self, name: str) -> Corrected | None:
        """Give the state that a name stands for, None where the log has none of that name."""
        number = int(name.partition(".")[0]) if name.partition(".")[0].isdecimal() else 0
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
            if number > len(self._names):
                self._read()
            if not 0 < number <= len(self._names) or self._names[number - 1] != name:
                return None if name else NOTHING
            first = tuple(self._entries[:number])
            return self._keep(Corrected(name=name, entries=first, states=Folding(first).states()))

    def _begin(self) -> None:
        self._entries: list[Entry] = []
        self._names: list[str] = []
        self._digest = b""
        self._folding = Folding()
        self._kept: OrderedDict[str, Corrected] = OrderedDict()

    def _read(self) -> None:
        """Read on; all anew where the last entry that is known is another now, as after a restore."""
        if self._entries:
            last, *new = read_log(self._data_dir, self._place, since=len(self._entries)) or (None,)
            if last == self._entries[-1]:
                self._add(new)
                return
        self._begin()
        self._add(read_log(self._data_dir, self._place))

    def _add(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._folding.add(entry)
            self._digest = hashlib.sha256(self._digest + repr(entry).encode("utf-8", "surrogatepass")).digest()
            self._entries.append(entry)
            self._names.append(f"{entry.number}.{self._digest.hex()[:_DIGITS]}")

    def _keep(self, found: Corrected) -> Corrected:
        self._kept[found.name] = found
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found
