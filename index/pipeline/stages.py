"""The stages between paths and mentions, as one seam: what a run reads with and tags with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.pieces import Skip, pieces
from index.read.reading import read_piece
from index.tag.loading import load_tagger
from index.tag.settle import settle
from index.tag.tagger import Tagger
from index.types import Article, Rejected


class Cut(Protocol):
    """Cuts inputs into pieces, as `index.read.pieces.pieces` does."""

    def __call__(self, paths: Iterable[str], options: ReadOptions, *, skip: Skip = ...) -> Iterator[Piece | Rejected]:
        """Yield the pieces of the inputs but for the files that `skip` says so of."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The functions that a run is made of; each is importable, since worker processes get them by name.

    `cut` runs in the parent and cuts the input into pieces; `read`, `settle` and the tagger that `make_tagger` gives
    for its name run in the workers.
    """

    cut: Cut = pieces
    read: Callable[[Piece, ReadOptions], Iterator[Article | Rejected]] = read_piece
    settle: Callable[[Article], Article] = settle
    make_tagger: Callable[[str], Tagger] = load_tagger
