"""JSON Lines: one article a line."""

from collections.abc import Iterator
from typing import Final

from index.read.charset import decode
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head
from index.read.json_text import Unreadable, load_json
from index.read.lines import cut_records, end_of_lines
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.records import FIRST_RECORDS, absent_members, figured_dates, read_record
from index.read.streams import ByteStream
from index.types import Article, Rejected

SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".jsonlines", ".jl"})


def _recognise(head: Head, options: ReadOptions) -> bool:
    """Recognise lines that are whole objects; where none can be seen whole, believe the suffix.

    A first line that is a bracket alone begins an object over several lines, whatever the suffix.
    """
    lines = [line.strip() for line in head.text.removeprefix("\ufeff").split("\n")]
    if not head.complete and len(lines) > 1:
        del lines[-1]  # cut off with the head
    lines = [line for line in lines if line][:10]
    if not lines or head.text.lstrip("\ufeff \t\r\n").startswith("[") or lines[0] == "{":
        return False
    objects = [line for line in lines if line.startswith("{") and line.endswith("}")]
    if head.suffix in SUFFIXES:
        return any(line.startswith("{") for line in lines)
    whole = [line for line in objects if isinstance(load_json(line, max_depth=options.max_depth), dict)]
    return len(lines) > 1 and len(whole) > 0 and 2 * len(objects) >= len(lines)


def _cut(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    yield from cut_records(stream, whole, options, end_of_lines)


def _dates(piece: Piece, options: ReadOptions) -> Iterator[tuple[str, str]]:
    lines = (line for line in (piece.content or b"").split(b"\n") if line.strip())
    yield from figured_dates((load_json(decode(line), max_depth=options.max_depth) for line in lines), options)


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_lines(piece, options))


def _lines(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    records: list[object] = []
    for number, line in enumerate((piece.content or b"").split(b"\n"), piece.line):
        if not line.strip():
            continue
        source = f"{piece.source}:{number}"
        value = load_json(decode(line), max_depth=options.max_depth)
        if isinstance(value, Unreadable):
            yield Rejected(source=source, reason=value.reason, detail=f"line {number}: {value.detail}", position=number)
        elif isinstance(value, dict):
            records += [value] if len(records) < FIRST_RECORDS else []
            yield from read_record(value, source, options, file=piece.source, position=number, orders=piece.orders)
        else:
            detail = f"line {number} is no object but {type(value).__name__}"
            yield Rejected(source=source, reason="not-an-article", detail=detail, position=number)
    if piece.line == 1:
        yield from absent_members(records, piece.source, options)


JSON_LINES: Final = Format(name="jsonl", recognise=_recognise, cut=_cut, read=_read, divisible=True, dates=_dates)
