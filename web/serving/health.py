"""Whether this process lives (/healthz) and whether it should be sent requests (/readyz)."""

import os
import threading
from dataclasses import dataclass, field
from typing import cast

from flask import Flask

from index.errors import NewsmorgueError
from search.searcher import Searcher
from web.faults import words_of
from web.serving.board import Board

KEY = "newsmorgue health"
STARTING = "starting"
"""What the board has at 1 for a process that is not there yet, or not again."""


@dataclass(slots=True, kw_only=True)
class Health:
    """What the probes are told; `draining` is set when the server is about to end."""

    searcher: Searcher
    board: Board
    draining: threading.Event = field(default_factory=threading.Event)

    def come(self) -> None:
        """Note that this process answers."""
        self.board.set("process", os.getpid())
        self.board.set(STARTING, 0)

    def unready(self) -> str | None:
        """Say why no request should be sent here, None where they are welcome."""
        if self.draining.is_set():
            return "ending"
        if starting := int(sum(self.board.each(STARTING))):
            return f"{starting} of {self.board.columns} processes are starting"
        try:
            self.searcher.generation()
        except NewsmorgueError as error:
            return words_of(error)
        return None


def health_of(app: Flask) -> Health:
    """Give the health of an application."""
    return cast(Health, app.extensions[KEY])
