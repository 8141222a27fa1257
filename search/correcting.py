"""Correct people and outlets: what was typed is checked against what the archive shows, and added to its log."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.authority.applying import exactly, missing
from index.authority.authority import Authority
from index.authority.cleaning import clean_name, clean_note
from index.authority.file import Group
from index.authority.folding import conflicts, effective, fold, void
from index.authority.keys import key_of
from index.authority.log import append, read_log
from index.authority.types import Correction, CorrectionKind, Entry, NameKind
from index.errors import UsageError
from index.settings import Settings
from index.types import Tagged
from search.correcting_rules import Taken, refuse_long_note, refuse_taken, refuse_unwritable
from search.correcting_words import MANY, in_words, listed, sentence, undone_by
from search.query.tree import Value
from search.request import SearchRequest
from search.searcher import Searcher
from search.slugs import meant, slug
from search.variants import BY_HAND
from search.written import spellings

FIELDS = {"person": ("person",), "outlet": ("outlet", "publisher")}
"""The facets in which names of a kind are."""

__all__ = [
    "FIELDS",
    "MANY",
    "Correction",
    "CorrectionKind",
    "Corrections",
    "Entry",
    "Known",
    "NameKind",
    "Plan",
    "Told",
    "sentence",
]

_QUOTES = frozenset('"“”„‟«»＂')
"""What queries may take for the end of a name in quotes."""

_LIKE = 3
_CLAUSES = 30
"""Names that are counted together at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A correction in words: the `entry`, a sentence, and whether it is in force."""

    entry: Entry
    sentence: str
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file comes to in an archive: the `corrections` to make, and `doubts`, what the archive has not."""

    corrections: tuple[Correction, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Another name of somebody, and why: computed, with a `confidence` from 0 to 1, or corrected, in `number`."""

    name: str
    reason: str
    confidence: float | None = None
    number: int | None = None


class Corrections:
    """The corrections of one archive, as its users make them; safe for threads and processes."""

    def __init__(self, data_dir: Path, searcher: Searcher, settings: Settings) -> None:
        self._data_dir = data_dir
        self._searcher = searcher
        self._settings = settings

    def checked(self, correction: Correction) -> Correction:  # noqa: PLR0911  # one line a kind
        """Give a correction with its names as they are shown; raises UsageError where it cannot be or changes nothing.

        What it says of `raw` names is taken as it is.
        """
        if correction.raw:
            return correction
        made = _cleaned(correction)
        names = made.names
        refuse_unwritable(made, self._settings)
        refuse_long_note(made, self._settings)
        if made.what == "undo":
            return self._undo(made)
        if not names:
            raise UsageError("there is no name", remedy="Give the name of somebody")
        match made.what:
            case "merge":
                return self._merge(made)
            case "rename":
                return self._rename(made)
            case "alias":
                return self._alias(made)
            case "apart":
                return self._apart(made)
            case "split":
                return self._split(made)
        return dataclasses.replace(made, names=tuple(self.shown(made.kind, name) for name in names))

    def planned(self, groups: Sequence[Group], *, exact: bool) -> Plan:
        """Give what brings the archive to what a file says, or `exact` to no more; raises UsageError for bad names."""
        plan = (exactly if exact else missing)(groups, self.log())
        made = [one for one in plan if one.names or one.undoes or not self._written_so(one)]
        before = self._searcher.authority()
        log = self.log()
        entries = [
            Entry(number=number, time="", correction=_whole(one, before))
            for number, one in enumerate(made, len(log) + 1)
        ]
        after = Authority(before.identities, (*log, *entries))
        taken = Taken(after, lambda kind, name: self._would_show(after, kind, name), logged=len(log))
        for one in made:
            with _told_of(groups, one):
                refuse_unwritable(one, self._settings)
                refuse_taken([one], before, taken)
        return Plan(corrections=tuple(made), doubts=tuple(self._doubts(groups)))

    def _written_so(self, made: Correction) -> bool:
        return any(made.to in self._searcher.called(field, made.to) for field in FIELDS[made.kind])

    def _doubts(self, groups: Sequence[Group]) -> Iterator[str]:
        """Yield in sentences what the archive does not have of that which a file names."""
        for group in groups:
            own = [*group.names, *group.hidden, *group.nobody, *group.apart]
            own += [name for names in group.articles.values() for name in names]
            written = spellings(self._searcher, group.kind, dict.fromkeys(own))
            yield from (f"the archive has no {group.kind} “{name}”" for name, found in written.items() if not found)
            yield from (
                f"the archive has no article {one}" for one in group.articles if self._searcher.article(one) is None
            )
            if group.name and not any(written.values()) and not self._shows(group.kind, group.name):
                yield f"nothing in the archive is shown as “{group.name}”"

    def make(self, corrections: Sequence[Correction]) -> tuple[Entry, ...]:
        """Add checked corrections to the log, with all names of whom they are about; the next answer shows them."""
        authority = self._searcher.authority()
        return append(self._data_dir, [_whole(one, authority) for one in corrections], self._searcher.archive)

    def log(self) -> tuple[Entry, ...]:
        """Give all corrections that were ever made, in their order."""
        return read_log(self._data_dir, self._searcher.archive)

    def history(self, kind: NameKind | None = None) -> tuple[Told, ...]:
        """Give all corrections in words, or those of one kind of names, the last first."""
        entries = self.log()
        undone = void(entries)
        return tuple(
            Told(entry=one, sentence=in_words(one, entries), undone=one.number in undone)
            for one in reversed(entries)
            if kind in {None, undone_by(one, entries)[0].correction.kind}
        )

    def shown(self, kind: NameKind, typed: str) -> str:
        """Give the one name that is shown and was typed; raises UsageError where there is none, or several."""
        fields = FIELDS[kind]
        found = [one for field in fields for one in self._searcher.called(field, typed) if one == typed]
        found = found or list(meant(self._searcher, fields, slug(typed)) if slug(typed) else ())
        if len(found := list(dict.fromkeys(found))) == 1:
            return found[0]
        if found:
            raise UsageError(f"“{typed}” may be {listed(found, 'or')}", remedy="Write the name just as it is shown")
        self._taken().refuse_hidden(kind, typed)
        like = dict.fromkeys(one for field in fields for one in self._searcher.called(field, typed))
        remedy = (
            f"Did you mean {listed(list(like)[:_LIKE], 'or')}?" if like else f"`newsmorgue {MANY[kind]} list` lists all"
        )
        raise UsageError(f"no {kind} in the archive is called “{typed}”", remedy=remedy)

    def known_as(self, kind: NameKind, name: str) -> tuple[Known, ...]:
        """Give the other names of one that is shown, in alphabetical order."""
        authority, key = self._searcher.authority(), key_of(name)
        state = authority.states[kind]
        found = []
        for other, to in authority.aliases(kind).items():
            if key_of(to) != key:
                continue
            rule = state.names.get(key_of(other)) or state.aliases.get(key_of(other))
            computed = authority.identities.names.get((kind, other))
            if rule is None and computed is not None:
                reason = authority.told(computed).reason
                found.append(Known(name=other, reason=reason, confidence=computed.confidence))
            elif rule is not None:
                reason = "who types it means this one" if rule.what == "alias" else BY_HAND.get(rule.what, rule.what)
                found.append(Known(name=other, reason=reason, number=rule.number))
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def articles(self, kind: NameKind, names: Iterable[str]) -> int:
        """Give how many articles have any of some names that are shown."""
        named = tuple(names)
        if kind == "person":
            request = SearchRequest(person=named, person_mode="any", facets=(), size=1)
            return self._searcher.ask(request).total if named else 0
        return self._searcher.ask(SearchRequest(q=self.query(kind, named), facets=(), size=1)).total

    def query(self, kind: NameKind, names: Sequence[str]) -> str:
        """Give a query that finds the articles with any of some names that are shown, the first of them."""
        clauses = [Value(field=field, text=_quotable(name), whole=True) for name in names for field in FIELDS[kind]]  # type: ignore[arg-type]  # fields of names
        return " OR ".join(map(str, clauses[:_CLAUSES]))

    def _shows(self, kind: NameKind, name: str) -> bool:
        """Say whether a name is shown, whatever its case, accents and signs."""
        called = (one for field in FIELDS[kind] for one in self._searcher.called(field, name))
        return any(key_of(one) == key_of(name) for one in called)

    def _would_show(self, authority: Authority, kind: NameKind, name: str) -> bool:
        """Say whether a name would be shown by another authority, whatever its case, accents and signs."""
        key, state = key_of(name), authority.states[kind]
        if any(rule.to == key for rules in (state.names, *state.exceptions.values()) for rule in rules.values()):
            return True
        shown = (authority.everywhere(kind, one) for one in spellings(self._searcher, kind, [name])[name])
        return any(one is not None and key_of(one) == key for one in shown)

    def _taken(self) -> Taken:
        return Taken(self._searcher.authority(), self._shows)

    def _merge(self, made: Correction) -> Correction:
        to = self.shown(made.kind, made.to)
        names = tuple(one for one in dict.fromkeys(self.shown(made.kind, name) for name in made.names) if one != to)
        if not names:
            raise UsageError(f"“{made.names[0]}” is {to} already", remedy="`newsmorgue people history` says since when")
        return dataclasses.replace(made, names=names, to=to)

    def _rename(self, made: Correction) -> Correction:
        [name, *others] = made.names
        old = self.shown(made.kind, name)
        if others or not made.to:
            raise UsageError("one name gets one new name", remedy="Give the old name and the new one")
        if made.to == old:
            raise UsageError(f"{old} is called so already", remedy="Give another name")
        if key_of(made.to) != key_of(old) and self._shows(made.kind, made.to):
            raise UsageError(f"there is {made.to} in the archive already", remedy="Merge the two if they are the same")
        if key_of(made.to) != key_of(old):
            self._taken().refuse_name(made.kind, made.to, of=(old,))
        return dataclasses.replace(made, names=(old,))

    def _alias(self, made: Correction) -> Correction:
        to = self.shown(made.kind, made.to)
        taken = self._taken()
        for name in made.names:
            if self._shows(made.kind, name):
                raise UsageError(f"“{name}” is in the archive itself", remedy="Merge it if it is the same")
            taken.refuse_alias(made.kind, name, to)
            if any(key_of(one.name) == key_of(name) for one in self.known_as(made.kind, to)):
                raise UsageError(f"“{name}” means {to} already", remedy="Nothing is to be done")
        return dataclasses.replace(made, to=to)

    def _apart(self, made: Correction) -> Correction:
        known = fold(self.log())[made.kind]
        for name in made.names:
            elsewhere = any(self._searcher.aliases(field, name) for field in FIELDS[made.kind])
            if not elsewhere and key_of(name) not in known.names:
                raise UsageError(
                    f"“{name}” is shown as nobody else, and not hidden",
                    remedy="Split it by articles to part two people",
                )
        return made

    def _split(self, made: Correction) -> Correction:
        names = tuple(self.shown(made.kind, name) for name in made.names)
        if not made.articles:
            raise UsageError("there is no article", remedy="Say in which articles the name means another")
        if len(names) > 1:
            raise UsageError("one name is split at a time", remedy="Make a correction of each")
        for article in made.articles:
            if (tagged := self._searcher.article(article)) is None:
                raise UsageError(f"there is no article {article!r}", remedy="Give ids as search shows them")
            if names[0] not in _named(tagged, made.kind):
                raise UsageError(f"the article {article} does not name {names[0]}", remedy="Leave it out")
        if key_of(made.to) == key_of(names[0]):
            raise UsageError(f"{made.to} is the same name", remedy=f"Tell the two apart: {made.to} (judge)")
        to, members = made.to, made.members
        if to and self._shows(made.kind, to):
            to = self.shown(made.kind, to)
            members = ((to,),)
        elif to:
            self._taken().refuse_name(made.kind, to)
        articles = tuple(dict.fromkeys(made.articles))
        return dataclasses.replace(made, names=names, to=to, articles=articles, members=members)

    def _undo(self, made: Correction) -> Correction:
        entries = self.log()
        if not made.undoes:
            force = [one.number for one in effective(entries) if one.correction.kind == made.kind]
            if not force:
                raise UsageError(f"there is nothing to undo of {MANY[made.kind]}")
            made = dataclasses.replace(made, undoes=force[-1])
        if not 0 < made.undoes <= len(entries):
            raise UsageError(f"there is no correction {made.undoes}", remedy="The history has their numbers")
        if made.undoes in void(entries):
            raise UsageError(f"correction {made.undoes} was undone already", remedy="Undo the undoing to do it again")
        made = dataclasses.replace(made, kind=undone_by(entries[made.undoes - 1], entries)[0].correction.kind)
        undoing = Entry(number=len(entries) + 1, time="", correction=made)
        if resting := sorted(conflicts([*entries, undoing]) - conflicts(entries)):
            numbers = listed([str(one) for one in resting], "and")
            rest = f"correction {numbers} rests" if len(resting) == 1 else f"corrections {numbers} rest"
            raise UsageError(
                f"{rest} on correction {made.undoes}",
                remedy=f"Undo {'it' if len(resting) == 1 else 'them'} first, the last first: {resting[-1]}",
            )
        return made


def _whole(made: Correction, authority: Authority) -> Correction:
    """Give a correction with all that was computed to be one with whom it is about; see `Correction.members`."""
    if made.what in {"undo", "apart"}:
        return made
    about = () if made.raw or made.what == "alias" else made.names
    to = () if made.what == "rename" or not made.to else (made.to,)
    members = authority.members(made.kind, (*about, *to), raw=made.names if made.raw else ())
    heads = {one[0] for one in members}
    return dataclasses.replace(made, members=(*members, *(one for one in made.members if one[0] not in heads)))


def _cleaned(made: Correction) -> Correction:
    """Give a correction as it was typed with its names and its note fit to be kept; what the archive has stays."""
    new_names, new_to = made.what == "alias", made.what in {"rename", "split"}
    names = (clean_name(one) if new_names else one.strip() for one in made.names)
    return dataclasses.replace(
        made,
        names=tuple(dict.fromkeys(one for one in names if one)),
        to=clean_name(made.to) if new_to else made.to.strip(),
        note=clean_note(made.note),
    )


@contextmanager
def _told_of(groups: Iterable[Group], made: Correction) -> Iterator[None]:
    """Say of what is refused in which table of a file it stands."""
    try:
        yield
    except UsageError as error:
        places = (one.place for one in groups if one.kind == made.kind and one.name == made.to and one.place)
        raise UsageError(error.what, where=next(places, ""), remedy=error.remedy) from error


def _named(tagged: Tagged, kind: NameKind) -> set[str]:
    """Give who is named in an article, as it is shown."""
    named = {one.value for one in tagged.mentions if one.kind == kind}
    return named | {tagged.article.publisher or ""} if kind == "outlet" else named


def _quotable(name: str) -> str:
    return "".join(" " if sign in _QUOTES else sign for sign in name)
