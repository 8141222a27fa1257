"""The search page: `/` with the parameters of the API; without any, the archive at a glance."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search.answer import Answer
from search.request import SearchRequest, to_params
from web.advice import advice
from web.caching import conditional
from web.canonical import elsewhere
from web.facts import archive_days
from web.formats import forms
from web.language import _
from web.links import LONGEST, PAGE_SEARCH, changed, is_long, search_url
from web.pages.home import glance
from web.panel import chips, kept, panels
from web.periods import periods
from web.reading_parameters import PAGE_SIZES, bad_dates, page_request_of, pairs_of
from web.results import results
from web.state import searcher, state
from web.timeline import chart
from web.wording import shortened

pages = Blueprint("search", __name__)


@pages.get("/")
def show() -> ResponseReturnValue:
    """Answer a search as a page."""
    pairs = pairs_of(request.query_string)
    if faults := bad_dates(pairs):
        asked = page_request_of([(name, value) for name, value in pairs if name not in faults])
        return _render(_answer(asked), faults), 400
    asked = page_request_of(pairs)
    if there := elsewhere(PAGE_SEARCH, to_params(asked)):
        return there
    if asked == SearchRequest():
        return conditional(searcher().generation(), glance)
    return conditional(searcher().generation(), lambda: _render(_answer(asked)))


def _answer(asked: SearchRequest) -> Answer:
    """Answer with as many hits as a page has room for, which are fewer where its addresses are long."""
    size = asked.size or state().settings.page_size
    most = PAGE_SIZES[0] if is_long(asked, LONGEST) else PAGE_SIZES[-1]
    answer = searcher().ask(dataclasses.replace(asked, size=min(size, most)))
    return dataclasses.replace(answer, request=dataclasses.replace(answer.request, size=asked.size))


def _render(answer: Answer, faults: Mapping[str, str] = MappingProxyType({})) -> str:
    """Show an answer; `faults` are dates that are none, by the parameter, and are said at their fields."""
    asked = answer.request
    sorts = (("relevance", _("Most relevant")), ("newest", _("Newest")), ("oldest", _("Oldest")))
    size = asked.size or state().settings.page_size
    return render_template(
        "search.html",
        answer=answer,
        asked=asked,
        advice=advice(searcher(), answer),
        chips=list(chips(asked)),
        panels=list(panels(answer)),
        chart=chart(answer.timeline, asked) if answer.timeline else None,
        periods=periods(asked, archive=archive_days()),
        undated=answer.timeline.undated if answer.timeline else 0,
        results=results(answer),
        sorts=[(words, name == asked.sort, search_url(changed(asked, sort=name))) for name, words in sorts],
        sizes=[(one, one == size, search_url(changed(asked, size=_unless_default(one)))) for one in PAGE_SIZES]
        if not is_long(asked, LONGEST)
        else [],
        few=PAGE_SIZES[0],
        group_url=search_url(changed(asked, group="none" if asked.group == "story" else "story")),
        typed={"from": asked.from_ or "", "to": asked.to or "", **faults},
        faults={name: _fault(value) for name, value in faults.items()},
        kept=kept(asked, "q"),
        whole=kept(asked),
        long=is_long(asked),
        longest=is_long(asked, LONGEST),
        kept_but_dates=kept(asked, "from", "to", "undated"),
        forms=list(forms(asked)),
        first_url=search_url(changed(asked)),
        next_url=search_url(changed(asked, cursor=answer.next)) if answer.next else None,
        previous_url=search_url(changed(asked, cursor=answer.previous)) if answer.previous else None,
        plain_url=search_url(SearchRequest(q=asked.q)),
        everything_url=search_url(SearchRequest(sort="newest")),
    )


def _fault(value: str) -> str:
    return _(
        "“%(typed)s” is no date. Write a year, a month (1989-11) or a day (1989-11-09).", typed=shortened(value, 40)
    )


def _unless_default(size: int) -> int | None:
    return None if size == state().settings.page_size else size
