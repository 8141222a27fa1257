"""The authority of an archive: whom each name that the tagger found is shown as, in which article, and why."""

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.authority.folding import Rule, State, fold
from index.authority.keys import key_of
from index.authority.reasons import Unnamed
from index.authority.types import Entry, Identities, NameKind, Resolution
from index.types import Article, Mention, Quote, Tagged

_REMEMBERED = 100_000
"""Names of which is remembered what is said of them in articles of which nothing is said alone; some 15 MB."""

UNKNOWN = Identities()
"""What is computed where nothing was: each name means itself."""


class Authority:
    """What was computed of an archive's names, and over it the corrections of its users; never changes.

    `number` is that of the last correction, 0 without any. `states` are what the corrections come to.
    """

    def __init__(
        self,
        identities: Identities = UNKNOWN,
        entries: Sequence[Entry] = (),
        states: Mapping[NameKind, State] | None = None,
    ) -> None:
        """`states` are what the entries come to, where that is known already."""
        self.identities = identities
        self.number = entries[-1].number if entries else 0
        self.states: Mapping[NameKind, State] = fold(entries) if states is None else states
        self._everywhere: dict[tuple[NameKind, str], tuple[Rule | None, str | None]] = {}
        self._led = {kind: _led(identities, kind, state) for kind, state in self.states.items()}

    def __bool__(self) -> bool:
        """Say whether any name is shown as another."""
        states = self.states.values()
        corrected = any(one.names or one.exceptions or one.aliases or one.spelling for one in states)
        return corrected or bool(self.identities.names or self.identities.exceptions)

    def shown(self, article: str, kind: NameKind, value: str) -> str | None:
        """Give whom a value of the tagger's is shown as in an article, None where it is not shown."""
        rule, base = self._said(article, kind, value)
        return None if rule is not None and rule.to is None else base

    def withheld(self, article: str, kind: NameKind, value: str) -> bool:
        """Say whether users said that a value is not to be shown in an article: its words find nothing there, either.

        Of what was computed to mean nobody, they do.
        """
        rule, _ = self._said(article, kind, value)
        return rule is not None and rule.to is None

    @functools.cached_property
    def withholds(self) -> bool:
        """Whether anything is withheld."""
        return any(
            rule.to is None
            for state in self.states.values()
            for rules in (state.names, *state.exceptions.values())
            for rule in rules.values()
        )

    def everywhere(self, kind: NameKind, value: str) -> str | None:
        """Give whom a value is shown as in articles of which nothing is known beside; see `shown`."""
        return self.shown("", kind, value)

    def of(self, tagged: Tagged) -> Tagged:
        """Give an article with the mentions, the publisher and the speakers that are shown of it."""
        article = self.article(tagged.article)
        mentions = self.mentions(tagged.article, tagged.mentions)
        quotes = self.quotes(article.id, tagged.quotes)
        if article is tagged.article and mentions == tagged.mentions and quotes == tagged.quotes:
            return tagged
        return dataclasses.replace(tagged, article=article, mentions=mentions, quotes=quotes)

    def article(self, article: Article) -> Article:
        """Give an article with the publisher that is shown of it."""
        if not article.publisher:
            return article
        publisher = self.shown(article.id, "outlet", article.publisher)
        return article if publisher == article.publisher else dataclasses.replace(article, publisher=publisher)

    def mentions(self, article: Article, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Give the mentions that are shown of an article as the tagger has it, under the names that are shown.

        Where a cited outlet is shown as the publisher, the publisher names itself.
        """
        own = self.article(article).publisher
        return tuple(self._mentions(article, mentions, own=own))

    def quotes(self, article: str, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Give the quotations of an article, with the speakers that are shown."""
        return tuple(self._quote(article, quote) for quote in quotes)

    def keys(self, kind: NameKind) -> set[str]:
        """Give the keys of all names that corrections are about; see index/authority/keys.py."""
        state = self.states[kind]
        return {*state.names, *state.spelling, *state.apart, *state.members, *map(key_of, self._led[kind])}

    def computed(self, kind: NameKind) -> list[str]:
        """Give the values of the tagger's that were computed to be others."""
        return [value for of, value in self.identities.names if of == kind]

    def members(self, kind: NameKind, names: Iterable[str], *, raw: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
        """Give what was computed to be one with names that are shown, or with the archive's own of `raw`.

        Each row is the name that was computed to be shown and the others, as in `Correction.members`.
        """
        wanted, keys = set(names), {key_of(name) for name in raw}
        state, found = self.states[kind], dict[str, list[str]]()
        for (of, value), one in self.identities.names.items():
            if of != kind or one.to is None or self._apart(state, value):
                continue
            if key_of(one.to) in keys or (wanted and self.everywhere(kind, one.to) in wanted):
                found.setdefault(one.to, []).append(value)
        return tuple((head, *sorted(found[head])) for head in sorted(found))

    def variants(self, kind: NameKind, name: str) -> tuple[Resolution, ...]:
        """Give what was computed to be one whom a name shows, and is shown so: as `Resolution` says, with the evidence.

        Names that mean one everywhere come first, then names in single articles (`article`), the surest first. Their
        reasons name nobody who is withheld.
        """
        known = self.identities
        found = (
            self.told(one)
            for one in (*known.names.values(), *known.exceptions.values())
            if one.kind == kind and one.value != name and self.shown(one.article or "", kind, one.value) == name
        )
        return tuple(
            sorted(found, key=lambda one: (one.article is not None, -one.confidence, one.value, one.article or ""))
        )

    def told(self, resolution: Resolution) -> Resolution:
        """Give what was computed with a reason that names nobody who is withheld, by any of their names."""
        if not self.withholds:
            return resolution
        reason = self._unnamed[resolution.kind].told(resolution)
        return resolution if reason == resolution.reason else dataclasses.replace(resolution, reason=reason)

    def articles(self, kind: NameKind) -> set[str]:
        """Give the ids of the articles in which anything is shown otherwise than elsewhere."""
        return {*self.states[kind].exceptions, *(one for one, of, _ in self.identities.exceptions if of == kind)}

    def aliases(self, kind: NameKind) -> dict[str, str]:
        """Give the names that are not shown themselves and yet mean one that is, as they are written, with that one."""
        state = self.states[kind]
        found: dict[str, str] = {}
        for (of, value), resolution in self.identities.names.items():
            if of == kind and resolution.to is not None and (to := self.everywhere(kind, value)) is not None:
                found[value] = to
        for rules in (state.names, state.aliases):
            for key, rule in rules.items():
                if rule.to is not None:
                    found[state.written[key]] = state.spelling.get(rule.to, rule.to)
        return {name: to for name, to in found.items() if key_of(name) != key_of(to)}

    @functools.cached_property
    def _unnamed(self) -> Mapping[NameKind, Unnamed]:
        return {kind: self._unnamed_of(kind, state) for kind, state in self.states.items()}

    def _unnamed_of(self, kind: NameKind, state: State) -> Unnamed:
        """Give what is withheld: by the archive's own names, and by those that were computed to mean the same."""
        known = self.identities
        rules = dict(state.names)
        rules |= {
            key_of(value): rule for of, value in known.names if of == kind and (rule := self._said("", of, value)[0])
        }
        everywhere = {key: rule.what for key, rule in rules.items() if rule.to is None}
        single = {
            (article, key)
            for article, rules in state.exceptions.items()
            for key, rule in rules.items()
            if rule.to is None
        }
        single |= {
            (article, key_of(value))
            for article, of, value in known.exceptions
            if of == kind and self.withheld(article, kind, value)
        }
        people = [key for key, what in everywhere.items() if kind == "person" and what != "nobody"]
        return Unnamed(everywhere, single, people)

    def _mentions(self, article: Article, mentions: Iterable[Mention], *, own: str | None) -> Iterator[Mention]:
        for mention in mentions:
            if mention.kind == "date" or not mention.value:
                yield mention
            elif (to := self.shown(article.id, mention.kind, mention.value)) is not None:
                itself = mention.role == "cited" and to == own and mention.value != article.publisher
                role = "publisher" if itself and mention.kind == "outlet" else mention.role
                changed = to != mention.value or role != mention.role
                yield dataclasses.replace(mention, value=to, role=role) if changed else mention

    def _said(self, article: str, kind: NameKind, value: str) -> tuple[Rule | None, str | None]:
        """Give what users said of a value in an article, if anything, and the name under which it is shown then."""
        if article in self.states[kind].exceptions or (article, kind, value) in self.identities.exceptions:
            return self._found(article, kind, value)
        known = self._everywhere.get((kind, value))
        if known is None:
            if len(self._everywhere) >= _REMEMBERED:
                self._everywhere.clear()
            known = self._everywhere[kind, value] = self._found("", kind, value)
        return known

    def _found(self, article: str, kind: NameKind, value: str) -> tuple[Rule | None, str | None]:
        state = self.states[kind]
        known = None if self._apart(state, value) else self.identities.resolution(article, kind, value)
        base = value if known is None else known.to
        if state.names or state.spelling or state.exceptions:
            whole = known is None or known.article is None  # what is told of one article alone is no more than that
            for key in self._asked(state, kind, value if whole else None, base):
                if (rule := state.rule(article, key)) is not None:
                    return rule, state.spelling[rule.to] if rule.to is not None else None
                if key in state.spelling:
                    return None, state.spelling[key]
        return None, base

    def _quote(self, article: str, quote: Quote) -> Quote:
        speaker = None if quote.speaker is None else self.shown(article, "person", quote.speaker)
        return quote if speaker == quote.speaker else dataclasses.replace(quote, speaker=speaker)

    def _asked(self, state: State, kind: NameKind, value: str | None, base: str | None) -> Iterator[str]:
        """Yield the keys by which somebody may have been corrected: of a name, of whom it means, of whom it meant."""
        own = [key_of(name) for name in (value, base) if name is not None]
        yield from own
        if base in self._led[kind]:
            yield self._led[kind][base]
        yield from (state.members[key] for key in own if key in state.members and key not in state.apart)

    def _apart(self, state: State, value: str) -> bool:
        return bool(state.apart) and key_of(value) in state.apart


def _led(identities: Identities, kind: NameKind, state: State) -> dict[str, str]:
    """Give for whom names mean the key of a corrected name among them: so it is of them all, whichever is shown now.

    That a name is a mistake is said of it alone. Of several corrected ones, what is hidden goes first, then the last.
    """
    if not (state.names or state.spelling):
        return {}
    found: dict[str, tuple[bool, int, str]] = {}
    for (of, value), resolution in identities.names.items():
        key = key_of(value) if of == kind else ""
        rule = state.names.get(key)
        if resolution.to is None or key in state.apart or not (rule or key in state.spelling):
            continue
        if rule is None or rule.what != "nobody":
            number = rule.number if rule else state.spelled[key]
            ranked = (rule is not None and rule.to is None, number, key)
            found[resolution.to] = max(ranked, found.get(resolution.to, ranked))
    return {base: key for base, (_, _, key) in found.items()}


NOTHING = Authority()
"""The authority of an archive of which nothing was computed and nobody corrected anything."""
