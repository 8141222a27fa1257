"""What happens around each request: its id, the probes, the turning away, the access log and the figures.

A WSGI wrapper, not part of the application: it sees a request from its first byte to its last, and what it answers
itself costs as little as can be.
"""

import contextvars
import dataclasses
import html
import json
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from flask import Flask, request
from werkzeug.http import HTTP_STATUS_CODES

from index.settings import Settings
from web.problems import KINDS, Kind, kind_of_status
from web.serving.board import Board
from web.serving.connections import ENVIRON_REFUSED
from web.serving.health import KEY as HEALTH
from web.serving.health import Health, health_of
from web.serving.keeping import ENVIRON_ROUTE, FOUND, MADE
from web.serving.metrics import CONTENT_TYPE, Metrics
from web.serving.turnstile import turned_away
from web.state import KEY, State

ACCESS = logging.getLogger("newsmorgue.access")
REQUEST_ID: contextvars.ContextVar[str] = contextvars.ContextVar("newsmorgue request id", default="-")
"""The id of the request that is being answered here, for whoever writes a log."""

ENVIRON_ID = "newsmorgue.request_id"
RETRY_SECONDS = 1
"""When to ask again after having been turned away: the queue is emptied within about that time."""

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_PAGE = "<!doctype html><title>{status}</title><h1>{title}</h1><p>{detail}</p>"
_PROBES = frozenset({"/healthz", "/readyz"})

Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


def observe(app: Flask, settings: Settings, board: Board) -> None:
    """Wrap an application whose state is set up."""
    state: State = app.extensions[KEY]
    app.extensions[HEALTH] = Health(searcher=state.searcher, board=board)
    app.wsgi_app = Observer(app, app.wsgi_app, metrics=settings.metrics)  # type: ignore[assignment, method-assign]  # as Flask has it

    @app.before_request
    def name_route() -> None:
        request.environ[ENVIRON_ROUTE] = request.url_rule.rule if request.url_rule else ""


class Observer:
    """Wraps an application; `metrics` says whether /metrics is served."""

    def __init__(self, app: Flask, inner: Wsgi, *, metrics: bool) -> None:
        self._app = app
        self._inner = inner
        self._metrics = Metrics(board=health_of(app).board)
        self._served = metrics

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request."""
        began = time.perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        identity = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        environ[ENVIRON_ID] = identity
        token = REQUEST_ID.set(identity)
        seen: dict[str, Any] = {"status": 0}

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen["status"] = int(status[:3])
            return start(status, [*headers, ("X-Request-ID", identity)], *rest)

        self._metrics.begin()
        body: Iterable[bytes] = ()
        try:
            own = self._own(environ, started)
            if own is None:
                body = self._inner(environ, started)
            else:
                body = [] if environ.get("REQUEST_METHOD") == "HEAD" else own
        finally:
            if seen["status"] == 0 and not body:
                self._end(environ, seen, began, size=0)
                REQUEST_ID.reset(token)

        def ended(size: int) -> None:
            self._end(environ, seen, began, size=size)
            REQUEST_ID.set("-")

        return _Watched(body, ended)

    def _own(self, environ: Environ, start: Start) -> list[bytes] | None:
        """Answer what needs no application."""
        if refused := environ.get(ENVIRON_REFUSED):
            status, detail = refused
            return _problem(environ, start, dataclasses.replace(kind_of_status(status), status=status), detail)
        path = environ.get("PATH_INFO", "")
        if path in _PROBES:
            return self._probe(environ, start)
        if path == "/metrics" and self._served:
            return _plain(start, "200 OK", self._metrics.text(self._more()), content_type=CONTENT_TYPE)
        if turned_away():
            self._metrics.refuse()
            kind = KINDS["overloaded"]
            return _problem(environ, start, kind, kind.meaning, [("Retry-After", str(RETRY_SECONDS))])
        return None

    def _probe(self, environ: Environ, start: Start) -> list[bytes]:
        """Say whether this process lives, or whether it should be sent requests."""
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            kind = KINDS["method-not-allowed"]
            return _problem(environ, start, kind, kind.meaning, [("Allow", "GET, HEAD")])
        if environ["PATH_INFO"] == "/healthz":
            return _plain(start, "200 OK", "ok\n")
        why = health_of(self._app).unready()
        return _plain(start, "503 Service Unavailable", f"{why}\n") if why else _plain(start, "200 OK", "ready\n")

    def _more(self) -> Iterator[tuple[str, str, str, float]]:
        health = health_of(self._app)
        sums = health.board.sums()
        yield "newsmorgue_answers_kept_hits_total", "counter", "Answers given as before.", sums.get(FOUND, 0.0)
        yield "newsmorgue_answers_kept_misses_total", "counter", "Answers made.", sums.get(MADE, 0.0)
        if health.unready() is None:
            articles = float(health.searcher.status().articles)
            yield "newsmorgue_articles", "gauge", "Articles in the present generation.", articles

    def _end(self, environ: Environ, seen: dict[str, Any], began: float, *, size: int) -> None:
        seconds = time.perf_counter() - began
        route = environ.get(ENVIRON_ROUTE) or _route(environ, seen["status"])
        method = environ.get("REQUEST_METHOD", "")
        method = method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self._metrics.end(route, method, seen["status"], seconds=seconds, size=size)
        if ACCESS.isEnabledFor(logging.INFO):
            ACCESS.info(
                "%s %s %s %s",
                *(environ.get("REMOTE_ADDR", "-"), method, environ.get("PATH_INFO", ""), seen["status"]),
                extra={"request": _told(environ, seen["status"], route, seconds, size)},
            )


class _Watched:
    """A body that tells, when it is closed, how many bytes it had."""

    def __init__(self, body: Iterable[bytes], ended: Callable[[int], object]) -> None:
        self._body = body
        self._ended = ended
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._body:
            self._size += len(block)
            yield block

    def close(self) -> None:
        try:
            close = getattr(self._body, "close", None)
            if close:
                close()
        finally:
            self._ended(self._size)


def _route(environ: Environ, status: int) -> str:
    path = environ.get("PATH_INFO", "")
    if ENVIRON_REFUSED in environ:
        return "(unreadable)"
    if path in {*_PROBES, "/metrics"}:
        return str(path)
    return {429: "(limited)", 503: "(refused)"}.get(status, "(none)")


def _told(environ: Environ, status: int, route: str, seconds: float, size: int) -> dict[str, Any]:
    return {
        "client": environ.get("REMOTE_ADDR"),
        "method": environ.get("REQUEST_METHOD"),
        "path": environ.get("PATH_INFO"),
        "query": environ.get("QUERY_STRING"),
        "route": route,
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 2),
        "agent": environ.get("HTTP_USER_AGENT"),
    }


def _plain(start: Start, status: str, text: str, *, content_type: str = "text/plain; charset=utf-8") -> list[bytes]:
    body = text.encode()
    start(
        status,
        [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")],
    )
    return [body]


def _problem(
    environ: Environ, start: Start, kind: Kind, detail: str, more: Iterable[tuple[str, str]] = ()
) -> list[bytes]:
    """Answer without the application, as `web.failures` does with it."""
    if "text/html" in environ.get("HTTP_ACCEPT", ""):
        page = _PAGE.format(status=kind.status, title=html.escape(kind.title), detail=html.escape(detail))
        body, media_type = page.encode("utf-8", "replace"), "text/html; charset=utf-8"
    else:
        problem = {
            "type": kind.type,
            "title": kind.title,
            "status": kind.status,
            "detail": detail,
            "instance": quote(environ.get("PATH_INFO", ""), encoding="latin-1"),
            "request_id": environ[ENVIRON_ID],
            "remedy": kind.remedy,
        }
        body, media_type = json.dumps(problem).encode(), "application/problem+json"
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        *more,
    ]
    start(f"{kind.status} {HTTP_STATUS_CODES.get(kind.status, kind.title)}", headers)
    return [body]
