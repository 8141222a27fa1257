"""`newsmorgue serve`: the pages and the API."""

import signal
import threading
from pathlib import Path

import click

from index.settings import load_settings
from newsmorgue.logs import log_to_stderr
from newsmorgue.options import data_dir
from search.searcher import Searcher
from web.application import create_application
from web.serving.board import portion
from web.serving.processes import Serving
from web.serving.processes import serve as serve_application


@click.command()
@data_dir()
@click.option("--host", metavar="HOST", help="The address to listen on [127.0.0.1].")
@click.option("--port", type=int, metavar="PORT", help="The port to listen on; 0 takes any free one [8000].")
@click.option("--processes", type=int, metavar="N", help="Processes that answer; 0 for one each core, at most 4 [0].")
def serve(*, data_dir: Path | None, host: str | None, port: int | None, processes: int | None) -> None:
    """Serve the archive to browsers and scripts until interrupted.

    Ends on SIGTERM or Ctrl-C once the requests that run are answered; a second one ends it at once.
    """
    settings = portion(load_settings({"data_dir": data_dir, "host": host, "port": port, "processes": processes}))
    log_to_stderr(settings)
    searcher = Searcher(settings.data_dir, settings)
    status = searcher.status()
    click.echo(f"{status.articles:,} articles of {settings.data_dir}", err=True)
    serve_application(create_application(searcher, settings), settings, on_ready=_announce)


def _announce(server: Serving) -> None:
    def end(*_: object) -> None:
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_, signal.default_int_handler)
        server.stop()

    if threading.current_thread() is threading.main_thread():
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_, end)
    click.echo(f"Serving at {server.address}  (Ctrl-C ends)")
