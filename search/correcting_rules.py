"""Which names may be given to people and outlets: the same rules for commands, pages, the API and people.toml."""

from collections.abc import Callable, Iterable

from index.authority.authority import Authority
from index.authority.cleaning import clean_name, has_controls, printable
from index.authority.file import LEAVE_ONE
from index.authority.keys import key_of
from index.authority.state import Rule
from index.authority.types import Correction, NameKind
from index.errors import UsageError
from index.settings import Settings
from index.words import words
from search.correcting_words import MANY
from search.request import NONE


def given(correction: Correction) -> tuple[str, ...]:
    """Give the names that a correction gives to somebody, which may be new."""
    return (*(correction.names if correction.what == "alias" else ()), *(correction.to,) * bool(correction.to))


def refuse_unwritable(correction: Correction, settings: Settings) -> None:
    """Refuse names to be given that no page could show and no query find, or that are too long; raises UsageError."""
    for name in given(correction):
        _refuse_unwritable(name, settings.max_name_chars)


def refuse_long_note(correction: Correction, settings: Settings) -> None:
    """Refuse a note that is too long; raises UsageError."""
    if len(correction.note) > settings.max_note_chars:
        raise UsageError(
            f"the note has {len(correction.note):,} characters, more than {settings.max_note_chars:,}",
            remedy="Shorten it, or set `max_note_chars`",
        )


def _refuse_unwritable(name: str, most: int) -> None:
    if len(name) > most:
        raise UsageError(
            f"“{name[:40]}…” has {len(name):,} characters, more than {most:,}",
            remedy="Shorten it, or set `max_name_chars`",
        )
    if has_controls(name):
        raise UsageError(f"{name!r} has control characters", remedy="Write the name in one line of plain text")
    if name != (seen := clean_name(name)):
        raise UsageError(
            f"“{printable(name)}” has characters that nobody can see, or blanks too many", remedy=f"Write “{seen}”"
        )
    if not any(True for _ in words(name)):
        raise UsageError(f"“{name}” has no letters or digits", remedy="Give a name that can be searched for")
    if key_of(name) == key_of(NONE):
        raise UsageError(
            f"“{name}” means articles without any name", remedy="Give a name that queries do not take for another thing"
        )


class Taken:
    """Whom names mean in one state of an archive: by it a name is refused that is taken already.

    `shows` says whether anybody is shown under a name, whatever its case, accents and signs. The corrections of the log
    end with the number `logged`; what is behind is what a file says.
    """

    def __init__(
        self, authority: Authority, shows: Callable[[NameKind, str], bool], *, logged: int | None = None
    ) -> None:
        self._authority = authority
        self._shows = shows
        self._logged = authority.number if logged is None else logged

    def refuse_name(self, kind: NameKind, name: str, *, of: Iterable[str] = ()) -> None:
        """Refuse to show somebody under a name that is hidden, or that is typed for another than those it is `of`."""
        self.refuse_hidden(kind, name)
        rule = self._authority.states[kind].aliases.get(key_of(name))
        if rule is not None and rule.to not in {key_of(name), *map(key_of, of)}:
            self._refuse_meaning(kind, name, self._authority.aliases(kind).get(name, str(rule.to)), rule)

    def refuse_alias(self, kind: NameKind, name: str, to: str) -> None:
        """Refuse to let a name be typed for somebody that is hidden, shown itself, or means another."""
        self.refuse_hidden(kind, name)
        if key_of(name) != key_of(to) and self._shows(kind, name):
            raise UsageError(f"“{name}” is in the archive itself", remedy="Merge it if it is the same")
        key, state = key_of(name), self._authority.states[kind]
        shown = self._authority.aliases(kind)
        rule = state.names.get(key)
        if rule is not None and rule.to not in {None, key_of(to)}:
            self._refuse_meaning(kind, name, state.spelling.get(str(rule.to), str(rule.to)), rule)
        means = next((one for other, one in shown.items() if key_of(other) == key), None)
        if means is not None and key_of(means) != key_of(to):
            self._refuse_meaning(kind, name, means, rule or state.aliases.get(key))

    def refuse_hidden(self, kind: NameKind, name: str) -> None:
        """Refuse the name of one who is hidden, or said to be nobody."""
        rule = self._authority.states[kind].names.get(key_of(name))
        if rule is not None and rule.to is None:
            how = f"said to be no {kind}" if rule.what == "nobody" else "hidden"
            if rule.number > self._logged:
                raise UsageError(f"“{name}” is {how} by the same file", remedy=LEAVE_ONE)
            raise UsageError(
                f"“{name}” is {how}, by correction {rule.number}",
                remedy=f"`newsmorgue {MANY[kind]} undo {rule.number}` undoes that, "
                f"`newsmorgue {MANY[kind]} apart` shows the name again",
            )

    def _refuse_meaning(self, kind: NameKind, name: str, means: str, rule: Rule | None) -> None:
        if rule is not None and rule.number > self._logged:
            raise UsageError(f"“{name}” is {means} by the same file", remedy=LEAVE_ONE)
        raise UsageError(
            f"“{name}” is {means}" + (f" by correction {rule.number}" if rule else ""),
            remedy=f"Undo that first: `newsmorgue {MANY[kind]} undo {rule.number}`"
            if rule
            else f"Let it stand for itself first: `newsmorgue {MANY[kind]} apart`",
        )


def refuse_taken(made: Iterable[Correction], before: Authority, after: Taken) -> None:
    """Refuse what a file gives away that is another's once all of it is so; what was so `before` is left alone."""
    for one in made:
        state, key = before.states[one.kind], key_of(one.to)
        if not one.to:
            continue
        shown = {rule.to for rule in state.names.values()}
        shown |= {rule.to for rules in state.exceptions.values() for rule in rules.values()}
        if key not in shown:
            after.refuse_name(one.kind, one.to)
        for name in one.names if one.what == "alias" else ():
            rule = state.aliases.get(key_of(name))
            if rule is None or rule.to != key:
                after.refuse_alias(one.kind, name, one.to)
