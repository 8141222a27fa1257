"""`newsmorgue check`: verify that the archive is whole and that the index agrees with it."""

from pathlib import Path

import click

from index.errors import CorruptError
from index.pipeline.checking import Check, check, repair
from index.settings import load_settings
from newsmorgue.options import data_dir


@click.command(name="check")
@data_dir()
@click.option(
    "--repair",
    "mend",
    is_flag=True,
    help="Mend the index from the archive, take damaged articles out to be read again, migrate an older archive.",
)
def check_command(*, data_dir: Path | None, mend: bool) -> None:
    """Verify every checksum of archive and index and that both agree; exit code 4 tells damage that remains."""
    settings = load_settings({"data_dir": data_dir})
    found = repair(settings) if mend else check(settings)
    for problem in found.problems:
        click.echo(f"problem: {problem}", err=True)
    if found.untold and found.untold not in found.problems:
        click.echo(f"mended: {found.untold}", err=True)
    click.echo(_verdict(found))
    if found.damaged and not found.rebuilt:
        raise CorruptError(
            "articles of the archive are damaged, those named above; all else in it is whole, corrections among it",
            where=str(settings.data_dir),
            remedy="Take them out with `newsmorgue check --repair`, then `newsmorgue index` their sources, or restore "
            "a backup where these are gone",
        )
    if found.problems == (found.untold,):
        raise CorruptError(
            "running servers may not show all corrections, as told above; archive and index are whole",
            where=str(settings.data_dir),
            remedy="Tell them with `newsmorgue check --repair`",
        )
    if found.problems and not found.rebuilt:
        raise CorruptError(
            "the index is missing or damaged, or what else is made of the articles, as told above; these are whole",
            where=str(settings.data_dir),
            remedy="Build it anew with `newsmorgue check --repair`",
        )


def _verdict(found: Check) -> str:
    if found.rebuilt and found.damaged:
        return (
            f"{found.articles:,} articles; {len(found.damaged):,} damaged ones were taken out, and come back by "
            f"`newsmorgue index` over their sources; the index was built anew as generation {found.rebuilt}"
        )
    if found.rebuilt:
        return f"{found.articles:,} articles; the index was built anew as generation {found.rebuilt}"
    if found.problems == (found.untold,):
        return f"{found.articles:,} articles; archive and index are whole and agree"
    if found.problems:
        return f"{found.articles:,} articles in the archive; the index has problems"
    if not found.has_index:
        return f"{found.articles:,} articles; the archive is whole, an index is built by the next `newsmorgue index`"
    late = f"; {found.behind:,} changes wait for the next `newsmorgue index`" if found.behind else ""
    return f"{found.articles:,} articles; archive and index are whole and agree{late}"
