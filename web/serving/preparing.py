"""Make each generation's own things before anybody asks for them: what no reader should wait for."""

import gc
import logging
import threading

from flask import Flask

from index.errors import NewsmorgueError
from web.state import state_of

LOG = logging.getLogger("newsmorgue.preparing")

PATHS = ("/", "/help", "/about", "/people", "/outlets")
"""Pages that count over the whole archive; what they count, others show too."""

EVERY = 1.0
"""Seconds between two looks at whether there is a new generation: each reads one small file."""


def prepare(app: Flask, stopping: threading.Event | None = None) -> None:
    """Make the pages of `PATHS` once, and what they need: tables of names, counts, examples, templates.

    Ends after the page that is being made where it is `stopping`. What is made so stays until the next generation: the
    garbage collector need not look at it again, which would halt a request now and then for a tenth of a second
    (`gc.freeze`).
    """
    searcher = state_of(app).searcher
    searcher.prepare()
    for path in PATHS:
        if stopping and stopping.is_set():
            return
        with searcher.steady(), app.test_request_context(path):
            app.dispatch_request()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Preparer:
    """Prepares the generation that is served, unless it is `prepared`, and each that follows; `stop` ends it."""

    def __init__(self, app: Flask, prepared: str = "") -> None:
        self._app = app
        self._prepared = prepared
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preparing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let it come to its end."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait for its end, but no longer than this."""
        self._thread.join(seconds)

    def _run(self) -> None:
        searcher = state_of(self._app).searcher
        prepared = self._prepared
        while True:
            try:
                generation = searcher.generation()
                if generation != prepared:
                    prepared = generation
                    prepare(self._app, self._stopping)
            except NewsmorgueError:  # requests will meet it too, and tell
                pass
            except Exception:
                LOG.exception("a generation could not be prepared; requests make what they need")
            if self._stopping.wait(EVERY):
                return
