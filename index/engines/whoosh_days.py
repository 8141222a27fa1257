"""Days as terms, as Whoosh's numbers are: what `Postings` give for other fields, made of a column when asked for."""

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.days import UNDATED
from index.engines.arrays.coding import Articles, Numbers
from index.engines.arrays.segment import Segment
from index.engines.arrays.terms import Terms
from index.engines.whoosh_fields import DayField


class Days(Terms):
    """The days of the dated articles of a segment, in order; terms are known by number."""

    def __init__(self, segment: Segment, field: str) -> None:
        self._segment = segment
        self._field = field

    @functools.cached_property
    def _order(self) -> Articles:
        """The dated articles by day."""
        days = self._segment.array(self._field)
        order = np.argsort(days, kind="stable")
        dated: Articles = order[days[order] != UNDATED].astype(np.uint32)
        return dated

    @functools.cached_property
    def _starts(self) -> Numbers:
        """Where each day begins in `_order`, and where the last one ends."""
        days = self._segment.array(self._field)[self._order]
        return np.concatenate(([0], np.flatnonzero(np.diff(days)) + 1, [len(days)])) if len(days) else np.zeros(1, int)

    @property
    def size(self) -> int:
        """The number of days."""
        return len(self._starts) - 1

    def __getitem__(self, number: Any) -> Any:
        return _FIELD.to_bytes(int(self._segment.array(self._field)[self._order[self._starts[number]]]))

    def counts(self, low: int, high: int) -> Numbers:
        """Give how many articles have each of some days in a row."""
        return np.diff(self._starts[low : high + 1])

    def articles(self, low: int, high: int) -> Articles:
        """Give the articles of some days in a row, day by day."""
        return self._order[self._starts[low] : self._starts[high]]

    def times(self, low: int, high: int) -> NDArray[np.uint32]:
        """Give how often each article has its day: once."""
        return np.ones(int(self._starts[high] - self._starts[low]), dtype=np.uint32)


_FIELD = DayField()
