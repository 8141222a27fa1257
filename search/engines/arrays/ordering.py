"""The order of an answer, and the part of it that a page shows."""

import bisect
import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.days import UNDATED
from search.engines.arrays.parts import Matches
from search.engines.arrays.selecting import STEP, floor_of_best
from search.engines.arrays.source import Floats, Rows, Source
from search.engines.engine import Key, Window
from search.ranking import SCORE_DECIMALS
from search.request import Sort

_FEW = 20
"""Rows that are put in order one by one sooner than as arrays."""

_SCALE = 10.0**SCORE_DECIMALS


class Page(NamedTuple):
    """The rows of a page in order, their scores, rounded (None where nothing is scored), and how many come before."""

    rows: list[int]
    scores: list[float] | None
    before: int


class Order:
    """Sorts rows: by score, then newer first, then by id; or by date alone, then by id.

    `newest` and `oldest` int32[articles] are each row's place in the order by date and id: a tie is one comparison.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ids = source.ids
        self._days = source.first_day

    @functools.cached_property
    def newest(self) -> Rows:
        """Give each row's place, the newest first and the undated last, equals by id."""
        return self._places(-self._days.astype(np.int64))

    @functools.cached_property
    def _newest(self) -> memoryview:
        return memoryview(self.newest)  # type: ignore[arg-type]  # numpy's arrays are buffers

    @functools.cached_property
    def oldest(self) -> Rows:
        """Give each row's place, the oldest first and the undated last, equals by id."""
        days = self._days.astype(np.int64)
        return self._places(np.where(days == UNDATED, np.iinfo(np.int32).max, days))

    @functools.cached_property
    def _by_id(self) -> Rows:
        return self._source.by_id()

    def row(self, article_id: str) -> int | None:
        """Give the row of an id."""
        order, wanted = self._by_id, article_id.encode("utf-8", "replace")
        place = bisect.bisect_left(_Ids(self._ids, order), wanted)
        if place == len(order) or self._ids[order[place]] != wanted:
            return None
        return int(order[place])

    def page(self, matches: Matches, sort: Sort, window: Window) -> Page:
        """Cut the page of a window out of the ordered matches."""
        rows, scores = matches
        if not window.size and window.key is None:  # only counted
            return Page([], None, 0)
        if sort != "relevance" or scores is None:
            places = (self.oldest if sort == "oldest" else self.newest).take(rows)
            mark = self._mark(window.key, sort) if window.key else 0.0
            chosen, before = _cut(places, places - mark, window)
            best = None if scores is None else _rounded(scores.take(chosen)).tolist()
            return Page(rows.take(chosen).tolist(), best, before)
        if window.key is None:
            if len(rows) > max(_FEW, window.size):
                kept = (scores >= floor_of_best(scores, window.size) - STEP).nonzero()[0]
                rows, scores = rows.take(kept), scores.take(kept)
            if len(rows) <= _FEW:
                return self._few(rows.tolist(), scores.tolist(), window.size)
            scores = _rounded(scores)
            order = np.lexsort((self.newest.take(rows), -scores))[: window.size]
            return Page(rows.take(order).tolist(), scores.take(order).tolist(), 0)
        scores = _rounded(scores)
        order = np.lexsort((self.newest.take(rows), -scores))
        rows, scores = rows.take(order), scores.take(order)
        beyond = self.newest.take(rows) - self._mark(window.key, sort)
        later = np.where(scores == window.key.score, beyond, np.where(scores < window.key.score, 1.0, -1.0))
        chosen, before = _cut(np.arange(len(rows)), later, window)
        return Page(rows.take(chosen).tolist(), scores.take(chosen).tolist(), before)

    def _few(self, rows: list[int], scores: list[float], size: int) -> Page:
        """Order few rows by score without the steps of arrays, each of which costs as much as some rows do here."""
        newest = self._newest
        ordered = [(-round(score * _SCALE) / _SCALE, newest[row], row) for row, score in zip(rows, scores, strict=True)]
        ordered.sort()
        return Page([row for _, _, row in ordered[:size]], [-least for least, _, _ in ordered[:size]], 0)

    def _places(self, days: NDArray[np.int64]) -> Rows:
        """Give each row's place in the ascending order of some days, equals by id."""
        order = self._by_id
        order = order.take(days.take(order).argsort(kind="stable"))
        places = np.empty(len(order), dtype=np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        return places

    def _mark(self, key: Key, sort: Sort) -> float:
        """Give the place of a key in the order by date and id; one that is gone stands just before the next one."""
        day, own = key.day, key.id.encode("utf-8", "replace")
        days = self._days
        if sort == "oldest":
            sooner = (days != UNDATED) & (days < day) if day != UNDATED else days != UNDATED
        else:
            sooner = days > day
        same = np.flatnonzero(days == day)
        ids = self._ids[same]
        known = bool((ids == own).any())
        return float(np.count_nonzero(sooner) + np.count_nonzero(ids < own)) - (0.0 if known else 0.5)


class _Ids(Sequence[bytes]):
    """The ids in their order, as a sequence to bisect."""

    def __init__(self, ids: NDArray[np.bytes_], order: Rows) -> None:
        self._ids = ids
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, place: Any) -> Any:
        return self._ids[self._order[place]]


def _rounded(scores: Floats) -> Floats:
    return scores.round(SCORE_DECIMALS)


def _cut(places: NDArray[Any], beyond: NDArray[Any], window: Window) -> tuple[NDArray[np.intp], int]:
    """Give the numbers of the places on the window's page, in order, and how many come before them.

    `beyond` is above 0 for those behind the window's key, and 0 for itself.
    """
    if window.key is None:
        return _first(places, window.size), 0
    later = beyond >= 0 if window.side == "before" else beyond > 0
    behind = int(np.count_nonzero(later))
    if window.side == "after":
        chosen = np.flatnonzero(later)
        return chosen[_first(places[chosen], window.size)], len(places) - behind
    chosen = np.flatnonzero(~later)
    page = chosen[_first(-places[chosen], window.size)][::-1]
    return page, len(chosen) - len(page)


def _first(places: NDArray[Any], size: int) -> NDArray[np.intp]:
    """Give the numbers of the smallest places, in order."""
    if len(places) <= size:
        return np.argsort(places)
    chosen = np.argpartition(places, size - 1)[:size]
    return chosen[np.argsort(places[chosen])]
