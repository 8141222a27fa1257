"""Serve the application by waitress, a production WSGI server, and end without cutting anybody off."""

import contextlib
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from index.errors import UsageError
from index.settings import Settings
from web.serving.connections import Channel, expire
from web.serving.health import health_of
from web.serving.preparing import Preparer
from web.serving.turnstile import Turnstile
from web.state import state_of

SWITCH = 0.0005
"""Seconds that a thread computes before another may go on: a tenth of Python's own, as those that take requests and
turn them away would else wait for each of those that compute. It costs these about a hundredth."""

_PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


_LOOK_SECONDS = 1.0
"""How often is looked for clients that do not read."""

_SPARE = 2**20
"""Bytes that are read beyond what a body may have: whoever sends little too much is told so, not cut off."""


class Server:
    """Listens from its making on, or where another process listens already, and answers while it runs.

    Raises UsageError where the address cannot be had. `address` is where it is to be found. A generation that is
    `prepared` already is not prepared again. It ends, too, where it is `abandoned`, which it looks for each second.
    """

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        listener: socket.socket | None = None,
        *,
        prepared: str = "",
        abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._health = health_of(app)
        self._preparer = Preparer(app, prepared)
        self._follower = state_of(app).searcher.follower()
        self._stopping = False
        self._looked = 0.0
        self._abandoned = abandoned
        listener = listener or listen(settings)
        self._map: dict[int, Any] = {}
        self._tasks = Turnstile(settings.queue_requests)
        self._tasks.set_thread_count(settings.threads)
        # Without a proxy to believe, headers of proxies stay: they tell who is not at this machine (web/correcting.py).
        proxy: dict[str, Any] = {"clear_untrusted_proxy_headers": False}
        if settings.trusted_proxy:
            proxy = {
                "trusted_proxy": settings.trusted_proxy,
                "trusted_proxy_headers": _PROXY_HEADERS,
                "clear_untrusted_proxy_headers": True,
            }
        self._server = create_server(
            app,
            map=self._map,
            _dispatcher=self._tasks,  # the one seam through which waitress lets its queue be replaced
            sockets=[listener],
            threads=settings.threads,
            connection_limit=settings.max_connections,
            asyncore_use_poll=True,
            ident=None,
            max_request_body_size=settings.max_body_bytes + _SPARE,
            **proxy,
        )
        self._server.channel_class = Channel
        self.address = address_of(listener, settings)

    def run(self) -> None:
        """Answer until stopped, and for `drain_seconds` more, in which /readyz says that this server is ending.

        Then take no more connections, and let running requests end for `shutdown_seconds`.
        """
        interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH)
        self._preparer.start()
        self._follower.start()
        self._health.come()
        try:
            while not self._stopping and not self._abandoned():
                self._turn(1)
            until = time.monotonic() + self._settings.drain_seconds
            while not self._abandoned() and (left := until - time.monotonic()) > 0:
                self._turn(min(1, left))
        finally:
            self._drain()
            sys.setswitchinterval(interval)

    def stop(self) -> None:
        """Let `run` come to its end; safe in a signal handler and from other threads."""
        self._stopping = True
        self._health.draining.set()
        with contextlib.suppress(OSError):  # it has ended already
            self._server.pull_trigger()

    def _drain(self) -> None:
        self._health.draining.set()
        self._preparer.stop()
        self._follower.stop()
        self._server.accepting = False
        self._server.del_channel(self._map)
        self._server.socket.close()
        deadline = time.monotonic() + self._settings.shutdown_seconds
        while self._busy() and time.monotonic() < deadline:
            self._turn(0.05)
        self._tasks.shutdown(timeout=1)
        self._preparer.join(max(1.0, deadline - time.monotonic()))
        self._follower.join(1.0)
        wasyncore.close_all(self._map, ignore_all=True)

    def _turn(self, timeout: float) -> None:
        """Read and write what can be, or wait so long for it; let go of whoever does not read."""
        wasyncore.loop(timeout=timeout, map=self._map, use_poll=True, count=1)
        if time.monotonic() >= self._looked + _LOOK_SECONDS:
            self._looked = time.monotonic()
            expire(self._server.active_channels, self._settings.write_seconds)

    def _busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values())


def listen(settings: Settings) -> socket.socket:
    """Bind the address that the settings say; raises UsageError where it cannot be had."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"cannot listen there: {error.strerror or error}",
            where=f"{settings.host}:{settings.port}",
            remedy="Choose another with --host and --port; --port 0 takes any free one",
        ) from error
    return listener


def address_of(listener: socket.socket, settings: Settings) -> str:
    """Give the address at which a listener is to be found."""
    host = f"[{settings.host}]" if listener.family == socket.AF_INET6 else settings.host
    return f"http://{host}:{listener.getsockname()[1]}/"
