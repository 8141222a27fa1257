"""`newsmorgue export`: the archive in forms that need nothing of Newsmorgue."""

from pathlib import Path

import click

from index.pipeline.exporting import export_to_whoosh
from index.settings import load_settings
from newsmorgue.options import data_dir
from web import wording


@click.command()
@data_dir()
@click.option(
    "--whoosh",
    "directory",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write an index in Whoosh's own form into this new directory; any Whoosh 2.7 opens it.",
)
def export(*, data_dir: Path | None, directory: Path) -> None:
    """Write all articles of the archive so that other programs read them.

    `--whoosh DIR` makes an index with Whoosh's own codec and field types; `whoosh.index.open_dir(DIR)` opens it where
    Newsmorgue is not installed. It takes about ten milliseconds an article.
    """
    settings = load_settings({"data_dir": data_dir})
    count = export_to_whoosh(settings, directory)
    click.echo(f"{wording.articles(count)} written to {directory}")
