"""Reading: pieces to articles, in a worker process or in this one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.read.detect import detect, format_named
from index.read.format import Format
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.pieces import pieces
from index.read.streams import ByteStream, open_stream
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
        yield from _read_stream(stream, piece, options)
    finally:
        stream.close()


def _read_stream(stream: ByteStream, piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    form: Format | Rejected = format_named(piece.format) if piece.format else detect(stream, options)
    if isinstance(form, Rejected):
        yield form
        return
    for part in form.cut(stream, replace(piece, format=form.name), options):
        if isinstance(part, Rejected):
            yield part
        else:
            yield from form.read(part, options)
    if stream.problem:
        yield stream.problem
