"""Searches that find something in this very archive, made of its own names and words."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Facet
from search.association import associates
from search.request import SearchRequest
from web.links import search_url
from web.state import everything, searcher, state, totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query, how many articles it finds, and its address."""

    q: str
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
    """Give three searches to begin with."""
    return state().once("first searches", lambda: tuple(_counted(_first(stock())))[:3])


def examples(queries: dict[str, str]) -> dict[str, Example]:
    """Count queries by name; one that finds nothing here is left out."""
    return {name: one for name, query in queries.items() for one in _counted([query])}


def stock() -> Stock:
    """Give what this archive's examples are made of."""
    return state().once("stock", _stock)


def _stock() -> Stock:
    person = _top("person")
    within = SearchRequest(person=(person,)) if person else SearchRequest()
    answer = searcher().ask(SearchRequest(sort="newest", facets=("date",)))
    buckets = answer.timeline.buckets if answer.timeline else ()
    fullest = max(buckets, key=lambda bucket: bucket.count, default=None)
    return Stock(
        person=person,
        companion=_companion("person", person, within),
        outlet=_companion("outlet", None, within) or _top("outlet"),
        publisher=_top("publisher"),
        word=_word([hit.article.title for hit in answer.hits]),
        year=fullest.start[:4] if fullest else None,
    )


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


def _first(given: Stock) -> Iterator[str]:
    if given.person and given.companion:
        yield f'person:"{given.person}" person:"{given.companion}"'
    if given.person and given.outlet:
        yield f'"{given.person.split()[-1]}" outlet:"{given.outlet}"'
    if given.publisher and given.year:
        yield f'publisher:"{given.publisher}" date:{given.year}'
    if given.word:
        yield f"title:{given.word}"
    if given.person:
        yield given.person


def _counted(queries: Iterator[str] | list[str]) -> Iterator[Example]:
    for query in queries:
        request = SearchRequest(q=query, size=1, facets=())
        if total := searcher().ask(request).total:
            yield Example(q=query, count=total, url=search_url(SearchRequest(q=query)))
