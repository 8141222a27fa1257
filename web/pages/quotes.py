"""The page of quotations: who said what, in the whole archive or in the matches of a search."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search.quoting import QuotePage
from search.request import SearchRequest, to_params
from web.caching import conditional
from web.canonical import elsewhere
from web.links import PAGE_QUOTES, PAGE_SEARCH, article_url, changed, search_url
from web.quotes import OWN, Asked, Said, said_of
from web.reading_parameters import PAGE_SIZES, page_request_of, pairs_of
from web.state import searcher, state

pages = Blueprint("quotes", __name__)


@pages.get(PAGE_QUOTES)
def show() -> ResponseReturnValue:
    """Show quotations."""
    asked = _asked()
    if there := elsewhere(PAGE_QUOTES, [*to_params(asked.search), *([("by", asked.by)] if asked.by else [])]):
        return there
    return conditional(searcher().generation(), lambda: _render(asked, asked.page()))


def _asked() -> Asked:
    pairs = pairs_of(request.query_string)
    by = next((value.strip() for name, value in pairs if name in OWN), "")
    searched = page_request_of([(name, value) for name, value in pairs if name not in OWN])
    return Asked(search=changed(searched, sort="relevance", group="none", cursor=searched.cursor), by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A quotation on the page; behind the last shown of an article that has `more`, `more_url` shows them there."""

    said: Said
    more: int
    more_url: str


def _told(asked: Asked, page: QuotePage) -> Iterator[Told]:
    """Give as many quotations as the page is to have: an article that has more leads to them in its text."""
    room = asked.search.size or min(state().settings.page_size, PAGE_SIZES[-1])
    for identity, group in groupby(page.hits, key=lambda hit: hit.article.id):
        hits = list(group)
        shown, room = hits[: max(1, room)], room - len(hits)
        url = article_url(identity, request=SearchRequest(q=page.request.q))
        for number, hit in enumerate(shown, 1):
            more = len(hits) - number if number == len(shown) else 0
            yield Told(said=said_of(hit), more=more, more_url=url)


def _render(asked: Asked, page: QuotePage) -> str:
    return render_template(
        "quotes.html",
        page=page,
        asked=asked.search,
        by=asked.by,
        said=list(_told(asked, page)),
        speakers=[(one, asked.with_by(one.value).url(PAGE_QUOTES)) for one in page.speakers.values],
        all_url=PAGE_QUOTES,
        narrowed=asked.url(PAGE_QUOTES) != PAGE_QUOTES,
        search_url=search_url(changed(page.request, sort="relevance"), base=PAGE_SEARCH),
        kept=[("by", asked.by)] if asked.by else [],
        everybody_url=Asked(search=changed(asked.search)).url(PAGE_QUOTES) if asked.by else None,
        next_url=asked.url(PAGE_QUOTES, cursor=page.next) if page.next else None,
        previous_url=asked.url(PAGE_QUOTES, cursor=page.previous) if page.previous else None,
    )
