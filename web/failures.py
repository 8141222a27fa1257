"""What a client gets when something is wrong: problem+json (RFC 9457) to scripts, a page to people."""

import dataclasses
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote_plus

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from index.errors import NewsmorgueError, UsageError
from search.cursor import ExpiredCursorError
from search.request import LISTS, VISIBLE, ParameterError
from web.api.encoding import dumps
from web.api.types import Problem
from web.faults import kind_of, log, words_of
from web.language import _
from web.links import with_query
from web.problems import KINDS, Kind, kind_of_status
from web.reading_parameters import pairs_of
from web.serving.observing import ENVIRON_ID

RETRY_SECONDS = 30
"""When to ask again for an archive that is not there, or not whole."""

MACHINE_PATHS = ("/api/", "/feed.", "/opensearch", "/suggest")
"""What only programs ask for."""


def handle_failures(app: Flask) -> None:
    """Turn our own errors and HTTP's into answers; anything else is logged by Flask and answered as a plain 500."""
    app.register_error_handler(NewsmorgueError, _ours)
    app.register_error_handler(HTTPException, _http)


def _ours(error: NewsmorgueError) -> Response:
    if isinstance(error, ExpiredCursorError):
        return _answer(
            KINDS["expired-cursor"], _sentence(error), remedy=error.remedy, **_ways_on(error), **_where(error)
        )
    if isinstance(error, ParameterError):
        return _answer(_kind(error), _sentence(error), remedy=error.remedy, **_where(error))
    if isinstance(error, UsageError):
        return _answer(KINDS["bad-request"], error.what, remedy=error.remedy)
    log(error)
    kind = kind_of(error)
    response = _answer(kind, words_of(error))
    if kind.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError):
        return _answer(KINDS["internal-error"], _("The server’s log has the details."))
    if error.code is not None and error.code < 400:
        return error.get_response()
    kind = dataclasses.replace(kind_of_status(error.code or 500), status=error.code or 500)
    own = error.description != type(error).description and error.description
    response = _answer(kind, own or kind.meaning)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _kind(error: ParameterError) -> Kind:
    if not error.known:
        return KINDS["unknown-parameter"]
    return KINDS["malformed-cursor" if error.parameter == "cursor" else "malformed-parameter"]


def _sentence(error: ParameterError) -> str:
    return f"{error.parameter or _('(no name)')}: {error.problem}."


def _where(error: ParameterError) -> dict[str, Any]:
    return {"parameter": error.parameter, "position": _position(error)}


def _position(error: ParameterError) -> tuple[int, int] | None:
    """Find the parameter in the query string, the empty one where only an empty value can be the fault."""
    found, start = [], 0
    for part in request.query_string.decode("ascii", "replace").split("&"):
        name, _, value = part.partition("=")
        if unquote_plus(name) == error.parameter:
            found.append((start, start + len(part), not re.search(VISIBLE, unquote_plus(value))))
        start += len(part) + 1
    if error.parameter in LISTS:
        found = [one for one in found if one[2]] or found
    if not found:
        return None
    first, last, _ = found[min(error.nth, len(found) - 1)]
    return first, last


def _ways_on(error: ExpiredCursorError) -> dict[str, Any]:
    pairs = [(name, value) for name, value in pairs_of(request.query_string) if name != "cursor"]
    return {
        "restart": with_query(quote(request.path), pairs),
        "go_on": with_query(quote(request.path), [*pairs, ("cursor", error.continued)]),
    }


def _title(kind: Kind) -> str:
    """Say in a reader's words what went wrong."""
    titles = {
        400: _("This address cannot be read"),
        404: _("There is nothing at this address"),
        410: _("This page is gone"),
        429: _("Too many requests"),
        500: _("Something went wrong here"),
        503: _("The archive cannot answer now"),
    }
    return titles.get(kind.status, kind.title)


def _answer(kind: Kind, detail: str, *, remedy: str = "", **more: Any) -> Response:
    if request.path.startswith(MACHINE_PATHS):
        problem = Problem(
            type=kind.type,
            title=kind.title,
            status=kind.status,
            detail=detail,
            instance=quote(request.path),
            request_id=request.environ.get(ENVIRON_ID),
            remedy=remedy or kind.remedy,
            **more,
        )
        return Response(dumps(problem), kind.status, mimetype="application/problem+json")
    page = render_template("failure.html", title=_title(kind), status=kind.status, detail=detail, remedy=remedy)
    return Response(page, kind.status, mimetype="text/html")
