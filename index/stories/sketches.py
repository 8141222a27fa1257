"""Sketches: what is left of a text's word shingles, small enough to keep for every article.

A. Broder, "On the resemblance and containment of documents" (1997): the chance that two sets of shingles have the same
minimum under a random order is their Jaccard index. A sketch has the minima under 126 orders, each a multiplication
and a shift (M. Dietzfelbinger et al., "A reliable randomized algorithm for the closest-pair problem", 1997).
"""

import re
import zlib

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 3
"""Words in a shingle: pairs of words are common to unrelated articles, four make copies with edits look less alike."""

BANDS = 42
ROWS = 3
"""Two articles are compared where all minima of any band agree. Of pairs that share half of their shingles, 99.6 % are
(1 - (1 - 0.5 ** ROWS) ** BANDS); of those that share a fiftieth, one in 3,000."""

SIZE = BANDS * ROWS
SKETCH_BYTES = SIZE * 4

Shingles = NDArray[np.uint64]
Sketch = NDArray[np.uint32]

_WORD = re.compile(r"\w+")
_RANDOM = np.random.default_rng(1997)
_FACTORS = _RANDOM.integers(1, 2**63, SIZE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_PLACES = tuple(_RANDOM.integers(1, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1))
_AT_ONCE = 2_048  # shingles: a table of them and all orders then stays in the processor's cache


def shingles(text: str) -> Shingles:
    """Give the distinct shingles of a text as sorted numbers: each SHINGLE_WORDS words in a row, case aside.

    A text of fewer words is one shingle; one without words has none.
    """
    words = _WORD.findall(text.casefold())
    if not words:
        return np.zeros(0, dtype=np.uint64)
    codes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    count = max(1, len(codes) - SHINGLE_WORDS + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_PLACES):
        part = codes[place : place + count]
        mixed[: len(part)] += _mixed(part + factor) * factor
    return np.unique(_mixed(mixed))


def sketch(found: Shingles) -> Sketch:
    """Give the sketch of some shingles."""
    minima = np.full(SIZE, np.iinfo(np.uint32).max, dtype=np.uint64)
    for start in range(0, len(found), _AT_ONCE):
        orders = (found[start : start + _AT_ONCE, None] * _FACTORS[None, :]) >> np.uint64(32)
        np.minimum(minima, orders.min(axis=0), out=minima)
    return minima.astype(np.uint32)


def sketch_of(text: str) -> bytes:
    """Give the sketch of a text as SKETCH_BYTES bytes, none where it has no words."""
    found = shingles(text)
    return sketch(found).astype("<u4").tobytes() if len(found) else b""


def band_keys(sketches: Sketch) -> Sketch:
    """Give a number for each band of each sketch, [articles, BANDS]; equal bands have equal numbers."""
    bands = sketches.reshape(len(sketches), BANDS, ROWS).astype(np.uint64)
    keys = bands[:, :, 0]
    for row in range(1, ROWS):
        keys = _mixed(keys) + bands[:, :, row]
    keys = _mixed(keys) >> np.uint64(32)
    return keys.astype(np.uint32)


def jaccard(one: Shingles, other: Shingles) -> float:
    """Give what two articles share of all their shingles."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(1, len(one) + len(other) - shared)


def _mixed(values: Shingles) -> Shingles:
    """Spread numbers over all 64 bits (the last steps of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Shingles = values ^ (values >> np.uint64(31))
    return mixed
