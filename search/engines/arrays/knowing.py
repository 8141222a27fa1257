"""What one generation remembers of the questions before: masks of filters, and weighed leaves."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np

from index.days import UNDATED
from search.engines.arrays.cache import SHARE, Cache
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.parts import Masked
from search.engines.arrays.source import Keywords, Quotations, Rows, Source
from search.engines.arrays.weighing import Kept, Leaf
from search.query.tree import Node
from search.request import NONE, Undated

_ROW_BYTES, _ENTRY_BYTES = 12, 500
"""What a kept leaf takes for each row, and beside."""

_LEAVES = 20_000
"""Leaves of which it is known how many articles match: a few hundred bytes each."""


LeafKey = tuple[Node, object]
"""A clause, and what else its leaf depends on."""


class Knowing:
    """Keeps what is dear to find out; safe for threads. `mask_bytes` bounds the masks, `leaf_bytes` the leaves.

    Of leaves that are no longer kept, how many articles match is known still: their rarity needs it.
    """

    def __init__(self, source: Source, *, mask_bytes: int, leaf_bytes: int) -> None:
        self._source = source
        self._mask_bytes = mask_bytes
        self._leaf_bytes = leaf_bytes
        self._listed: Callable[[str], Ordinals] = lambda field: Ordinals(source.values(field))
        self._leaves: Cache[Kept] = Cache(leaf_bytes, lambda kept: kept.nbytes + _ENTRY_BYTES)
        self._masks = _masks(mask_bytes)
        self._ordinals: dict[str, Ordinals] = {}
        self._keywords: dict[str, Keywords] = {}
        self._quotations: Quotations | None = None
        self._withholds: Callable[[Node], bool] = lambda _: False
        self._view = object()
        self._counts: OrderedDict[Hashable, int] = OrderedDict()
        self._lock, self._counting = threading.RLock(), threading.Lock()

    def corrected(
        self, source: Source, listed: Callable[[str], Ordinals], withholds: Callable[[Node], bool] = lambda _: False
    ) -> "Knowing":
        """Give what remembers of another view of the same articles, whose names are `listed` otherwise.

        What was weighed is shared, as words are weighed alike, whoever is called how: but for those clauses of which
        the view `withholds` articles that it finds by names that are not shown.
        """
        other = copy.copy(self)
        other._withholds, other._view = withholds, object()
        other._source, other._listed = source, listed
        other._masks, other._ordinals, other._keywords = _masks(self._mask_bytes), {}, {}
        other._quotations = None
        # Its own: what lists the names of the view asks this one, and may be asked meanwhile by who holds this one's.
        other._lock = threading.RLock()
        return other

    def ordinals(self, field: str) -> Ordinals:
        """Give the values of a keyword field."""
        found = self._ordinals.get(field)
        if found is None:
            with self._lock:
                if field not in self._ordinals:
                    self._ordinals[field] = self._listed(field)
                found = self._ordinals[field]
        return found

    def keywords(self, field: str) -> Keywords:
        """Give which rows have which values of a keyword field, for views that are made of it again and again."""
        with self._lock:
            if field not in self._keywords:
                self._keywords[field] = self._source.keywords(field)
            return self._keywords[field]

    def quotations(self) -> Quotations:
        """Give where quotations stand, and whose they are."""
        with self._lock:
            if self._quotations is None:
                self._quotations = self._source.quotations()
            return self._quotations

    def having(self, rows: Rows) -> Masked:
        """Give some rows as a clause that lets them through; it is not kept."""
        mask = np.zeros(self._source.articles, dtype=np.bool_)
        mask[rows] = True
        return Masked(mask)

    def everything(self) -> Masked:
        """Give all rows."""
        return self._masks.get(None, lambda: Masked(np.ones(self._source.articles, dtype=np.bool_)))

    def value(self, field: str, text: str, *, whole: bool) -> Masked:
        """Give the rows that a typed name means; see `Ordinals.find`. `NONE` means those without any value."""
        return self._masks.get((field, text, whole), lambda: self._value(field, text, whole=whole))

    def within(self, first: int | None, last: int | None) -> Masked:
        """Give the rows whose date lies in a range as a whole; undated ones lie in none."""
        return self._masks.get((first, last), lambda: self._within(first, last))

    def dated(self, undated: Undated) -> Masked:
        """Give the rows that have a date, or those that have none."""
        day = self._source.first_day
        return self._masks.get(undated, lambda: Masked(day == UNDATED if undated == "only" else day != UNDATED))

    def leaf(self, key: LeafKey) -> Kept | None:
        """Give a leaf that was weighed before, if it is kept; a key begins with its clause."""
        return self._leaves.peek(self._own(key))

    def keep(self, key: LeafKey, leaf: Leaf) -> Leaf | Kept:
        """Weigh a leaf to be kept, where it is not too large."""
        if leaf.size * _ROW_BYTES > self._leaf_bytes // SHARE:
            return leaf
        return self._leaves.get(self._own(key), leaf.kept)

    def matching(self, key: LeafKey, leaf: Leaf | Kept) -> int:
        """Give how many articles match a leaf, counting them where that is not known."""
        if isinstance(leaf, Kept):
            return leaf.size
        own = self._own(key)
        with self._counting:
            known = self._counts.get(own)
        if known is None:
            known = leaf.count()
            with self._counting:
                self._counts[own] = known
                if len(self._counts) > _LEAVES:
                    self._counts.popitem(last=False)
        return known

    def _own(self, key: LeafKey) -> Hashable:
        """Give the key of a leaf among those of all views."""
        return (*key, self._view) if self._withholds(key[0]) else key

    def _value(self, field: str, text: str, *, whole: bool) -> Masked:
        if text == NONE:
            return Masked(self._source.keywords(field).counts == 0)
        return self.having(self._source.gather(field, self.ordinals(field).meant(text, whole=whole)).rows)

    def _within(self, first: int | None, last: int | None) -> Masked:
        mask = self._source.first_day != UNDATED
        if first is not None:
            mask &= self._source.first_day >= first
        if last is not None:
            mask &= self._source.last_day <= last
        return Masked(mask)


def _masks(size: int) -> Cache[Masked]:
    return Cache(size, lambda masked: 2 * masked.mask.nbytes)
