"""Whether this process lives (/healthz) and whether it should be sent requests (/readyz)."""

import threading
from dataclasses import dataclass, field
from typing import cast

from flask import Flask

from index.errors import NewsmorgueError
from search.searcher import Searcher

KEY = "newsmorgue health"


@dataclass(slots=True, kw_only=True)
class Health:
    """What the probes are told; `draining` is set when the server is about to end."""

    searcher: Searcher
    draining: threading.Event = field(default_factory=threading.Event)

    def unready(self) -> str | None:
        """Say why no request should be sent here, None where they are welcome."""
        if self.draining.is_set():
            return "ending"
        try:
            self.searcher.generation()
        except NewsmorgueError as error:
            return error.what
        return None


def health_of(app: Flask) -> Health:
    """Give the health of an application."""
    return cast(Health, app.extensions[KEY])
