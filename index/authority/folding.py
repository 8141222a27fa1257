"""Fold a log of corrections: the state after its first N entries follows from these alone.

A correction acts on names as they are shown when it is made, so that the state is one function after another: what was
merged may be merged again, and nothing can go round in a circle. Undoing leaves an entry out and folds the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from index.authority.keys import key_of
from index.authority.types import Correction, CorrectionKind, Entry, NameKind

KINDS: tuple[NameKind, ...] = get_args(NameKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a name is shown as: the key of another (or its own), None for nothing; `what` was said last, in `number`."""

    to: str | None
    what: CorrectionKind
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What corrections of one kind of names come to; names are known by key (index/authority/keys.py).

    - `names`: what the archive's own names are shown as, where that is not themselves.
    - `exceptions`: the same for single articles, by id, which go first.
    - `aliases`: names that are typed, and whom they mean.
    - `apart`: names that stand for themselves, whatever was computed of them.
    - `spelling`: how names are written; those that were only given away or typed are among them.
    """

    names: dict[str, Rule] = field(default_factory=dict)
    exceptions: dict[str, dict[str, Rule]] = field(default_factory=dict)
    aliases: dict[str, Rule] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    spelling: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)


def fold(entries: Sequence[Entry]) -> dict[NameKind, State]:
    """Give the state after some entries, which are a log's first ones."""
    building = {kind: _Building() for kind in KINDS}
    for entry in effective(entries):
        building[entry.correction.kind].apply(entry.correction, entry.number)
    return {kind: one.state() for kind, one in building.items()}


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


_Slot = tuple[str, str]
"""Where a rule stands: an article's id and a key; "" for all articles, "alias" for what is typed."""

_EVERYWHERE, _TYPED = "", "alias"


class _Building:
    """A state while it grows; `_showing` has for each key the slots whose rules lead there."""

    def __init__(self) -> None:
        self._rules: dict[_Slot, Rule] = {}
        self._showing: dict[str, dict[_Slot, None]] = {}
        self._apart: set[str] = set()
        self._spelling: dict[str, str] = {}
        self._written: dict[str, str] = {}

    def apply(self, correction: Correction, number: int) -> None:
        """Go on to the state after one more correction."""
        keys = list(dict.fromkeys(key_of(name) for name in correction.names))
        self._written.update((key_of(name), name) for name in correction.names)
        to = key_of(correction.to) if correction.to else None
        if to is not None:
            self._spelling[to] = correction.to
        rule = Rule(to=to, what=correction.what, number=number)
        match correction.what:
            case "split":
                self._split(correction, keys, rule)
            case "alias":
                for key in keys:
                    self._set((_TYPED, key), rule)
            case "apart":
                for key in keys:
                    self._apart.add(key)
                    self._spelling[key] = self._written[key]
                    self._set((_EVERYWHERE, key), Rule(to=key, what="apart", number=number))
            case _ if correction.raw:
                for key in keys:
                    self._set((_EVERYWHERE, key), rule)
            case _:
                for key in keys:
                    self._move(key, rule)

    def state(self) -> State:
        """Give what has grown."""
        names: dict[str, Rule] = {}
        aliases: dict[str, Rule] = {}
        exceptions: dict[str, dict[str, Rule]] = {}
        for (place, key), rule in self._rules.items():
            if place == _EVERYWHERE:
                if rule.to != key:
                    names[key] = rule
            elif place == _TYPED:
                aliases[key] = rule
            else:
                exceptions.setdefault(place, {})[key] = rule
        shown = {rule.to for rule in self._rules.values()}
        spelling = {key: name for key, name in self._spelling.items() if key in shown or key not in names}
        given = {*names, *aliases, *self._apart, *(key for one in exceptions.values() for key in one)}
        return State(
            names=names,
            exceptions=exceptions,
            aliases=aliases,
            apart=frozenset(self._apart),
            spelling=spelling,
            written={key: self._written.get(key, self._spelling.get(key, key)) for key in given},
        )

    def _split(self, correction: Correction, keys: Iterable[str], rule: Rule) -> None:
        """Show names otherwise in single articles: all that is shown as them there, or, where `raw`, these alone."""
        if correction.raw:
            for article in correction.articles:
                for key in keys:
                    self._set((article, key), rule)
            return
        for key in keys:
            slots = list(self._showing.get(key, ()))
            own = [one for place, one in slots if place == _EVERYWHERE]
            if (_EVERYWHERE, key) not in self._rules:
                own.append(key)
            for article in correction.articles:
                taken = {one: None for place, one in slots if place == article}
                taken.update((one, None) for one in own if (article, one) not in self._rules)
                for one in taken:
                    self._set((article, one), rule)

    def _move(self, key: str, rule: Rule) -> None:
        """Show otherwise all that is shown as a name."""
        if key == rule.to:
            return
        for slot in list(self._showing.get(key, ())):
            self._set(slot, rule)
        if (_EVERYWHERE, key) not in self._rules:
            self._set((_EVERYWHERE, key), rule)

    def _set(self, slot: _Slot, rule: Rule) -> None:
        before = self._rules.pop(slot, None)
        if before is not None and before.to is not None:
            self._showing[before.to].pop(slot, None)
        if slot[0] == _TYPED and rule.to is None:
            return
        self._rules[slot] = rule
        if rule.to is not None:
            self._showing.setdefault(rule.to, {})[slot] = None
