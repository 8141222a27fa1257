"""What a client gets when something is wrong: problem+json (RFC 9457) under /api, a page elsewhere."""

import json

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.http import HTTP_STATUS_CODES

from index.errors import CorruptError, NewsmorgueError, NoIndexError, UsageError
from search.request import ParameterError


def handle_failures(app: Flask) -> None:
    """Turn our own errors and HTTP's into answers; anything else is logged by Flask and answered as a plain 500."""
    app.register_error_handler(NewsmorgueError, _ours)
    app.register_error_handler(HTTPException, _http)


def _ours(error: NewsmorgueError) -> Response:
    if isinstance(error, ParameterError):
        return _answer(400, error.what, remedy=error.remedy, parameter=error.parameter)
    if isinstance(error, UsageError):
        return _answer(400, error.what, remedy=error.remedy)
    if isinstance(error, NoIndexError | CorruptError):
        return _answer(503, str(error), retry_after=30)
    return _answer(500, str(error))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError):
        return _answer(500, "Something went wrong here. The server's log has the details.")
    if error.code is not None and error.code < 400:
        return error.get_response()
    response = _answer(error.code or 500, error.description or "")
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _answer(
    status: int, detail: str, *, remedy: str = "", parameter: str | None = None, retry_after: int | None = None
) -> Response:
    title = HTTP_STATUS_CODES.get(status, "Error")
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        extras = {"remedy": remedy, "parameter": parameter, "instance": request.path}
        body.update({name: value for name, value in extras.items() if value})
        response = Response(json.dumps(body), status, mimetype="application/problem+json")
    else:
        page = render_template("failure.html", title=title, status=status, detail=detail, remedy=remedy)
        response = Response(page, status, mimetype="text/html")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
