"""Where rows stand among other rows: the operation that intersections, unions and look-ups are made of."""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.source import Floats, Mask, Rows

Numbers = NDArray[np.intp]

_SEARCH = 20
"""A binary search costs about as much as writing so many rows into scratch."""

_SPARSE = 50
"""Fewer rows than one in so many are added up by sorting, more by arrays as long as the archive."""


class Sought(NamedTuple):
    """For each row that was sought: its place (any where it is not there), and whether it is there."""

    places: Numbers
    there: Mask


class Scratch(threading.local):
    """Arrays of one thread, as long as the archive, in which rows are looked up.

    - `place` int32 is never cleared: what it says of a row counts only where the row that stands there says the same
      (Briggs, Torczon: An Efficient Representation for Sparse Sets, 1993).
    - `sums` float64 and `mark` bool are all zero between two uses.

    `numbers` int32[articles], from 0 upwards, is one for all threads.
    """

    def __init__(self, numbers: Rows) -> None:
        articles = len(numbers)
        self._numbers = numbers
        self._place: Rows = np.zeros(articles, dtype=np.int32)
        self._sums: Floats = np.zeros(articles, dtype=np.float64)
        self._mark: Mask = np.zeros(articles, dtype=np.bool_)

    def seek(self, wanted: Rows, rows: Rows) -> Sought:
        """Find rows among others that ascend, one at least."""
        if len(wanted) * _SEARCH < len(rows):
            places = rows.searchsorted(wanted)
        else:
            self._place[rows] = self._numbers[: len(rows)]
            places = self._place.take(wanted).astype(np.intp)
        np.minimum(places, len(rows) - 1, out=places)
        return Sought(places, rows.take(places) == wanted)

    def union(self, lists: Sequence[Rows]) -> Rows:
        """Give the rows that are in any of some lists, ascending."""
        for rows in lists:
            self._mark[rows] = True
        found = np.flatnonzero(self._mark)
        self._mark[found] = False
        return found.astype(np.int32)

    def add_up(self, rows: Rows, values: Floats) -> tuple[Rows, Floats]:
        """Give the distinct rows of some, which may repeat, ascending, and the sum of the values of each."""
        if len(rows) * _SPARSE < len(self._mark):
            return _sorted_up(rows, values)
        sums = np.bincount(rows, weights=values, minlength=len(self._mark)).astype(np.float64, copy=False)
        self._mark[rows] = True
        distinct = np.flatnonzero(self._mark)
        self._mark[distinct] = False
        return distinct.astype(np.int32), sums.take(distinct)

    def add_lists(self, lists: Sequence[tuple[Rows, Floats]]) -> tuple[Rows, Floats]:
        """Give the rows that are in any of some lists, each of which has a row once, and the sum of their values."""
        (rows, values), *others = sorted(lists, key=lambda one: -len(one[0]))
        self._sums[rows] = values
        self._mark[rows] = True
        found = [rows]
        for rows, values in others:
            new = rows.compress(~self._mark.take(rows))
            self._sums[rows] += values
            self._mark[new] = True
            found.append(new)
        distinct = np.concatenate(found)
        sums = self._sums.take(distinct)
        self._mark[distinct] = False
        self._sums[distinct] = 0.0
        return distinct, sums


def _sorted_up(rows: Rows, values: Floats) -> tuple[Rows, Floats]:
    if not len(rows):
        return rows, values
    order = rows.argsort(kind="stable")
    rows = rows.take(order)
    new = np.empty(len(rows), dtype=np.bool_)
    new[0] = True
    np.not_equal(rows[1:], rows[:-1], out=new[1:])
    begins = np.flatnonzero(new)
    return rows.take(begins), np.add.reduceat(values.take(order), begins)
