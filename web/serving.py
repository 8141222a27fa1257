"""Serve the application by waitress, a production WSGI server."""

import socket
from collections.abc import Callable

from flask import Flask
from waitress.server import create_server

from index.errors import UsageError
from index.settings import Settings


def serve(app: Flask, settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Listen and answer until interrupted; `on_ready` gets the address once connections are accepted.

    Raises UsageError where the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
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
    server = create_server(
        app, sockets=[listener], threads=settings.threads, ident=None, clear_untrusted_proxy_headers=True
    )
    host = f"[{settings.host}]" if family == socket.AF_INET6 else settings.host
    on_ready(f"http://{host}:{listener.getsockname()[1]}/")
    try:
        server.run()
    finally:
        server.close()
