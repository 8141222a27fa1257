"""Searches that find something in this very archive, made of its own names and words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from search.answer import Bucket, Facet
from search.association import LEAST, associates
from search.request import SearchRequest
from web.language import _
from web.links import changed, search_url
from web.state import everything, searcher, state, totals
from web.wording import shortest, span

LETTERS = 4
"""Shorter words make no phrase that one would look for."""

TITLES = 24
"""The newest titles, of each of which the two longest words in a row are tried for a phrase."""

OUTLETS = 4
"""The outlets cited most, of which the one with the highest bar is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query, in words that say what it finds, how many articles that are, and its address."""

    q: str
    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What examples are made of: names that the archive has, two of people who stand together, a word, a year."""

    person: str | None
    companion: str | None
    outlet: str | None
    publisher: str | None
    word: str | None
    year: str | None


def first_searches() -> tuple[Example, ...]:
    """Give three searches to begin with: a name, a phrase, an outlet in its highest bar."""
    return state().once("first searches", lambda: tuple(_counted(_first(stock()))))


def examples(queries: Iterable[str]) -> dict[str, Example]:
    """Count queries; one that finds nothing here is left out."""
    return {one.q: one for one in _counted((query, query) for query in queries)}


def stock() -> Stock:
    """Give what this archive's examples are made of."""
    return state().once("stock", _stock)


def _stock() -> Stock:
    person = _top("person")
    within = SearchRequest(person=(person,)) if person else SearchRequest()
    return Stock(
        person=person,
        companion=_companion("person", person, within),
        outlet=_companion("outlet", None, within) or _top("outlet"),
        publisher=_top("publisher"),
        word=_word(_titles()),
        year=fullest.start[:4] if (fullest := _fullest(SearchRequest())) else None,
    )


def _titles() -> list[str]:
    with searcher().harvest(SearchRequest(sort="newest"), whole=False) as harvest:
        return [one.shown.article.title for one in islice(harvest.hits, TITLES)]


def _fullest(request: SearchRequest) -> Bucket | None:
    """Give the highest bar of a search's timeline."""
    timeline = searcher().ask(changed(request, size=1, facets=("date",))).timeline
    return max(timeline.buckets, key=lambda bucket: bucket.count, default=None) if timeline else None


def _top(kind: str) -> str | None:
    """Give the commonest value of at least two words, which looks like a name, or else the commonest."""
    values = [one.value for one in everything(kind).values[:20]]
    return next((value for value in values if " " in value), values[0] if values else None)


def _companion(kind: str, person: str | None, within: SearchRequest) -> str | None:
    """Give who or what stands most with the person of a search."""
    facet: Facet = searcher().values(within, kind)[1]
    status = searcher().status()
    subject = searcher().ask(within).total
    found = associates(facet, totals(kind), subject=subject, archive=status.articles, size=2)
    names = [one.value for one in found if one.value != person]
    return names[0] if names else None


def _word(titles: list[str]) -> str | None:
    """Give the longest plain word of some titles."""
    words = {word for title in titles for word in title.lower().split() if word.isascii() and word.isalpha()}
    return max(sorted(words), key=len, default=None)


def _phrase(titles: list[str]) -> str | None:
    """Give the two words of some titles that stand next to each other in most of the articles that have either."""
    pairs = dict.fromkeys(pair for title in titles if (pair := _longest_pair(title)))
    best = max(pairs, key=_closeness, default=None)
    return best if best and _closeness(best) else None


def _longest_pair(title: str) -> str | None:
    plain = [word if word.isascii() and word.isalpha() else "" for word in title.lower().split()]
    pairs = (f"{one} {other}" for one, other in pairwise(plain) if min(len(one), len(other)) >= LETTERS)
    return max(pairs, key=len, default=None)


def _closeness(pair: str) -> float:
    """Give the part of the articles with either word that have both in a row; 0 for names and what is rare."""
    together = _total(f'"{pair}"')
    if together < LEAST or searcher().called("person", pair):
        return 0.0
    return together / (sum(map(_total, pair.split(" "))) - together)


def _first(given: Stock) -> Iterator[tuple[str, str]]:
    if given.person:
        yield given.person, given.person
    if phrase := _phrase(_titles()):
        yield f'"{phrase}"', _("“%(words)s”", words=phrase)
    outlets = [one.value for one in everything("outlet").values[:OUTLETS]]
    bars = [(bar.count, name, bar) for name in outlets if (bar := _fullest(SearchRequest(outlet=(name,))))]
    count, name, bar = max(bars, key=lambda one: one[0], default=(0, None, None))
    if bar and count >= LEAST:
        dates = "..".join(dict.fromkeys(shortest(bar.start, bar.end)))
        when = span(bar.start, bar.end)
        yield f'outlet:"{name}" date:{dates}', _("%(outlet)s, %(when)s", outlet=name, when=when)


def _counted(queries: Iterable[tuple[str, str]]) -> Iterator[Example]:
    for query, words in queries:
        if total := _total(query):
            yield Example(q=query, words=words, count=total, url=search_url(SearchRequest(q=query)))


def _total(query: str) -> int:
    return searcher().ask(SearchRequest(q=query, size=1, facets=())).total
