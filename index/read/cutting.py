"""From a stream to pieces: through the containers that it may be, to the format of what lies in them."""

import functools
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

from index.read.containers.leaves import leaves
from index.read.detect import detect, format_named
from index.read.format import Format
from index.read.opening import open_stream
from index.read.options import ReadOptions
from index.read.orders import with_orders
from index.read.piece import Piece
from index.read.streams import ByteStream
from index.types import Rejected


def cut_stream(
    stream: ByteStream, whole: Piece, options: ReadOptions, *, keep_whole: bool = False
) -> Iterator[Piece | Rejected]:
    """Cut a stream into pieces with content, each of which names its format; `whole` is the model of them.

    With `keep_whole`, a file that is one article is left as `whole`, for a worker to open. Never raises on what it
    reads: a defect costs the input that shows it.
    """
    try:
        yield from _cut(stream, whole, options, keep_whole=keep_whole)
    except Exception as error:  # noqa: BLE001  libraries raise what they like on what they do not know
        yield defect(stream.source, error)


def defect(source: str, error: Exception, *, position: int | None = None) -> Rejected:
    """Tell that reading failed in a way that nobody foresaw."""
    detail = f"reading it failed: {type(error).__name__}: {error}. This is a defect: please report it with the file"
    return Rejected(source=source, reason="reader-failed", detail=detail, position=position)


def _cut(stream: ByteStream, whole: Piece, options: ReadOptions, *, keep_whole: bool) -> Iterator[Piece | Rejected]:
    for leaf in leaves(stream, options):
        if isinstance(leaf, Rejected):
            yield leaf
            continue
        leaf.unify_lines()
        form = format_named(whole.format) if whole.format else detect(leaf, options)
        if isinstance(form, Rejected):
            yield form
            continue
        if keep_whole and leaf is stream and not form.divisible:
            yield replace(whole, format=form.name)
            return
        model = replace(whole, source=leaf.source, format=form.name)
        if leaf.within:
            model = replace(model, url=leaf.within.url, charset=leaf.within.charset)
        parts = form.cut(leaf, model, options)
        yield from with_orders(
            parts, form, options, again=functools.partial(_cut_again, form, model if leaf is stream else None, options)
        )
        if leaf.problem:
            yield leaf.problem
        if leaf.remark and leaf is not stream:
            yield leaf.remark
    if stream.remark:
        yield stream.remark


def _cut_again(form: Format, model: Piece | None, options: ReadOptions) -> Generator[Piece | Rejected, None, None]:
    """Cut a file from its start once more, whoever is reading it; nothing of what can be read only once."""
    if model is None or model.path is None or not Path(model.path).is_file():
        return
    stream = open_stream(model.path, model.source, options)
    if isinstance(stream, Rejected):
        return
    try:
        stream.unify_lines()
        yield from form.cut(stream, model, options)
    finally:
        stream.close()
