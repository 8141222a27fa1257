"""Answers kept as they went to the network, and given again until the next generation without the application.

The one place where answers are kept, for all processes of a server: by address, with all headers, compressed as the
client has it. What is asked again (a reload, a feed reader, a dashboard, the first page) costs a look at the pointer of
the generation.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask import Flask, Response, request
from werkzeug.http import parse_etags

from index.errors import NewsmorgueError
from index.settings import Settings
from web.caching import GENERATION
from web.serving.answers import Answers
from web.serving.board import Board
from web.serving.compression import SMALLEST, encoding_of, grown, shrunk
from web.serving.rates import KEY as RATES
from web.serving.rates import Rates
from web.state import KEY as STATE
from web.state import State

ENVIRON_ROUTE = "newsmorgue.route"
FOUND, MADE = "answers found", "answers made"

_OF_ONE = frozenset({"ratelimit", "ratelimit-policy", "date"})
"""Headers of one request, not of what it asked for."""

_NOT_IN_304 = frozenset({"content-length", "content-type", "content-encoding"})

Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was sent: its body, headers and entity tag, and the route that made it."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str = ""
    route: str = ""

    def packed(self) -> bytes:
        """Write it down: a line of JSON, then the body, which takes a quarter where it is not compressed yet."""
        plain = len(self.body) >= SMALLEST and all(name.lower() != "content-encoding" for name, _ in self.headers)
        head = json.dumps([plain, self.tag, self.route, self.headers], separators=(",", ":"))
        return head.encode() + b"\n" + (shrunk(self.body) if plain else self.body)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read what was written down so."""
        head, _, body = data.partition(b"\n")
        plain, tag, route, headers = json.loads(head)
        return cls(
            body=grown(body) if plain else body,
            headers=tuple((name, value) for name, value in headers),
            tag=tag,
            route=route,
        )


def keep_answers(app: Flask, settings: Settings, board: Board) -> None:
    """Keep the answers of an application whose state and rates are set up; nothing may change them behind this."""
    answers = Answers(most=settings.answer_cache_bytes)
    keeper = _Keeper(app, app.wsgi_app, answers, board, by_origin=any(settings.cors_origins))
    app.wsgi_app = keeper  # type: ignore[method-assign, assignment]  # as Flask has it
    # Not by the decorator: those run in reverse order, and this is to see what all others made.
    app.after_request_funcs.setdefault(None, []).insert(0, keeper.keep)


class _Keeper:
    """Wraps an application; answers what is kept, and keeps what is worth it."""

    def __init__(self, app: Flask, inner: Wsgi, answers: Answers, board: Board, *, by_origin: bool) -> None:
        state: State = app.extensions[STATE]
        self._searcher = state.searcher
        self._rates: Rates = app.extensions[RATES]
        self._inner = inner
        self._answers = answers
        self._board = board
        self._by_origin = by_origin

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request."""
        kept = self._find(environ)
        if kept is None:
            return self._inner(environ, start)
        standing = self._rates.take(environ)
        if standing and not standing.allowed:
            return self._inner(environ, start)
        self._board.add(FOUND, 1)
        environ[ENVIRON_ROUTE] = kept.route
        limits = self._rates.headers(standing)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(kept.tag):
            bare = [(name, value) for name, value in kept.headers if name.lower() not in _NOT_IN_304]
            start("304 Not Modified", [*bare, *limits])
            return []
        start("200 OK", [*kept.headers, *limits])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]

    def keep(self, response: Response) -> Response:
        """Keep an answer that the application made, as its last word on it."""
        generation = request.environ.get(GENERATION)
        if generation is None or response.status_code >= 400:
            return response
        if response.status_code == 304:
            self._board.add(FOUND, 1)
            return response
        self._board.add(MADE, 1)
        if request.method == "GET" and response.status_code == 200 and not response.is_streamed:
            kept = Kept(
                body=response.get_data(),
                headers=tuple((name, value) for name, value in response.headers if name.lower() not in _OF_ONE),
                tag=response.get_etag()[0] or "",
                route=request.environ.get(ENVIRON_ROUTE, ""),
            )
            self._answers.put(self._key(generation, request.environ), kept.packed())
        return response

    def _find(self, environ: Environ) -> Kept | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        try:
            generation = self._searcher.generation()
        except NewsmorgueError:  # the application meets it too, and tells
            return None
        data = self._answers.get(self._key(generation, environ))
        return Kept.read(data) if data is not None else None

    def _key(self, generation: str, environ: Environ) -> str:
        """Give what an answer depends on."""
        depends = (
            generation,
            environ["wsgi.url_scheme"],
            environ.get("HTTP_HOST"),
            environ.get("SCRIPT_NAME"),
            environ.get("PATH_INFO"),
            environ.get("QUERY_STRING"),
            encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
            environ.get("HTTP_ORIGIN") if self._by_origin else None,
        )
        return repr(depends)
