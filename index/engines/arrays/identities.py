"""Ids as terms, each of which one article has: what `Postings` give for other fields."""

import bisect
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Articles, Numbers
from index.engines.arrays.segment import Segment


class Identities(Sequence[bytes]):
    """The ids of a segment in order; terms are known by number."""

    def __init__(self, segment: Segment) -> None:
        self._ids = segment.array("id")
        self._order = segment.array("id.order")
        self.size = len(self._order)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, number: Any) -> Any:
        return bytes(self._ids[self._order[number]])

    def find(self, term: bytes) -> int:
        """Give an id's number, or -1 where no article has it."""
        number = self.from_(term)
        return number if number < self.size and self[number] == term else -1

    def from_(self, term: bytes) -> int:
        """Give the number of the first id that is this one or comes behind it."""
        return bisect.bisect_left(self, term)

    def terms(self) -> list[bytes]:
        """Give all ids in order."""
        return [self[number] for number in range(self.size)]

    def term(self, number: int) -> bytes:
        """Give one id."""
        return bytes(self[number])

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
