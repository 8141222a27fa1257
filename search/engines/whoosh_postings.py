"""Whoosh's posting lists as arrays: a block at a time where the matcher reads from a file, else one by one.

The blocks are read through members that Whoosh 2.7.4 and its fork whoosh3 name alike, though with a leading underscore:
the public way costs ten times as much.
"""

import itertools
import pickle
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher

Numbers = NDArray[np.int64]


def counts_of(matcher: Any) -> tuple[Numbers, NDArray[np.float64]]:
    """Give a matcher's documents and their frequencies."""
    documents: list[int] = []
    weights: list[float] = []
    for numbers, frequencies, _ in _blocks(_bare(matcher), values=False):
        documents += numbers
        weights += frequencies
    return np.array(documents, dtype=np.int64), np.array(weights, dtype=np.float64)


def places_of(matcher: Any) -> tuple[Numbers, Numbers]:
    """Give a matcher's documents and positions, a pair for each occurrence, ascending."""
    matcher = _bare(matcher)
    documents: list[int] = []
    lengths: list[int] = []
    flat: list[int] = []
    for numbers, _, values in _blocks(matcher, values=True):
        positions = [_steps(value) if isinstance(value, bytes) else _differences(value) for value in values]
        documents += numbers
        lengths += map(len, positions)
        flat += itertools.chain.from_iterable(positions)
    return np.repeat(np.array(documents, dtype=np.int64), lengths), _positions(flat, lengths)


def _steps(value: bytes) -> list[int]:
    """Give how far each position is from the one before: four bytes, then a pickle that may lack its last."""
    steps: list[int] = pickle.loads(value[4:] if value.endswith(b".") else value[4:] + b".")  # noqa: S301  # as Whoosh
    return steps


def _differences(positions: list[int]) -> list[int]:
    return [two - one for one, two in itertools.pairwise([0, *positions])]


def _positions(steps: list[int], lengths: list[int]) -> Numbers:
    """Add up steps, anew for each posting."""
    sums = np.cumsum(np.array(steps, dtype=np.int64))
    before = np.concatenate((np.zeros(1, dtype=np.int64), sums))[np.cumsum([0, *lengths])[:-1]]
    found: Numbers = sums - np.repeat(before, lengths)
    return found


def _bare(matcher: Any) -> Any:
    """Take off the wrapper that hides removed documents: rows do that."""
    return matcher.child if type(matcher).__name__ == "FilterMatcher" else matcher


def _blocks(matcher: Any, *, values: bool) -> Iterator[tuple[list[int], list[float], list[Any]]]:
    if not isinstance(matcher, W3LeafMatcher):
        while matcher.is_active():
            value = matcher.value_as("positions") if values else None
            yield [matcher.id()], [matcher.weight()], [value]
            matcher.next()
        return
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        if values:
            matcher._read_values()
        yield list(matcher._ids), list(matcher._weights), list(matcher._values) if values else []
        matcher._next_block()
