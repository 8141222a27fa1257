"""Cheap splitting in the parent process: paths to pieces, each of which one worker reads."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.read.cutting import cut_stream
from index.read.identity import STANDARD_INPUT
from index.read.opening import open_stream
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.streams import ByteStream
from index.read.walk import Found, walk
from index.types import Rejected

__all__ = ["Piece", "Skip", "pieces"]

_PACKED_FACTOR: Final = 8
"""By how much packed text expands, at least: a packed file is cut from this fraction of a piece's size."""


@dataclass(slots=True, kw_only=True)
class _Progress:
    done: int = 0
    total: int | None = None


Skip = Callable[[Found], bool]
"""Says of a file whether it need not be read; it is asked twice, the second time right before the file's pieces."""


def _skip_nothing(found: Found) -> bool:
    return False


def pieces(paths: Iterable[str], options: ReadOptions, *, skip: Skip = _skip_nothing) -> Iterator[Piece | Rejected]:
    """Cut the inputs into pieces, in the order of the paths; directories are walked in the order of their names.

    Small files become pieces that name them; large ones with many articles are cut as they are streamed. What cannot
    be opened, recognised or unpacked is yielded as `Rejected`. A path `-` is standard input. Files that `skip` says so
    of are left out, of the measure too.
    """
    paths = list(paths)
    progress = _Progress(total=_measure(paths, options, skip))
    for path in paths:
        if path == STANDARD_INPUT:
            stream = ByteStream(sys.stdin.buffer, STANDARD_INPUT, options)
            yield from cut_stream(stream, Piece(source=STANDARD_INPUT), options)
            continue
        for found in walk(path, options):
            if isinstance(found, Rejected):
                yield found
                continue
            if not skip(found):
                yield from _pieces_of(found, options, progress)
                progress.done += found.size


def _measure(paths: Iterable[str], options: ReadOptions, skip: Skip) -> int | None:
    """Add up the sizes of all files, by a first walk; None where an input has no size."""
    total = 0
    for path in paths:
        if path == STANDARD_INPUT:
            return None
        for found in walk(path, options):
            if isinstance(found, Found):
                if not found.is_file:
                    return None
                total += 0 if skip(found) else found.size
    return total


def _pieces_of(found: Found, options: ReadOptions, progress: _Progress) -> Iterator[Piece | Rejected]:
    whole = Piece(source=found.source, path=found.path, done=progress.done + found.size, total=progress.total)
    packed = found.path.lower().endswith((".gz", ".zip"))
    if found.is_file and found.size <= options.piece_bytes // (_PACKED_FACTOR if packed else 1):
        yield whole
        return
    stream = open_stream(found.path, found.source, options)
    if isinstance(stream, Rejected):
        yield stream
        return
    try:
        for piece in cut_stream(stream, replace(whole, done=progress.done), options, keep_whole=found.is_file):
            yield piece if isinstance(piece, Rejected) or piece.content is not None else replace(piece, done=whole.done)
    finally:
        stream.close()
