"""Whoosh's posting lists as arrays: a block at a time where the matcher reads from a file, else one by one.

The blocks are read through members that Whoosh 2.7.4 and its fork whoosh3 name alike, though with a leading underscore:
the public way costs ten times as much.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher

from index.engines.whoosh_fields import to_bytes

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
    decode = matcher.format.decode_positions if hasattr(matcher, "format") else None
    documents: list[int] = []
    lengths: list[int] = []
    flat: list[int] = []
    for numbers, _, values in _blocks(matcher, values=True):
        positions = [decode(value) if decode and isinstance(value, bytes) else value for value in values]
        documents += numbers
        lengths += map(len, positions)
        flat += itertools.chain.from_iterable(positions)
    return np.repeat(np.array(documents, dtype=np.int64), lengths), np.array(flat, dtype=np.int64)


def words_from(reader: Any, field: str, prefix: str) -> Iterator[tuple[str, int]]:
    """Give the terms of a field that begin with a prefix, and how many documents have each."""
    wanted = to_bytes(prefix)
    for (name, term), info in reader.iter_from(field, wanted):
        if name != field or not term.startswith(wanted):
            break
        yield term.decode("utf-8"), int(info.doc_frequency())


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
