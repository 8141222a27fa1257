"""All hits of a search at once, streamed: as lines of JSON, and as a table."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from urllib.parse import urlencode

from flask import Response, current_app
from werkzeug.exceptions import ServiceUnavailable

from search.harvest import Harvest
from search.request import to_params
from web.api.answering import link
from web.api.encoding import json_line
from web.api.operations import Body, Given, Operation
from web.api.parameters import ABOUT, FIELDS_WANTED, some
from web.api.shapes import export_head, row
from web.api.types import Row
from web.links import search_url
from web.state import searcher
from web.tables import csv_lines

NDJSON = "application/x-ndjson"
CSV = "text/csv"
BLOCK = 16 * 1024
"""Characters sent at a time: single lines would cost more to send than to make."""

QUERY = 1_000
"""Bytes of a question that a header tells: proxies keep 4 kB for all headers, and refuse more."""

KEY = "newsmorgue exports"
RETRY_SECONDS = 10

Lines = Callable[[Harvest, Given], Iterator[str]]


def ndjson(given: Given) -> Response:
    """Stream all hits as lines of JSON."""
    return _stream(given, NDJSON, _json_lines)


def table(given: Given) -> Response:
    """Stream all hits as a table."""
    return _stream(given, CSV, _table_lines)


def _json_lines(harvest: Harvest, given: Given) -> Iterator[str]:
    if given.own["about"] == "include":
        yield json_line(export_head(harvest))
    for hit in harvest.hits:
        line = row(hit)
        yield json_line({name: getattr(line, name) for name in given.own["fields"]})


def _table_lines(harvest: Harvest, given: Given) -> Iterator[str]:
    fields = given.own["fields"]
    if given.own["about"] == "include":
        about = export_head(harvest)
        asked = urlencode(to_params(harvest.request))
        for name, value in (("query", asked), ("reading", about.query.reading), ("generation", about.generation)):
            # Quotes are doubled as in cells: who skips lines as pandas does takes a single one for an open cell.
            yield f"# {name}: {' '.join(value.split())}\n".replace('"', '""')
    rows = (row(hit) for hit in harvest.hits)
    yield from csv_lines(fields, ([getattr(one, name) for name in fields] for one in rows))


def _stream(given: Given, media_type: str, lines: Lines) -> Response:
    places: threading.Semaphore = current_app.extensions[KEY]
    if not places.acquire(blocking=False):
        raise ServiceUnavailable("As many exports as may run at a time are running.", retry_after=RETRY_SECONDS)
    stack = ExitStack()
    stack.callback(places.release)
    try:
        harvest = stack.enter_context(searcher().harvest(given.asked))
        blocks = _blocks(lines(harvest, given), stack)
        first = next(blocks)  # while it can still be answered that there is none
    except BaseException:
        stack.close()
        raise
    response = Response(chain((first,), blocks), mimetype=media_type)
    response.call_on_close(stack.close)
    asked = urlencode(to_params(harvest.request))
    if len(asked) <= QUERY:
        response.headers["Newsmorgue-Query"] = asked
    response.headers["Newsmorgue-Generation"] = harvest.generation
    response.headers["Newsmorgue-Total"] = str(harvest.total)
    response.headers["Newsmorgue-Articles"] = str(harvest.articles)
    response.headers["Cache-Control"] = "private, no-store"
    suffix = "csv" if media_type == CSV else "ndjson"
    response.headers["Content-Disposition"] = f'attachment; filename="newsmorgue-{harvest.generation}.{suffix}"'
    link(response, "alternate", search_url(given.asked), media_type="text/html")
    return response


def _blocks(lines: Iterator[str], stack: ExitStack) -> Iterator[str]:
    """Join lines to blocks; what the stack holds is let go of after the last."""
    with stack:
        block: list[str] = []
        size = 0
        for line in lines:
            block.append(line)
            size += len(line)
            if size >= BLOCK:
                yield "".join(block)
                block, size = [], 0
        yield "".join(block)


_PARAMETERS = (*some("size", "cursor", "facets", "facet_size"), FIELDS_WANTED, ABOUT)
_HEADERS = ("Newsmorgue-Query", "Newsmorgue-Generation", "Newsmorgue-Total", "Newsmorgue-Articles")
_SENT = (
    "All hits in their order, of one generation, while others are committed. The headers `Newsmorgue-Query`, "
    "`Newsmorgue-Generation`, `Newsmorgue-Total` and `Newsmorgue-Articles` tell what it is of; a long query is told by "
    "`about=include` alone"
)

OPERATIONS = (
    Operation(
        path="/api/v1/export.ndjson",
        name="export_ndjson",
        summary="All hits of a search as lines of JSON, streamed.",
        view=ndjson,
        parameters=_PARAMETERS,
        bodies=(
            Body(
                media_type=NDJSON,
                type=Row,
                of_lines=True,
                description=f"{_SENT}; each line is a Row with the fields wanted",
                headers=_HEADERS,
            ),
        ),
        problems=("malformed-parameter", "incomplete"),
        conditional=False,
    ),
    Operation(
        path="/api/v1/export.csv",
        name="export_csv",
        summary="All hits of a search as a table, streamed, safe to open in a spreadsheet.",
        view=table,
        parameters=_PARAMETERS,
        bodies=(
            Body(
                media_type=CSV,
                description=f"{_SENT}; a cell that would be a formula begins with an apostrophe",
                headers=_HEADERS,
            ),
        ),
        problems=("malformed-parameter", "incomplete"),
        conditional=False,
    ),
)
