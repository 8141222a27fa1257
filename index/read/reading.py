"""Reading: pieces to articles, in a worker process or in this one."""

from collections.abc import Iterable, Iterator

from index.read.cutting import cut_stream, defect
from index.read.detect import format_named
from index.read.opening import open_stream
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.pieces import pieces
from index.types import Article, Rejected


def read(paths: Iterable[str], options: ReadOptions) -> Iterator[Article | Rejected]:
    """Read all articles of the inputs in this process, in order; never raises on what it reads."""
    for piece in pieces(paths, options):
        if isinstance(piece, Rejected):
            yield piece
        else:
            yield from read_piece(piece, options)


def read_piece(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    """Read the articles of one piece; what runs in a worker process.

    A file that breaks off yields the articles before the break, then the reason.
    """
    if piece.content is not None and piece.format is not None:
        yield from format_named(piece.format).read(piece, options)
        return
    stream = open_stream(piece.path or "", piece.source, options)
    if isinstance(stream, Rejected):
        yield stream
        return
    try:
        for part in cut_stream(stream, piece, options):
            if isinstance(part, Rejected):
                yield part
            else:
                yield from _read_part(part, options)
    finally:
        stream.close()


def _read_part(part: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    """Read one part of a file; a defect costs this part, not those behind it."""
    try:
        yield from format_named(part.format or "").read(part, options)
    except Exception as error:  # noqa: BLE001  libraries raise what they like on what they do not know
        yield defect(part.source, error, position=part.line)
