"""What the archive knows of a person or an outlet beside the articles themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from search.association import associates
from search.engines.engine import Shown
from search.request import SearchRequest, Sort
from web.language import iso_date
from web.links import FIELDS, changed, name_url, search_url
from web.results import Result, results
from web.state import searcher, state, totals

ASSOCIATES = 12
FORMS = 8

WEIGHED = 500
"""Of the values that stand with a subject, the commonest there are weighed: what stands there rarely proves little."""

LIKE = 8

NEAR = 0.8
"""How like a name is to what was asked for, from 0 to 1 (Ratcliff and Obershelp), for it to be meant perhaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Associated:
    """Somebody who stands together with a subject: in so many articles, by their page and the search for both.

    `score` is the log-likelihood ratio (search/association.py).
    """

    value: str
    count: int
    score: float
    url: str
    both_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Those of one kind who stand together with a subject more than chance would have it, most surprising first."""

    kind: str
    names: tuple[Associated, ...]


def together(kind: str, name: str, total: int) -> Iterator[Together]:
    """Give the people, outlets and publishers that stand together with a subject."""
    archive = searcher().status().articles
    fields = tuple(field for field in ("person", "outlet", "publisher") if not kind == field == "publisher")
    size = min(WEIGHED, state().settings.max_facet_size)
    subject = SearchRequest(**{kind: (name,)}, outlet_mode="all", size=1, facets=fields, facet_size=size)  # type: ignore[arg-type]
    for facet in searcher().ask(subject).facets:
        other = facet.field
        found = associates(facet, totals(other), subject=total, archive=archive, size=ASSOCIATES + 1)
        others = [one for one in found if one.value != name][:ASSOCIATES]
        if others:
            yield Together(
                kind=other,
                names=tuple(
                    Associated(
                        value=one.value,
                        count=one.together,
                        score=one.score,
                        url=name_url(other, one.value),
                        both_url=_both(kind, name, other, one.value),
                    )
                    for one in others
                ),
            )


def _both(kind: str, name: str, other: str, value: str) -> str:
    """Give the search for two at once."""
    chosen: dict[str, tuple[str, ...]] = {kind: (name,)}
    chosen[other] = (*chosen.get(other, ()), value)
    mode = "all" if len(chosen.get("outlet", ())) > 1 else "any"
    return search_url(SearchRequest(**chosen, outlet_mode=mode))  # type: ignore[arg-type]


def aliases(found: Iterable[Shown], kind: str, name: str) -> tuple[tuple[str, int], ...]:
    """Count the forms in which articles write a name, commonest first."""
    if kind == "publisher":
        return ()
    counts = Counter(
        " ".join(mention.surface.split())
        for shown in found
        for mention in shown.mentions()
        if mention.kind == kind and mention.value == name
    )
    return tuple(counts.most_common(FORMS))


def about(kind: str, name: str) -> SearchRequest:
    """Give the search that has the articles about a person or outlet before those merely with it, by its words."""
    words = name.replace('"', " ")
    return SearchRequest(q=f'"{words}"', **{kind: (name,)}, facets=())  # type: ignore[arg-type]


def best_articles(kind: str, name: str, size: int) -> tuple[Result, ...]:
    """Give the articles that are about a person or outlet rather than merely with it: its name in the title first."""
    if kind == "publisher":
        return ()
    return results(searcher().ask(changed(about(kind, name), size=size)))


def like(path: str, words: str) -> list[str]:
    """Give the names of a path that have some words or are written nearly so, the nearest and commonest first."""
    wanted = words.casefold()
    matcher = SequenceMatcher(b=wanted)
    letters = Counter(wanted)
    found = {name for field in FIELDS[path] for name in searcher().called(field, words)}
    near = {}
    for field in FIELDS[path]:
        for name, count in totals(field).items():
            most = NEAR * (len(name) + len(wanted)) / 2
            if name not in found and (
                min(len(name), len(wanted)) < most or sum((letters & Counter(name.casefold())).values()) < most
            ):
                continue
            matcher.set_seq1(name.casefold())
            if name in found or matcher.ratio() > NEAR:
                near[name] = (-round(matcher.ratio(), 1), -count, name)
    return sorted(near, key=near.__getitem__)[:LIKE]


def archive_days() -> tuple[str, str]:
    """Give the first and last ISO day that any date of the archive may mean; the ends of time where none is dated."""
    return state().once("days", _archive_days)


def _archive_days() -> tuple[str, str]:
    status = searcher().status()
    return status.first or "0001-01-01", status.last or "9999-12-31"


def archive_span() -> str | None:
    """Say from when to when the archive reaches, as precisely as its first and last date are known."""
    return state().once("span", _archive_span)


def _archive_span() -> str | None:
    first, last = _dated("oldest"), _dated("newest")
    if first is None or last is None:
        return None
    first, last = iso_date(first), iso_date(last)
    return first if first == last else f"{first} – {last}"


def _dated(sort: Sort) -> str | None:
    """Give the first date of an order."""
    hits = searcher().ask(SearchRequest(undated="exclude", sort=sort, size=1, facets=())).hits
    published = hits[0].article.published if hits else None
    return published.value[:10] if published else None
