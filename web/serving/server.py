"""Serve the application by waitress, a production WSGI server, and end without cutting anybody off."""

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from index.errors import UsageError
from index.settings import Settings
from web.serving.health import health_of
from web.serving.preparing import Preparer
from web.serving.turnstile import Turnstile

_PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


class Server:
    """Listens from its making on, answers while it runs.

    Raises UsageError where the address cannot be had. `address` is where it is to be found.
    """

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._settings = settings
        self._health = health_of(app)
        self._preparer = Preparer(app)
        self._stopping = False
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = _listener(family, settings)
        self._map: dict[int, Any] = {}
        self._tasks = Turnstile(settings.queue_requests)
        self._tasks.set_thread_count(settings.threads)
        proxy: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
        if settings.trusted_proxy:
            proxy |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _PROXY_HEADERS}
        self._server = create_server(
            app,
            map=self._map,
            _dispatcher=self._tasks,  # the one seam through which waitress lets its queue be replaced
            sockets=[listener],
            threads=settings.threads,
            connection_limit=settings.max_connections,
            asyncore_use_poll=True,
            ident=None,
            **proxy,
        )
        host = f"[{settings.host}]" if family == socket.AF_INET6 else settings.host
        self.address = f"http://{host}:{listener.getsockname()[1]}/"

    def run(self) -> None:
        """Answer until stopped; then take no more connections, and let running requests end for `shutdown_seconds`."""
        self._preparer.start()
        try:
            while not self._stopping:
                wasyncore.loop(timeout=1, map=self._map, use_poll=True, count=1)
        finally:
            self._drain()

    def stop(self) -> None:
        """Let `run` come to its end; safe in a signal handler and from other threads."""
        self._stopping = True
        self._health.draining.set()
        with contextlib.suppress(OSError):  # it has ended already
            self._server.pull_trigger()

    def _drain(self) -> None:
        self._health.draining.set()
        self._preparer.stop()
        self._server.accepting = False
        self._server.del_channel(self._map)
        self._server.socket.close()
        deadline = time.monotonic() + self._settings.shutdown_seconds
        while self._busy() and time.monotonic() < deadline:
            wasyncore.loop(timeout=0.05, map=self._map, use_poll=True, count=1)
        self._tasks.shutdown(timeout=1)
        self._preparer.join(max(1.0, deadline - time.monotonic()))
        wasyncore.close_all(self._map, ignore_all=True)

    def _busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values())


def serve(app: Flask, settings: Settings, *, on_ready: Callable[[Server], None]) -> None:
    """Listen and answer until stopped; `on_ready` gets the server once connections are accepted.

    Raises UsageError where the address cannot be had.
    """
    server = Server(app, settings)
    on_ready(server)
    server.run()


def _listener(family: socket.AddressFamily, settings: Settings) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
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
