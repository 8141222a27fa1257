"""CSV and its kin: one article a row, columns by their names in the first one."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.read.charset import decode
from index.read.columns import absent_columns, count_known, find_columns
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head
from index.read.lines import cut_records
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.records import figured_dates, missing_text, read_record
from index.read.streams import ByteStream
from index.read.table_rows import Dialect, numbered_rows, read_rows, split_lines
from index.types import Article, Rejected

_DELIMITERS: Final = ",\t;|"
_SUFFIXES: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_NAME_CHARS: Final = 60
_HOLDS: Final = re.compile(rb'[^\s\0",;|]')
"""A row of nothing but blanks and delimiters holds no article."""
_STATED: Final = re.compile(r"\A\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_STATED_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?sep=.\r?\n", re.IGNORECASE)
"""How Excel is told the delimiter, before the row of names."""
_QUOTE: Final = b'"'
_QUOTED_FIELD: Final = re.compile(r'(?:^|[,\t;|])"', re.MULTILINE)


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
    yield from absent_columns(columns, whole.source, options)
    if "text" not in find_columns(columns, options):
        yield Rejected(source=whole.source, reason="no-text-column", detail=missing_text(columns))
        return
    used = {name for names in find_columns(columns, options).values() for name in names}
    repeated = [name for name, count in Counter(columns).items() if name in used and count > 1]
    if repeated:
        yield Rejected(
            source=f"{whole.source}:{whole.line}",
            reason="repeated-column",
            detail=f"the first row names {', '.join(repeated[:3])} more than once: of each row the last was taken. "
            "Rename all but one",
            position=whole.line,
        )
    model = replace(whole, columns=columns, dialect=dialect.code)
    is_first = is_empty = True
    for piece in cut_records(stream, model, options, _Ends(dialect)):
        part = _without_header(piece, dialect) if is_first and isinstance(piece, Piece) else piece
        is_first = False
        if isinstance(part, Rejected) or _HOLDS.search(part.content or b""):
            is_empty = False
            yield part
    if is_empty and not stream.problem:
        yield Rejected(source=whole.source, reason="empty", detail="there is no row below that of the names")


@dataclass(frozen=True, slots=True)
class _Ends:
    """Finds the end of the last whole row: a line feed with an even number of quotes before it."""

    dialect: Dialect

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


def _without_header(piece: Piece, dialect: Dialect) -> Piece:
    """Take the row of names off the first piece."""
    content = piece.content or b""
    stated = _STATED_LINE.match(content)
    end = begin = stated.end() if stated else 0
    ends = _Ends(dialect)
    while True:
        newline = content.find(b"\n", end)
        if newline < 0:
            return replace(piece, content=b"", line=piece.line + 1)
        end = newline + 1
        if ends(content[:end]) == end and content[begin:end].strip():
            break
    return replace(piece, content=content[end:], line=piece.line + content.count(b"\n", 0, end))


def _dates(piece: Piece, options: ReadOptions) -> Iterator[tuple[str, str]]:
    rows = (row for _, row in numbered_rows(piece) if not isinstance(row, Rejected))
    yield from figured_dates((dict(zip(piece.columns, row, strict=False)) for row in rows), options)


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_rows(piece, options))


def _rows(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    is_empty = True
    for line, row in numbered_rows(piece):
        source = f"{piece.source}:{line}"
        if isinstance(row, Rejected):
            is_empty = False
            yield row
            continue
        if not any(cell.strip() for cell in row):
            continue
        is_empty = False
        if len(row) > len(piece.columns) and any(cell.strip() for cell in row[len(piece.columns) :]):
            yield Rejected(
                source=source,
                reason="wrong-columns",
                detail=f"it has {len(row)} columns where the first row names {len(piece.columns)}: is a quote missing?",
                position=line,
            )
            continue
        if len(row) == 1 < len(piece.columns):
            yield Rejected(
                source=source,
                reason="wrong-columns",
                detail=f"it has one column where the first row names {len(piece.columns)}",
                position=line,
            )
            continue
        record = dict(zip(piece.columns, row, strict=False))
        yield from read_record(record, source, options, file=piece.source, position=line, orders=piece.orders)
    if is_empty:  # though not of bytes: a mark of byte order, say, and nothing behind it
        yield Rejected(
            source=f"{piece.source}:{piece.line}",
            reason="empty",
            detail="there is nothing but blanks below the row of names",
            position=piece.line,
        )


def _sniff(head: str, suffix: str, options: ReadOptions) -> Dialect:
    """Find the delimiter by which the first row gives the most known names, then the most names."""
    quoted = _QUOTED_FIELD.search(head) is not None
    escaped = quoted and head.count('\\"') > head.count('""')

    def score(delimiter: str) -> tuple[int, int, bool]:
        names = _header(head, Dialect(delimiter=delimiter, quoted=quoted, escaped=False))
        return count_known(names, options), len(names), delimiter == _SUFFIXES.get(suffix)

    stated = _STATED.match(head)
    delimiters = stated[1] if stated and stated[1] in _DELIMITERS else _DELIMITERS
    return Dialect(delimiter=max(delimiters, key=score), quoted=quoted, escaped=escaped)


def _header(head: str, dialect: Dialect) -> tuple[str, ...]:
    """Give the names in the first row that is not blank."""
    try:
        lines = split_lines(_STATED.sub("", head, count=1).lstrip("\ufeff"))
        row: Sequence[str] = next((row for row in read_rows(lines, dialect) if any(row)), ())
    except csv.Error:
        return ()
    return tuple(name.strip() for name in row)


TABLE: Final = Format(name="csv", recognise=_recognise, cut=_cut, read=_read, divisible=True, dates=_dates)
