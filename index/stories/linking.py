"""Link near copies: candidates by bands of their sketches, then the exact share of shingles decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from index.stories.sketches import BANDS, Shingles, Sketch, jaccard

NEAR = 0.5
"""Two articles are near copies where they share at least this of their shingles (their Jaccard index)."""

HOPELESS = 0.3
"""Where sketches agree in less than this, the exact share is not asked for: 4.5 standard deviations below NEAR."""


class Groups:
    """Numbers that were joined, directly or through others (union-find); the lowest stands for its group."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def first(self, number: int) -> int:
        """Give the lowest number of the group."""
        above = self._above.get(number, number)
        while above != number:
            upper = self._above.get(above, above)
            self._above[number] = upper
            number, above = above, upper
        return number

    def members(self) -> dict[int, list[int]]:
        """Give the groups of two or more, by the lowest number of each."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number in {*self._above, *self._above.values()}:
            found[self.first(number)].append(number)
        return found

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.first(one), self.first(other)))
        if low != high:
            self._above[high] = low


def link(
    numbers: NDArray[np.int64],
    keys: Sketch,
    fresh: NDArray[np.bool_],
    groups: Groups,
    *,
    sketches_of: Callable[[Iterable[int]], dict[int, Sketch]],
    shingles_of: Callable[[int], Shingles],
) -> None:
    """Join each `fresh` article with those that it is a near copy of, the others among them.

    `numbers` are the articles, `keys` their bands (`sketches.band_keys`). Articles that are in one group already are
    not compared.
    """
    refused: set[tuple[int, int]] = set()
    for band in range(BANDS):
        for rows in _together(keys[:, band], fresh):
            members = [int(numbers[row]) for row in rows]
            news = [int(numbers[row]) for row in rows if fresh[row]]
            if len({groups.first(one) for one in members}) == 1:
                continue
            sketches = sketches_of(members)
            table = np.stack([sketches[one] for one in members])
            for one in news:
                alike = (table == sketches[one]).mean(axis=1)
                for place in np.flatnonzero(alike >= HOPELESS):
                    other = members[place]
                    pair = (min(one, other), max(one, other))
                    if groups.first(one) == groups.first(other) or pair in refused:
                        continue
                    if jaccard(shingles_of(one), shingles_of(other)) >= NEAR:
                        groups.join(one, other)
                    else:
                        refused.add(pair)


def _together(keys: Sketch, fresh: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Yield the rows that have a key in common, where a fresh one is among them."""
    rows = np.flatnonzero(np.isin(keys, keys[fresh]))
    rows = rows[np.argsort(keys[rows], kind="stable")]
    ends = np.flatnonzero(np.diff(keys[rows])) + 1
    yield from (group for group in np.split(rows, ends) if len(group) > 1)
