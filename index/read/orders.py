"""Which columns of a file prove the order of their days and months: where one date is `13/04/2021`, all are so written.

It is found out before the first article is made: from the first piece of the file, which is held back for it; where
that has dates that may be read both ways and none that tells, from a second reading of the file up to one that does.
What can be read only once (standard input, a pipe, a file in an archive) is read on, and what comes behind is in order.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Final

from index.dates import Order, numeric_order
from index.read.format import Format
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.types import Rejected

_Parts = Generator[Piece | Rejected, None, None]
_IN_FIGURES: Final = re.compile(rb"(?<!\d)\d{1,2}(\\?[-/.])\d{1,2}\1\d\d")
"""A date in figures, also with the slashes that PHP escapes: a piece without one need not be looked into."""


class _Evidence:
    """What the dates of each column say of their order."""

    def __init__(self, form: Format, options: ReadOptions) -> None:
        self._form = form
        self._options = options
        self._shown: defaultdict[str, set[Order]] = defaultdict(set)

    def add(self, piece: Piece) -> None:
        """Look at the dates of a piece."""
        if self._form.dates is None or not _IN_FIGURES.search(piece.content or b""):
            return
        for column, stated in self._form.dates(piece, self._options):
            order = numeric_order(stated)
            if order is not None:
                self._shown[column].add(order)

    def is_wanting(self) -> bool:
        """Tell whether a column has dates that may be read both ways, and none that tells."""
        return any(shown == {"either"} for shown in self._shown.values())

    @property
    def orders(self) -> tuple[tuple[str, bool], ...]:
        """Give the columns that prove an order, and whether the day comes first there; none that shows both."""
        proved = ((column, shown - {"either"}) for column, shown in self._shown.items())
        return tuple((column, "dmy" in orders) for column, orders in proved if len(orders) == 1)


def with_orders(
    parts: Iterable[Piece | Rejected], form: Format, options: ReadOptions, *, again: Callable[[], _Parts]
) -> Iterator[Piece | Rejected]:
    """Give the pieces of one file with the orders of its columns; `again` cuts the same file a second time, if it can.

    No more than one piece is held at a time.
    """
    if form.dates is None:
        yield from parts
        return
    evidence = _Evidence(form, options)
    is_first = True
    for part in parts:
        if isinstance(part, Rejected):
            yield part
            continue
        if is_first or evidence.is_wanting():
            evidence.add(part)
        if is_first and evidence.is_wanting():
            _look_on(evidence, again)
        is_first = False
        yield replace(part, orders=evidence.orders)


def _look_on(evidence: _Evidence, again: Callable[[], _Parts]) -> None:
    """Read a file up to what proves the orders that are wanting; nothing of it is kept."""
    with closing(again()) as parts:
        for part in parts:
            if isinstance(part, Piece):
                evidence.add(part)
            if not evidence.is_wanting():
                return
