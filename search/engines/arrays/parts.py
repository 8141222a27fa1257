"""The clauses of a query made ready: what each matches everywhere, and what it matches among rows that are left.

Clauses of words are weighed; those of names and dates are masks. An AND begins with its rarest clause, and looks the
others up only at the rows that are left; an OR adds up.
"""

from typing import NamedTuple, Protocol

import numpy as np

from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.selecting import STEP, floor_of_best
from search.engines.arrays.source import Floats, Mask, Rows
from search.engines.arrays.weighing import NO_ROWS, Kept, Leaf
from search.ranking import K1

FEW = 500
"""Rows that are all scored sooner than the best of them are found."""


class Matches(NamedTuple):
    """Rows that match, each once, in any order, and float64[n]: their scores; None where nothing is scored."""

    rows: Rows
    scores: Floats | None


class There(NamedTuple):
    """For some rows, whether each matches, and float64[n]: its score, 0 elsewhere; None where nothing is scored."""

    mask: Mask
    scores: Floats | None


class Part(Protocol):
    """A clause; `size` is about how many rows match, `scored` whether they have scores.

    One that is `late` is dear to look up at a row, and is asked at as few rows as can be.
    """

    size: int
    scored: bool
    late: bool

    def everywhere(self) -> Matches:
        """Give all rows that match."""
        ...

    def at(self, rows: Rows) -> There:
        """Say which of some rows match."""
        ...


class Weighable:
    """A leaf of words, weighed by its rarity."""

    scored = True
    late = False

    def __init__(self, leaf: Leaf | Kept, rarity: float) -> None:
        self.size = leaf.size
        self.leaf = leaf
        self.rarity = rarity
        self._weight = rarity * (K1 + 1)

    def everywhere(self) -> Matches:
        """Weigh and score all; see `Part`."""
        rows, frequencies = self.leaf.everywhere()
        return Matches(rows, self._scores(frequencies))

    def best(self, size: int) -> tuple[Matches, int]:
        """Give matches among which are the `size` best, and how many there are: equals by rounding are among them too.

        A higher frequency is a higher score, so that only what can be among the best need be scored.
        """
        rows, frequencies = self.leaf.everywhere()
        if not size:
            return nothing(scored=True), len(rows)
        if len(rows) > max(size, FEW):
            score = float(self._scores(np.array([floor_of_best(frequencies, size)]))[0]) - 2 * STEP
            least = score * K1 / (self._weight - score)
            chosen = (frequencies >= least).nonzero()[0]
            return Matches(rows.take(chosen), self._scores(frequencies.take(chosen))), len(rows)
        return Matches(rows, self._scores(frequencies)), len(rows)

    def at(self, rows: Rows) -> There:
        """Weigh and score some; see `Part`."""
        frequencies = self.leaf.at(rows)
        return There(frequencies > 0, self._scores(frequencies))

    def _scores(self, frequencies: Floats) -> Floats:
        """Saturate frequencies; see search/ranking.py."""
        scores = frequencies + K1
        np.divide(frequencies, scores, out=scores)
        scores *= self._weight
        return scores


class Masked:
    """A clause that only lets rows through; `mask` is bool[articles].

    The rows, once listed, are kept where they take no more than the mask.
    """

    scored = False
    late = False

    def __init__(self, mask: Mask, size: int | None = None) -> None:
        self.mask = mask
        self.size = int(np.count_nonzero(mask)) if size is None else size
        self._rows: Rows | None = None

    def everywhere(self) -> Matches:
        """Give the rows that it lets through; see `Part`."""
        if self._rows is not None:
            return Matches(self._rows, None)
        rows = np.flatnonzero(self.mask).astype(np.int32)
        if rows.nbytes <= self.mask.nbytes:
            self._rows = rows
        return Matches(rows, None)

    def at(self, rows: Rows) -> There:
        """Say which it lets through; see `Part`."""
        return There(self.mask.take(rows), None)


class Negated:
    """What a clause does not match."""

    scored = False

    def __init__(self, part: Part, articles: int) -> None:
        self.size = max(0, articles - part.size)
        self.late = part.late
        self._part = part
        self._articles = articles

    def everywhere(self) -> Matches:
        """Give all rows but those of the clause; see `Part`."""
        mask = np.ones(self._articles, dtype=np.bool_)
        mask[self._part.everywhere().rows] = False
        return Matches(np.flatnonzero(mask).astype(np.int32), None)

    def at(self, rows: Rows) -> There:
        """Say which rows the clause does not match; see `Part`."""
        return There(~self._part.at(rows).mask, None)


class All:
    """An AND of clauses, one at least."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = sorted(parts, key=lambda part: (part.late, part.size))
        self.size = min(part.size for part in parts)
        self.late = self._parts[-1].late
        self.scored = any(part.scored for part in parts)

    def everywhere(self) -> Matches:
        """Begin with the rarest clause, and look up the others at what is left; see `Part`."""
        first, *others = self._parts
        rows, scores = first.everywhere()
        for part in others:
            if not len(rows):
                break
            there = part.at(rows)
            if there.scores is not None:
                scores = there.scores if scores is None else scores + there.scores
            kept = there.mask.nonzero()[0]
            if len(kept) < len(rows):
                rows = rows.take(kept)
                scores = None if scores is None else scores.take(kept)
        if self.scored and scores is None:
            scores = np.zeros(len(rows))
        return Matches(rows, scores)

    def at(self, rows: Rows) -> There:
        """Say which rows all clauses match; see `Part`."""
        found: list[There] = []
        for part in self._parts:
            found.append(_at_some(part, rows, [one.mask for one in found]) if part.late else part.at(rows))
        mask = np.logical_and.reduce([one.mask for one in found])
        return There(mask, _total(found, mask))


class Some:
    """An OR of clauses, one at least."""

    def __init__(self, parts: list[Part], scratch: Scratch) -> None:
        self.size = sum(part.size for part in parts)
        self.scored = any(part.scored for part in parts)
        self.late = any(part.late for part in parts)
        self._parts = parts
        self._scratch = scratch

    def everywhere(self) -> Matches:
        """Add up all clauses; see `Part`."""
        found = [part.everywhere() for part in self._parts]
        if not self.scored:
            return Matches(self._scratch.union([one.rows for one in found]), None)
        lists = [(one.rows, np.zeros(len(one.rows)) if one.scores is None else one.scores) for one in found]
        return Matches(*self._scratch.add_lists(lists))

    def at(self, rows: Rows) -> There:
        """Say which rows any clause matches; see `Part`."""
        found = [part.at(rows) for part in self._parts]
        mask = np.logical_or.reduce([one.mask for one in found])
        return There(mask, _total(found, mask))


def nothing(*, scored: bool = False) -> Matches:
    """Give no rows at all."""
    return Matches(NO_ROWS, np.empty(0) if scored else None)


def _at_some(part: Part, rows: Rows, masks: list[Mask]) -> There:
    """Ask a clause at those rows only that all masks let through."""
    if not masks:
        return part.at(rows)
    left = np.flatnonzero(np.logical_and.reduce(masks))
    there = part.at(rows.take(left))
    mask = np.zeros(len(rows), dtype=np.bool_)
    mask[left] = there.mask
    if there.scores is None:
        return There(mask, None)
    scores = np.zeros(len(rows))
    scores[left] = there.scores
    return There(mask, scores)


def _total(found: list[There], mask: Mask) -> Floats | None:
    scores = [one.scores for one in found if one.scores is not None]
    if not scores:
        return None
    return np.where(mask, np.add.reduce(scores) if len(scores) > 1 else scores[0], 0.0)
