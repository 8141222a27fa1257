"""Rows of CSV and its kin with the lines on which they begin, and the rows that an unclosed quote swallowed."""

import _csv
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.read.charset import decode
from index.read.piece import Piece
from index.types import Rejected

_FIELD_LIMIT: Final = 2**31 - 1
_SWALLOWED_LINES: Final = 10
"""A last row of more lines that ends inside a quote is searched for rows that it swallowed."""
_MOST_UNCLOSED: Final = 20
"""How many rows of one piece may lack a quote before the rest is read as it stands: it bounds the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the rows are written; `code` is its form in a piece: delimiter, quoting, escaping."""

    delimiter: str
    quoted: bool
    escaped: bool

    @property
    def code(self) -> str:
        """Give the dialect as a piece carries it."""
        return f"{self.delimiter}{'q' if self.quoted else '-'}{'e' if self.escaped else '-'}"


def dialect_of(code: str) -> Dialect:
    """Give the dialect that a piece carries as a code."""
    return Dialect(delimiter=code[0], quoted=code[1] == "q", escaped=code[2] == "e")


def numbered_rows(piece: Piece) -> Iterator[tuple[int, Sequence[str] | Rejected]]:
    """Give the rows with the lines on which they begin; of one that lacks a quote and swallowed others, those."""
    dialect = dialect_of(piece.dialect)
    lines = split_lines(decode(piece.content or b""))
    start = begin = unclosed = 0
    rows = read_rows(lines, dialect)
    while True:
        line = piece.line + begin
        try:
            row = next(rows, None)
        except csv.Error as error:
            detail = f"line {line} is no row: {error}"
            yield line, Rejected(source=f"{piece.source}:{line}", reason="not-csv", detail=detail, position=line)
            return
        if row is None:
            return
        end = start + rows.line_num
        following = None
        if end == len(lines) and end - begin > _SWALLOWED_LINES and unclosed < _MOST_UNCLOSED:
            following = _find_swallowed(lines, begin, dialect, len(piece.columns))
        if following is None:
            yield line, row
            begin = end
            continue
        detail = f"a quote that opens on line {line} is not closed: the row was skipped up to line "
        detail += f"{piece.line + following - 1}, and reading went on behind it"
        yield line, Rejected(source=f"{piece.source}:{line}", reason="open-quote", detail=detail, position=line)
        unclosed += 1
        start = begin = following
        rows = read_rows(lines[start:], dialect)


def _find_swallowed(lines: Sequence[str], begin: int, dialect: Dialect, columns: int) -> int | None:
    """Find the first line that was a row before an open quote swallowed it; None where the row is only cut short.

    The row is the last. It is open where it reads otherwise with a quote behind it; it swallowed rows where most of its
    lines have as many columns as the first row names.
    """
    if columns < 2 or not dialect.quoted or not _is_open(lines[begin:], dialect):
        return None
    following = range(begin + 1, len(lines))
    whole = [number for number in following if len(_first_row([lines[number]], dialect)) == columns]
    filled = sum(bool(lines[number].strip()) for number in following)
    return whole[0] if 2 * len(whole) > filled else None


def _is_open(lines: Sequence[str], dialect: Dialect) -> bool:
    """Tell whether a row goes on behind its last line, by adding one."""
    return _first_row([*lines, "\n", "\n"], dialect) != _first_row(lines, dialect)


def _first_row(lines: Sequence[str], dialect: Dialect) -> Sequence[str]:
    try:
        return next(read_rows(lines, dialect), ())
    except csv.Error:
        return ()


def split_lines(text: str) -> list[str]:
    """Cut a text into lines that end in a line feed each."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return io.StringIO(text).readlines()


def read_rows(lines: Sequence[str], dialect: Dialect) -> "_csv.Reader":
    """Read lines as rows of fields."""
    csv.field_size_limit(_FIELD_LIMIT)  # the module's own limit is 128 KiB; pieces are bounded already
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        escapechar="\\" if dialect.escaped else None,
        doublequote=not dialect.escaped,
    )
