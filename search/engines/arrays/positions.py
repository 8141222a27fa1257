"""Where words stand, as places; of words that are wanted together only in the rows that have them all."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.places import NOWHERE
from search.engines.arrays.rowsets import Numbers, Scratch
from search.engines.arrays.source import Places, Positions, Rows, Source
from search.engines.arrays.weighing import NO_ROWS


class Together(NamedTuple):
    """The rows that have all of some forms, ascending, and each form's places: `number in rows << 32 | position`."""

    rows: Rows
    places: dict[str, Places]


APART = Together(NO_ROWS, {})

POSITION = 0xFFFFFFFF
"""The part of a place that is a position."""


def places_of(source: Source, field: str, form: str) -> Places:
    """Give all places of a form: `row << 32 | position`, ascending."""
    rows = source.postings(field, form).rows
    if not len(rows):
        return NOWHERE
    positions = source.positions(field, form)
    owners = np.repeat(rows.astype(np.int64) << 32, np.diff(positions.offsets))
    owners |= positions.positions
    return owners


def in_a_row(source: Source, scratch: Scratch, field: str, forms: Sequence[str]) -> Together:
    """Give where forms stand in a row: `places` of one, "", the places of the first.

    The places of the rarest are read; each other form is looked for at the place that it must have, among its positions
    in that row alone.
    """
    lists = {form: source.postings(field, form).rows for form in forms}
    slots = sorted(range(len(forms)), key=lambda slot: len(lists[forms[slot]]))
    rows = lists[forms[slots[0]]]
    if not len(rows):
        return APART
    numbers = np.arange(len(rows))
    kept: list[tuple[int, Numbers]] = []
    for slot in slots[1:]:
        sought = scratch.seek(rows, lists[forms[slot]])
        there = np.flatnonzero(sought.there)
        rows, numbers = rows.take(there), numbers.take(there)
        if not len(rows):
            return APART
        kept = [(one, postings.take(there)) for one, postings in kept]
        kept.append((slot, sought.places.take(there)))
    places = _places(source.positions(field, forms[slots[0]]), numbers)
    places -= slots[0]
    for slot, postings in kept:
        positions = source.positions(field, forms[slot])
        places = places.compress(_stands(positions, postings.take(places >> 32), (places & POSITION) + slot))
    return Together(rows, {"": places})


def _stands(positions: Positions, postings: Numbers, wanted: Places) -> NDArray[np.bool_]:
    """Say at which of some postings a form stands at a wanted position: a binary search in all of them at once."""
    low = positions.offsets.take(postings)
    left = positions.offsets.take(postings + 1) - low
    most = int(left.max()) if len(left) else 0
    flat = positions.positions
    while most > 1:
        half = left >> 1
        middle = low + half
        np.copyto(low, middle, where=flat.take(middle) <= wanted)
        left -= half
        most -= most >> 1
    return np.asarray(flat.take(low) == wanted)


def together(source: Source, scratch: Scratch, field: str, forms: Sequence[str]) -> Together:
    """Give where forms stand in the rows of a field that have all of them."""
    lists = {form: source.postings(field, form).rows for form in forms}
    rarest, *others = sorted(lists, key=lambda form: len(lists[form]))
    rows = lists[rarest]
    if not len(rows):
        return APART
    kept: dict[str, Numbers] = {rarest: np.arange(len(rows))}
    for form in others:
        sought = scratch.seek(rows, lists[form])
        there = np.flatnonzero(sought.there)
        rows = rows.take(there)
        if not len(rows):
            return APART
        kept = {one: numbers.take(there) for one, numbers in kept.items()}
        kept[form] = sought.places.take(there)
    return Together(rows, {form: _places(source.positions(field, form), numbers) for form, numbers in kept.items()})


def _places(positions: Positions, postings: Numbers) -> Places:
    """Give the places of some postings, which ascend, numbering them anew."""
    starts = positions.offsets.take(postings)
    counts = positions.offsets.take(postings + 1) - starts
    ends = np.cumsum(counts)
    numbers = np.repeat(starts - ends + counts, counts)
    numbers += np.arange(len(numbers))
    places = np.repeat(np.arange(len(postings), dtype=np.int64) << 32, counts)
    places |= positions.positions.take(numbers)
    return places
