"""The pages that correct people and outlets, and the history of what was corrected, with what undoes it."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from index.errors import UsageError
from index.types import Article
from search.correcting import FIELDS, NameKind, Told
from search.request import SearchRequest
from search.slugs import meant
from web.correcting import FIELD, corrections, keep_nonce, refuse_forged, refuse_strangers, token
from web.forms import NOTHING_TYPED, Typed, asked_of, typed_of
from web.language import _
from web.links import KINDS, PATHS, article_url, fingerprinted_url, name_url
from web.state import searcher, state
from web.wording import heading, published

pages = Blueprint("correcting", __name__)

FOUND = 12
"""Names that are offered for merging."""

LISTED = 50
"""Articles that are listed for parting a name, a page."""

HISTORY = 100
"""Corrections on a page of the history."""

_DIGITS = 9
"""Of the number of a page, more than there are."""


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
    page = max(1, _page_asked())
    return redirect("/corrections" if page == 1 else f"/corrections?page={page}", 303)


def _correct(path: str, slug: str) -> ResponseReturnValue:
    refuse_strangers()
    refuse_forged()
    name, typed = _name(path, slug), typed_of(request.form)
    if (turned := request.form.get("turn", "")).isdecimal():
        return _form(path, name, page=int(turned[:_DIGITS]), typed=typed)
    made = corrections()
    try:
        made.make([made.checked(asked_of(request.form, kind=KINDS[path], name=name))])
    except UsageError as error:
        return _form(path, name, page=_page_asked(), typed=typed, problem=str(error)), 422
    return redirect("/corrections", 303)


def _page(path: str, slug: str) -> ResponseReturnValue:
    refuse_strangers()
    return _form(path, _name(path, slug), page=_page_asked(), typed=NOTHING_TYPED)


def _page_asked() -> int:
    return request.args.get("page", 1, type=int)


def _name(path: str, slug: str) -> str:
    names = meant(searcher(), FIELDS[KINDS[path]], slug)
    if len(names) != 1:
        abort(404, _("The archive names nobody so."))
    return names[0]


def _form(path: str, name: str, *, page: int, typed: Typed, problem: str = "") -> Response:
    """Give the page that corrects a name; of a refused correction with all that was typed and ticked in its form."""
    kind, settings = KINDS[path], state().settings
    find = request.args.get("find", "").strip()
    rows, page, total = _articles(kind, name, page)
    alone = _alone(kind, name)
    found = _found(kind, name, find or name.rsplit(" ", maxsplit=1)[-1])
    merged = [one for one in typed.names if typed.what == "merge" and one not in {other for other, _ in found}]
    known = {row.id for row in alone}
    elsewhere = [one for one in typed.articles if one not in known and one not in {row.id for row in rows}]
    text = render_template(
        "correct.html",
        name=name,
        path=path,
        url=name_url(kind, name),
        action=f"{fingerprinted_url(kind, name)}/correct?{urlencode({'find': find, 'page': page})}",
        token=token(),
        field=FIELD,
        problem=problem,
        find=find,
        found=[*((one, corrections().articles(kind, [one])) for one in merged), *found],
        typed=typed,
        most_name=settings.max_name_chars,
        most_note=settings.max_note_chars,
        known=corrections().known_as(kind, name),
        alone=alone,
        elsewhere=_rows(elsewhere),
        rows=[row for row in rows if row.id not in known],
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


def _rows(articles: Iterable[str]) -> list[Row]:
    """Give articles by id, those that there are."""
    found = (searcher().article(one) for one in articles)
    return [_row(one.article) for one in found if one is not None]


def _articles(kind: NameKind, name: str, page: int) -> tuple[list[Row], int, int]:
    """Give a page of the articles with a name, the newest first; its number, the last at most; how many there are."""
    query = corrections().query(kind, [name])
    person = SearchRequest(person=(name,), sort="newest")
    asked = person if kind == "person" else SearchRequest(q=query, sort="newest")
    with searcher().harvest(asked, whole=False) as harvest:
        page = max(1, min(page, -(-harvest.total // LISTED)))
        hits = itertools.islice(harvest.hits, (page - 1) * LISTED, page * LISTED)
        return [_row(one.shown.article) for one in hits], page, harvest.total


def _history(*, problem: str) -> Response:
    told = corrections().history()
    pages = max(1, -(-len(told) // HISTORY))
    page = max(1, min(_page_asked(), pages))
    text = render_template(
        "corrections.html",
        told=[(one, _address(one)) for one in told[(page - 1) * HISTORY : page * HISTORY]],
        total=len(told),
        page=page,
        pages=pages,
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
