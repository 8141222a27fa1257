"""`newsmorgue backup` and `newsmorgue restore`: a second copy, and the way back."""

from pathlib import Path

import click

from index.pipeline.backup import Backup, back_up, check_backup, refuse_server
from index.pipeline.backup import restore as restore_backup
from index.settings import load_settings
from newsmorgue.options import data_dir
from web import wording

_TARGET = click.Path(path_type=Path)

_DUMP = (
    "Back it up with `pg_dump --format=custom --file=FILE ADDRESS`, while it is in use if need be; "
    "`newsmorgue index --from-archive` builds the index"
)
_RESTORE = (
    "Restore a dump with `pg_restore --dbname=ADDRESS FILE`; or this backup with NEWSMORGUE_ARCHIVE=sqlite to a data "
    "directory, from which `newsmorgue index --from-archive --bring sqlite` brings it to the server"
)


@click.command()
@click.argument("target", type=_TARGET)
@click.option("--no-index", is_flag=True, help="Leave the index out; it is built again from the archive.")
@data_dir()
def backup(*, target: Path, no_index: bool, data_dir: Path | None) -> None:
    """Write a backup to TARGET: one file where the name ends in .tar, else a directory.

    The archive may be in use meanwhile: the backup holds it as of one moment. It is read again and checked before it
    gets its name.
    """
    settings = load_settings({"data_dir": data_dir})
    refuse_server(settings, remedy=_DUMP)
    click.echo(f"{_told(back_up(settings.data_dir, target, with_index=not no_index))} in {target}, read back and whole")


@click.command()
@click.argument("source", type=_TARGET)
@click.option("--check", "only_check", is_flag=True, help="Only read the backup and check it.")
@data_dir()
def restore(*, source: Path, only_check: bool, data_dir: Path | None) -> None:
    """Make a data directory of the backup SOURCE, checking all of it. What exists already is never written over."""
    settings = load_settings({"data_dir": data_dir})
    if only_check:
        click.echo(f"{_told(check_backup(source))}; the backup is whole")
        return
    refuse_server(settings, remedy=_RESTORE)
    made = restore_backup(source, settings.data_dir)
    left = "" if made.generation else "; build the index with `newsmorgue check --repair`"
    click.echo(f"{wording.articles(made.articles)} restored to {settings.data_dir}{left}")


def _told(made: Backup) -> str:
    index = f"generation {made.generation}" if made.generation else "no index"
    return f"{wording.articles(made.articles)}, {index}, {made.size / 2**20:,.1f} MiB"
