"""The article page: the text with its people and outlets marked, and where each fact about it came from."""

import dataclasses
from collections import Counter
from itertools import accumulate

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from index.types import Mention, Tagged
from search.answer import Hit
from search.neighbours import neighbours
from search.request import ParameterError, SearchRequest, to_params
from web import wording
from web.caching import conditional
from web.canonical import elsewhere
from web.copies import copy_list
from web.language import _
from web.links import article_url, changed, name_url, search_url, similar_url
from web.marking import paragraphs, pieces
from web.mentioned_dates import mentioned_dates
from web.parts import parts
from web.reading_parameters import number_of, page_request_of, parted
from web.results import loose_results
from web.state import searcher, state

pages = Blueprint("article", __name__)

SIMILAR = 5
MOST_SIMILAR = 10
MOST_NAMES = 24
"""Names and dates listed beside a text: with more a page would be over 60 kB though its text is not."""

MOST_BYTES = 1_200
"""Bytes of these names of a kind."""

MOST_DRAWN = 60
"""Dates drawn on the line, where they overlap anyway."""


@pages.get("/articles/<identity>")
def show(identity: str) -> ResponseReturnValue:
    """Show one article; with the parameters of a search, what matches it and what stands beside it there."""
    own, rest = parted(request.query_string, {"match", "part"})
    asked = page_request_of(rest)
    match, part = number_of(own.get("match", "")), number_of(own.get("part", ""))
    tagged = _found(identity)
    kept = [("match", str(match))] if match else [("part", str(part))] if part > 1 else []
    if there := elsewhere(f"/articles/{identity}", [*to_params(asked), *kept]):
        return there
    return conditional(searcher().generation(), lambda: _render(tagged, asked, match, part))


@pages.get("/articles/<identity>/similar")
def similar(identity: str) -> ResponseReturnValue:
    """Show the articles most like one."""
    tagged = _found(identity)
    if there := elsewhere(similar_url(identity), []):
        return there
    return conditional(
        searcher().generation(),
        lambda: render_template(
            "similar.html",
            article=tagged.article,
            heading=wording.heading(tagged.article),
            url=article_url(identity),
            results=loose_results(searcher().similar(identity, size=MOST_SIMILAR)),
        ),
    )


def _found(identity: str) -> Tagged:
    tagged = searcher().article(identity)
    if tagged is None:
        abort(404, _("The archive has no article %(identity)s.", identity=identity))
    return tagged


def _render(tagged: Tagged, asked: SearchRequest, match: int, part: int) -> str:
    article = tagged.article
    names = [mention for mention in tagged.mentions if mention.kind in {"person", "outlet"}]
    in_text = [one for one in names if one.field == "text"]
    title_marks, text_marks = searcher().marks(tagged, asked.q)
    every = parts(article.text, in_text, text_marks)
    at = match if 1 <= match <= len(text_marks) else None
    part = _part_of(text_marks[at - 1][0], every) if at else min(max(part, 1), len(every))
    start, end = every[part - 1]
    before = sum(one[0] < start for one in text_marks)
    similar_hits = searcher().similar(article.id, size=SIMILAR, passages=False)
    return render_template(
        "article.html",
        article=article,
        asked=asked,
        title=list(pieces(article.title, title_marks)) if article.title else None,
        heading=wording.heading(article),
        paragraphs=list(paragraphs(article.text, in_text, text_marks, start=start, end=end)),
        part=part,
        part_count=len(every),
        part_url=lambda number: article_url(article.id, request=asked, part=number),
        matches=len(text_marks),
        at=at,
        previous_match=(at or before + 1) - 1 or len(text_marks),
        next_match=(at or before) % max(1, len(text_marks)) + 1,
        match_url=lambda number: article_url(article.id, request=asked, match=number),
        most_names=MOST_NAMES,
        most_drawn=MOST_DRAWN,
        people=_counted(names, "person"),
        outlets=_counted(names, "outlet"),
        listed=_listed,
        dates=mentioned_dates(tagged),
        similar=loose_results(similar_hits),
        similar_url=similar_url(article.id),
        copies=copy_list(searcher().copies(article.id), article),
        origin=wording.origin(article.published) if article.published else None,
        name_url=name_url,
        publisher_url=name_url("publisher", article.publisher) if article.publisher else None,
        beside=_beside(asked, article.id),
        canonical=article_url(article.id, part=part),
    )


def _part_of(place: int, every: tuple[tuple[int, int], ...]) -> int:
    """Give which part of a text a place is in, counted from 1."""
    return next(number for number, (_start, end) in enumerate(every, 1) if place < end or number == len(every))


def _beside(asked: SearchRequest, identity: str) -> dict[str, object] | None:
    """Give the way back to the results, and the articles before and after this one there."""
    if asked == SearchRequest():
        return None
    try:
        found = neighbours(searcher(), asked, identity) if asked.cursor else None
    except ParameterError:
        found = None
    if found is None:
        return {"back": search_url(changed(asked)), "found": None}
    size = asked.size or state().settings.page_size
    return {
        "back": search_url(changed(asked) if found.rank <= size else asked),
        "found": found,
        "previous": _neighbour(found.previous, found.previous_place, asked),
        "next": _neighbour(found.next, found.next_place, asked),
    }


def _neighbour(hit: Hit | None, place: str | None, asked: SearchRequest) -> tuple[str, str] | None:
    if hit is None:
        return None
    return wording.heading(hit.article), article_url(hit.article.id, request=dataclasses.replace(asked, cursor=place))


def _counted(mentions: list[Mention], kind: str) -> list[tuple[str, int, str]]:
    """Count the mentions of each name, most first, with its page."""
    counts = Counter(one.value for one in mentions if one.kind == kind and one.role in {"named", "cited"})
    return [(value, count, name_url(kind, value)) for value, count in counts.most_common()]


def _listed(counted: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """Give those of some names that are listed beside a text."""
    filled = accumulate(len(name.encode("utf-8", "replace")) for name, _count, _url in counted)
    return [one for one, bytes_ in zip(counted[:MOST_NAMES], filled, strict=False) if bytes_ <= MOST_BYTES]
