"""The search page: `/` with the parameters of the API."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from index.types import Mention, Tagged
from search.answer import Answer, Hit
from search.request import SearchRequest, to_params
from web import wording
from web.advice import advice
from web.caching import conditional
from web.links import API_SEARCH, article_url, changed, search_url, toggled
from web.panel import chips, panels
from web.reading_parameters import page_request
from web.state import searcher
from web.timeline import chart

pages = Blueprint("search", __name__)

SORTS = (("relevance", "Most relevant"), ("newest", "Newest"), ("oldest", "Oldest"))
NAMES_SHOWN = 6


@pages.get("/")
def show() -> ResponseReturnValue:
    """Answer a search as a page."""
    asked = page_request(request.query_string)
    return conditional(searcher().generation(), lambda: _render(searcher().ask(asked)))


def _render(answer: Answer) -> str:
    asked = answer.request
    return render_template(
        "search.html",
        answer=answer,
        asked=asked,
        advice=advice(searcher(), answer),
        filtered=any(chips(asked)),
        chips=list(chips(asked)),
        panels=list(panels(answer)),
        chart=chart(answer.timeline, asked) if answer.timeline and answer.timeline.buckets else None,
        results=[_result(hit, asked) for hit in answer.hits],
        sorts=[(words, name == asked.sort, search_url(changed(asked, sort=name))) for name, words in SORTS],
        kept=[(name, value) for name, value in to_params(changed(asked, q="")) if name not in {"from", "to"}],
        json_url=search_url(asked, base=API_SEARCH),
        first_url=search_url(changed(asked)),
        next_url=search_url(changed(asked, cursor=answer.next)) if answer.next else None,
        previous_url=search_url(changed(asked, cursor=answer.previous)) if answer.previous else None,
        plain_url=search_url(SearchRequest(q=asked.q)),
        everything_url=search_url(SearchRequest()),
        version=current_app.config["VERSION"],
    )


def _result(hit: Hit, asked: SearchRequest) -> dict[str, object]:
    article = hit.tagged.article
    return {
        "hit": hit,
        "article": article,
        "url": article_url(article.id, q=asked.q),
        "title": article.title or wording.opening(article.text),
        "people": [(name, search_url(toggled(asked, "person", name))) for name in _people(hit.tagged, asked)],
    }


def _people(tagged: Tagged, asked: SearchRequest) -> list[str]:
    """Name the article's people most mentioned first, without those already chosen."""
    counts: dict[str, int] = {}
    for mention in tagged.mentions:
        if _is_person(mention) and mention.value not in asked.person:
            counts[mention.value] = counts.get(mention.value, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])[:NAMES_SHOWN]


def _is_person(mention: Mention) -> bool:
    return mention.kind == "person" and mention.role == "named"
