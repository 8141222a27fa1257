"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.read.options import TARGETS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def data_dir() -> Decorator:
    """Add --data-dir; not given means the setting."""
    return click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where the archive lives [setting data_dir; ./newsmorgue-data].",
    )


def jobs() -> Decorator:
    """Add --jobs; not given means the setting."""
    return click.option("--jobs", type=int, metavar="N", help="Processes that read and tag [one for each core].")


def reading() -> Decorator:
    """Add the options that say how inputs are read: --map and --publisher."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        mapped = click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            help=f"Read an article's FIELD from this COLUMN or key; FIELD is {', '.join(TARGETS)}.",
        )
        publisher = click.option("--publisher", metavar="NAME", help="The outlet that published these articles.")
        return mapped(publisher(command))

    return add
