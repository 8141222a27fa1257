"""The page of what differs between an article and a near copy of it, word by word."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from index.types import Tagged
from search.difference import difference
from web import wording
from web.caching import conditional
from web.canonical import elsewhere
from web.compared import pages as pages_of
from web.compared import paragraphs, passages
from web.language import _
from web.links import article_url, comparison_url, with_query
from web.reading_parameters import number_of, parted
from web.state import searcher, state

pages = Blueprint("comparison", __name__)


@pages.get("/articles/<identity>/copies/<other>")
def show(identity: str, other: str) -> ResponseReturnValue:
    """Compare an article with one of its near copies."""
    one, copy = _found(identity), _found(other)
    if identity == other or not searcher().are_copies(identity, other):
        abort(404, _("Article %(other)s is no near copy of %(one)s.", other=other, one=identity))
    part = number_of(parted(request.query_string, {"part"})[0].get("part", ""))
    if there := elsewhere(comparison_url(identity, other), _pairs(part)):
        return there
    return conditional(searcher().generation(), lambda: _render(one, copy, part))


def _pairs(part: int) -> list[tuple[str, str]]:
    """Give the parameter that asks for a further part."""
    return [("part", str(part))] if part > 1 else []


def _found(identity: str) -> Tagged:
    tagged = searcher().article(identity)
    if tagged is None:
        abort(404, _("The archive has no article %(identity)s.", identity=identity))
    return tagged


def _render(one: Tagged, copy: Tagged, part: int) -> str:
    most = state().settings.max_compared_words
    texts = difference(one.article.text, copy.article.text, most=most)
    every = list(pages_of(paragraphs(texts))) or [()]
    part = min(max(part, 1), len(every))
    here = comparison_url(one.article.id, copy.article.id)
    return render_template(
        "comparison.html",
        one=one.article,
        copy=copy.article,
        title=difference(wording.heading(one.article), wording.heading(copy.article), most=most),
        heading=wording.heading(one.article),
        text=texts,
        passages=list(passages(every[part - 1])),
        part=part,
        part_count=len(every),
        part_url=lambda number: with_query(here, _pairs(number)),
        most=most,
        url=article_url(one.article.id),
        copy_url=article_url(copy.article.id),
        swapped_url=comparison_url(copy.article.id, one.article.id),
    )
