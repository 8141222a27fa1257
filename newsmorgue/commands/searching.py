"""`newsmorgue search`: ask the archive from a terminal or a script."""

import itertools
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import click

from index.errors import UsageError
from index.settings import load_settings
from newsmorgue.options import data_dir
from newsmorgue.printing import marked
from newsmorgue.sources import Local, Remote, Source
from search.request import SearchRequest, from_params
from web import wording
from web.advice import reason, way_out
from web.api.encoding import dumps, json_line
from web.api.shapes import DEFAULT_FIELDS
from web.api.types import Diagnosis, Facet, Notice, Result, SearchAnswer, Timeline
from web.language import iso_date
from web.tables import csv_lines


@click.command()
@click.argument("query", default="")
@click.option("--person", multiple=True, metavar="NAME", help="Only articles that mention this person; repeatable.")
@click.option("--outlet", multiple=True, metavar="NAME", help="Only articles that name this outlet; repeatable.")
@click.option("--publisher", multiple=True, metavar="NAME", help="Only articles published by this outlet.")
@click.option("--not-person", multiple=True, metavar="NAME", help="No article that mentions this person.")
@click.option("--not-outlet", multiple=True, metavar="NAME", help="No article that names this outlet.")
@click.option("--person-mode", metavar="all|any", help="Whether all of the people must be mentioned, or any [all].")
@click.option("--outlet-mode", metavar="all|any", help="Whether all of the outlets must be named, or any [any].")
@click.option("--from", "from_", metavar="DATE", help="Published on this day, month or year, or later.")
@click.option("--to", metavar="DATE", help="Published on this day, month or year, or earlier.")
@click.option("--undated", metavar="include|exclude|only", help="What becomes of undated articles [include].")
@click.option("--sort", metavar="relevance|newest|oldest", help="The order of the hits [relevance].")
@click.option("--group", metavar="none|story", help="With `story`, near copies are one hit, the earliest [none].")
@click.option("--size", metavar="N", help="Hits shown [10; with --ndjson and --csv, all].")
@click.option("--cursor", metavar="CURSOR", help="Go on where an earlier answer's `next` says.")
@click.option("--facets", is_flag=True, help="Show people, outlets, publishers and the timeline.")
@click.option("--facet-size", metavar="N", help="Values shown of each facet [10].")
@click.option("--json", "form", flag_value="json", help="Print one JSON object, as the API gives it.")
@click.option("--ndjson", "form", flag_value="ndjson", help="Print all hits, one JSON object each.")
@click.option("--csv", "form", flag_value="csv", help="Print all hits as a CSV table, safe to open in a spreadsheet.")
@click.option("--url", metavar="URL", help="Ask the server at this address instead of a data directory.")
@data_dir()
def search(*, query: str, form: str | None, facets: bool, data_dir: Path | None, url: str | None, **given: Any) -> None:
    """Search the archive for QUERY; put `--` before a query that begins with a minus sign.

    Words, "phrases", AND OR NOT -word, parentheses, title: text: person: outlet: publisher: date: before: after:
    and for quotations said: by:
    """
    if url and data_dir:
        raise UsageError("--url and --data-dir exclude each other", remedy="Give one of them")
    asked = _request(query, facets, given)
    source: Source = Remote(url=url) if url else Local(settings=load_settings({"data_dir": data_dir}))
    if form in {"ndjson", "csv"}:
        _list(source, asked, form)
        return
    answer = source.ask(asked)
    if form == "json":
        click.echo(dumps(answer))
        _tell(answer.query.notices)
        _partly(len(answer.results), answer.total, "--size, --cursor, or --ndjson for all")
    else:
        _show(answer, source)
        if answer.diagnosis:
            _advise(answer.diagnosis)


def _request(query: str, facets: bool, given: dict[str, Any]) -> SearchRequest:  # noqa: FBT001  click's own flag
    """Make the request from the same pairs that a URL would carry, so that both are checked by the same rules."""
    pairs = [("q", query)]
    for option, value in given.items():
        name = {"from_": "from", "not_person": "-person", "not_outlet": "-outlet"}.get(option, option)
        values = value if isinstance(value, tuple) else (value,)
        pairs += [(name, one) for one in values if one is not None]
    if not facets:
        pairs.append(("facets", ""))
    return from_params(pairs)


def _list(source: Source, asked: SearchRequest, form: str) -> None:
    """Print all hits as an export has them, or as many as were asked for."""
    if asked.cursor is not None:
        raise UsageError("--cursor goes on with pages", remedy="Leave it out: --ndjson and --csv print all hits")
    with source.harvest(asked) as listing:
        _tell(listing.head.query.notices)
        rows = itertools.islice(listing.rows, asked.size)
        lines = (
            map(json_line, rows) if form == "ndjson" else csv_lines(DEFAULT_FIELDS, (list(r.values()) for r in rows))
        )
        for line in lines:
            click.echo(line, nl=False)
        _partly(min(asked.size or listing.head.total, listing.head.total), listing.head.total, "no --size for all")


def _tell(notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        click.echo(f"  ! {notice.message}", err=True)


def _partly(printed: int, total: int, remedy: str) -> None:
    """Say that these are not all, where they are not."""
    if printed < total:
        click.echo(f"{wording.number(printed)} of {wording.number(total)} ({remedy})", err=True)


def _show(answer: SearchAnswer, source: Source) -> None:
    found = click.style(wording.number(answer.total), bold=True)
    of = "" if answer.stories is None else f" {wording.told(answer.stories, answer.articles)}:"
    click.echo(f"{found}{of or (' match:' if answer.total == 1 else '')} {answer.query.reading}")
    _tell(answer.query.notices)
    for rank, result in enumerate(answer.results, answer.first):
        click.echo(f"\n{rank:>3}. {_heading(result, source)}")
        click.echo(f"     {click.style(_source(result, source), dim=True)}")
        for snippet in result.snippets:
            if snippet.field != "title":
                click.echo(f"     {marked(snippet.text, snippet.marks)}")
        if result.copies_total:
            click.echo(f"     {wording.copies(result.copies_total)}: {_named(result)}")
    for field in ("person", "outlet", "publisher"):
        _facet(field, getattr(answer.facets, field))
    if answer.facets.date:
        _timeline(answer.facets.date)
    if answer.next and sys.stdout.isatty():
        cursor = dict(parse_qsl(urlsplit(answer.next).query))["cursor"]
        click.echo(f"\nMore: --cursor {cursor}")


def _named(result: Result) -> str:
    """Name the copies of a hit by who published them when, as far as they are listed."""
    copies = result.copies or ()
    listed = [
        ", ".join(
            part for part in (one.publisher or one.id, iso_date(one.published.value) if one.published else None) if part
        )
        for one in copies
    ]
    return "; ".join([*listed, *(["…"] if len(copies) < (result.copies_total or 0) else [])])


def _facet(field: str, facet: Facet | None) -> None:
    if facet is None:
        return
    click.echo(f"\n{field} ({facet.distinct:,} in all, {facet.none:,} articles with none)")
    for one in facet.values:
        click.echo(f"  {one.count:>7,}  {'* ' if one.selected else ''}{one.value}")


def _timeline(timeline: Timeline) -> None:
    coarse = f", {timeline.coarse:,} dated by more than a {timeline.interval}" if timeline.coarse else ""
    click.echo(f"\ndate (by {timeline.interval}, {timeline.undated:,} undated{coarse})")
    for bucket in timeline.buckets:
        if bucket.count:
            click.echo(f"  {bucket.count:>7,}  {wording.span(bucket.start, bucket.end)}")


def _advise(found: Diagnosis) -> None:
    """Tell why there is little or nothing, and which searches near it have hits."""
    for blame in found.blame:
        click.echo(f"  {reason(blame)}")
    for one in found.proposals:
        click.echo(f"  {way_out(one.kind, one.text)} ({wording.number(one.total)})")


def _heading(result: Result, source: Source) -> str:
    titles = [snippet for snippet in result.snippets if snippet.field == "title"]
    if titles:
        return marked(titles[0].text, titles[0].marks)
    return result.title or source.heading(result)


def _source(result: Result, source: Source) -> str:
    published = iso_date(result.published.value) if result.published else wording.published(None)
    return " · ".join(part for part in (result.publisher, published, source.place(result)) if part)
