"""Hits as pages show them: with the links that lead on from each."""

from dataclasses import dataclass
from itertools import accumulate

from index.types import Article
from search.answer import Answer, Hit
from search.neighbours import place
from search.request import SearchRequest
from web.copies import CopyList, copy_list
from web.links import LONGEST, Step, article_url, changed, is_long, similar_url, steps
from web.reading_parameters import PAGE_SIZES
from web.wording import heading, shortened

SHOWN = (4, 2)
"""People and outlets named under a hit."""

SHOWN_OF_MANY = (1, 0)
"""The same where a page has more than ten hits: it is to stay below 60 kB."""

WIDTH = 80
"""Bytes of the names of a kind under a hit: more than a line is not scanned."""

Named = tuple[tuple[str, Step], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One hit: its article, the addresses of its page and of articles like it, and steps to those whom it names."""

    hit: Hit
    article: Article
    title: str
    url: str
    similar_url: str
    people: Named
    outlets: Named
    copies: CopyList | None


def results(answer: Answer) -> tuple[Result, ...]:
    """Give the hits of an answer; each leads to its article with its place among the others.

    Where the search's own address is so long that it would fill the page, an article is shown with the search's words
    alone: its matches are marked, and nothing is said of its neighbours.
    """
    asked = answer.request
    most = SHOWN if len(answer.hits) <= PAGE_SIZES[0] else SHOWN_OF_MANY
    words = SearchRequest(q=asked.q) if is_long(asked, LONGEST) else None
    return tuple(
        _result(
            hit,
            asked,
            article_url(hit.article.id, request=words or changed(asked, cursor=place(hit, answer))),
            most,
        )
        for hit in answer.hits
    )


def loose_results(hits: tuple[Hit, ...]) -> tuple[Result, ...]:
    """Give hits that answer no search of their own."""
    return tuple(_result(hit, SearchRequest(), article_url(hit.article.id)) for hit in hits)


def _result(hit: Hit, asked: SearchRequest, url: str, most: tuple[int, int] = SHOWN) -> Result:
    return Result(
        hit=hit,
        article=hit.article,
        title=shortened(heading(hit.article)),
        url=url,
        similar_url=similar_url(hit.article.id),
        people=_named("person", hit.shown.people, asked, most[0]),
        outlets=_named("outlet", hit.shown.outlets, asked, most[1]),
        copies=copy_list(hit.copies, hit.article, asked) if hit.copies and hit.copies.total else None,
    )


def _named(kind: str, counts: tuple[tuple[str, int], ...], asked: SearchRequest, most: int) -> Named:
    """Name whom an article mentions, the most mentioned first, without those already chosen."""
    chosen: tuple[str, ...] = getattr(asked, kind)
    names = [name for name, _count in sorted(counts, key=lambda pair: -pair[1]) if name not in chosen][:most]
    step = steps(asked, kind)
    filled = accumulate(len(name.encode("utf-8", "replace")) for name in names)
    return tuple((name, step(name)) for name, bytes_ in zip(names, filled, strict=True) if bytes_ <= WIDTH)
