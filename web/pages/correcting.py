"""The pages that correct people and outlets, and the history of what was corrected, with what undoes it."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from index.errors import UsageError
from index.types import Article
from search.correcting import FIELDS, NameKind, Told
from search.request import SearchRequest
from search.slugs import meant
from web.correcting import FIELD, corrections, keep_nonce, refuse_forged, refuse_strangers, token
from web.forms import asked_of
from web.language import _
from web.links import KINDS, PATHS, article_url, fingerprinted_url, name_url
from web.state import searcher
from web.wording import heading, published

pages = Blueprint("correcting", __name__)

FOUND = 12
"""Names that are offered for merging."""

LISTED = 50
"""Articles that are listed for parting a name, a page."""

HISTORY = 100
"""Corrections on a page of the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article that may be of somebody else of the same name; `why` says it where it was computed for it alone."""

    id: str
    title: str
    when: str
    url: str
    why: str = ""


@pages.get("/people/<slug>/correct")
def person(slug: str) -> ResponseReturnValue:
    """Show how one person can be corrected."""
    return _page("/people", slug)


@pages.get("/outlets/<slug>/correct")
def outlet(slug: str) -> ResponseReturnValue:
    """Show how one outlet can be corrected."""
    return _page("/outlets", slug)


@pages.post("/people/<slug>/correct")
def correct_person(slug: str) -> ResponseReturnValue:
    """Correct one person."""
    return _correct("/people", slug)


@pages.post("/outlets/<slug>/correct")
def correct_outlet(slug: str) -> ResponseReturnValue:
    """Correct one outlet."""
    return _correct("/outlets", slug)


@pages.get("/corrections")
def history() -> ResponseReturnValue:
    """Show what was corrected, the last first."""
    refuse_strangers()
    return _history(problem="")


@pages.post("/corrections")
def undo() -> ResponseReturnValue:
    """Undo one correction."""
    refuse_strangers()
    refuse_forged()
    made = corrections()
    try:
        made.make([made.checked(asked_of(request.form, kind="person", name=""))])
    except UsageError as error:
        return _history(problem=str(error)), 422
    return redirect("/corrections", 303)


def _correct(path: str, slug: str) -> ResponseReturnValue:
    refuse_strangers()
    refuse_forged()
    name = _name(path, slug)
    made = corrections()
    try:
        made.make([made.checked(asked_of(request.form, kind=KINDS[path], name=name))])
    except UsageError as error:
        return _form(path, name, problem=str(error)), 422
    return redirect("/corrections", 303)


def _page(path: str, slug: str) -> ResponseReturnValue:
    refuse_strangers()
    return _form(path, _name(path, slug), problem="")


def _name(path: str, slug: str) -> str:
    names = meant(searcher(), FIELDS[KINDS[path]], slug)
    if len(names) != 1:
        abort(404, _("The archive names nobody so."))
    return names[0]


def _form(path: str, name: str, *, problem: str) -> Response:
    kind = KINDS[path]
    find = request.args.get("find", "").strip()
    page = max(1, request.args.get("page", 1, type=int))
    rows, total = _articles(kind, name, page)
    alone = _alone(kind, name)
    text = render_template(
        "correct.html",
        name=name,
        path=path,
        url=name_url(kind, name),
        action=f"{fingerprinted_url(kind, name)}/correct",
        token=token(),
        field=FIELD,
        problem=problem,
        find=find,
        found=_found(kind, name, find or name.rsplit(" ", maxsplit=1)[-1]),
        known=corrections().known_as(kind, name),
        alone=alone,
        rows=[row for row in rows if row.id not in {one.id for one in alone}],
        page=page,
        total=total,
        pages=-(-total // LISTED),
    )
    return keep_nonce(make_response(text))


def _found(kind: str, name: str, words: str) -> list[tuple[str, int]]:
    """Give the names that have some words, and the number of articles of each, without one."""
    found: dict[str, int] = {}
    for field in FIELDS[kind]:
        facet = searcher().facet(SearchRequest(), field, containing=words, size=FOUND + 1)[1]
        for one in facet.values:
            found[one.value] = max(found.get(one.value, 0), one.count)
    return [one for one in sorted(found.items(), key=lambda one: -one[1]) if one[0] != name][:FOUND]


def _alone(kind: NameKind, name: str) -> list[Row]:
    """Give the articles in which another name was computed to mean this one, in each alone; the least sure first."""
    found: dict[str, Row] = {}
    for one in sorted(searcher().variants(kind, name), key=lambda one: one.confidence):
        tagged = searcher().article(one.article) if one.article and one.article not in found else None
        if tagged and len(found) < LISTED:
            article = tagged.article
            share = min(99, round(one.confidence * 100))
            why = _("“%(name)s”: %(reason)s, %(share)s%% likely", name=one.value, reason=one.reason, share=share)
            found[article.id] = _row(article, why=why)
    return list(found.values())


def _row(article: Article, *, why: str = "") -> Row:
    return Row(
        id=article.id, title=heading(article), when=published(article.published), url=article_url(article.id), why=why
    )


def _articles(kind: str, name: str, page: int) -> tuple[list[Row], int]:
    """Give a page of the articles with a name, the newest first, and how many there are."""
    rows: dict[str, Row] = {}
    wanted = page * LISTED
    total = 0
    for field in FIELDS[kind]:
        with searcher().harvest(SearchRequest(sort="newest", **{field: (name,)})) as harvest:  # type: ignore[arg-type]
            total += harvest.total
            for one, _number in zip(harvest.hits, range(wanted), strict=False):
                rows[one.shown.article.id] = _row(one.shown.article)
    return list(rows.values())[wanted - LISTED : wanted], total


def _history(*, problem: str) -> Response:
    told = corrections().history()
    page = max(1, request.args.get("page", 1, type=int))
    text = render_template(
        "corrections.html",
        told=[(one, _address(one)) for one in told[(page - 1) * HISTORY : page * HISTORY]],
        total=len(told),
        page=page,
        pages=-(-len(told) // HISTORY),
        token=token(),
        field=FIELD,
        problem=problem,
    )
    return keep_nonce(make_response(text))


def _address(told: Told) -> str | None:
    """Give the page of whom a correction leads to."""
    correction = told.entry.correction
    name = correction.to or next(iter(correction.names), "")
    if told.undone or not name or correction.what in {"hide", "nobody"}:
        return None
    return fingerprinted_url(correction.kind, name) if PATHS.get(correction.kind) else None
