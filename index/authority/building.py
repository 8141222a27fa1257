"""The state of one kind of names while corrections are applied to it, one after another.

A rule stands in a slot, which is one of the archive's own names, everywhere or in one article. Each name that is shown
has a home: the slot of whom it was first said of. By it a correction finds whom it was about when earlier ones, on
which its names rest, are undone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.authority.keys import key_of
from index.authority.state import Rule, State
from index.authority.types import Correction

_Slot = tuple[str, str]
"""Where a rule stands: an article's id and a key; "" for all articles, "alias" for what is typed."""

_EVERYWHERE, _TYPED = "", "alias"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a correction was about when it was made: the home of each of its names, and whether `to` was free then.

    A name is free that the archive has and that shows nobody, since it was given away.
    """

    homes: Mapping[str, tuple[_Slot, ...]] = field(default_factory=dict)
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whom:
    """Whom a name means now: all that is shown as `key`, or of them `only` some slots; nobody without a `key`."""

    key: str | None
    only: tuple[_Slot, ...] = ()


class Building:
    """A state while it grows; `_showing` has for each key the slots whose rules lead there."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self.conflicts: set[int] = set()
        self._anywhere = written
        self._rules: dict[_Slot, Rule] = {}
        self._showing: dict[str, dict[_Slot, None]] = {}
        self._homes: dict[str, tuple[_Slot, ...]] = {}
        self._apart: dict[str, int] = {}
        self._spelling: dict[str, str] = {}
        self._spelled: dict[str, int] = {}
        self._anew: set[str] = set()
        self._written: dict[str, str] = {}
        self._members: dict[str, str] = {}

    def meant(self, correction: Correction) -> Meant:
        """Tell whom a correction is about that is made now."""
        given = () if correction.raw or correction.what in {"alias", "apart"} else correction.names
        keys = [key_of(name) for name in given]
        to = key_of(correction.to) if correction.to else None
        if to is not None and correction.what != "rename":
            keys.append(to)
        free = to is not None and not self._showing.get(to) and (_EVERYWHERE, to) in self._rules
        return Meant(homes={key: self._home(key) for key in keys}, free=free)

    def apply(self, correction: Correction, number: int, meant: Meant) -> None:
        """Go on to the state after one more correction."""
        keys = list(dict.fromkeys(key_of(name) for name in correction.names))
        self._written.update((key_of(name), name) for name in correction.names)
        for head, *others in correction.members:
            self._members.update((key_of(other), key_of(head)) for other in others)
        to = self._to(correction, number, meant)
        if correction.to and to is None:
            self.conflicts.add(number)
            return
        if meant.free and to is not None and (self._showing.get(to) or (_EVERYWHERE, to) not in self._rules):
            self.conflicts.add(number)
        rule = Rule(to=to, what=correction.what, number=number)
        match correction.what:
            case "alias":
                for key in keys:
                    self._set((_TYPED, key), rule)
            case "apart":
                for key in keys:
                    self._apart[key] = number
                    self._spell(key, self._written[key], number)
                    self._set((_EVERYWHERE, key), Rule(to=key, what="apart", number=number))
            case _ if correction.raw:
                self._apply_raw(correction, keys, rule)
            case _:
                self._apply_shown(correction, [self._whom(key, meant) for key in keys], rule)

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
        spelling = {
            key: name
            for key, name in self._spelling.items()
            if key in shown or (key in self._anew and key not in names)
        }
        given = {*names, *aliases, *self._apart, *(key for one in exceptions.values() for key in one)}
        return State(
            names=names,
            exceptions=exceptions,
            aliases=aliases,
            apart=dict(self._apart),
            spelling=spelling,
            spelled={key: self._spelled[key] for key in spelling},
            written={key: self._written.get(key, self._spelling.get(key, key)) for key in given},
            members={key: head for key, head in self._members.items() if key != head},
        )

    def _to(self, correction: Correction, number: int, meant: Meant) -> str | None:
        """Give the key of what names are to be shown as, written as it is to be; None where that is nobody now."""
        if not correction.to:
            return None
        key = asked = key_of(correction.to)
        if correction.what != "rename":
            found = self._whom(asked, meant).key
            if found is None:
                return None
            key = found
        if key == asked:
            self._spell(key, correction.to, number)
        elif key not in self._spelling:
            self._spell(key, self._anywhere.get(key, key), number)
        if not correction.names or key in map(key_of, correction.names):
            self._anew.add(key)
        return key

    def _apply_raw(self, correction: Correction, keys: Iterable[str], rule: Rule) -> None:
        places = correction.articles if correction.what == "split" else (_EVERYWHERE,)
        for place in places:
            for key in keys:
                self._set((place, key), rule)

    def _apply_shown(self, correction: Correction, whom: list[_Whom], rule: Rule) -> None:
        new = rule.to is not None and not self._showing.get(rule.to)
        if any(one.key is None for one in whom):
            self.conflicts.add(rule.number)
        slots = [slot for one in whom if one.key is not None for slot in self._slots(one, correction, rule)]
        for slot in slots:
            self._set(slot, rule)
        if new and rule.to is not None and slots:
            heads = {key_of(one[0]) for one in correction.members}
            if correction.what == "rename" or (correction.what == "split" and rule.to not in heads):
                self._homes[rule.to] = tuple(slots) if correction.what == "split" else (slots[0],)

    def _slots(self, whom: _Whom, correction: Correction, rule: Rule) -> list[_Slot]:
        """Give where a rule is to stand so that it is of all that is shown as somebody, in a split's articles alone."""
        key = str(whom.key)
        own = (_EVERYWHERE, key)
        if correction.what == "split":
            if whom.only:
                return [one for one in whom.only if one[0] in correction.articles]
            slots = list(self._showing.get(key, ()))
            everywhere = [one for place, one in slots if place == _EVERYWHERE]
            if own not in self._rules:
                everywhere.append(key)
            found: dict[_Slot, None] = {}
            for article in correction.articles:
                found.update(((article, one), None) for place, one in slots if place == article)
                found.update(((article, one), None) for one in everywhere if (article, one) not in self._rules)
            return list(found)
        if key == rule.to:
            return []
        if whom.only:
            return list(whom.only)
        home = [] if own in self._rules else [own]
        return home + list(self._showing.get(key, ()))

    def _home(self, key: str) -> tuple[_Slot, ...]:
        """Give the slots of whom a name is first of all that is shown as it."""
        held = tuple(slot for slot in self._homes.get(key, ()) if slot in self._showing.get(key, ()))
        own = (_EVERYWHERE, key)
        if held or own not in self._rules or self._rules[own].to == key:
            return held or (own,)
        return tuple(slot for slot in self._showing.get(key, ()) if slot[0] != _TYPED)[:1]

    def _whom(self, key: str, meant: Meant) -> _Whom:
        """Tell whom a name means now that meant somebody when a correction was made."""
        home = meant.homes.get(key, ())
        if not home:
            return _Whom(key=key)
        if ruled := [self._rules[slot] for slot in home if slot in self._rules]:
            return _Whom(key=ruled[0].to)
        place, own = home[0]
        if place == _EVERYWHERE:
            return _Whom(key=own)
        rule = self._rules.get((_EVERYWHERE, own))  # what was split off is not apart any more
        return _Whom(key=own if rule is None else rule.to, only=home)

    def _spell(self, key: str, name: str, number: int) -> None:
        if self._spelling.get(key) != name:
            self._spelling[key], self._spelled[key] = name, number

    def _set(self, slot: _Slot, rule: Rule) -> None:
        before = self._rules.pop(slot, None)
        if before is not None and before.to is not None:
            self._showing[before.to].pop(slot, None)
        if slot[0] == _TYPED and rule.to is None:
            return
        self._rules[slot] = rule
        if rule.to is not None:
            self._showing.setdefault(rule.to, {})[slot] = None
