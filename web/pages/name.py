"""The page of one person or outlet: when, together with whom, and in which articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from index.types import Article
from search.answer import Timeline
from search.correcting import NameKind
from search.request import SearchRequest
from search.slugs import meant
from search.variants import Variant, variants
from web.caching import conditional
from web.correcting import offered
from web.facts import Together, aliases, best_articles, like, together
from web.language import _
from web.links import FIELDS, KINDS, article_url, changed, fingerprinted_url, name_url, naming_url, search_url
from web.peaks import peaks
from web.quotes import Said, about, latest, said_of
from web.results import Result, results
from web.samples import sample
from web.state import searcher, state
from web.timeline import Chart, chart
from web.wording import articles, heading, number, published, shortened, span

pages = Blueprint("name", __name__)

SHOWN = 5

TWICE = 2
"""Times the usual share, from which a peak says them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time in the life of a name: when, and what was then, with its address."""

    when: str
    what: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A peak in words: when, in how many articles, and its headlines with their addresses.

    `times` is how many times its usual share of the archive a name has then, empty where that is less than twice.
    """

    when: str
    what: str
    times: str
    url: str
    headlines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the archive has of a name in one role: as a person, as an outlet that is cited, or as a publisher.

    `written` are the forms in all its articles, where these are so few that each was read; else there are none.
    """

    kind: str
    total: int
    url: str
    span: str | None
    chart: Chart | None
    first: Moment | None
    latest: Moment | None
    peaks: tuple[Told, ...]
    newest: tuple[Result, ...]
    best: tuple[Result, ...]
    quotes: tuple[Said, ...]
    written: tuple[tuple[str, int], ...]
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
        "name.html",
        name=name,
        path=path,
        roles=parts,
        archive=searcher().status().articles,
        query=f'"{name}"',
        quotes=latest(name) if path == "/people" else None,
        correctable=offered(state().settings),
        names=_names(KINDS[path], name),
        correct_url=f"{name_url(FIELDS[path][0], name)}/correct",
    )


def _part(kind: str, name: str) -> Part | None:
    plain = SearchRequest(**{kind: (name,)})  # type: ignore[arg-type]
    answer = searcher().ask(changed(plain, sort="newest", size=SHOWN, facets=("date",)))
    timeline = answer.timeline
    if not answer.total or timeline is None:
        return None
    read = sample(plain)
    shown = {hit.article.id for hit in answer.hits}
    return Part(
        kind=kind,
        total=answer.total,
        url=naming_url(kind, name),
        span=span(timeline.first, timeline.last) if timeline.first and timeline.last else None,
        chart=chart(timeline, plain),
        first=_moment(read.first),
        latest=_moment(read.latest),
        peaks=tuple(_peaks(kind, name, timeline, plain)),
        newest=results(answer),
        best=tuple(one for one in best_articles(kind, name, SHOWN + 1) if one.article.id not in shown)[:SHOWN],
        quotes=tuple(said_of(hit) for hit in about(kind, name, read.articles)),
        written=aliases(read.articles, kind, name) if answer.total == len(read.articles) else (),
        together=tuple(together(kind, name, answer.total)),
    )


def _moment(article: Article | None) -> Moment | None:
    """Give when an article appeared, None where there is none."""
    if article is None:
        return None
    return Moment(when=published(article.published), what=heading(article), url=article_url(article.id))


def _peaks(kind: str, name: str, timeline: Timeline, subject: SearchRequest) -> Iterator[Told]:
    for one in peaks(kind, name, timeline, subject):
        yield Told(
            when=span(one.start, one.end),
            what=articles(one.count),
            times=number(round(one.share)) if one.share >= TWICE else "",
            url=search_url(one.request),
            headlines=tuple((shortened(heading(article)), article_url(article.id)) for article in one.articles),
        )


def _names(kind: NameKind, name: str) -> tuple[tuple[Variant, str | None], ...]:
    """Give the names that the whole archive has of one, each with the address of the article that its reason is of.

    There are none where all articles have the same.
    """
    found = variants(searcher(), kind, name)
    if len(found) < 2 and all(not one.reason for one in found):
        return ()
    return tuple((one, article_url(one.article) if one.article else None) for one in found)


def _several(path: str, names: tuple[str, ...]) -> str:
    choices = [(name, fingerprinted_url(FIELDS[path][0], name)) for name in names]
    return render_template("several.html", names=choices, path=path)


def _unknown(path: str, slug: str) -> str:
    """Help on from an address that means nobody: with the names that are like it, and a search for its words."""
    words = slug.partition("~")[0].replace("-", " ").strip()
    return render_template(
        "unknown.html",
        title=_("Nobody of that name") if path == "/people" else _("No outlet of that name"),
        words=words,
        like=[(name, name_url(FIELDS[path][0], name)) for name in (like(path, words) if words else ())],
        path=path,
        search_url=search_url(SearchRequest(q=words)),
    )
