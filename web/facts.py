"""What the archive knows of a person or an outlet beside the articles themselves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.answer import Hit
from search.association import associates
from search.request import SearchRequest
from web.links import name_url, search_url
from web.results import Result, results
from web.state import everything, searcher

ASSOCIATES = 12
FORMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Associated:
    """Somebody who stands together with a subject: in so many articles, by their page and the search for both."""

    value: str
    count: int
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
    subject = SearchRequest(**{kind: (name,)}, outlet_mode="all")  # type: ignore[arg-type]
    for other in ("person", "outlet", "publisher"):
        if kind == other == "publisher":
            continue
        facet = searcher().values(subject, other)[1]
        found = associates(facet, everything(other), subject=total, archive=archive, size=ASSOCIATES + 1)
        others = [one for one in found if one.value != name][:ASSOCIATES]
        if others:
            yield Together(
                kind=other,
                names=tuple(
                    Associated(
                        value=one.value,
                        count=one.together,
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


def aliases(hits: Sequence[Hit], kind: str, name: str) -> tuple[tuple[str, int], ...]:
    """Count the forms in which articles write a name, commonest first."""
    if kind == "publisher":
        return ()
    counts = Counter(
        " ".join(mention.surface.split())
        for hit in hits
        for mention in hit.tagged.mentions
        if mention.kind == kind and mention.value == name
    )
    return tuple(counts.most_common(FORMS))


def best_articles(kind: str, name: str, size: int) -> tuple[Result, ...]:
    """Give the articles that are about a person or outlet rather than merely with it: its name in the title first."""
    if kind == "publisher":
        return ()
    words = name.replace('"', " ")
    request = SearchRequest(q=f'"{words}"', **{kind: (name,)}, size=size, facets=())  # type: ignore[arg-type]
    return results(searcher().ask(request))
