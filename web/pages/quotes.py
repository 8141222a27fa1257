"""The page of quotations: who said what, in the whole archive or in the matches of a search."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search.quoting import QuotePage
from search.request import to_params
from web.caching import conditional
from web.canonical import elsewhere
from web.links import PAGE_QUOTES, PAGE_SEARCH, changed, search_url
from web.quotes import OWN, Asked, said_of
from web.reading_parameters import page_request_of, pairs_of
from web.state import searcher

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


def _render(asked: Asked, page: QuotePage) -> str:
    return render_template(
        "quotes.html",
        page=page,
        asked=asked.search,
        by=asked.by,
        said=[said_of(hit) for hit in page.hits],
        speakers=[(one, asked.with_by(one.value).url(PAGE_QUOTES)) for one in page.speakers.values],
        all_url=PAGE_QUOTES,
        search_url=search_url(changed(page.request, sort="relevance"), base=PAGE_SEARCH),
        kept=[("by", asked.by)] if asked.by else [],
        everybody_url=Asked(search=changed(asked.search)).url(PAGE_QUOTES) if asked.by else None,
        next_url=asked.url(PAGE_QUOTES, cursor=page.next) if page.next else None,
        previous_url=asked.url(PAGE_QUOTES, cursor=page.previous) if page.previous else None,
    )
