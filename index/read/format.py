"""The shape of a format: how it is recognised, cut into pieces and read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.streams import ByteStream
from index.types import Article, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a format is recognised by: the first bytes of an input as text, and its suffix (`.csv`, never `.gz`)."""

    text: str
    suffix: str
    complete: bool
    """Whether `text` is all there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One row of the table of formats.

    `cut` turns a stream into pieces with `content`; the piece it is given says where they come from. `read` turns one
    of those pieces into articles. A `divisible` format is
    cut in the parent process, the others in the worker's. Where records have columns, `dates` gives the dates in
    figures that those of a piece state, with the names of their columns.
    """

    name: str
    recognise: Callable[[Head, ReadOptions], bool]
    cut: Callable[[ByteStream, Piece, ReadOptions], Iterator[Piece | Rejected]]
    read: Callable[[Piece, ReadOptions], Iterator[Article | Rejected]]
    divisible: bool = False
    dates: Callable[[Piece, ReadOptions], Iterator[tuple[str, str]]] | None = None


def cut_nothing(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    """Take an input as one piece: the `cut` of formats with one article a file."""
    yield from _cut_up_to(options.max_line_bytes, "max_line_bytes", stream, whole)


def cut_tree(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    """Take an input as one piece, of which a tree is made that takes many times its size in memory."""
    yield from _cut_up_to(options.max_page_bytes, "max_page_bytes", stream, whole)


def _cut_up_to(limit: int, setting: str, stream: ByteStream, whole: Piece) -> Iterator[Piece | Rejected]:
    content = stream.read_all(limit)
    if content is not None:
        yield replace(whole, path=None, content=content)
    elif not stream.problem:
        yield _refuse(whole.source, limit, setting)


def too_large(source: str, options: ReadOptions, *, position: int | None = None) -> Rejected:
    """Refuse what cannot be cut, and is larger than one article may be."""
    return replace(_refuse(source, options.max_line_bytes, "max_line_bytes"), position=position)


def _refuse(source: str, limit: int, setting: str) -> Rejected:
    detail = f"as one article it is larger than {limit:,} bytes (setting {setting})"
    return Rejected(source=source, reason="too-large", detail=detail)
