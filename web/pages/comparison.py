"""The page of what differs between an article and a near copy of it, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from index.types import Tagged
from search.difference import Difference, Run, difference
from web import wording
from web.caching import conditional
from web.canonical import elsewhere
from web.language import _
from web.links import article_url, comparison_url
from web.state import searcher, state

pages = Blueprint("comparison", __name__)

UNCHANGED = 2
"""So many paragraphs without a change are folded away, but for one before and one behind each change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Paragraphs of runs in a row, with a change in each, or `folded` away without any."""

    paragraphs: tuple[tuple[Run, ...], ...]
    folded: bool


@pages.get("/articles/<identity>/copies/<other>")
def show(identity: str, other: str) -> ResponseReturnValue:
    """Compare an article with one of its near copies."""
    one, copy = _found(identity), _found(other)
    if identity == other or not searcher().are_copies(identity, other):
        abort(404, _("Article %(other)s is no near copy of %(one)s.", other=other, one=identity))
    if there := elsewhere(comparison_url(identity, other), []):
        return there
    return conditional(searcher().generation(), lambda: _render(one, copy))


def _found(identity: str) -> Tagged:
    tagged = searcher().article(identity)
    if tagged is None:
        abort(404, _("The archive has no article %(identity)s.", identity=identity))
    return tagged


def _render(one: Tagged, copy: Tagged) -> str:
    most = state().settings.max_compared_words
    texts = difference(one.article.text, copy.article.text, most=most)
    return render_template(
        "comparison.html",
        one=one.article,
        copy=copy.article,
        title=difference(wording.heading(one.article), wording.heading(copy.article), most=most),
        heading=wording.heading(one.article),
        text=texts,
        passages=list(passages(texts)),
        most=most,
        url=article_url(one.article.id),
        copy_url=article_url(copy.article.id),
        swapped_url=comparison_url(copy.article.id, one.article.id),
    )


def passages(found: Difference) -> Iterator[Passage]:
    """Give the paragraphs of a difference; those without a change, far from any, are folded."""
    every = list(paragraphs(found))
    changed = [any(run.kind != "same" for run in one) for one in every]
    near = [any(changed[max(0, place - 1) : place + 2]) for place in range(len(every))]
    at = 0
    for shown, group in groupby(near):
        size = len(list(group))
        yield Passage(paragraphs=tuple(every[at : at + size]), folded=not shown and size >= UNCHANGED)
        at += size


def paragraphs(found: Difference) -> Iterator[tuple[Run, ...]]:
    """Cut the runs of a difference into paragraphs; one that was removed or added is one of its own."""
    runs: list[Run] = []
    for run in found.runs:
        first, *others = run.text.split("\n\n")
        for place, text in enumerate([first, *others]):
            if place and runs:
                yield tuple(runs)
                runs = []
            if text.strip():
                runs.append(Run(kind=run.kind, text=text))
    if runs:
        yield tuple(runs)
