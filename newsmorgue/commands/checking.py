"""`newsmorgue check`: verify that the archive is whole and that the index agrees with it."""

from pathlib import Path

import click

from index.errors import CorruptError
from index.pipeline.checking import Check, check, repair
from index.settings import load_settings
from newsmorgue.options import data_dir


@click.command(name="check")
@data_dir()
@click.option("--repair", "mend", is_flag=True, help="Build the index anew from the archive where it is damaged.")
def check_command(*, data_dir: Path | None, mend: bool) -> None:
    """Verify every checksum of archive and index and that both agree; exit code 4 tells damage that remains."""
    settings = load_settings({"data_dir": data_dir})
    found = repair(settings) if mend else check(settings)
    for problem in found.problems:
        click.echo(f"problem: {problem}", err=True)
    click.echo(_verdict(found))
    if found.problems and not found.rebuilt:
        raise CorruptError(
            "the index is damaged; the archive is whole",
            where=str(settings.data_dir),
            remedy="Build the index anew with `newsmorgue check --repair`",
        )


def _verdict(found: Check) -> str:
    if found.rebuilt:
        return f"{found.articles:,} articles; the index was built anew as generation {found.rebuilt}"
    if found.problems:
        return f"{found.articles:,} articles in the archive; the index has problems"
    late = f"; {found.behind:,} changes wait for the next `newsmorgue index`" if found.behind else ""
    return f"{found.articles:,} articles; archive and index are whole and agree{late}"
