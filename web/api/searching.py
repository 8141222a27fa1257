"""The resources that answer questions: searches, the values of facets, completions."""

from flask import Response, abort

from web.advice import wanted
from web.api import types
from web.api.answering import json_answer, link, link_alternates
from web.api.operations import Body, Given, Operation
from web.api.parameters import CONTAINS, EACH, FIELD, SEARCH, TYPED, some
from web.api.shapes import facet_page, search_answer
from web.caching import conditional, walking
from web.language import _
from web.links import API_SEARCH, PATHS, search_url
from web.state import searcher


def search(given: Given) -> Response:
    """Answer a search."""
    asked = given.asked

    def make() -> Response:
        answer = searcher().ask(asked, fixed=True)
        walking(answer.generation)
        body = search_answer(answer, searcher().diagnose(asked) if wanted(answer) else None)
        response = json_answer(body)
        link(response, "next", body.next)
        link(response, "prev", body.previous)
        link_alternates(response, asked)
        return response

    return conditional(searcher().generation(), make)


def facet(given: Given, field: str) -> Response:
    """Give the values of one facet within a search."""
    if field not in PATHS:
        abort(404, _("There is no facet %(field)s. There are %(names)s.", field=field, names=", ".join(PATHS)))
    contains = given.own.get("contains", "")

    def make() -> Response:
        page = facet_page(searcher().facet_page(given.asked, field, containing=contains), contains)
        walking(page.generation)
        response = json_answer(page)
        link(response, "next", page.next)
        return response

    return conditional(searcher().generation(), make)


def suggest(given: Given) -> Response:
    """Complete what was typed."""

    def make() -> Response:
        found = searcher().suggest(given.own["q"], size=given.own["size"])
        suggestions = tuple(
            types.Suggestion(
                text=one.text, kind=one.kind, count=one.total, url=search_url(one.request, base=API_SEARCH)
            )
            for one in found
        )
        return json_answer(types.Suggestions(suggestions=suggestions))

    return conditional(searcher().generation(), make)


OPERATIONS = (
    Operation(
        path=API_SEARCH,
        name="search",
        summary="Search: a page of hits with facets and timeline. Follow `next` for all hits, each exactly once.",
        view=search,
        parameters=SEARCH,
        bodies=(Body(type=types.SearchAnswer, description="A page; without hits it is empty, and no error"),),
        problems=("malformed-parameter", "malformed-cursor", "expired-cursor"),
    ),
    Operation(
        path="/api/v1/facets/{field}",
        name="facet",
        summary="All values of one facet within a search, commonest first, a page at a time.",
        view=facet,
        parameters=(FIELD, *some("sort", "size", "facets"), CONTAINS),
        bodies=(Body(type=types.FacetPage, description="A page of values"),),
        problems=("malformed-parameter", "malformed-cursor", "expired-cursor", "not-found"),
    ),
    Operation(
        path="/api/v1/suggest",
        name="suggest",
        summary="Ways to go on typing: the people, outlets and words that what was typed may become.",
        view=suggest,
        parameters=(TYPED, EACH),
        bodies=(Body(type=types.Suggestions, description="Up to `size` of each kind"),),
        problems=("malformed-parameter",),
    ),
)
