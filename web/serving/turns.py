"""Let requests compute one after the other rather than all at once.

Python's threads compute under one lock: four searches at a time take each other's turn every half millisecond, and each
is done when all are. One after the other, the first is done in a quarter of that time, and the last no later. Who has
waited long enough begins all the same, so that one long search holds up nobody for longer.

What was answered before (`keeping.py`) does not wait, nor does what is sent piece by piece, once it has begun.
"""

import threading
from collections.abc import Iterable

from flask import Flask

from index.settings import Settings
from web.serving.keeping import Environ, Start, Wsgi


def take_turns(app: Flask, settings: Settings) -> None:
    """Let as many requests of an application compute at a time as the setting `computing_requests` says."""
    app.wsgi_app = Turns(  # type: ignore[method-assign, assignment]  # as Flask has it
        app.wsgi_app, settings.computing_requests, settings.computing_wait_seconds
    )


class Turns:
    """Wraps an application, of which `most` calls run at a time; further ones wait up to `patience` seconds."""

    def __init__(self, inner: Wsgi, most: int, patience: float) -> None:
        self._inner = inner
        self._places = threading.BoundedSemaphore(most)
        self._patience = patience

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request when it is its turn."""
        waited = self._places.acquire(timeout=self._patience)
        try:
            return self._inner(environ, start)
        finally:
            if waited:
                self._places.release()
