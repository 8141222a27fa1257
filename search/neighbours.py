"""The hits before and after one in the answer to a request, for walking from article to article."""

import dataclasses
from dataclasses import dataclass
from typing import Literal

from index.days import day_span
from search import cursor as cursors
from search.answer import Answer, Hit
from search.engines.engine import Key
from search.request import SearchRequest
from search.searcher import Searcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a hit stands: its rank from 1 among how many, and the hits beside it, None at the ends.

    The places are those of the two, to go on from there.
    """

    rank: int
    total: int
    previous: Hit | None
    previous_place: str | None
    next: Hit | None
    next_place: str | None


def place(hit: Hit, answer: Answer) -> str:
    """Give the place of a hit in an answer, as the cursor of the page that ends with it."""
    return _cursor(hit, "until", answer)


def neighbours(searcher: Searcher, request: SearchRequest, article_id: str) -> Neighbours | None:
    """Give the neighbours of an article whose place is the request's cursor; None where it is not there any more.

    Raises ParameterError where the cursor is none, or of another request.
    """
    lean = dataclasses.replace(request, facets=(), facet_size=None)
    until = searcher.ask(dataclasses.replace(lean, size=2))
    if not until.hits or until.hits[-1].tagged.article.id != article_id:
        return None
    here = until.hits[-1]
    after = _cursor(here, "after", until)
    following = searcher.ask(dataclasses.replace(lean, size=1, cursor=after)).hits
    previous = until.hits[0] if len(until.hits) > 1 else None
    return Neighbours(
        rank=until.first + len(until.hits) - 1,
        total=until.total,
        previous=previous,
        previous_place=place(previous, until) if previous else None,
        next=following[0] if following else None,
        next_place=place(following[0], until) if following else None,
    )


def _cursor(hit: Hit, side: Literal["after", "until"], answer: Answer) -> str:
    article = hit.article
    key = Key(score=hit.score, day=day_span(article.published)[0], id=article.id)
    return cursors.encode(
        cursors.Cursor(key=key, side=side, generation=answer.generation), answer.request, answer.secret
    )
