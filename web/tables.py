"""Exports as lines: JSON, and tables that a spreadsheet opens without running anything in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell must not begin with (OWASP, CSV injection): `|` and `%` start commands in old spreadsheets, and the last
four are the full-width forms of the first, which some read alike."""

APART = "; "
"""What stands between the names in one cell."""


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Give a table line by line, its head first (RFC 4180, but for the ends of lines)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    yield _taken(buffer)
    for cells in rows:
        writer.writerow([cell(one) for one in cells])
        yield _taken(buffer)


def cell(value: Any) -> Any:
    """Give what a cell holds: names in one, nothing for null, and no formula."""
    if isinstance(value, tuple):
        value = APART.join(value)
    if isinstance(value, str):
        value = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else value


def _taken(buffer: io.StringIO) -> str:
    line = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return line
