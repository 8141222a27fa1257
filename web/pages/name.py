"""The page of one person or outlet: when, together with whom, and in which articles."""

from dataclasses import dataclass
from urllib.parse import unquote

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.request import SearchRequest
from search.slugs import meant
from web.caching import conditional
from web.facts import Together, aliases, best_articles, together
from web.language import _
from web.links import FIELDS, fingerprinted_url, name_url, naming_url, search_url
from web.results import Result, results
from web.state import searcher
from web.timeline import Chart, chart
from web.wording import span

pages = Blueprint("name", __name__)

ALIASES_FROM = 20
"""The newest articles that are read for the forms of a name: all would take seconds for who stands in thousands."""

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the archive has of a name in one role: as a person, as an outlet that is cited, or as a publisher."""

    kind: str
    total: int
    url: str
    span: str | None
    chart: Chart | None
    undated: int
    newest: tuple[Result, ...]
    best: tuple[Result, ...]
    aliases: tuple[tuple[str, int], ...]
    together: tuple[Together, ...]


@pages.get("/people/<slug>")
def person(slug: str) -> ResponseReturnValue:
    """Show one person."""
    return _show("/people", slug)


@pages.get("/outlets/<slug>")
def outlet(slug: str) -> ResponseReturnValue:
    """Show one outlet: what cites it, and what it published."""
    return _show("/outlets", slug)


def _show(path: str, slug: str) -> ResponseReturnValue:
    names = meant(searcher(), FIELDS[path], slug)
    if not names:
        return _unknown(path, slug), 404
    if len(names) > 1:
        return conditional(searcher().generation(), lambda: _several(path, names))
    [name] = names
    if request.query_string or unquote(name_url(FIELDS[path][0], name)) != request.path:
        return redirect(name_url(FIELDS[path][0], name))
    return conditional(searcher().generation(), lambda: _render(path, name))


def _render(path: str, name: str) -> str:
    parts = [part for kind in FIELDS[path] if (part := _part(kind, name))]
    return render_template(
        "name.html", name=name, path=path, roles=parts, archive=searcher().status().articles, query=f'"{name}"'
    )


def _part(kind: str, name: str) -> Part | None:
    request = SearchRequest(**{kind: (name,)}, sort="newest", size=ALIASES_FROM, facets=("date",))  # type: ignore[arg-type]
    answer = searcher().ask(request)
    if not answer.total:
        return None
    plain = SearchRequest(**{kind: (name,)})  # type: ignore[arg-type]
    buckets = answer.timeline.buckets if answer.timeline else ()
    newest = results(answer)[:SHOWN]
    seen = {one.article.id for one in newest}
    return Part(
        kind=kind,
        total=answer.total,
        url=naming_url(kind, name),
        span=span(buckets[0].start, buckets[-1].end) if buckets else None,
        chart=chart(answer.timeline, plain) if answer.timeline else None,
        undated=answer.timeline.undated if answer.timeline else 0,
        newest=newest,
        best=tuple(one for one in best_articles(kind, name, SHOWN * 2) if one.article.id not in seen)[:SHOWN],
        aliases=aliases(answer.hits, kind, name),
        together=tuple(together(kind, name, answer.total)),
    )


def _several(path: str, names: tuple[str, ...]) -> str:
    choices = [(name, fingerprinted_url(FIELDS[path][0], name)) for name in names]
    return render_template("several.html", names=choices, path=path)


def _unknown(path: str, slug: str) -> str:
    """Help on from an address that means nobody: with the names that are like it, and a search for its words."""
    words = slug.partition("~")[0].replace("-", " ").strip()
    like = {name for field in FIELDS[path] for name in searcher().called(field, words)} if words else set()
    if words:
        kinds = set(FIELDS[path])
        like |= {one.text for one in searcher().suggest(words.split(" ")[-1], size=8) if one.kind in kinds}
    return render_template(
        "unknown.html",
        title=_("Nobody of that name") if path == "/people" else _("No outlet of that name"),
        words=words,
        like=[(name, name_url(FIELDS[path][0], name)) for name in sorted(like)[:12]],
        path=path,
        search_url=search_url(SearchRequest(q=words)),
    )
