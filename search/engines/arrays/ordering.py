"""The order of an answer, and the part of it that a page shows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.plain import Floats, Mask, Plain
from search.engines.engine import Key, Window
from search.request import Sort

Keys = tuple[NDArray[np.float64], ...]


class Page(NamedTuple):
    """The rows of a page in order, and how many matches come before them."""

    rows: NDArray[np.int64]
    before: int


class Order:
    """Sorts rows; the same sort keys serve to find the place of a cursor."""

    def __init__(self, source: Plain) -> None:
        self._by_id = np.argsort(source.ids)
        self._sorted_ids = source.ids[self._by_id]
        self._ranks = np.empty(source.articles, dtype=np.int64)
        self._ranks[self._by_id] = np.arange(source.articles)
        self._days = source.first_day

    def page(self, mask: Mask, scores: Floats | None, sort: Sort, window: Window) -> Page:
        """Cut the page of a window out of the ordered matches."""
        rows = np.flatnonzero(mask)
        keys = self._keys(rows, scores, sort)
        if window.key is None:
            return Page(_best(rows, keys, window.size), 0)
        mark = self._mark(window.key, sort, scored=scores is not None)
        later = _later(keys, mark, equal=window.side == "before")
        if window.side == "after":
            chosen = np.flatnonzero(later)
            return Page(_best(rows[chosen], _pick(keys, chosen), window.size), len(rows) - len(chosen))
        chosen = np.flatnonzero(~later)
        backwards = tuple(-key for key in _pick(keys, chosen))
        page = _best(rows[chosen], backwards, window.size)[::-1]
        return Page(page, len(chosen) - len(page))

    def row(self, article_id: str) -> int | None:
        """Give the row of an id."""
        place = int(np.searchsorted(self._sorted_ids, article_id))
        if place == len(self._sorted_ids) or self._sorted_ids[place] != article_id:
            return None
        return int(self._by_id[place])

    def _keys(self, rows: NDArray[np.int64], scores: Floats | None, sort: Sort) -> Keys:
        """Give sort keys, the weightiest first, by which smaller comes first."""
        days = self._days[rows].astype(np.float64)
        ranks = self._ranks[rows].astype(np.float64)
        if sort == "oldest":
            return np.where(days == 0, np.inf, days), ranks
        if sort == "newest" or scores is None:
            return -days, ranks
        return -scores[rows], -days, ranks

    def _mark(self, key: Key, sort: Sort, *, scored: bool) -> tuple[float, ...]:
        """Give the sort keys of a cursor; an id that is gone stands just before the next one."""
        place = int(np.searchsorted(self._sorted_ids, key.id))
        known = place < len(self._sorted_ids) and self._sorted_ids[place] == key.id
        rank = place if known else place - 0.5
        if sort == "oldest":
            return (float("inf") if key.day == 0 else float(key.day)), rank
        if sort == "newest" or not scored:
            return -float(key.day), rank
        return -key.score, -float(key.day), rank


def _pick(keys: Keys, chosen: NDArray[np.int64]) -> Keys:
    return tuple(key[chosen] for key in keys)


def _best(rows: NDArray[np.int64], keys: Keys, size: int) -> NDArray[np.int64]:
    """Give the first rows in order; only those that can be among them are sorted."""
    if len(rows) > 4 * size:
        limit = np.partition(keys[0], size - 1)[size - 1]
        chosen = np.flatnonzero(keys[0] <= limit)
        rows, keys = rows[chosen], _pick(keys, chosen)
    return rows[np.lexsort(keys[::-1])[:size]]


def _later(keys: Keys, mark: tuple[float, ...], *, equal: bool) -> Mask:
    """Say which keys come behind a mark, or with it where `equal`."""
    later = np.zeros(len(keys[0]), dtype=np.bool_)
    same = np.ones(len(keys[0]), dtype=np.bool_)
    for key, value in zip(keys, mark, strict=True):
        later |= same & (key > value)
        same &= key == value
    return later | same if equal else later
