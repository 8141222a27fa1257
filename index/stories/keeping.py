"""Keep what was read of articles for as long as others are likely to be compared with them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.unsignedinteger]


class Kept:
    """Arrays of numbers by article, those used last of them, of up to `size` bytes together.

    `read` gives those that are missing, of several articles at once.
    """

    def __init__(self, read: Callable[[Iterable[int]], Iterable[tuple[int, Numbers]]], *, size: int) -> None:
        self._read = read
        self._left = size
        self._kept: OrderedDict[int, Numbers] = OrderedDict()

    def of(self, articles: Iterable[int]) -> dict[int, Numbers]:
        """Give the arrays of some articles; an article that has none is left out."""
        wanted = dict.fromkeys(articles)
        found = {}
        for article in self._kept.keys() & wanted.keys():
            self._kept.move_to_end(article)
            found[article] = self._kept[article]
        for article, numbers in self._read([one for one in wanted if one not in found]):
            found[article] = self._kept[article] = numbers
            self._left -= numbers.nbytes
        while self._left < 0 and self._kept:
            self._left += self._kept.popitem(last=False)[1].nbytes
        return found
