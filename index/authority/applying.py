"""Bring an archive to what a file of corrections says: what is missing is made, what it no longer says is undone."""

from collections.abc import Iterable, Iterator, Sequence

from index.authority.file import Group, note_of
from index.authority.folding import KINDS, Rule, State, fold
from index.authority.keys import key_of
from index.authority.types import Correction, Entry, NameKind


def missing(groups: Iterable[Group], entries: Sequence[Entry]) -> list[Correction]:
    """Give the corrections that bring an archive with a log to what a file says; what it does not name stays.

    What is so already is said again where its note is another.
    """
    found = list(groups)
    notes = {entry.number: entry.correction.note for entry in entries}
    states = fold(entries)
    # What stands apart is first set to stand for itself, and may then be shown as another.
    apart = [one for group in found for one in _apart(group, states[group.kind], notes)]
    made = [*entries, *_entries(apart, entries)]
    notes = {entry.number: entry.correction.note for entry in made}
    states = fold(made)
    return apart + [one for group in found for one in _others(group, states[group.kind], notes)]


def exactly(groups: Iterable[Group], entries: Sequence[Entry]) -> list[Correction]:
    """Give the corrections that bring an archive to just what a file says: those that undo what it does not come first.

    Each undoes a whole correction; what else this said is made again.
    """
    found = list(groups)
    undoings: list[Correction] = []
    log = list(entries)
    while (number := _beyond(found, log)) is not None:
        kind = log[number - 1].correction.kind
        undoings.append(Correction(what="undo", kind=kind, undoes=number))
        log = [*entries, *_entries(undoings, entries)]
    return undoings + missing(found, log)


def _entries(corrections: Sequence[Correction], before: Sequence[Entry]) -> list[Entry]:
    last = before[-1].number if before else 0
    return [Entry(number=number, time="", correction=one) for number, one in enumerate(corrections, last + 1)]


def _beyond(groups: Sequence[Group], entries: Sequence[Entry]) -> int | None:
    """Give the number of the last correction in force that says what a file does not; None where none does."""
    states = fold(entries)
    numbers = [number for kind in KINDS for number in _unsaid(kind, groups, states[kind])]
    return max(numbers, default=None)


def _unsaid(kind: NameKind, groups: Sequence[Group], state: State) -> Iterator[int]:
    mine = [group for group in groups if group.kind == kind]
    names, aliases, apart, spelled = _said(mine)
    articles = {
        (article, key_of(name)): key_of(group.name) if group.name else None
        for group in mine
        for article, listed in group.articles.items()
        for name in listed
    }
    for key, rule in state.names.items():
        what = rule.what if rule.to is None and rule.what == "nobody" else None
        if names.get(key) != (rule.to, what):
            yield rule.number
    yield from (rule.number for key, rule in state.aliases.items() if (key, rule.to) not in aliases)
    yield from (number for key, number in state.apart.items() if key not in apart)
    for article, rules in state.exceptions.items():
        for key, rule in rules.items():
            if articles.get((article, key), "") != rule.to:
                yield rule.number
    shown = {rule.to for rule in state.names.values()} | {rule.to for rule in state.aliases.values()}
    shown |= {rule.to for rules in state.exceptions.values() for rule in rules.values()} | set(state.apart)
    yield from (number for key, number in state.spelled.items() if key not in spelled and key not in shown)


def _said(
    groups: Iterable[Group],
) -> tuple[dict[str, tuple[str | None, str | None]], set[tuple[str, str | None]], set[str], set[str]]:
    """Give what groups say of names, as in `State`: whom they are, aliases, what stands apart, what is written so."""
    names: dict[str, tuple[str | None, str | None]] = {}
    aliases, apart, spelled = set(), set(), set()
    for group in groups:
        key = key_of(group.name) if group.name else None
        names.update({key_of(name): (key, None) for name in group.names})
        names.update({key_of(name): (None, None) for name in group.hidden})
        names.update({key_of(name): (None, "nobody") for name in group.nobody})
        aliases |= {(key_of(name), key) for name in group.aliases}
        apart |= {key_of(name) for name in group.apart}
        spelled |= {key} if key else set()
    return names, aliases, apart, spelled


def _apart(group: Group, state: State, notes: dict[int, str]) -> Iterator[Correction]:
    numbers = {key: state.apart.get(key) for key in map(key_of, group.apart)}
    again = _other_note(group, (number for number in numbers.values() if number), notes)
    if names := tuple(name for name in group.apart if again or numbers[key_of(name)] is None):
        yield Correction(what="apart", kind=group.kind, names=names, note=group.note)


def _others(group: Group, state: State, notes: dict[int, str]) -> Iterator[Correction]:
    kind, note, to = group.kind, group.note, group.name
    key = key_of(to) if to else None
    again = _other_note(group, (rule.number for rule in _rules(group, state, key)), notes)

    def shown_as(name: str) -> str | None:
        rule = state.names.get(key_of(name))
        return key_of(name) if rule is None else rule.to

    names = tuple(name for name in group.names if key is not None and (again or shown_as(name) != key))
    written = key is not None and (key in state.spelling or key not in state.names)  # not where it is shown nowhere
    if names or (written and _unwritten(group, state, str(key))):
        yield Correction(what="merge", kind=kind, names=names, to=to, raw=True, note=note)
    if aliases := tuple(one for one in group.aliases if again or not _leads(state.aliases.get(key_of(one)), key)):
        yield Correction(what="alias", kind=kind, names=aliases, to=to, note=note)
    if hidden := tuple(one for one in group.hidden if again or not _is(state.names.get(key_of(one)), "hide")):
        yield Correction(what="hide", kind=kind, names=hidden, raw=True, note=note)
    if nobody := tuple(one for one in group.nobody if again or not _is(state.names.get(key_of(one)), "nobody")):
        yield Correction(what="nobody", kind=kind, names=nobody, raw=True, note=note)
    split: dict[tuple[str, ...], list[str]] = {}
    for article, listed in group.articles.items():
        rules = state.exceptions.get(article, {})
        if lacking := tuple(name for name in listed if again or not _leads(rules.get(key_of(name)), key)):
            split.setdefault(lacking, []).append(article)
    for lacking, articles in split.items():
        yield Correction(what="split", kind=kind, names=lacking, to=to, articles=tuple(articles), raw=True, note=note)


def _unwritten(group: Group, state: State, key: str) -> bool:
    """Say whether a name is to be written otherwise; what follows in the group writes it, too."""
    if key in state.spelling:
        return state.spelling[key] != group.name
    return not (group.aliases or group.articles)


def _rules(group: Group, state: State, key: str | None) -> Iterator[Rule]:
    """Yield the rules by which what a group says is so already."""
    for name in group.names:
        if (rule := state.names.get(key_of(name))) and rule.to == key:
            yield rule
    for name in group.aliases:
        if (rule := state.aliases.get(key_of(name))) and rule.to == key:
            yield rule
    for names, what in ((group.hidden, "hide"), (group.nobody, "nobody")):
        yield from (rule for name in names if (rule := state.names.get(key_of(name))) and _is(rule, what))
    for article, names in group.articles.items():
        rules = state.exceptions.get(article, {})
        yield from (rule for name in names if (rule := rules.get(key_of(name))) and rule.to == key)


def _other_note(group: Group, numbers: Iterable[int], notes: dict[int, str]) -> bool:
    """Say whether what is so already was said with another note."""
    said = set(numbers)
    return bool(said) and note_of(said, notes) != group.note


def _leads(rule: Rule | None, key: str | None) -> bool:
    return rule is not None and rule.to == key


def _is(rule: Rule | None, what: str) -> bool:
    return rule is not None and rule.to is None and (rule.what == "nobody") == (what == "nobody")
