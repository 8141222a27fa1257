"""One leaf of a query as postings to be weighed: which rows match it, and how much it stands there.

The frequency of BM25F (search/ranking.py) is a sum over postings: those of a word in each field, and those of each word
that a pattern stands for. A `Leaf` holds them by run; it is weighed over all rows, or only at some that are asked for.
"""

from typing import NamedTuple

import numpy as np

from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.source import Codes, Floats, Rows

NO_ROWS: Rows = np.empty(0, dtype=np.int32)
_NO_FLOATS: Floats = np.empty(0, dtype=np.float64)


class Run(NamedTuple):
    """Postings of one field with its table of weights (`impacts.py`).

    `rows` int32[n] and `codes` uint16[n] as in `source.Postings`; where not `distinct`, in any order, with repeats.
    """

    table: Floats
    rows: Rows
    codes: Codes
    distinct: bool


class Weighed(NamedTuple):
    """The rows that match, each once, in any order, and float64[n]: the frequency of each."""

    rows: Rows
    frequencies: Floats


NOTHING = Weighed(NO_ROWS, _NO_FLOATS)


class Leaf:
    """The runs of one leaf that is weighed anew."""

    __slots__ = ("_all", "_scratch", "runs", "size")

    def __init__(self, runs: list[Run], scratch: Scratch) -> None:
        self.runs = sorted((run for run in runs if len(run.rows)), key=lambda run: -len(run.rows))
        self.size = sum(len(run.rows) for run in self.runs)
        self._scratch = scratch
        self._all: Weighed | None = None

    def count(self) -> int:
        """Count the rows that match."""
        if len(self.runs) == 1 and self.runs[0].distinct:
            return self.size
        return len(self.everywhere().rows)

    def everywhere(self) -> Weighed:
        """Weigh all rows that match."""
        if self._all is None:
            self._all = self._weigh()
        return self._all

    def kept(self) -> "Kept":
        """Give the leaf weighed everywhere, to be kept."""
        rows, frequencies = self.everywhere()
        order = rows.argsort(kind="stable")
        return Kept(Weighed(rows.take(order), frequencies.take(order)), self._scratch)

    def _weigh(self) -> Weighed:
        if not self.runs:
            return NOTHING
        first, *others = self.runs
        if first.distinct:
            weighed = Weighed(first.rows, first.table.take(first.codes))
            return self._with(weighed, self._added(others)) if others else weighed
        return self._added(self.runs)

    def at(self, rows: Rows) -> Floats:
        """Give float64[n]: the frequency at each of some rows, 0 where the leaf does not match."""
        sums = np.zeros(len(rows))
        for run in self.runs:
            if run.distinct:
                sought = self._scratch.seek(rows, run.rows)
                values = run.table.take(run.codes.take(sought.places))
            else:
                weighed = self._added([run])
                sought = self._scratch.seek(rows, weighed.rows)
                values = weighed.frequencies.take(sought.places)
            values *= sought.there
            sums += values
        return sums

    def _with(self, base: Weighed, more: Weighed) -> Weighed:
        """Join two that ascend."""
        sought = self._scratch.seek(more.rows, base.rows)
        frequencies = base.frequencies
        if sought.there.all():
            frequencies[sought.places] += more.frequencies
            return base
        there = np.flatnonzero(sought.there)
        frequencies[sought.places.take(there)] += more.frequencies.take(there)
        new = np.flatnonzero(~sought.there)
        return Weighed(
            np.concatenate((base.rows, more.rows.take(new))),
            np.concatenate((frequencies, more.frequencies.take(new))),
        )

    def _added(self, runs: list[Run]) -> Weighed:
        """Add up runs; the rows ascend."""
        if len(runs) == 1 and runs[0].distinct:
            return Weighed(runs[0].rows, runs[0].table.take(runs[0].codes))
        rows = np.concatenate([run.rows for run in runs])
        values = np.concatenate([run.table.take(run.codes) for run in runs])
        return Weighed(*self._scratch.add_up(rows, values))


class Kept:
    """A leaf that was weighed before; its rows ascend."""

    __slots__ = ("_scratch", "_weighed", "size")

    def __init__(self, weighed: Weighed, scratch: Scratch) -> None:
        self.size = len(weighed.rows)
        self._weighed = weighed
        self._scratch = scratch

    @property
    def nbytes(self) -> int:
        """Give the bytes of its arrays."""
        return self._weighed.rows.nbytes + self._weighed.frequencies.nbytes

    def everywhere(self) -> Weighed:
        """Give all rows that match."""
        return self._weighed

    def at(self, rows: Rows) -> Floats:
        """Give the frequency at some rows; see `Leaf.at`."""
        if not self.size:
            return np.zeros(len(rows))
        sought = self._scratch.seek(rows, self._weighed.rows)
        found = self._weighed.frequencies.take(sought.places)
        found *= sought.there
        return found
