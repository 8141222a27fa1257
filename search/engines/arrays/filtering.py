"""The filters of a request as parts of the question, and facets counted with or without their own filter."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.words import words
from search.engines.arrays.facets import Tables, Tally
from search.engines.arrays.knowing import Knowing
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.parts import All, Masked, Matches, Part
from search.engines.arrays.selecting import floor_of_best
from search.engines.arrays.stories import Hits
from search.engines.engine import Counts, DateCounts, FacetWish, Filters, Plan
from search.request import NONE, Mode

Numbers = NDArray[np.int64]


class _Lacking(NamedTuple):
    """What a facet's own filter keeps away: how many hits more there were with each value, and which rows have any."""

    more: Tally
    reached: Tally


class Filtering:
    """The filters of one plan: those that hold for all that is asked, and those that a facet of theirs leaves out."""

    def __init__(self, plan: Plan, knowing: Knowing) -> None:
        self._knowing = knowing
        self._filters = plan.filters
        self.always: list[Masked] = []
        self._own: dict[str, Masked] = {}
        if plan.filters == UNFILTERED:
            return
        wished = {wish.field for wish in plan.facets}
        self.always += _dated(plan.filters, knowing)
        for field, values in (("person", plan.filters.not_person), ("outlet", plan.filters.not_outlet)):
            self.always += [Masked(~knowing.value(field, value, whole=True).mask) for value in values]
        for field, values, mode in _choices(plan.filters):
            masks = [knowing.value(field, value, whole=True) for value in values]
            if mode == "all":
                self.always += masks
            elif masks and field in wished:
                self._own[field] = _any(masks)
            elif masks:
                self.always.append(_any(masks))

    def joined(self, part: Part) -> Part:
        """Join the filters that hold for all to a question."""
        return All([part, *self.always]) if self.always else part

    def rows(self, matches: Matches) -> Matches:
        """Give those of some matches that pass all filters which a facet leaves out."""
        return self._passing(matches, list(self._own.values())) if self._own else matches

    def facets(
        self, matches: Matches, hits: Hits, wishes: Sequence[FacetWish], table: Tables, *, dates: bool
    ) -> tuple[tuple[Counts, ...], DateCounts]:
        """Count facets; see `search.answer.FacetValue` for what is counted of which value.

        `hits` are those of `matches` that pass all filters.
        """
        counted = []
        repeated = hits.repeated()
        for wish, tally in zip(
            wishes, table.tallies(hits.rows, [wish.field for wish in wishes], repeated), strict=True
        ):
            lacking = self._lacking(matches, wish.field, table, hits)
            counted.append(self._facet(wish, tally, lacking, hits))
        return tuple(counted), table.dates(hits.rows, repeated) if dates else DateCounts()

    def _lacking(self, matches: Matches, field: str, table: Tables, hits: Hits) -> _Lacking | None:
        """Count the matches that only the field's own filter keeps away; None where it keeps none away."""
        if field not in self._own:
            return None
        masks = [masked for name, masked in self._own.items() if name != field]
        masks.append(Masked(~self._own[field].mask))
        rows = self._passing(matches, masks).rows
        [reached] = table.tallies(rows, [field])
        if not hits.folded:
            return _Lacking(reached, reached)
        more = hits.beyond(rows)
        return _Lacking(table.tallies(more.rows, [field], more.repeated())[0], reached)

    def _passing(self, matches: Matches, masks: list[Masked]) -> Matches:
        rows, scores = matches
        for masked in masks:
            kept = np.flatnonzero(masked.mask.take(rows))
            rows = rows.take(kept)
            scores = None if scores is None else scores.take(kept)
        return Matches(rows, scores)

    def _facet(self, wish: FacetWish, having: Tally, lacking: _Lacking | None, hits: Hits) -> Counts:
        """Make a facet; where a filter widens what is found, another value adds what it has of the articles lacking.

        A chosen name that is no value, but a part of some, stands among the values with the hits that it means.
        """
        ordinals = self._knowing.ordinals(wish.field)
        values = ordinals.values
        chosen: tuple[str, ...] = getattr(self._filters, wish.field, ())
        selected = list(dict.fromkeys(ordinal for value in chosen for ordinal in ordinals.same(value)))
        parts = {value: self._meant(wish.field, value, hits) for value in chosen if not ordinals.same(value)}
        counts, none = having
        if lacking is None:
            present = np.flatnonzero(counts)
        else:
            present = np.flatnonzero(counts + lacking.reached.values)
            counts = hits.total + lacking.more.values
            counts[selected] = having.values[selected]
            none = none if NONE in chosen else hits.total + lacking.more.none
        if wish.containing:
            present = _containing(present, ordinals.keys(), wish.containing)
        shown = _commonest(present, counts, ordinals, wish.size)
        if selected and not wish.containing:
            shown += [ordinal for ordinal in selected if ordinal not in shown]
        meant = () if wish.containing else ((value, count) for value, count in parts.items() if count is not None)
        return Counts(
            field=wish.field,
            values=(*zip([values[one] for one in shown], counts[shown].tolist(), strict=True), *meant),
            chosen=frozenset((*(values[ordinal] for ordinal in selected), *parts)) - {NONE},
            distinct=len(present),
            none=none,
        )

    def _meant(self, field: str, name: str, hits: Hits) -> int | None:
        """Count the hits with any value that has the words of a name; None where there is no such value."""
        if name == NONE or not self._knowing.ordinals(field).find(name, whole=True):
            return None
        mask = self._knowing.value(field, name, whole=True).mask
        return hits.alike(hits.rows.compress(mask.take(hits.rows))).total


UNFILTERED = Filters()


def _choices(filters: Filters) -> tuple[tuple[str, tuple[str, ...], Mode], ...]:
    return (
        ("person", filters.person, filters.person_mode),
        ("outlet", filters.outlet, filters.outlet_mode),
        ("publisher", filters.publisher, "any"),
    )


def _any(masks: list[Masked]) -> Masked:
    return masks[0] if len(masks) == 1 else Masked(np.logical_or.reduce([one.mask for one in masks]))


def _dated(filters: Filters, knowing: Knowing) -> list[Masked]:
    found = []
    if filters.first is not None or filters.last is not None:
        found.append(knowing.within(filters.first, filters.last))
    if filters.undated != "include":
        found.append(knowing.dated(filters.undated))
    return found


def _commonest(present: Numbers, counts: Numbers, ordinals: Ordinals, size: int) -> list[int]:
    """Give the commonest of some values, equals by alphabet; only those that can be among them are sorted."""
    found = counts.take(present)
    if len(present) > size:
        chosen = np.flatnonzero(found >= floor_of_best(found, size))
        present, found = present.take(chosen), found.take(chosen)
    order = np.lexsort((ordinals.by_alphabet(present), -found))
    shown: list[int] = present.take(order[:size]).tolist()
    return shown


def _containing(present: Numbers, keys: tuple[str, ...], text: str) -> Numbers:
    wanted = [f" {word.form}" for word in words(text)]
    return np.array([one for one in present.tolist() if all(part in keys[one] for part in wanted)], dtype=np.int64)
