"""The filters of a request as masks, and facets counted with or without their own filter."""

import numpy as np
from numpy.typing import NDArray

from index.days import UNDATED
from index.words import words
from search.engines.arrays.matching import within
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.plain import Mask, Plain
from search.engines.engine import Counts, DateCounts, FacetWish, Filters
from search.request import NONE, Mode

Numbers = NDArray[np.int64]


class Filtered:
    """The matches of a tree under filters; a field's own filter can be left out when its facet is counted."""

    def __init__(self, mask: Mask, filters: Filters, source: Plain) -> None:
        self._source = source
        self._filters = filters
        self._fixed = mask & _dated(filters, source)
        for field, values in (("person", filters.not_person), ("outlet", filters.not_outlet)):
            for value in values:
                self._fixed &= ~source.ordinals(field).matching(value, whole=True)
        self._own = {field: _chosen(field, values, mode, source) for field, values, mode in _choices(filters) if values}

    def mask(self, without: str = "") -> Mask:
        """Give the rows that match all, or all but a field's own filter."""
        mask = self._fixed
        for field, own in self._own.items():
            if field != without:
                mask = mask & own
        return mask

    def facet(self, wish: FacetWish) -> Counts:
        """Count a facet; see `search.answer.FacetValue` for what is counted of which value."""
        field, chosen, mode = next(choice for choice in _choices(self._filters) if choice[0] == wish.field)
        widening = bool(chosen) and mode == "any"
        mask = self.mask(without=field if widening else "")
        ordinals = self._source.ordinals(field)
        own = ordinals.counts(mask)
        present = np.flatnonzero(own)
        lacking, found = mask, 0
        if widening:
            lacking = mask & ~self._own[field]
            found = int(np.count_nonzero(mask)) - int(np.count_nonzero(lacking))
        counts = found + ordinals.counts(lacking) if widening else own
        selected = dict.fromkeys(ordinal for value in chosen for ordinal in ordinals.same(value))
        counts[list(selected)] = own[list(selected)]
        if wish.containing:
            present = _containing(present, ordinals.keys(), wish.containing)
        shown = _commonest(present, counts, ordinals, wish.size)
        shown += [ordinal for ordinal in selected if ordinal not in shown and not wish.containing]
        values, without = ordinals.values, ordinals.without()
        none = int(np.count_nonzero(mask & without))
        if widening and NONE not in chosen:
            none = found + int(np.count_nonzero(lacking & without))
        return Counts(
            field=field,
            values=tuple((values[ordinal], int(counts[ordinal])) for ordinal in shown),
            chosen=frozenset(values[ordinal] for ordinal in selected),
            distinct=len(present),
            none=none,
        )

    def dates(self) -> DateCounts:
        """Count the matches by date."""
        mask = self.mask()
        pairs = self._source.first_day[mask].astype(np.int64) << 32 | self._source.last_day[mask]
        found, counts = np.unique(pairs, return_counts=True)
        first, last = found >> 32, found & 0xFFFFFFFF
        return DateCounts(tuple(first.tolist()), tuple(last.tolist()), tuple(counts.tolist()))


def _choices(filters: Filters) -> tuple[tuple[str, tuple[str, ...], Mode], ...]:
    return (
        ("person", filters.person, filters.person_mode),
        ("outlet", filters.outlet, filters.outlet_mode),
        ("publisher", filters.publisher, "any"),
    )


def _chosen(field: str, values: tuple[str, ...], mode: Mode, source: Plain) -> Mask:
    masks = [source.ordinals(field).matching(value, whole=True) for value in values]
    return np.asarray(np.logical_and.reduce(masks) if mode == "all" else np.logical_or.reduce(masks))


def _dated(filters: Filters, source: Plain) -> Mask:
    mask = np.ones(source.articles, dtype=np.bool_)
    if filters.first is not None or filters.last is not None:
        mask = within(source, filters.first, filters.last)
    if filters.undated == "exclude":
        mask = mask & (source.first_day != UNDATED)
    elif filters.undated == "only":
        mask = mask & (source.first_day == UNDATED)
    return mask


def _commonest(present: Numbers, counts: Numbers, ordinals: Ordinals, size: int) -> list[int]:
    """Give the commonest of some values, equals by alphabet; only those that can be among them are sorted."""
    if len(present) > size:
        least = np.partition(counts[present], len(present) - size)[len(present) - size]
        present = present[counts[present] >= least]
    order = np.lexsort((ordinals.ranks()[present], -counts[present]))
    shown: list[int] = present[order][:size].tolist()
    return shown


def _containing(present: Numbers, keys: tuple[str, ...], text: str) -> Numbers:
    wanted = [f" {word.form}" for word in words(text)]
    return np.array([one for one in present.tolist() if all(part in keys[one] for part in wanted)], dtype=np.int64)
