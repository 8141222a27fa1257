"""`newsmorgue serve`: the pages and the API."""

from pathlib import Path

import click

from index.settings import load_settings
from newsmorgue.options import data_dir
from search.searcher import Searcher
from web.application import create_application
from web.serving import serve as serve_application


@click.command()
@data_dir()
@click.option("--host", metavar="HOST", help="The address to listen on [127.0.0.1].")
@click.option("--port", type=int, metavar="PORT", help="The port to listen on; 0 takes any free one [8000].")
def serve(*, data_dir: Path | None, host: str | None, port: int | None) -> None:
    """Serve the archive to browsers and scripts until interrupted."""
    settings = load_settings({"data_dir": data_dir, "host": host, "port": port})
    searcher = Searcher(settings.data_dir, settings)
    status = searcher.status()
    click.echo(f"{status.articles:,} articles of {settings.data_dir}", err=True)
    serve_application(
        create_application(searcher, settings),
        settings,
        on_ready=lambda address: click.echo(f"Serving at {address}  (Ctrl-C ends)"),
    )
