"""The API as Flask serves it: every operation routed, the document of them, and their documentation for people."""

import functools
import json
import threading
from typing import Any

from flask import Blueprint, Flask, Response, abort, render_template, request

from web.api import archive, correcting, exporting, feeds, quoting, searching
from web.api.answering import DOCUMENT
from web.api.openapi import document
from web.api.opensearch import opensearch
from web.api.operations import Operation
from web.api.reading import read
from web.language import _
from web.problems import KINDS
from web.reading_parameters import refuse_parameters, strict_pairs_of
from web.state import KEY, state

OPERATIONS: tuple[Operation, ...] = (
    *searching.OPERATIONS,
    *quoting.OPERATIONS,
    *archive.OPERATIONS,
    *exporting.OPERATIONS,
    *feeds.OPERATIONS,
    *correcting.OPERATIONS,
)
"""Everything that the API serves."""

api = Blueprint("api", __name__)
api.register_blueprint(opensearch)


def install_api(app: Flask) -> None:
    """Add the API to an application whose state is set up."""
    settings = app.extensions[KEY].settings
    app.extensions[exporting.KEY] = threading.BoundedSemaphore(settings.max_exports)
    app.register_blueprint(api)


def _route(operation: Operation) -> None:
    @functools.wraps(operation.view)
    def view(**path: str) -> Response:
        return operation.view(read(operation, strict_pairs_of(request.query_string), state().settings), **path)

    api.add_url_rule(operation.rule, operation.name, view, methods=[operation.method])


for _one in OPERATIONS:
    _route(_one)


@api.get(DOCUMENT)
def described() -> Response:
    """Give the OpenAPI document."""
    refuse_parameters(request.query_string)
    return _fixed(Response(json.dumps(_document(), indent=1), mimetype="application/json"))


@api.get("/api")
def human() -> Response:
    """Show the same document to people."""
    refuse_parameters(request.query_string)
    return _fixed(
        Response(render_template("api.html", document=_document(), kinds=KINDS.values()), mimetype="text/html")
    )


@api.get("/api/problems/<name>")
def problem(name: str) -> Response:
    """Say what a kind of problem means."""
    refuse_parameters(request.query_string)
    if name not in KINDS:
        abort(404, _("There is no problem %(name)s. There are: %(names)s", name=name, names=", ".join(KINDS)))
    return _fixed(Response(render_template("problem.html", kind=KINDS[name]), mimetype="text/html"))


def _document() -> dict[str, Any]:
    return document(OPERATIONS, state().settings)


def _fixed(response: Response) -> Response:
    """Let a page that changes with the version only be kept for a while."""
    response.headers["Cache-Control"] = "private, max-age=300"
    response.add_etag(weak=True)
    made = response.make_conditional(request)
    assert isinstance(made, Response)
    return made
