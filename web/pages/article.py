"""The article page: the text with its people and outlets marked, and where each fact about it came from."""

from collections import Counter

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from index.types import Mention, Tagged
from search.request import SearchRequest
from web import wording
from web.caching import conditional
from web.links import article_url, match_url, naming_url, search_url
from web.marking import paragraphs, pieces
from web.state import searcher

pages = Blueprint("article", __name__)


@pages.get("/articles/<identity>")
def show(identity: str) -> ResponseReturnValue:
    """Show one article; with `q` the places that match are marked."""
    query = request.args.get("q", "")
    match = request.args.get("match", type=int)
    tagged = searcher().article(identity)
    if tagged is None:
        abort(404, f"The archive has no article {identity}.")
    return conditional(searcher().generation(), lambda: _render(tagged, query, match))


def _render(tagged: Tagged, query: str, match: int | None) -> str:
    article = tagged.article
    names = [mention for mention in tagged.mentions if mention.kind in {"person", "outlet"}]
    title_marks, text_marks = searcher().marks(tagged, query)
    return render_template(
        "article.html",
        article=article,
        query=query,
        title=list(pieces(article.title, title_marks)) if article.title else None,
        heading=article.title or wording.opening(article.text),
        paragraphs=list(paragraphs(article.text, [one for one in names if one.field == "text"], text_marks)),
        matches=len(text_marks),
        at=match if match and 1 <= match <= len(text_marks) else None,
        match_url=lambda number: match_url(article.id, query, number),
        people=_counted(names, "person"),
        outlets=_counted(names, "outlet"),
        dates=_dates(tagged),
        similar=_similar(article.id),
        origin=wording.ORIGINS[article.published.origin] if article.published else None,
        search_for=naming_url,
        publisher_url=search_url(SearchRequest(publisher=(article.publisher,))) if article.publisher else None,
        back_url=search_url(SearchRequest(q=query)) if query else None,
        version=current_app.config["VERSION"],
    )


def _counted(mentions: list[Mention], kind: str) -> list[tuple[str, int, str]]:
    """Count the mentions of each name, most first, with the address that finds its other articles."""
    counts = Counter(one.value for one in mentions if one.kind == kind and one.role in {"named", "cited"})
    return [(value, count, naming_url(kind, value)) for value, count in counts.most_common()]


def _similar(identity: str) -> list[tuple[str, str, str]]:
    """Give title, address and source of the articles most like one."""
    others = [hit.tagged.article for hit in searcher().similar(identity)]
    return [(one.title or wording.opening(one.text), article_url(one.id), wording.source(one)) for one in others]


def _dates(tagged: Tagged) -> list[tuple[str, str]]:
    """Give the dates that the text mentions, once each and in order of time, with the words that named them."""
    found = {one.value: one.surface for one in reversed(tagged.mentions) if one.kind == "date" and one.value}
    return [(wording.iso_date(value), found[value]) for value in sorted(found)]
