"""Counts of the values and dates of any rows, all facets of names in one pass over one table.

Where near copies are one hit, what a story has several times is taken off again.

The table has a line for each row, and a few columns for each facet: the numbers of the row's values in that facet, and
behind them a number that stands for no further value. So that what an article with very many names has need not widen
all lines, what does not fit is listed apart. The numbers of one facet follow those of the one before, so that one count
over some rows' lines counts every facet.
"""

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.bars import WIDTHS, Spans, choose
from search.engines.arrays.source import Keywords, Rows, Source
from search.engines.arrays.stories import Repeated
from search.engines.arrays.weighing import NO_ROWS
from search.engines.engine import DateCounts

Counted = NDArray[np.int64]

KEYWORDS = ("person", "outlet", "publisher")
"""The facets of every page, in one table; that of speakers has its own, made when it is asked for."""

_BEYOND = 0.03
"""The part of all values that may lie outside of the table."""


_AT_ONCE = 2**14
"""Rows that are written and counted at a time where all are."""


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

    - `lines` uint16 or int32[articles, columns]: numbers of values, as above.
    - `spilt_rows` int32[s], ascending, `spilt` int32[s]: the row and number of values outside of the table.
    - `days` int64[d]: the distinct dates, ascending, as `first day << 32 | last day`; `day` int32[articles]: which.
    - `values` bool[numbers]: which numbers stand for a value or for none.
    """

    def __init__(self, source: Source, fields: Sequence[str]) -> None:
        dates = source.first_day.astype(np.int64) << 32 | source.last_day
        self.days, day = np.unique(dates, return_inverse=True)
        self._day: Rows = day.ravel().astype(np.int32)
        keywords = {field: source.keywords(field) for field in fields}
        widths = {field: _width(keywords[field]) for field in fields}
        self._numbers = sum(one.size + 2 for one in keywords.values())
        self._values = np.ones(self._numbers, dtype=np.bool_)
        kind = np.uint16 if self._numbers <= np.iinfo(np.uint16).max else np.int32
        self._lines: NDArray[Any] = np.empty((source.articles, sum(widths.values())), dtype=kind)
        self._facets: dict[str, _Facet] = {}
        spilt: list[tuple[Rows, Rows]] = []
        column = number = 0
        for field, width in widths.items():
            size = keywords[field].size
            facet = _Facet(slice(column, column + width), number, number + size, number + size + 2)
            spilt += _fill(self._lines[:, facet.columns], keywords.pop(field), facet)
            self._facets[field] = facet
            self._values[facet.end - 1] = False
            column, number = column + width, facet.end
        spilt_rows = np.concatenate([rows for rows, _ in spilt] or [NO_ROWS])
        order = np.argsort(spilt_rows, kind="stable")
        self._spilt_rows: Rows = spilt_rows[order]
        self._spilt: Rows = np.concatenate([numbers for _, numbers in spilt] or [NO_ROWS])[order]
        self._all: Counted | None = None

    def tallies(self, rows: Rows, fields: Sequence[str], repeated: Repeated | None = None) -> list[Tally]:
        """Count the values of some rows, each given once, in some facets; what is `repeated`, once a story."""
        facets = [self._facets[field] for field in fields]
        if not facets:
            return []
        if 2 * len(rows) > len(self._lines):
            counts = self._everything() - self._counted(self._others(rows), facets)
        else:
            counts = self._counted(rows, facets)
        if repeated and len(repeated.rows):
            counts = counts - self._again(repeated, facets)
        return [Tally(counts[facet.first : facet.none], int(counts[facet.none])) for facet in facets]

    def dates(self, rows: Rows, repeated: Repeated | None = None) -> DateCounts:
        """Count the dates of some rows; of a story that is `repeated`, the first in each bar."""
        interval: str = ""
        spans: Spans = ()
        counts = np.bincount(self._day.take(rows), minlength=len(self.days))
        present = np.flatnonzero(counts)
        days = self.days.take(present)
        first, last = days >> 32, days & 0xFFFFFFFF
        if repeated and len(repeated.rows):
            interval, spans, there = _bars(first, last, counts.take(present))
            bars = np.zeros(len(self.days), dtype=np.int64)
            bars[present] = there
            day = self._day.take(repeated.rows)
            keys = repeated.stories.astype(np.int64) * (len(spans) + 2) + bars.take(day) + 1
            order = np.lexsort((day, keys))
            keys = keys.take(order)
            later = order[1:][keys[1:] == keys[:-1]]
            counts -= np.bincount(day.take(later), minlength=len(self.days))
        found = counts.take(present)
        return DateCounts(tuple(first.tolist()), tuple(last.tolist()), tuple(found.tolist()), interval, spans)

    def _again(self, repeated: Repeated, facets: list[_Facet]) -> Counted:
        """Count what stories have of each value beyond once; the counts of other facets mean nothing."""
        rows, stories = repeated
        lines = self._lines.take(rows, axis=0)
        if len(facets) == 1:
            lines = lines[:, facets[0].columns]
        keys = (stories.astype(np.int64)[:, None] * self._numbers + lines)[self._values.take(lines)]
        if len(self._spilt):
            story = np.full(len(self._lines), -1, dtype=np.int64)
            story[rows] = stories
            owners = story.take(self._spilt_rows)
            chosen = owners >= 0
            keys = np.concatenate([keys, owners[chosen] * self._numbers + self._spilt[chosen]])
        keys.sort()
        again = keys[1:][keys[1:] == keys[:-1]]
        return np.bincount(again % self._numbers, minlength=self._numbers)

    def _counted(self, rows: Rows, facets: list[_Facet]) -> Counted:
        """Count the values of some rows; the counts of other facets mean nothing."""
        lines = self._lines.take(rows, axis=0)
        if len(facets) == 1:
            lines = lines[:, facets[0].columns]
        counts = np.bincount(lines.ravel(), minlength=self._numbers)
        if len(self._spilt):
            chosen = np.zeros(len(self._lines), dtype=np.bool_)
            chosen[rows] = True
            counts += np.bincount(self._spilt[chosen.take(self._spilt_rows)], minlength=self._numbers)
        return counts

    def _others(self, rows: Rows) -> Rows:
        others = np.ones(len(self._lines), dtype=np.bool_)
        others[rows] = False
        return np.flatnonzero(others).astype(np.int32)

    def _everything(self) -> Counted:
        if self._all is None:
            counts = np.bincount(self._spilt, minlength=self._numbers)
            for low in range(0, len(self._lines), _AT_ONCE):
                counts += np.bincount(self._lines[low : low + _AT_ONCE].ravel(), minlength=self._numbers)
            self._all = counts
        return self._all


class Tables:
    """The facets of one generation, in a table for those that are counted together; each is made when it is asked."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def tallies(self, rows: Rows, fields: Sequence[str], repeated: Repeated | None = None) -> list[Tally]:
        """Count the values of some rows in some facets; see `Table.tallies`."""
        if "speaker" not in fields:
            return self._names.tallies(rows, fields, repeated)
        names = [field for field in fields if field != "speaker"]
        found = dict(zip(names, self._names.tallies(rows, names, repeated), strict=True)) if names else {}
        [found["speaker"]] = self._speakers.tallies(rows, ["speaker"], repeated)
        return [found[field] for field in fields]

    def dates(self, rows: Rows, repeated: Repeated | None = None) -> DateCounts:
        """Count the dates of some rows; see `Table.dates`."""
        return self._names.dates(rows, repeated)

    @functools.cached_property
    def _names(self) -> Table:
        return Table(self._source, KEYWORDS)

    @functools.cached_property
    def _speakers(self) -> Table:
        return Table(self._source, ("speaker",))


def _bars(first: Counted, last: Counted, counts: Counted) -> tuple[str, Spans, Counted]:
    """Give the interval, the bars, and the number of the bar of each date: 0 for the undated, -1 for a coarser one."""
    dated = first > 0
    if not dated.any():
        return "", (), np.zeros(len(first), dtype=np.int64)
    interval, bars = choose(*(column[dated].tolist() for column in (first, last, counts)))
    places = np.array([low for low, _ in bars], dtype=np.int64).searchsorted(first, side="right")
    return interval, bars, np.where(last - first > WIDTHS[interval], -1, places)


def _width(keywords: Keywords) -> int:
    """Give how many columns hold nearly all values."""
    counts = np.bincount(keywords.counts, minlength=2)
    at_least = counts[::-1].cumsum()[::-1]
    beyond = at_least[1:][::-1].cumsum()[::-1]
    fit = np.flatnonzero(beyond <= _BEYOND * max(1, len(keywords.ordinals)))
    return max(1, int(fit[0]) if len(fit) else len(counts) - 1)


def _fill(lines: NDArray[Any], keywords: Keywords, facet: _Facet) -> list[tuple[Rows, Rows]]:
    """Write a facet's columns; give the rows and numbers of the values that do not fit.

    Some rows after the others, so that little memory is needed beside the lines.
    """
    _, counts, ordinals = keywords
    lines[:] = facet.end - 1
    lines[counts == 0, 0] = facet.none
    spilt = []
    begin = 0
    for low in range(0, len(lines), _AT_ONCE):
        some = counts[low : low + _AT_ONCE]
        ends = np.cumsum(some)
        end = begin + int(ends[-1])
        owners = np.repeat(np.arange(low, low + len(some), dtype=np.int32), some)
        columns = np.arange(end - begin) - np.repeat(ends - some, some)
        numbers = ordinals[begin:end].astype(np.int32) + np.int32(facet.first)
        fits = columns < lines.shape[1]
        lines[owners[fits], columns[fits]] = numbers[fits]
        spilt.append((owners[~fits], numbers[~fits]))
        begin = end
    return spilt
