"""Ids as terms, each of which one article has: what `Postings` give for other fields."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Articles, Numbers
from index.engines.arrays.segment import Segment
from index.engines.arrays.terms import Terms


class Identities(Terms):
    """The ids of a segment in order; terms are known by number."""

    def __init__(self, segment: Segment) -> None:
        self._ids = segment.array("id")
        self._order = segment.array("id.order")

    @property
    def size(self) -> int:
        """The number of ids."""
        return len(self._order)

    def __getitem__(self, number: Any) -> Any:
        return bytes(self._ids[self._order[number]])

    def counts(self, low: int, high: int) -> Numbers:
        """Give how many articles have each of some ids in a row: one."""
        return np.ones(high - low, dtype=np.int64)

    def articles(self, low: int, high: int) -> Articles:
        """Give the articles of some ids in a row."""
        found: Articles = self._order[low:high]
        return found

    def times(self, low: int, high: int) -> NDArray[np.uint32]:
        """Give how often each article has its id: once."""
        return np.ones(high - low, dtype=np.uint32)
