"""`newsmorgue remove`: take articles out for good."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from index.errors import NewsmorgueError, UsageError
from index.pipeline.removing import articles, ids_from, remove
from index.settings import Settings, load_settings
from index.types import Article
from newsmorgue.options import data_dir
from search.request import SearchRequest
from search.searcher import Searcher
from web import wording
from web.wording import opening

SHOWN = 10


@click.command(name="remove")
@click.option("--id", "ids", multiple=True, metavar="ID", help="The article of this id; repeatable.")
@click.option("--query", "queries", multiple=True, metavar="QUERY", help="All that this search finds; repeatable.")
@click.option(
    "--source", "sources", multiple=True, metavar="PATH", help="All that came from a file, folder or line; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Only list what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_dir()
def remove_command(
    *,
    ids: tuple[str, ...],
    queries: tuple[str, ...],
    sources: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    data_dir: Path | None,
) -> None:
    """Remove articles from the archive and the index.

    They stay out when their sources are indexed again; `newsmorgue index --revive` brings them back. What --id, --query
    and --source name is added up.
    """
    if not (ids or queries or sources):
        raise UsageError("nothing says what to remove", remedy="Give --id, --query or --source")
    settings = load_settings({"data_dir": data_dir})
    wanted = list(ids)
    for query in queries:
        wanted += _found(query, settings)
    for source in sources:
        wanted += ids_from(source, settings)
    found = articles(wanted, settings)
    for absent in sorted({*ids} - {article.id for article in found}):
        click.echo(f"there is no article {absent}", err=True)
    if dry_run:
        for one in found:
            click.echo(_line(one))
        click.echo(f"{wording.articles(len(found))} would be removed", err=True)
        return
    if ids and not found:
        raise NewsmorgueError("no article was removed", remedy="`newsmorgue search QUERY --json` tells the ids")
    if found and not yes:
        _ask(found)
    count = remove([one.id for one in found], settings).removed if found else 0
    click.echo(f"{wording.articles(count)} removed")


def _found(query: str, settings: Settings) -> list[str]:
    """Give what a search finds; one that was not understood as typed removes nothing."""
    if not query.strip():
        raise UsageError("an empty query finds everything", remedy="To remove all, delete the data directory")
    searcher = Searcher(settings.data_dir, settings)
    try:
        with searcher.harvest(SearchRequest(q=query)) as harvest:
            if harvest.notices:
                raise UsageError(
                    f"the query is not clear: {harvest.notices[0].message}",
                    where=query,
                    remedy="Write it so that `newsmorgue search` has nothing to remark",
                )
            click.echo(f"{harvest.reading}: {wording.articles(harvest.total)}", err=True)
            return [one.shown.article.id for one in harvest.hits]
    finally:
        searcher.close()


def _ask(found: Sequence[Article]) -> None:
    if not sys.stdin.isatty():
        raise UsageError(
            f"{wording.articles(len(found))} would be removed", remedy="Say so with --yes, or look with --dry-run"
        )
    for one in found[:SHOWN]:
        click.echo(_line(one), err=True)
    if len(found) > SHOWN:
        click.echo(f"... and {len(found) - SHOWN:,} more", err=True)
    click.confirm(f"Remove {wording.articles(len(found))}?", abort=True, err=True)


def _line(article: Article) -> str:
    return f"{article.id}\t{article.title or opening(article.text)}\t{article.source}"
