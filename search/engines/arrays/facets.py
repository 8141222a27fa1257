"""Counts of the values and dates of any rows, all facets in one pass over one table.

The table has a line for each row, and a few columns for each facet: the numbers of the row's values in that facet, and
behind them a number that stands for no further value. So that what an article with very many names has need not widen
all lines, what does not fit is listed apart. The numbers of one facet follow those of the one before, so that one count
over some rows' lines counts every facet.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.source import Keywords, Rows, Source

Counted = NDArray[np.int64]

KEYWORDS = ("person", "outlet", "publisher")

_BEYOND = 0.03
"""The part of all values that may lie outside of the table."""


class _Facet(NamedTuple):
    """Where a facet lies: its columns, and its numbers; values from `first` on, then `none`, then no further value."""

    columns: slice
    first: int
    none: int
    end: int


class Tally(NamedTuple):
    """int64[values]: how many rows have each value; and how many have none."""

    values: Counted
    none: int


class Table:
    """The facets of one generation.

    - `lines` int32[articles, columns]: numbers of values, as above.
    - `spilt_rows` int32[s], ascending, `spilt` int32[s]: the row and number of values outside of the table.
    - `days` int64[d]: the distinct dates, ascending, as `first day << 32 | last day`.
    """

    def __init__(self, source: Source, keywords: dict[str, Keywords]) -> None:
        dates = source.first_day.astype(np.int64) << 32 | source.last_day
        self.days, day = np.unique(dates, return_inverse=True)
        widths = {field: _width(keywords[field]) for field in KEYWORDS}
        self._lines = np.empty((source.articles, sum(widths.values()) + 1), dtype=np.int32)
        self._facets: dict[str, _Facet] = {}
        spilt: list[tuple[Rows, Rows]] = []
        column = number = 0
        for field, width in widths.items():
            size = len(keywords[field].values)
            facet = _Facet(slice(column, column + width), number, number + size, number + size + 2)
            spilt.append(_fill(self._lines[:, facet.columns], keywords[field], facet))
            self._facets[field] = facet
            column, number = column + width, facet.end
        self._lines[:, column] = day.ravel() + number
        self._facets["date"] = _Facet(
            slice(column, column + 1), number, number + len(self.days), number + len(self.days)
        )
        spilt_rows = np.concatenate([rows for rows, _ in spilt])
        order = np.argsort(spilt_rows, kind="stable")
        self._spilt_rows: Rows = spilt_rows[order]
        self._spilt: Rows = np.concatenate([numbers for _, numbers in spilt])[order]
        self._all: Counted | None = None

    def counts(self, rows: Rows, fields: list[str]) -> dict[str, Tally]:
        """Count the values of some rows, each given once; the counts of `date` are those of `days`."""
        if not fields:
            return {}
        facets = [self._facets[field] for field in fields]
        first = min(facet.columns.start for facet in facets)
        stop = max(facet.columns.stop for facet in facets)
        if 2 * len(rows) > len(self._lines):
            counts = self._everything() - self._counted(self._others(rows), first, stop)
        else:
            counts = self._counted(rows, first, stop)
        return {
            field: Tally(counts[facet.first : facet.none], int(counts[facet.none]))
            for field, facet in zip(fields, facets, strict=True)
        }

    def _counted(self, rows: Rows, first: int, stop: int) -> Counted:
        lines = self._lines if (first, stop) == (0, self._lines.shape[1]) else self._lines[:, first:stop]
        size = self._facets["date"].end + 1
        counts = np.bincount(lines.take(rows, axis=0).ravel(), minlength=size)
        if len(self._spilt):
            chosen = np.zeros(len(self._lines), dtype=np.bool_)
            chosen[rows] = True
            np.add.at(counts, self._spilt[chosen[self._spilt_rows]], 1)
        return counts

    def _others(self, rows: Rows) -> Rows:
        others = np.ones(len(self._lines), dtype=np.bool_)
        others[rows] = False
        return np.flatnonzero(others).astype(np.int32)

    def _everything(self) -> Counted:
        if self._all is None:
            self._all = self._counted(np.arange(len(self._lines), dtype=np.int32), 0, self._lines.shape[1])
        return self._all


def _width(keywords: Keywords) -> int:
    """Give how many columns hold nearly all values."""
    counts = np.bincount(np.diff(keywords.offsets), minlength=2)
    at_least = counts[::-1].cumsum()[::-1]
    beyond = at_least[1:][::-1].cumsum()[::-1]
    fit = np.flatnonzero(beyond <= _BEYOND * max(1, len(keywords.ordinals)))
    return max(1, int(fit[0]) if len(fit) else len(counts) - 1)


def _fill(lines: NDArray[np.int32], keywords: Keywords, facet: _Facet) -> tuple[Rows, Rows]:
    """Write a facet's columns; give the rows and numbers of the values that do not fit."""
    _, offsets, ordinals = keywords
    counts = np.diff(offsets)
    lines[:] = facet.end - 1
    lines[counts == 0, 0] = facet.none
    owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    columns = np.arange(len(ordinals)) - np.repeat(offsets[:-1], counts)
    numbers = ordinals + np.int32(facet.first)
    fits = columns < lines.shape[1]
    lines[owners[fits], columns[fits]] = numbers[fits]
    return owners[~fits], numbers[~fits]
