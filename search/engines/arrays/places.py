"""Words in a row, close together, and near each other: set operations over places.

A place is `row << 32 | position`, so that neighbours in one article differ by their distance, and places of different
articles by more than any distance. Arrays of places are ascending and without doubles.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.source import Places, Rows

Numbers = NDArray[np.intp]

NOWHERE: Places = np.empty(0, dtype=np.int64)


class Counted(NamedTuple):
    """Rows int32[n], ascending, each once, and int64[n]: how often each has what was looked for."""

    rows: Rows
    counts: NDArray[np.int64]


class Spans(NamedTuple):
    """Stretches of text, by start: `ends` are the places behind their last words."""

    starts: Places
    ends: Places


def union(arrays: Sequence[Places]) -> Places:
    """Give the places that are in any of the arrays."""
    arrays = [one for one in arrays if len(one)]
    if len(arrays) <= 1:
        return arrays[0] if arrays else NOWHERE
    joined = np.concatenate(arrays)
    joined.sort(kind="stable")  # which merges what is sorted already
    return joined[_first_of_equals(joined)]


def window(words: Mapping[str, Places], needed: Counter[str], size: int) -> Places:
    """Give the places that begin a window of `size` words which has each word as often as needed.

    Such a window begins with one of the words.
    """
    starts = union(list(words.values()))
    for word, count in needed.items():
        places = words[word]
        last = np.searchsorted(places, starts) + count - 1
        starts, last = starts[last < len(places)], last[last < len(places)]
        starts = starts[places[last] < starts + size]
    return starts


def ends_of_windows(words: Mapping[str, Places], needed: Counter[str], starts: Places) -> Places:
    """Give the place behind the last word that is needed, of windows as `window` gives them."""
    ends = starts
    for word, count in needed.items():
        last = words[word].take(np.searchsorted(words[word], starts) + count - 1)
        ends = np.maximum(ends, last)
    return ends + 1


def near(left: Spans, right: Spans, distance: int) -> Spans:
    """Join spans that do not overlap and have at most `distance` words between, in either order.

    Gives the spans from the first word to the last.
    """
    one, two = _pairs(left, right, distance), _pairs(right, left, distance)
    return _distinct(np.concatenate((one.starts, two.starts)), np.concatenate((one.ends, two.ends)))


def count_pairs(left: Spans, right: Spans, distance: int) -> int:
    """Count the pairs that `near` would make, without making them."""
    return int(_followers(left, right, distance)[1].sum() + _followers(right, left, distance)[1].sum())


def near_starts(left: Spans, right: Spans, distance: int) -> Places:
    """Give where the spans of `near` begin, without making them."""
    one, two = _followers(left, right, distance)[1] > 0, _followers(right, left, distance)[1] > 0
    return union([left.starts[one], right.starts[two]])


def spans_of(starts: Places, length: int) -> Spans:
    """Give the spans of a number of words from each start."""
    return Spans(starts, starts + length)


def merge(spans: Sequence[Spans]) -> Spans:
    """Give the spans that are in any of some."""
    return _distinct(
        np.concatenate([one.starts for one in spans] or [NOWHERE]),
        np.concatenate([one.ends for one in spans] or [NOWHERE]),
    )


def per_row(starts: Places) -> Counted:
    """Count places, which ascend, by row."""
    rows = (starts >> 32).astype(np.int32)
    begins = np.flatnonzero(_first_of_equals(rows))
    counts = np.diff(begins, append=len(rows))
    return Counted(rows[begins], counts)


def _first_of_equals(ascending: NDArray[Any]) -> NDArray[np.bool_]:
    new = np.ones(len(ascending), dtype=np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return new


def _followers(first: Spans, second: Spans, distance: int) -> tuple[Numbers, Numbers]:
    """Give for each span of `first` where those of `second` begin that follow it closely, and how many they are."""
    low = np.searchsorted(second.starts, first.ends)
    return low, np.searchsorted(second.starts, first.ends + distance, side="right") - low


def _pairs(first: Spans, second: Spans, distance: int) -> Spans:
    """Pair each span of `first` with those of `second` that follow it closely."""
    low, counts = _followers(first, second, distance)
    owners = np.repeat(np.arange(len(counts)), counts)
    offsets = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return Spans(first.starts[owners], second.ends[low[owners] + offsets])


def _distinct(starts: Places, ends: Places) -> Spans:
    if not len(starts):
        return Spans(NOWHERE, NOWHERE)
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    new = np.ones(len(starts), dtype=np.bool_)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return Spans(starts[new], ends[new])
