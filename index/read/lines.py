"""Cutting a stream at the ends of its records, into pieces of bounded size with the numbers of their lines."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.streams import ByteStream
from index.types import Rejected

EndOfRecords = Callable[[bytes], int]
"""Gives the length of the whole records at the start of some bytes; 0 where not even one is whole."""
_NEWLINE: Final = b"\n"


def end_of_lines(data: bytes) -> int:
    """Give the length of the whole lines in `data`."""
    return data.rfind(_NEWLINE) + 1


def cut_records(
    stream: ByteStream, whole: Piece, options: ReadOptions, end_of_records: EndOfRecords, *, mark: bytes = _NEWLINE
) -> Iterator[Piece | Rejected]:
    """Cut a stream into pieces of whole records; `whole` is the model of the pieces.

    A record longer than `max_line_bytes` is skipped without being kept, and reported by the line that it begins on:
    up to and with the newline of a `mark`, what follows that being the next one.
    What follows the last whole record of a stream that a problem ended is dropped: it was cut in two there.
    """
    pending = b""
    line = whole.line
    while True:
        chunk = stream.read(options.piece_bytes)
        if not chunk:
            break
        pending += chunk
        if len(pending) < options.piece_bytes:
            continue
        end = end_of_records(pending)
        if end:
            yield _piece(whole, pending[:end], line, stream)
            line += pending.count(_NEWLINE, 0, end)
            pending = pending[end:]
        elif len(pending) > options.max_line_bytes:
            yield _too_long(whole, line, options)
            pending, skipped = _skip_record(stream, pending, mark)
            line += skipped
    if pending and stream.problem:
        pending = pending[: end_of_records(pending)]
    if len(pending) > options.max_line_bytes and not end_of_records(pending):
        yield _too_long(whole, line, options)
    elif pending.strip():
        yield _piece(whole, pending, line, stream)


def _piece(whole: Piece, content: bytes, line: int, stream: ByteStream) -> Piece:
    return replace(whole, path=None, content=content, line=line, done=whole.done + stream.consumed)


def _skip_record(stream: ByteStream, pending: bytes, mark: bytes) -> tuple[bytes, int]:
    """Drop the rest of a record, reading on as far as that takes; give what follows, and how many lines went."""
    lines = 0
    while True:
        at = pending.find(mark)
        if at >= 0:
            return pending[at + 1 :], lines + pending.count(_NEWLINE, 0, at + 1)
        kept = pending[len(pending) - len(mark) + 1 :]  # a mark may have begun there
        lines += pending.count(_NEWLINE, 0, len(pending) - len(kept))
        chunk = stream.read()
        if not chunk:
            return b"", lines
        pending = kept + chunk


def _too_long(whole: Piece, line: int, options: ReadOptions) -> Rejected:
    return Rejected(
        source=f"{whole.source}:{line}",
        reason="too-long",
        detail=f"what begins on line {line} is longer than {options.max_line_bytes:,} bytes and was skipped "
        "(setting max_line_bytes)",
        position=line,
    )
