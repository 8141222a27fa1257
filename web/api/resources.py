"""The resources of version 1 of the API."""

import json
from typing import Any

from flask import Blueprint, Response, abort, request

from web.api.shapes import answer_json, article_json, diagnosis_json, page_url
from web.caching import conditional
from web.links import API_SEARCH
from web.reading_parameters import api_request, refuse_parameters
from web.state import searcher

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Answer a search; the parameters are those of the search page, and unknown ones are refused."""
    asked = api_request(request.query_string)

    def make() -> Response:
        answer = searcher().ask(asked)
        body = answer_json(answer)
        if not answer.total:
            body["diagnosis"] = diagnosis_json(searcher().diagnose(asked))
        response = _json(body)
        for relation, link in (("next", body["next"]), ("prev", page_url(asked, answer.previous))):
            if link:
                response.headers.add("Link", f'<{link}>; rel="{relation}"')
        return response

    return conditional(searcher().generation(), make)


@api.get("/articles/<identity>")
def article(identity: str) -> Response:
    """Give one article with its text and mentions."""
    refuse_parameters(request.query_string)
    tagged = searcher().article(identity)
    if tagged is None:
        abort(404, f"The archive has no article {identity}. Search for it: {API_SEARCH}?q=")
    return conditional(searcher().generation(), lambda: _json(article_json(tagged)))


@api.get("/status")
def status() -> Response:
    """Say what is being served: version, generation, number of articles and the span of their dates."""
    refuse_parameters(request.query_string)
    state = searcher().status()
    return _json(
        {
            "version": state.version,
            "engine": state.engine,
            "generation": state.generation,
            "articles": state.articles,
            "undated": state.undated,
            "first": state.first,
            "last": state.last,
        }
    )


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
