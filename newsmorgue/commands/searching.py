"""`newsmorgue search`: ask the archive from a terminal or a script."""

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from index.settings import load_settings
from index.types import Tagged
from newsmorgue.options import data_dir
from newsmorgue.printing import marked
from search.answer import Answer, Hit
from search.request import SearchRequest, from_params
from search.searcher import Searcher
from web import wording
from web.advice import Advice, advice
from web.api.shapes import answer_json, diagnosis_json, hit_json

COLUMNS = ("id", "title", "published", "publisher", "byline", "url", "people", "outlets", "score")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command()
@click.argument("query", default="")
@click.option("--person", multiple=True, metavar="NAME", help="Only articles that mention this person; repeatable.")
@click.option("--outlet", multiple=True, metavar="NAME", help="Only articles that name this outlet; repeatable.")
@click.option("--publisher", multiple=True, metavar="NAME", help="Only articles published by this outlet.")
@click.option("--not-person", multiple=True, metavar="NAME", help="No article that mentions this person.")
@click.option("--not-outlet", multiple=True, metavar="NAME", help="No article that names this outlet.")
@click.option("--from", "from_", metavar="DATE", help="Published on this day, month or year, or later.")
@click.option("--to", metavar="DATE", help="Published on this day, month or year, or earlier.")
@click.option("--undated", metavar="include|exclude|only", help="What becomes of undated articles [include].")
@click.option("--sort", metavar="relevance|newest|oldest", help="The order of the hits [relevance].")
@click.option("--size", metavar="N", help="Hits shown [10].")
@click.option("--cursor", metavar="CURSOR", help="Go on where an earlier answer's `next` says.")
@click.option("--facets", is_flag=True, help="Show people, outlets, publishers and the timeline.")
@click.option("--facet-size", metavar="N", help="Values shown of each facet [10].")
@click.option("--json", "form", flag_value="json", help="Print one JSON object, as the API gives it.")
@click.option("--ndjson", "form", flag_value="ndjson", help="Print one JSON object a hit.")
@click.option("--csv", "form", flag_value="csv", help="Print a CSV table, safe to open in a spreadsheet.")
@data_dir()
def search(*, query: str, form: str | None, facets: bool, data_dir: Path | None, **given: Any) -> None:
    """Search the archive for QUERY; put `--` before a query that begins with a minus sign.

    Words, "phrases", AND OR NOT -word, parentheses, title: text: person: outlet: publisher: date: before: after:
    """
    settings = load_settings({"data_dir": data_dir})
    asked = _request(query, facets, given)
    searcher = Searcher(settings.data_dir, settings)
    answer = searcher.ask(asked)
    if form == "json":
        body = answer_json(answer)
        if not answer.total:
            body["diagnosis"] = diagnosis_json(searcher.diagnose(asked))
        click.echo(json.dumps(body, ensure_ascii=False))
    elif form == "ndjson":
        for hit in answer.hits:
            click.echo(json.dumps(hit_json(hit), ensure_ascii=False))
    elif form == "csv":
        _table(answer)
    else:
        _show(answer)
        _advise(advice(searcher, answer))


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


def _table(answer: Answer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in answer.hits:
        body = hit_json(hit)
        body["published"] = body["published"] and body["published"]["value"]
        body["people"], body["outlets"] = "; ".join(body["people"]), "; ".join(body["outlets"])
        writer.writerow([_safe(body[column]) for column in COLUMNS])


def _safe(value: object) -> object:
    """Keep a spreadsheet from running a cell as a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _show(answer: Answer) -> None:
    found = click.style(wording.number(answer.total), bold=True)
    click.echo(f"{found}{' match:' if answer.total == 1 else ''} {answer.reading}")
    for notice in answer.notices:
        click.echo(f"  ! {notice.message}", err=True)
    for rank, hit in enumerate(answer.hits, answer.first):
        click.echo(f"\n{rank:>3}. {_heading(hit)}")
        click.echo(f"     {click.style(_source(hit.tagged), dim=True)}")
        for snippet in hit.snippets:
            click.echo(f"     {marked(snippet.text, snippet.marks)}")
    for facet in answer.facets:
        click.echo(f"\n{facet.field} ({facet.distinct:,} in all, {facet.none:,} articles with none)")
        for one in facet.values:
            click.echo(f"  {one.count:>7,}  {'* ' if one.selected else ''}{one.value}")
    if answer.timeline:
        click.echo(f"\ndate (by {answer.timeline.interval}, {answer.timeline.undated:,} undated)")
        for bucket in answer.timeline.buckets:
            if bucket.count:
                click.echo(f"  {bucket.count:>7,}  {wording.span(bucket.start, bucket.end)}")
    if answer.next and sys.stdout.isatty():
        click.echo(f"\nMore: --cursor {answer.next}")


def _advise(found: Advice) -> None:
    """Tell why there is little or nothing, and which searches near it have hits."""
    for reason in found.reasons:
        click.echo(f"  {reason}")
    for way in (*found.spelling, *found.ways):
        click.echo(f"  {way.words} ({wording.number(way.count)})")


def _heading(hit: Hit) -> str:
    article = hit.tagged.article
    return marked(article.title, hit.title_marks) if article.title else wording.opening(article.text)


def _source(tagged: Tagged) -> str:
    article = tagged.article
    where = article.url or os.path.relpath(article.source)
    return " · ".join(part for part in (article.publisher, wording.published(article.published), where) if part)
