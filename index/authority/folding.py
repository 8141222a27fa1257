"""Fold a log of corrections: the state after its first N entries follows from these alone.

A correction acts on names as they are shown when it is made, so that the state is one function after another: what was
merged may be merged again, and nothing can go round in a circle. Undoing leaves an entry out and replays the others,
each on whom it was about when it was made: index/authority/building.py.
"""

from collections.abc import Iterable, Sequence
from typing import get_args

from index.authority.building import Building, Meant
from index.authority.keys import key_of
from index.authority.state import Rule, State
from index.authority.types import Entry, NameKind

__all__ = ["KINDS", "Folding", "Rule", "State", "conflicts", "effective", "fold", "void"]

KINDS: tuple[NameKind, ...] = get_args(NameKind)


class Folding:
    """A log while it is folded, entry by entry; `states` may be asked in between.

    Takes for each entry a time that does not grow with the log, and for each undoing one in proportion to what is in
    force then: what was undone is gone through once. Not safe for threads.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: dict[int, Entry] = {}
        self._force: dict[int, Entry] = {}
        self._undoings: dict[int, int] = {}
        self._written: dict[str, str] = {}
        self._meant: dict[int, Meant] = {}
        self._building, self._stale = self._empty(), False
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Go on by the next entry; of each is noted whom it meant when it was made."""
        correction = entry.correction
        self._entries[entry.number] = entry
        if correction.what == "undo":
            if correction.undoes < entry.number:
                self._undo(correction.undoes)
            self._stale = True
            return
        building = self._built()
        for name in (*correction.names, correction.to):
            self._written.setdefault(key_of(name), name)
        self._meant[entry.number] = building[correction.kind].meant(correction)
        building[correction.kind].apply(correction, entry.number, self._meant[entry.number])
        self._force[entry.number] = entry

    def states(self) -> dict[NameKind, State]:
        """Give what the entries so far come to."""
        return {kind: one.state() for kind, one in self._built().items()}

    def conflicts(self) -> set[int]:
        """Give the numbers of the entries that lost their meaning; see `conflicts` below."""
        return {number for one in self._built().values() for number in one.conflicts}

    def _undo(self, number: int) -> None:
        """Note one more undoing of an entry: where that undid, what it undid may be in force again, and so on."""
        more = True
        while True:
            before = self._undoings.get(number, 0)
            self._undoings[number] = before + (1 if more else -1)
            if bool(before) == bool(self._undoings[number]) or (entry := self._entries.get(number)) is None:
                return
            if entry.correction.what != "undo":
                if more:
                    self._force.pop(number, None)
                else:
                    self._force[number] = entry
                return
            if entry.correction.undoes >= number:
                return
            number, more = entry.correction.undoes, not more

    def _built(self) -> "_Buildings":
        """Give the states as they are being built; after an undoing, what is left in force is replayed."""
        if self._stale:
            self._building, self._stale = self._empty(), False
            for number in sorted(self._force):
                correction = self._force[number].correction
                self._building[correction.kind].apply(correction, number, self._meant[number])
        return self._building

    def _empty(self) -> "_Buildings":
        return {kind: Building(self._written) for kind in KINDS}


_Buildings = dict[NameKind, Building]


def fold(entries: Sequence[Entry]) -> dict[NameKind, State]:
    """Give the state after some entries, which are a log's first ones."""
    return Folding(entries).states()


def conflicts(entries: Sequence[Entry]) -> set[int]:
    """Give the numbers of the entries in force that lost their meaning by the undoing of earlier ones.

    Whom they are about is hidden, or a name that they give to one has become another's again.
    """
    return Folding(entries).conflicts()


def effective(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries in force, in their order, without those that undo."""
    undone = void(entries)
    return [one for one in entries if one.correction.what != "undo" and one.number not in undone]


def void(entries: Sequence[Entry]) -> set[int]:
    """Give the numbers of the entries that were undone; to undo an undoing is to do again."""
    found: set[int] = set()
    for entry in reversed(entries):
        correction = entry.correction
        if correction.what == "undo" and entry.number not in found and correction.undoes < entry.number:
            found.add(correction.undoes)
    return found
