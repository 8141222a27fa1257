"""Corrections as a text file for people and git: what they come to, not how they came about; docs/corrections.md.

Reading what was written gives the same state: written again, it is the same text; applied to the archive that it came
from, it changes nothing.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.authority.cleaning import clean_note, printable
from index.authority.folding import KINDS, Rule, State, fold
from index.authority.keys import key_of
from index.authority.types import Entry, NameKind
from index.errors import UsageError

_MARK = "\ufeff"
"""The byte-order mark, with which some editors begin a text."""

FORMAT = 1
"""The version of the file's form, which it states."""

_HEAD = f"""\
# Corrections of the people and outlets of an archive: `newsmorgue people apply` reads them; docs/corrections.md.
format = {FORMAT}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One table of the file: who is called `name`, or, without a name, whom nothing shows.

    `names` are those that the archive has, `aliases` those that are typed only, `articles` names in single articles, by
    id; `hidden`, `nobody` and `apart` are as in `index.authority.types.Correction`. `place` is where in the file it is.
    """

    kind: NameKind
    name: str = ""
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    place: str = field(default="", compare=False)


_UNSEEN = re.compile("[\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Controls and signs that have no form or turn the direction of writing; JSON escapes only what is below a blank."""

LEAVE_ONE = "Leave one of the two; nothing was applied"
"""What to do about a file that says two things of one name."""

_LISTS = ("names", "aliases", "hidden", "nobody", "apart")
_KNOWN = {"name", "note", "articles", *_LISTS}


def write(groups: Iterable[Group]) -> str:
    """Give the text of a file."""
    return "\n".join([_HEAD, *("\n".join(_lines(group)) for group in groups)])


def read(text: str, *, where: str) -> tuple[Group, ...]:
    """Read the text of a file; raises UsageError, which says `where` and what, for what cannot be read."""
    try:
        tables = tomllib.loads(text.removeprefix(_MARK))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"it is no TOML: {error}", where=where) from error
    if (found := tables.pop("format", None)) != FORMAT:
        raise UsageError(f"its format is {found!r}, not {FORMAT}", where=where, remedy=f"Begin with: format = {FORMAT}")
    if unknown := sorted(tables.keys() - set(KINDS)):
        raise UsageError(f"there is no table {unknown[0]!r}", where=where, remedy="Write [[person]] or [[outlet]]")
    groups = []
    for kind in KINDS:
        listed = tables.get(kind, [])
        if not isinstance(listed, list):
            raise UsageError(f"[{kind}] has one bracket", where=where, remedy=f"Write [[{kind}]]")
        places = _places(kind, text, len(listed), where)
        groups += [_group(kind, table, place) for table, place in zip(listed, places, strict=True)]
    _refuse_contradictions(groups)
    return tuple(groups)


def groups_of(entries: Sequence[Entry]) -> Iterator[Group]:
    """Give what a log of corrections comes to."""
    notes = {entry.number: entry.correction.note for entry in entries}
    for kind, state in fold(entries).items():
        yield from _shown(kind, state, notes)
        yield from _unshown(kind, state, notes)


def note_of(numbers: Iterable[int], notes: Mapping[int, str]) -> str:
    """Give the notes of some corrections as one."""
    cleaned = (clean_note(notes[one]) for one in sorted(numbers) if notes.get(one))
    return "; ".join(dict.fromkeys(one for one in cleaned if one))


def _shown(kind: NameKind, state: State, notes: Mapping[int, str]) -> Iterator[Group]:
    """Give the names that something is shown as, in alphabetical order."""
    for key, name in sorted(state.spelling.items(), key=lambda one: (one[1].casefold(), one[1])):
        names = {state.written[one]: rule for one, rule in state.names.items() if rule.to == key}
        aliases = {state.written[one]: rule for one, rule in state.aliases.items() if rule.to == key}
        articles, rules = _articles(state, key)
        note = _notes([*names.values(), *aliases.values(), *rules], notes)
        if not (names or aliases or articles) and state.written.get(key) == name and key in state.apart:
            continue  # it stands apart, as is said below
        yield Group(
            kind=kind, name=name, names=_ordered(names), aliases=_ordered(aliases), articles=articles, note=note
        )


def _unshown(kind: NameKind, state: State, notes: Mapping[int, str]) -> Iterator[Group]:
    """Give the names that are not shown, those with one note together, and those that stand apart."""
    standing: dict[str, list[str]] = {}
    for key, number in state.apart.items():
        standing.setdefault(notes.get(number, ""), []).append(state.written[key])
    for note, names in sorted(standing.items()):
        yield Group(kind=kind, apart=_ordered(names), note=note)
    listed: dict[str, dict[str, list[str]]] = {}
    for key, rule in state.names.items():
        if rule.to is None:
            what = "nobody" if rule.what == "nobody" else "hidden"
            listed.setdefault(notes.get(rule.number, ""), {}).setdefault(what, []).append(state.written[key])
    for note, lists in sorted(listed.items()):
        hidden, nobody = _ordered(lists.get("hidden", ())), _ordered(lists.get("nobody", ()))
        yield Group(kind=kind, hidden=hidden, nobody=nobody, note=note)
    articles, rules = _articles(state, None)
    if articles:
        yield Group(kind=kind, articles=articles, note=_notes(rules, notes))


def _articles(state: State, key: str | None) -> tuple[dict[str, tuple[str, ...]], list[Rule]]:
    found = {
        article: {state.written[one]: rule for one, rule in rules.items() if rule.to == key}
        for article, rules in sorted(state.exceptions.items())
    }
    listed = {article: _ordered(rules) for article, rules in found.items() if rules}
    return listed, [rule for rules in found.values() for rule in rules.values()]


def _notes(rules: Iterable[Rule], notes: Mapping[int, str]) -> str:
    return note_of({rule.number for rule in rules}, notes)


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def _lines(group: Group) -> Iterator[str]:
    yield f"[[{group.kind}]]"
    for name in ("name", *_LISTS):
        if value := getattr(group, name):
            yield f"{name} = {_toml(value)}"
    if group.note:
        yield f"note = {_toml(group.note)}"
    if group.articles:
        yield f"[{group.kind}.articles]"
        yield from (f"{_toml(article)} = {_toml(names)}" for article, names in group.articles.items())
    yield ""


def _toml(value: str | tuple[str, ...]) -> str:
    """Write a string or a list of strings as TOML, whose strings are JSON's; what nobody can see is escaped."""
    if isinstance(value, tuple):
        whole = ", ".join(map(_toml, value))
        return f"[{whole}]" if len(whole) < 100 else "\n".join(("[", *(f"    {_toml(one)}," for one in value), "]"))
    return _UNSEEN.sub(lambda found: f"\\U{ord(found[0]):08x}", json.dumps(value, ensure_ascii=False))


def _group(kind: NameKind, table: Any, where: str) -> Group:
    if not isinstance(table, dict):
        raise UsageError("it is no table", where=where)
    if unknown := sorted(table.keys() - _KNOWN):
        raise UsageError(f"there is no {unknown[0]!r}", where=where, remedy=f"There are: {', '.join(sorted(_KNOWN))}")
    for name in ("name", "note"):
        if not isinstance(table.get(name, ""), str):
            raise UsageError(f"`{name}` is no text", where=where, remedy=f'Write {name} = "…"')
    articles = table.get("articles", {})
    if not isinstance(articles, dict):
        raise UsageError("`articles` is no table", where=where, remedy='Write "an article\'s id" = ["a name"]')
    lists = {name: _names(table.get(name, []), f"{where}, {name}") for name in _LISTS}
    group = Group(
        kind=kind,
        place=where,
        name=table.get("name", "").strip(),
        note=clean_note(table.get("note", "")),
        articles={one: _names(names, f"{where}, article {one}") for one, names in articles.items()},
        **lists,
    )
    if not group.name and (group.names or group.aliases):
        raise UsageError("it has names and no `name` that they are shown as", where=where, remedy='Add name = "…"')
    return group


def _names(listed: Any, where: str) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
        raise UsageError("it is no list of names", where=where, remedy='Write ["A Name", "Another"]')
    return tuple(one.strip() for one in listed)


def _places(kind: NameKind, text: str, count: int, where: str) -> list[str]:
    """Give where the tables of a kind are, by line where these can be told."""
    head = re.compile(rf"\s*\[\[\s*[\"']?{kind}[\"']?\s*\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if head.match(line)]
    numbered = [f"{where}: [[{kind}]] {number}" for number in range(1, count + 1)]
    if len(lines) != count:
        return numbered
    return [f"{place} (line {line})" for place, line in zip(numbered, lines, strict=True)]


def _refuse_contradictions(groups: Iterable[Group]) -> None:
    """Refuse a file that says two things of one name, as a merge in git may leave it; both places are told."""
    said: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for group in groups:
        for of, name, says in _sayings(group):
            known, place, before = said.setdefault((group.kind, *of, key_of(name)), (says, group.place, name))
            if known != says:
                raise UsageError(
                    printable(f"“{before}” {known} at {place}, and “{name}” {says} at {group.place}"),
                    where=group.place.partition(": [[")[0],
                    remedy=LEAVE_ONE,
                )


def _sayings(group: Group) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield of each name what a group says of it, and where: everywhere, typed, or in an article."""
    to = key_of(group.name)
    for name in group.names:
        yield ("",), name, f"is “{group.name}”" if key_of(name) != to else "is itself"
    yield from ((("",), name, "is hidden") for name in group.hidden)
    yield from ((("",), name, f"is no {group.kind}") for name in group.nobody)
    yield from ((("alias",), name, f"means “{group.name}”") for name in group.aliases)
    for article, names in group.articles.items():
        says = f"is “{group.name}” in the article {article}" if group.name else f"is nobody in the article {article}"
        yield from (((article,), name, says) for name in names)
