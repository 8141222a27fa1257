"""Serve by several processes: one opens and prepares the archive, then parts into some that share it.

The parent (`Processes`) answers nothing. It listens, forks the others before any thread runs, so that files that are
mapped and tables that are made are in memory once, and puts another in the place of one that ends, later each time
where that happens at once. All take connections from the one socket: who is idle takes the next. docs/decisions/0009
says why not gunicorn.
"""

import contextlib
import logging
import os
import resource
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import Flask

from index.errors import NewsmorgueError
from index.settings import Settings
from web.serving.board import process_count
from web.serving.health import STARTING, health_of
from web.serving.preparing import prepare
from web.serving.server import Server, address_of, listen
from web.state import state_of

LOG = logging.getLogger("newsmorgue.processes")

BACKLOG = 1_024
"""Connections that the system holds until one of the processes takes them, as waitress has it."""

STEADY = 10.0
"""Seconds after which a process that ends is replaced at once."""

FIRST_WAIT, LONGEST_WAIT = 0.1, 30.0
"""Seconds until one that ended sooner is replaced: twice as long each time."""

LOOK = 10.0
"""Seconds between two looks of the parent at whether there is a new generation."""

GRACE = 5.0
"""Seconds beyond `drain_seconds` and `shutdown_seconds` after which a process that was asked to end is killed."""


_OWN_FILES = 500
"""Files that a process opens beside its connections and what it keeps for cursors: those of the index, above all."""


class Serving(Protocol):
    """Something that answers at an address until it is stopped."""

    address: str

    def run(self) -> None:
        """Answer until stopped."""
        ...

    def stop(self) -> None:
        """Let `run` come to its end; safe in a signal handler."""
        ...


def serve(app: Flask, settings: Settings, *, on_ready: Callable[[Serving], None]) -> None:
    """Listen and answer until stopped, by as many processes as the settings say; `on_ready` gets what answers.

    By one where other threads run already, as these would be lost. Raises UsageError where the address cannot be had.
    """
    _allow_files(settings)
    alone = process_count(settings) == 1 or threading.active_count() > 1
    server: Serving = Server(app, settings) if alone else Processes(app, settings)
    on_ready(server)
    server.run()


def _allow_files(settings: Settings) -> None:
    """Let this process open as many files as its settings may take, as far as the system allows it."""
    wanted = settings.max_connections + settings.max_cursor_generations + _OWN_FILES
    most, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed != resource.RLIM_INFINITY:
        wanted = min(wanted, allowed)
    if most != resource.RLIM_INFINITY and most < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, allowed))


@dataclass(slots=True, kw_only=True)
class _Place:
    """The place of a process: who has it (0 nobody), since when (monotonic), and when the next may begin."""

    process: int = 0
    since: float = 0.0
    due: float = 0.0
    wait: float = FIRST_WAIT / 2

    def ended(self, now: float) -> None:
        """Note that who had it is gone; the next waits where that came soon after its beginning."""
        steady = now - self.since > STEADY
        self.process = 0
        self.wait = FIRST_WAIT / 2 if steady else min(LONGEST_WAIT, self.wait * 2)
        self.due = now if steady else now + self.wait


class Processes:
    """The parent of those that answer; listens from its making on."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._prepared = _prepare(app)
        self._listener = listen(settings)
        self._listener.listen(BACKLOG)
        self.address = address_of(self._listener, settings)
        self._places = [_Place() for _ in range(process_count(settings))]
        self._stopping = False
        self._heard, self._bell = socket.socketpair()
        for end in (self._heard, self._bell):
            end.settimeout(0)

    def run(self) -> None:
        """Keep all places filled until stopped; then let all processes end what they answer."""
        board = health_of(self._app).board
        for column in range(len(self._places)):
            board.take(column)
            board.set(STARTING, 1)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        try:
            while not self._stopping:
                self._fill()
                self._listen(min((one.due for one in self._places if not one.process), default=None))
                self._reap()
                self._follow()
        finally:
            signal.set_wakeup_fd(-1)
            self._end()

    def stop(self) -> None:
        """Let `run` come to its end; safe in a signal handler."""
        self._stopping = True
        with contextlib.suppress(OSError):
            self._bell.send(b"\0")

    def _fill(self) -> None:
        """Start a process for each place that is due one."""
        now = time.monotonic()
        for column, place in enumerate(self._places):
            if not place.process and place.due <= now:
                place.process, place.since = self._part(column), now

    def _part(self, column: int) -> int:
        """Fork; gives the process to the parent, and does not return in it."""
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            self._answer(column, parent)
            code = 0
        except BaseException:
            LOG.exception("a process ended")
        finally:
            logging.shutdown()
            os._exit(code)  # whatever the parent would do on its way out is not this one's business

    def _answer(self, column: int, parent: int) -> None:
        """Be one of those that answer, until asked to end, or until the parent is gone."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent says what to do
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._heard.close()
        self._bell.close()
        health_of(self._app).board.take(column)
        server = Server(
            self._app,
            self._settings,
            self._listener,
            prepared=self._prepared,
            abandoned=lambda: os.getppid() != parent,
        )
        signal.signal(signal.SIGTERM, lambda *_: server.stop())
        if not self._stopping:  # or it was asked to end while it began
            server.run()

    def _listen(self, until: float | None) -> None:
        """Wait for a signal, or until a time, and no longer than until the next look at the archive."""
        left = LOOK if until is None else min(LOOK, max(0.0, until - time.monotonic()))
        if select.select([self._heard], [], [], left)[0]:
            with contextlib.suppress(BlockingIOError):
                self._heard.recv(4_096)

    def _reap(self) -> None:
        """Note which processes have ended, and when others may take their places."""
        board = health_of(self._app).board
        for column, place in enumerate(self._places):
            if not place.process or not (status := _ended(place.process)):
                continue
            gone, now = place.process, time.monotonic()
            place.ended(now)
            for name, value in ((STARTING, 1.0), ("process", 0.0), ("running", 0.0)):
                board.correct(column, name, value)
            if not self._stopping:
                LOG.error("process %d ended (%s); another begins in %.1f s", gone, status[0], place.due - now)

    def _follow(self) -> None:
        """Let go of a generation that is not the current one any more: whoever begins from now on opens that itself."""
        searcher = state_of(self._app).searcher
        if self._prepared and searcher.outdated():
            self._prepared = ""
            searcher.close()

    def _end(self) -> None:
        """Ask all processes to end, and wait; those that do not are killed."""
        self._listener.close()
        deadline = time.monotonic() + self._settings.drain_seconds + self._settings.shutdown_seconds + GRACE
        try:
            self._send(signal.SIGTERM)
            while any(one.process for one in self._places) and time.monotonic() < deadline:
                self._listen(min(deadline, time.monotonic() + 0.1))
                self._reap()
        finally:
            self._send(signal.SIGKILL)
            for place in self._places:
                if place.process:
                    os.waitpid(place.process, 0)
            self._heard.close()
            self._bell.close()

    def _send(self, number: int) -> None:
        for place in self._places:
            if place.process:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(place.process, number)


def _prepare(app: Flask) -> str:
    """Prepare the present generation, and give its name; "" where there is none yet, which each request will tell."""
    with contextlib.suppress(NewsmorgueError):
        generation = state_of(app).searcher.generation()
        prepare(app)
        return generation
    return ""


def _ended(process: int) -> tuple[str] | None:
    """Say how a process ended, None where it has not."""
    found, status = os.waitpid(process, os.WNOHANG)
    if not found:
        return None
    code = os.waitstatus_to_exitcode(status)
    return (f"signal {-code}" if code < 0 else f"exit code {code}",)
