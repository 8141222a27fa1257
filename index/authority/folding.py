"""Fold a log of corrections: the state after its first N entries follows from these alone.

A correction acts on names as they are shown when it is made, so that the state is one function after another: what was
merged may be merged again, and nothing can go round in a circle. Undoing leaves an entry out and replays the others,
each on whom it was about when it was made: index/authority/building.py.
"""

from collections.abc import Sequence
from typing import get_args

from index.authority.building import Building, Meant
from index.authority.keys import key_of
from index.authority.state import Rule, State
from index.authority.types import Entry, NameKind

__all__ = ["KINDS", "Rule", "State", "conflicts", "effective", "fold", "void"]

KINDS: tuple[NameKind, ...] = get_args(NameKind)


def fold(entries: Sequence[Entry]) -> dict[NameKind, State]:
    """Give the state after some entries, which are a log's first ones."""
    return {kind: one.state() for kind, one in _built(entries).items()}


def conflicts(entries: Sequence[Entry]) -> set[int]:
    """Give the numbers of the entries in force that lost their meaning by the undoing of earlier ones.

    Whom they are about is hidden, or a name that they give to one has become another's again.
    """
    return {number for one in _built(entries).values() for number in one.conflicts}


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


_Buildings = dict[NameKind, Building]


def _built(entries: Sequence[Entry]) -> _Buildings:
    """Go through a log as it was made, and note of each entry whom it meant; the rest of undoing is replayed."""
    written: dict[str, str] = {}
    meant: dict[int, Meant] = {}
    building, stale = _empty(written), False
    for place, entry in enumerate(entries):
        correction = entry.correction
        if correction.what == "undo":
            stale = True
            continue
        if stale:
            building, stale = _replayed(effective(entries[:place]), meant, written), False
        for name in (*correction.names, correction.to):
            written.setdefault(key_of(name), name)
        meant[entry.number] = building[correction.kind].meant(correction)
        building[correction.kind].apply(correction, entry.number, meant[entry.number])
    return _replayed(effective(entries), meant, written) if stale else building


def _replayed(entries: Sequence[Entry], meant: dict[int, Meant], written: dict[str, str]) -> _Buildings:
    building = _empty(written)
    for entry in entries:
        building[entry.correction.kind].apply(entry.correction, entry.number, meant[entry.number])
    return building


def _empty(written: dict[str, str]) -> _Buildings:
    return {kind: Building(written) for kind in KINDS}
