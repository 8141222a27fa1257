"""Let each answer be of one generation, though it takes several questions and archives change meanwhile."""

import contextlib
from collections.abc import Iterable

from flask import Flask

from index.errors import NewsmorgueError
from search.searcher import Searcher
from web.serving.keeping import Environ, Start, Wsgi


def be_steady(app: Flask, searcher: Searcher) -> None:
    """Let all that an application reads for one answer be of one generation; what changes something sees its change."""
    app.wsgi_app = Steady(app.wsgi_app, searcher)  # type: ignore[method-assign, assignment]  # as Flask has it


class Steady:
    """Wraps an application; what it sends piece by piece is made after the call, and holds a generation of its own."""

    def __init__(self, inner: Wsgi, searcher: Searcher) -> None:
        self._inner = inner
        self._searcher = searcher

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request."""
        with contextlib.ExitStack() as held:
            if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
                with contextlib.suppress(NewsmorgueError):  # the application meets it too, and tells
                    held.enter_context(self._searcher.steady())
            return self._inner(environ, start)
