"""The resources that are things: articles, people, outlets, and the archive as a whole."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, abort, current_app

from search.quoting import QuoteHit
from search.request import SearchRequest
from search.slugs import fingerprinted, meant
from search.variants import variants
from web.api import name_types, types
from web.api.answering import json_answer, link
from web.api.operations import JSON, Body, Given, Operation
from web.api.parameters import IDENTITY, SLUG
from web.api.quoting import quote_result
from web.api.shapes import headline, peak, variant, whole_article
from web.caching import conditional
from web.facts import aliases, together
from web.language import _
from web.links import API_QUOTES, API_SEARCH, FIELDS, KINDS, article_url, changed, name_url, search_url
from web.peaks import peaks
from web.quotes import Asked, about, newest
from web.samples import sample
from web.serving.health import health_of
from web.serving.keeping import FOUND, MADE
from web.state import searcher


def article(given: Given, identity: str) -> Response:
    """Give one article with its text and mentions."""
    del given

    def make() -> Response:
        tagged = searcher().article(identity)
        if tagged is None:
            abort(
                404,
                _(
                    "The archive has no article %(identity)s. Search for it: %(api_search)s?q=",
                    identity=identity,
                    api_search=API_SEARCH,
                ),
            )
        response = json_answer(whole_article(tagged, searcher().copies(identity)))
        link(response, "alternate", article_url(identity), media_type="text/html")
        return response

    return conditional(searcher().generation(), make)


def person(given: Given, slug: str) -> Response:
    """Give what the archive has of a person."""
    del given
    return _name("/people", slug)


def outlet(given: Given, slug: str) -> Response:
    """Give what the archive has of an outlet: what cites it, and what it published."""
    del given
    return _name("/outlets", slug)


def status(given: Given) -> Response:
    """Say what is being served."""
    del given
    state = searcher().status()
    counted = health_of(current_app).board.sums()
    return json_answer(
        types.Status(
            version=state.version,
            engine=state.engine,
            generation=state.generation,
            committed=state.committed,
            articles=state.articles,
            undated=state.undated,
            first=state.first,
            last=state.last,
            answers=int(counted.get(FOUND, 0) + counted.get(MADE, 0)),
            answers_kept=int(counted.get(FOUND, 0)),
        )
    )


def _name(path: str, slug: str) -> Response:
    def make() -> Response:
        names = meant(searcher(), FIELDS[path], slug)
        if not names:
            abort(
                404,
                _("The archive names nobody so. All are listed at /api/v1/facets/%(fields)s", fields=FIELDS[path][0]),
            )
        if len(names) > 1:
            choices = tuple(name_types.Choice(name=name, links=_own_links(path, name)) for name in names)
            response = json_answer(name_types.Choices(choices=choices))
            response.status_code = 300
            return response
        [name] = names
        page = name_url(FIELDS[path][0], name)
        response = json_answer(
            name_types.Name(
                name=name,
                generation=searcher().generation(),
                roles=tuple(_roles(path, name)),
                names=tuple(variant(one) for one in variants(searcher(), KINDS[path], name)),
                quotes=tuple(quote_result(hit) for hit in _newest(path, name)),
                links=_links(path, name, page),
            )
        )
        link(response, "alternate", page, media_type="text/html")
        return response

    return conditional(searcher().generation(), make)


def _own_links(path: str, name: str) -> name_types.NameLinks:
    page = f"{path}/{quote(fingerprinted(name), safe='~')}"
    return _links(path, name, page)


def _links(path: str, name: str, page: str) -> name_types.NameLinks:
    quotes = Asked(search=SearchRequest(), by=name).url(API_QUOTES) if path == "/people" else None
    return name_types.NameLinks(page=page, api=f"/api/v1{page}", quotes=quotes)


def _newest(path: str, name: str) -> tuple[QuoteHit, ...]:
    return newest(name)[0] if path == "/people" else ()


def _roles(path: str, name: str) -> Iterator[name_types.Role]:
    for kind in FIELDS[path]:
        plain = SearchRequest(**{kind: (name,)})  # type: ignore[arg-type]
        answer = searcher().ask(changed(plain, sort="newest", size=1, facets=("date",)))
        timeline = answer.timeline
        if not answer.total or timeline is None:
            continue
        read = sample(plain)
        yield name_types.Role(
            kind=kind,  # type: ignore[arg-type]  # the facets of names
            articles=answer.total,
            undated=timeline.undated,
            first=timeline.first,
            last=timeline.last,
            first_article=headline(read.first) if read.first else None,
            latest_article=headline(read.latest) if read.latest else None,
            peaks=tuple(peak(one) for one in peaks(kind, name, timeline, plain)),
            quotes=tuple(quote_result(hit) for hit in about(kind, name, read.articles)),
            forms=tuple(name_types.Form(text=text, count=count) for text, count in aliases(read.articles, kind, name)),
            together=tuple(_associates(kind, name, answer.total)),
            url=search_url(plain, base=API_SEARCH),
        )


def _associates(kind: str, name: str, total: int) -> Iterator[name_types.Associate]:
    for group in together(kind, name, total):
        for one in group.names:
            yield name_types.Associate(
                kind=group.kind,  # type: ignore[arg-type]  # the facets of names
                value=one.value,
                count=one.count,
                score=round(one.score, 3),
                url=f"{API_SEARCH}{one.both_url.removeprefix('/')}",
            )


_NAME_BODIES = (
    Body(type=name_types.Name, description="The name"),
    Body(type=name_types.Choices, status=300, description="Several names share this address; each has one of its own"),
)

OPERATIONS = (
    Operation(
        path="/api/v1/articles/{identity}",
        name="article",
        summary="One article whole: its text, and every mention with the rule that decided it.",
        view=article,
        parameters=(IDENTITY,),
        bodies=(Body(type=types.Article, description="The article"),),
        problems=("not-found",),
    ),
    Operation(
        path="/api/v1/people/{slug}",
        name="person",
        summary="One person: how often, when, with which peaks, together with whom, and under which names.",
        view=person,
        parameters=(SLUG,),
        bodies=_NAME_BODIES,
        problems=("not-found",),
    ),
    Operation(
        path="/api/v1/outlets/{slug}",
        name="outlet",
        summary="One outlet: what cites it and what it published, when, with which peaks, and together with whom.",
        view=outlet,
        parameters=(SLUG,),
        bodies=_NAME_BODIES,
        problems=("not-found",),
    ),
    Operation(
        path="/api/v1/status",
        name="status",
        summary="What is being served: version, generation, number of articles and the span of their dates.",
        view=status,
        bodies=(Body(media_type=JSON, type=types.Status, description="The state"),),
        conditional=False,
    ),
)
