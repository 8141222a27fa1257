"""Under which names articles have somebody who is shown under one, in how many, and why these are the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.authority.authority import Authority
from index.authority.folding import Rule
from index.authority.keys import key_of
from index.authority.types import NameKind, Resolution
from search.searcher import Searcher
from search.written import written

BY_HAND = {"merge": "merged by hand", "rename": "renamed by hand", "split": "parted by hand"}
"""Why a name is another's, by what was corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A name, as the tagger wrote it: in how many `articles` it means somebody, and why.

    Without a `reason` it is the name that is shown. What was computed has a `confidence` from 0 to 1, what was
    corrected the correction's `number`. A name that means this one in single articles only has the id of the
    `article` of which `reason` and `confidence`, its surest, are told.
    """

    name: str
    articles: int
    reason: str = ""
    confidence: float | None = None
    number: int | None = None
    article: str | None = None


def variants(searcher: Searcher, kind: NameKind, name: str) -> tuple[Variant, ...]:
    """Give the names of one that is shown, the commonest first; its own is among them where articles have it."""
    authority = searcher.authority()
    everywhere, single = _computed(searcher.variants(kind, name))
    corrected, parted = _corrected(authority, kind, key_of(name))
    corrected |= _led(authority, kind, name, everywhere, corrected)
    everywhere = [one for one in everywhere if one.value not in corrected]
    own = [name] if authority.everywhere(kind, name) == name else []
    asked = [*own, *(one.value for one in everywhere), *corrected]
    counts = written(searcher, kind, asked)
    found = [
        *(Variant(name=one, articles=counts[one]) for one in own),
        *(
            Variant(name=one.value, articles=counts[one.value], reason=one.reason, confidence=one.confidence)
            for one in everywhere
        ),
        *(_by_hand(one, counts[one], rule) for one, rule in corrected.items()),
        *_in_single_articles(single),
        *(_by_hand(one, len(rules), rules[0]) for one, rules in parted.items()),
    ]
    return tuple(sorted((one for one in found if one.articles), key=lambda one: (-one.articles, one.name)))


def _computed(resolutions: Iterable[Resolution]) -> tuple[list[Resolution], dict[str, list[Resolution]]]:
    """Part what was computed into names that mean somebody everywhere, and those that do in single articles."""
    everywhere: list[Resolution] = []
    single: dict[str, list[Resolution]] = {}
    for one in resolutions:
        if one.article is None:
            everywhere.append(one)
        else:
            single.setdefault(one.value, []).append(one)
    return everywhere, single


def _in_single_articles(single: dict[str, list[Resolution]]) -> Iterator[Variant]:
    for name, found in single.items():
        surest = max(found, key=lambda one: one.confidence)
        yield Variant(
            name=name,
            articles=len(found),
            reason=surest.reason,
            confidence=surest.confidence,
            article=surest.article,
        )


def _corrected(authority: Authority, kind: NameKind, key: str) -> tuple[dict[str, Rule], dict[str, list[Rule]]]:
    """Give the names that were corrected to one: everywhere, and in single articles."""
    state = authority.states[kind]
    everywhere = {state.written[one]: rule for one, rule in state.names.items() if rule.to == key}
    single: dict[str, list[Rule]] = {}
    for rules in state.exceptions.values():
        for one, rule in rules.items():
            if rule.to == key:
                single.setdefault(state.written[one], []).append(rule)
    return everywhere, single


def _led(
    authority: Authority, kind: NameKind, name: str, computed: Iterable[Resolution], corrected: dict[str, Rule]
) -> dict[str, Rule]:
    """Give the names of whom corrected names were computed to mean since, which are shown as these are."""
    found: dict[str, Rule] = {}
    for one in computed:
        if one.to is None or one.to == name or one.to in corrected or one.value not in corrected:
            continue
        if authority.everywhere(kind, one.to) == name:
            found[one.to] = corrected[one.value]
    return found


def _by_hand(name: str, articles: int, rule: Rule) -> Variant:
    return Variant(name=name, articles=articles, reason=BY_HAND.get(rule.what, rule.what), number=rule.number)
