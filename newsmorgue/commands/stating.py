"""`newsmorgue stats`: what the archive holds."""

import json
from pathlib import Path

import click

from index.settings import load_settings
from newsmorgue.options import data_dir
from search.request import SearchRequest
from search.searcher import Searcher

SHOWN = 10


@click.command()
@data_dir()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(*, data_dir: Path | None, as_json: bool) -> None:
    """Print how much the archive holds, of which time, and whom it names most."""
    settings = load_settings({"data_dir": data_dir})
    searcher = Searcher(settings.data_dir, settings)
    status = searcher.status()
    answer = searcher.ask(SearchRequest(size=1, facets=("person", "outlet", "publisher"), facet_size=SHOWN))
    size = sum(path.stat().st_size for path in settings.data_dir.rglob("*") if path.is_file())
    if as_json:
        facets = {facet.field: [[one.value, one.count] for one in facet.values] for facet in answer.facets}
        distinct = {facet.field: facet.distinct for facet in answer.facets}
        body = {
            "data_dir": str(settings.data_dir),
            "generation": status.generation,
            "articles": status.articles,
            "undated": status.undated,
            "first": status.first,
            "last": status.last,
            "bytes": size,
            "distinct": distinct,
            "top": facets,
        }
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    dated = f"{status.first} to {status.last}, {status.undated:,} undated" if status.first else "all undated"
    click.echo(f"{settings.data_dir}: {status.articles:,} articles, {dated}")
    click.echo(f"generation {status.generation}, {size / 2**20:,.1f} MiB on disk")
    for facet in answer.facets:
        click.echo(f"\n{facet.field} ({facet.distinct:,} in all, {facet.none:,} articles with none)")
        for one in facet.values:
            click.echo(f"  {one.count:>8,}  {one.value}")
