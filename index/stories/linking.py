"""Link near copies: candidates by bands of their sketches, then the exact share of shingles decides.

What an article is compared with is bounded, whatever it has in common with others: notices of weather or of results
share half a template with thousands, and are near copies of none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.stories.sketches import BANDS, Shingles, Sketch, jaccard

NEAR = 0.5
"""Two articles are near copies where they share at least this of their shingles (their Jaccard index)."""

HOPELESS = 0.3
"""Where sketches agree in less than this, the exact share is not asked for: 4.5 standard deviations below NEAR."""

_WINDOW = 128
"""Of those that agree in a band, so many on each side are candidates, in the order of the bands that follow: a copy
that is lost in one crowd of a template is found by a band that has its own words."""
_CANDIDATES = 256
"""So many candidates, those that agree in the most bands, have their sketches compared."""
_REFUSALS = 16
"""So many candidates, those with the most similar sketches first, may turn out to be no near copies."""
_REPORT_EVERY = 100

Rows = NDArray[np.int64]
OnLinked = Callable[[int, int], None]
"""Called now and then with the number of articles compared, and of all that are to be."""


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
    numbers: Rows,
    keys: Sketch,
    fresh: NDArray[np.bool_],
    groups: Groups,
    *,
    sketches_of: Callable[[Iterable[int]], Mapping[int, Sketch]],
    shingles_of: Callable[[Iterable[int]], Mapping[int, Shingles]],
    on_linked: OnLinked = lambda done, total: None,
) -> None:
    """Join each `fresh` article with those that it is a near copy of, the others among them.

    `numbers` are the articles, `keys` their bands (`sketches.band_keys`). Articles that are in one group already are
    not compared. Takes a bounded time for each fresh article, and a sorting of all by each band.
    """
    news = np.flatnonzero(fresh)
    if not len(news):
        return
    bands = _Bands(keys, fresh)
    for done, row in enumerate(news.tolist(), 1):
        candidates = bands.beside(row)
        if len(candidates):
            one = int(numbers[row])
            others = numbers[candidates].tolist()
            sketches = sketches_of([one, *others])
            alike = (np.stack([sketches[other] for other in others]) == sketches[one]).mean(axis=1)
            order = np.argsort(-alike, kind="stable")
            likely = [others[place] for place in order[: np.count_nonzero(alike >= HOPELESS)]]
            _join(one, likely, groups, shingles_of)
        if done % _REPORT_EVERY == 0 or done == len(news):
            on_linked(done, len(news))


def _join(
    one: int, likely: Iterable[int], groups: Groups, shingles_of: Callable[[Iterable[int]], Mapping[int, Shingles]]
) -> None:
    refusals = 0
    for other in likely:
        if groups.first(one) == groups.first(other):
            continue
        shingles = shingles_of((one, other))
        if jaccard(shingles[one], shingles[other]) >= NEAR:
            groups.join(one, other)
            continue
        refusals += 1
        if refusals == _REFUSALS:
            return


class _Bands:
    """Which articles agree in a band with fresh ones: for each band, rows in the order of their keys."""

    def __init__(self, keys: Sketch, fresh: NDArray[np.bool_]) -> None:
        self._keys = keys
        self._fresh = fresh
        self._rows: list[NDArray[np.int32]] = []
        self._places = np.full((len(keys), BANDS), -1, dtype=np.int32)
        for band in range(BANDS):
            column = keys[:, band]
            rows = np.flatnonzero(np.isin(column, column[fresh]))
            following = (keys[rows, (band + step) % BANDS] for step in (2, 1, 0))
            rows = rows[np.lexsort(tuple(following))]
            twins = column[rows[1:]] == column[rows[:-1]]
            rows = rows[np.append(twins, False) | np.insert(twins, 0, False)]
            self._places[rows, band] = np.arange(len(rows))
            self._rows.append(rows.astype(np.int32))

    def beside(self, row: int) -> Rows:
        """Give the candidates of a fresh article; of two fresh ones, the earlier is one of the later only."""
        found = []
        places = self._places[row]
        for band in np.flatnonzero(places >= 0).tolist():
            place = int(places[band])
            near = self._rows[band][max(0, place - _WINDOW) : place + _WINDOW + 1]
            found.append(near[self._keys[near, band] == self._keys[row, band]])
        if not found:
            return np.zeros(0, dtype=np.int64)
        rows, counts = np.unique(np.concatenate(found), return_counts=True)
        earlier = ~self._fresh[rows] | (rows < row)
        rows, counts = rows[earlier], counts[earlier]
        best: Rows = rows[np.argsort(-counts, kind="stable")[:_CANDIDATES]].astype(np.int64)
        return best
