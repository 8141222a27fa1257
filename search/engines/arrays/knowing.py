"""What one generation remembers of the questions before: masks of filters, and how many articles each leaf matches."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np

from index.days import UNDATED
from search.engines.arrays.cache import Cache
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.parts import Masked
from search.engines.arrays.source import Source
from search.request import Undated

_LEAVES = 20_000
"""Leaves of which it is known how many articles match: a few hundred bytes each."""


class Knowing:
    """Keeps what is dear to find out and small to keep; safe for threads. `mask_bytes` bounds the masks."""

    def __init__(self, source: Source, mask_bytes: int) -> None:
        self._source = source
        self._masks: Cache[Masked] = Cache(mask_bytes, lambda masked: masked.mask.nbytes)
        self._ordinals: dict[str, Ordinals] = {}
        self._counts: OrderedDict[Hashable, int] = OrderedDict()
        self._lock = threading.RLock()

    def ordinals(self, field: str) -> Ordinals:
        """Give the values of a keyword field."""
        found = self._ordinals.get(field)
        if found is None:
            with self._lock:
                if field not in self._ordinals:
                    self._ordinals[field] = Ordinals(self._source.keywords(field))
                found = self._ordinals[field]
        return found

    def everything(self) -> Masked:
        """Give all rows."""
        return self._masks.get(None, lambda: Masked(np.ones(self._source.articles, dtype=np.bool_)))

    def value(self, field: str, text: str, *, whole: bool) -> Masked:
        """Give the rows that a typed name means; see `Ordinals.matching`."""
        return self._masks.get((field, text, whole), lambda: Masked(self.ordinals(field).matching(text, whole=whole)))

    def within(self, first: int | None, last: int | None) -> Masked:
        """Give the rows whose date lies in a range as a whole; undated ones lie in none."""
        return self._masks.get((first, last), lambda: self._within(first, last))

    def dated(self, undated: Undated) -> Masked:
        """Give the rows that have a date, or those that have none."""
        day = self._source.first_day
        return self._masks.get(undated, lambda: Masked(day == UNDATED if undated == "only" else day != UNDATED))

    def matching(self, leaf: Hashable, count: Callable[[], int]) -> int:
        """Give how many articles match a leaf, counting them where that is not known."""
        with self._lock:
            known = self._counts.get(leaf)
        if known is None:
            known = count()
            with self._lock:
                self._counts[leaf] = known
                if len(self._counts) > _LEAVES:
                    self._counts.popitem(last=False)
        return known

    def _within(self, first: int | None, last: int | None) -> Masked:
        mask = self._source.first_day != UNDATED
        if first is not None:
            mask &= self._source.first_day >= first
        if last is not None:
            mask &= self._source.last_day <= last
        return Masked(mask)
