"""Answers kept as they went to the network, and given again until the next generation without the application.

The one place where answers are kept: by address, with all headers, compressed as the client has it. What is asked again
(a reload, a feed reader, a dashboard, the first page) costs a look at the pointer of the generation.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.http import parse_etags

from index.errors import NewsmorgueError
from index.settings import Settings
from web.caching import GENERATION
from web.serving.board import Board
from web.serving.compression import encoding_of
from web.serving.rates import KEY as RATES
from web.serving.rates import Rates
from web.state import KEY as STATE
from web.state import State

SHARE = 16
"""No answer takes more than this part of what may be kept, so that a few large ones do not drive out all others."""

ENVIRON_ROUTE = "newsmorgue.route"
FOUND, MADE = "answers found", "answers made"

_BESIDE = 2_000
"""About how many bytes an answer takes beside its body and headers."""

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

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + _BESIDE


@dataclass(slots=True, kw_only=True)
class Answers:
    """The answers of one generation that were given last, up to `most` bytes; safe for threads."""

    most: int
    _generation: str = ""
    _bytes: int = 0
    _kept: "OrderedDict[Hashable, Kept]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, generation: str, key: Hashable) -> Kept | None:
        """Give an answer that is kept."""
        with self._lock:
            if generation != self._generation or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, generation: str, key: Hashable, kept: Kept) -> None:
        """Keep an answer, and let go of those of another generation, and of those not asked for longest."""
        if kept.size > self.most // SHARE:
            return
        with self._lock:
            if generation != self._generation:
                self._generation, self._bytes = generation, 0
                self._kept.clear()
            old = self._kept.pop(key, None)
            self._bytes += kept.size - (old.size if old else 0)
            self._kept[key] = kept
            while self._bytes > self.most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size


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
            self._answers.put(generation, self._key(request.environ), kept)
        return response

    def _find(self, environ: Environ) -> Kept | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        try:
            generation = self._searcher.generation()
        except NewsmorgueError:  # the application meets it too, and tells
            return None
        return self._answers.get(generation, self._key(environ))

    def _key(self, environ: Environ) -> Hashable:
        """Give what an answer depends on, beside the generation."""
        return (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_HOST"),
            environ.get("SCRIPT_NAME"),
            environ.get("PATH_INFO"),
            environ.get("QUERY_STRING"),
            encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
            environ.get("HTTP_ORIGIN") if self._by_origin else None,
        )
