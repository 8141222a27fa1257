"""CSV and its kin: one article a row, columns by their names in the first one."""

import _csv
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.read.charset import decode
from index.read.columns import count_known, find_columns
from index.read.format import Format, Head
from index.read.lines import cut_records
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.records import missing_text, read_record
from index.read.streams import ByteStream
from index.types import Article, Rejected

_DELIMITERS: Final = ",\t;|"
_SUFFIXES: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_NAME_CHARS: Final = 60
_FIELD_LIMIT: Final = 2**31 - 1
_QUOTE: Final = b'"'
_SWALLOWED_LINES: Final = 10
"""A last row of more lines that ends inside a quote is searched for rows that it swallowed."""
_MOST_UNCLOSED: Final = 20
"""How many rows of one piece may lack a quote before the rest is read as it stands: it bounds the work."""
_QUOTED_FIELD: Final = re.compile(r'(?:^|[,\t;|])"', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dialect:
    """How the rows are written; `code` is its form in a piece: delimiter, quoting, escaping."""

    delimiter: str
    quoted: bool
    escaped: bool

    @property
    def code(self) -> str:
        return f"{self.delimiter}{'q' if self.quoted else '-'}{'e' if self.escaped else '-'}"


def _of_code(code: str) -> _Dialect:
    return _Dialect(delimiter=code[0], quoted=code[1] == "q", escaped=code[2] == "e")


def _recognise(head: Head, options: ReadOptions) -> bool:
    """Recognise a first row of names, of which one is known to hold the text and another is known too."""
    if head.suffix in _SUFFIXES:
        return True
    columns = _header(head.text, _sniff(head.text, head.suffix, options))
    if len(columns) < 2 or any(len(name) > _NAME_CHARS for name in columns):
        return False
    return count_known(columns, options) >= 2 and "text" in find_columns(columns, options)


def _cut(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    sample = stream.head()
    head = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    dialect = _sniff(head, "", options)
    columns = _header(head, dialect)
    if "text" not in find_columns(columns, options):
        yield Rejected(source=whole.source, reason="no-text-column", detail=missing_text(columns))
        return
    model = replace(whole, columns=columns, dialect=dialect.code)
    has_header = True
    for piece in cut_records(stream, model, options, _Ends(dialect)):
        yield _without_header(piece, dialect) if has_header and isinstance(piece, Piece) else piece
        has_header = False


@dataclass(frozen=True, slots=True)
class _Ends:
    """Finds the end of the last whole row: a line feed with an even number of quotes before it."""

    dialect: _Dialect

    def __call__(self, data: bytes) -> int:
        end = data.rfind(b"\n") + 1
        if not self.dialect.quoted:
            return end
        odd = self._quotes(data, 0, end) % 2
        while odd and end:
            start = data.rfind(b"\n", 0, end - 1) + 1
            odd ^= self._quotes(data, start, end) % 2
            end = start
        return end

    def _quotes(self, data: bytes, start: int, end: int) -> int:
        count = data.count(_QUOTE, start, end)
        return count - data.count(b'\\"', start, end) if self.dialect.escaped else count


def _without_header(piece: Piece, dialect: _Dialect) -> Piece:
    """Take the row of names off the first piece."""
    content = piece.content or b""
    end = 0
    ends = _Ends(dialect)
    while True:
        newline = content.find(b"\n", end)
        if newline < 0:
            return replace(piece, content=b"", line=piece.line + 1)
        end = newline + 1
        if ends(content[:end]) == end and content[:end].strip():
            break
    return replace(piece, content=content[end:], line=piece.line + content.count(b"\n", 0, end))


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    for line, row in _numbered(piece):
        source = f"{piece.source}:{line}"
        if isinstance(row, Rejected):
            yield row
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(piece.columns) and any(cell.strip() for cell in row[len(piece.columns) :]):
            yield Rejected(
                source=source,
                reason="wrong-columns",
                detail=f"it has {len(row)} columns where the first row names {len(piece.columns)}: is a quote missing?",
            )
            continue
        record = dict(zip(piece.columns, row, strict=False))
        yield (
            read_record(record, source, options, file=piece.source)
            if len(row) > 1 or len(piece.columns) == 1
            else Rejected(
                source=source,
                reason="wrong-columns",
                detail=f"it has one column where the first row names {len(piece.columns)}",
            )
        )


def _numbered(piece: Piece) -> Iterator[tuple[int, Sequence[str] | Rejected]]:
    """Give the rows with the lines on which they begin; of one that lacks a quote and swallowed others, those."""
    dialect = _of_code(piece.dialect)
    lines = _lines(decode(piece.content or b""))
    start = begin = unclosed = 0
    rows = _reader(lines, dialect)
    while True:
        line = piece.line + begin
        try:
            row = next(rows, None)
        except csv.Error as error:
            detail = f"line {line} is no row: {error}"
            yield line, Rejected(source=f"{piece.source}:{line}", reason="not-csv", detail=detail)
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
        yield line, Rejected(source=f"{piece.source}:{line}", reason="open-quote", detail=detail)
        unclosed += 1
        start = begin = following
        rows = _reader(lines[start:], dialect)


def _find_swallowed(lines: Sequence[str], begin: int, dialect: _Dialect, columns: int) -> int | None:
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


def _is_open(lines: Sequence[str], dialect: _Dialect) -> bool:
    """Tell whether a row goes on behind its last line, by adding one."""
    return _first_row([*lines, "\n", "\n"], dialect) != _first_row(lines, dialect)


def _first_row(lines: Sequence[str], dialect: _Dialect) -> Sequence[str]:
    try:
        return next(_reader(lines, dialect), ())
    except csv.Error:
        return ()


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return io.StringIO(text).readlines()


def _reader(lines: Sequence[str], dialect: _Dialect) -> "_csv.Reader":
    csv.field_size_limit(_FIELD_LIMIT)  # the module's own limit is 128 KiB; pieces are bounded already
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        escapechar="\\" if dialect.escaped else None,
        doublequote=not dialect.escaped,
    )


def _sniff(head: str, suffix: str, options: ReadOptions) -> _Dialect:
    """Find the delimiter by which the first row gives the most known names, then the most names."""
    quoted = _QUOTED_FIELD.search(head) is not None
    escaped = quoted and head.count('\\"') > head.count('""')

    def score(delimiter: str) -> tuple[int, int, bool]:
        names = _header(head, _Dialect(delimiter=delimiter, quoted=quoted, escaped=False))
        return count_known(names, options), len(names), delimiter == _SUFFIXES.get(suffix)

    return _Dialect(delimiter=max(_DELIMITERS, key=score), quoted=quoted, escaped=escaped)


def _header(head: str, dialect: _Dialect) -> tuple[str, ...]:
    """Give the names in the first row that is not blank."""
    try:
        row: Sequence[str] = next((row for row in _reader(_lines(head.lstrip("\ufeff")), dialect) if any(row)), ())
    except csv.Error:
        return ()
    return tuple(name.strip() for name in row)


TABLE: Final = Format(name="csv", recognise=_recognise, cut=_cut, read=_read, divisible=True)
