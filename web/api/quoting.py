"""The resource of quotations: who said what, in the matches of a search."""

import dataclasses

from flask import Response

from search.quoting import QuoteHit, QuotePage
from search.request import SearchRequest
from web.api.answering import json_answer, link
from web.api.operations import Body, Given, Operation
from web.api.parameters import BY, some
from web.api.quote_types import QuoteResult, QuotesPage, Speaker, Speakers
from web.api.shapes import headline, query
from web.caching import conditional, walking
from web.links import API_QUOTES
from web.quotes import Asked, marks_in, text_of
from web.state import searcher


def quotes(given: Given) -> Response:
    """Give a page of quotations."""
    asked = Asked(search=given.asked, by=given.own.get("by", ""))

    def make() -> Response:
        body = _page(asked, searcher().quotes(asked.search, (asked.by,) if asked.by else (), fixed=True))
        walking(body.generation)
        response = json_answer(body)
        link(response, "next", body.next)
        link(response, "prev", body.previous)
        return response

    return conditional(searcher().generation(), make)


def _page(asked: Asked, page: QuotePage) -> QuotesPage:
    given = dataclasses.replace(page.request, q=asked.search.q, sort="relevance")
    return QuotesPage(
        query=query(given, page.reading, page.notices),
        by=asked.by,
        generation=page.generation,
        articles=page.articles,
        results=tuple(quote_result(hit) for hit in page.hits),
        speakers=Speakers(
            values=tuple(
                Speaker(
                    value=one.value,
                    count=one.count,
                    selected=one.selected,
                    url=asked.with_by(one.value).url(API_QUOTES),
                )
                for one in page.speakers.values
            ),
            distinct=page.speakers.distinct,
            none=page.speakers.none,
        ),
        next=asked.url(API_QUOTES, cursor=page.next) if page.next else None,
        previous=asked.url(API_QUOTES, cursor=page.previous) if page.previous else None,
    )


def quote_result(hit: QuoteHit) -> QuoteResult:
    """Give one quotation with its article."""
    article, quote = hit.article, hit.quote
    return QuoteResult(
        text=text_of(quote, article.text),
        marks=marks_in(quote, hit.words),
        speaker=quote.speaker,
        verb=quote.cue,
        spans=quote.spans,
        speaker_start=quote.speaker_start,
        speaker_end=quote.speaker_end,
        article=headline(article),
        url=Asked(search=SearchRequest(), by=quote.speaker).url(API_QUOTES) if quote.speaker else None,
    )


OPERATIONS = (
    Operation(
        path=API_QUOTES,
        name="quotes",
        summary="Who said what: the quotations in the matches of a search, newest first, each article's together.",
        view=quotes,
        parameters=(*some("sort", "group", "facets"), BY),
        bodies=(Body(type=QuotesPage, description="A page of quotations; without any it is empty, and no error"),),
        problems=("malformed-parameter", "malformed-cursor", "expired-cursor"),
    ),
)
