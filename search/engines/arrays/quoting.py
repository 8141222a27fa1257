"""Which quotations a clause is true of: stretches of words that have its words, and speakers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.places import Counted, Spans
from search.engines.arrays.source import Places, Quotations, Rows
from search.query.tree import And, Everything, Node, Or, Positional, Value
from search.request import NONE

Numbers = NDArray[np.int64]

NOBODY = -1


class Fence:
    """Keeps spans within stretches of quoted words."""

    def __init__(self, quotations: Quotations) -> None:
        self._starts, self._ends = quotations.starts, quotations.ends

    def keep(self, spans: Spans, last: Places) -> Spans:
        """Give the spans whose words, the last of which stands before the place `last`, lie in one stretch.

        What else of them lies outside is cut off: no word of it can be near another of that stretch.
        """
        stretch = self.stretches(spans.starts)
        ends = np.append(self._ends, 0).take(stretch)  # where none begins before, it is -1, and ends at 0
        kept = last <= ends
        return Spans(spans.starts.compress(kept), np.minimum(spans.ends, ends).compress(kept))

    def stretches(self, places: Places) -> Numbers:
        """Give the last stretch that begins before or at each place, -1 where none does."""
        return np.searchsorted(self._starts, places, side="right") - 1


class Quoting:
    """Finds the quotations of which clauses are true.

    `spans` gives where words stand within a fence, `speakers` the numbers of the speakers that a name means.
    """

    def __init__(
        self,
        quotations: Quotations,
        spans: Callable[[Positional, Fence], Spans],
        speakers: Callable[[Value], tuple[int, ...]],
    ) -> None:
        self._quotations = quotations
        self._fence = Fence(quotations)
        self._spans = spans
        self._speakers = speakers

    def rows(self, clause: Node) -> Counted:
        """Give the rows with quotations of which a clause is true, and how many each has."""
        rows: Rows = self._quotations.rows.take(self._of(clause))
        found, counts = np.unique(rows, return_counts=True)
        return Counted(found, counts.astype(np.int64))

    def _of(self, node: Node) -> Numbers:
        """Give the quotations of which a clause is true, ascending."""
        quotations = self._quotations
        match node:
            case Everything():
                return np.arange(len(quotations.rows))
            case And():
                found = self._of(node.clauses[0])
                for clause in node.clauses[1:]:
                    found = np.intersect1d(found, self._of(clause), assume_unique=True)
                return found
            case Or():
                return np.unique(np.concatenate([self._of(clause) for clause in node.clauses]))
            case Value() if node.text == NONE:
                return np.flatnonzero(quotations.speakers == NOBODY)
            case Value():
                return np.flatnonzero(np.isin(quotations.speakers, self._speakers(node)))
        spans = self._spans(node, self._fence)  # type: ignore[arg-type]  # the parser lets nothing else be said
        return np.unique(quotations.owners.take(self._fence.stretches(spans.starts)))
