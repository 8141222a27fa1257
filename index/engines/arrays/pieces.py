"""Texts cut into pieces by whole arrays, and a table that knows the code of each piece by its hash.

A piece is what stands between signs that no word goes across (index/words.py): blanks, and all other signs of ASCII but
`#`, `@`, and those of `'-.,&` that stand between letters. What lies beyond ASCII is left to the cutting of pieces, but
for quotes and dashes, which are blanks. So the words of a text are those of its pieces in a row, and a piece that was
seen before needs no cutting. It is known by 64 bits of hash: of a million pieces, the chance that any two are taken for
one is 1 in 30 millions.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers

Hashes = NDArray[np.uint64]
Codes = NDArray[np.int32]

_REPLACED = {"“": " ", "”": " ", "—": " ", "–": " ", "…": " ", "’": "'", "‘": "'"}
_BLANK, _CONNECTOR, _POINT, _APOSTROPHE, _INNER = 0, 1, 2, 3, 4
_WORD_BYTES = 8
_PADDING = bytes(4 * _WORD_BYTES)
_FIRST_SIZE = 2**16
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio, as in Fibonacci hashing
_HALF = np.uint64(32)
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(_WORD_BYTES + 1)], dtype=np.uint64)


def _classes() -> NDArray[np.uint8]:
    classes = np.full(256, _BLANK, dtype=np.uint8)
    classes[128:] = _INNER
    for sign in range(128):
        if chr(sign).isalnum() or chr(sign) in "_#@":
            classes[sign] = _INNER
    classes[[ord("-"), ord(","), ord("&")]] = _CONNECTOR
    classes[ord(".")] = _POINT
    classes[ord("'")] = _APOSTROPHE
    return classes


_CLASSES = _classes()


class Cut(NamedTuple):
    """Texts as bytes, one behind the other, and their pieces.

    - `data`: the texts.
    - `starts`, `sizes` int64: where each piece begins in it, and its bytes.
    - `counts` int64[texts]: the pieces of each text; `begins` int64[texts]: where it begins.
    """

    data: bytes
    starts: Numbers
    sizes: Numbers
    counts: Numbers
    begins: Numbers


def cut(texts: Sequence[str]) -> Cut:
    """Cut texts into pieces."""
    coded = [_coded(text) for text in texts]
    data = b"\n".join([*coded, _PADDING])
    kinds = _CLASSES[np.frombuffer(data, dtype=np.uint8)]
    starts, ends = _edges(_inside(kinds))
    sizes = np.array([len(one) + 1 for one in coded], dtype=np.int64)
    bounds = np.cumsum(sizes)
    counts = np.diff(np.searchsorted(starts, bounds), prepend=0)
    return Cut(data, starts, ends - starts, counts, bounds - sizes)


def encoded(text: str, places: Sequence[int]) -> list[int]:
    """Give where places in a text are among its bytes as `cut` has them."""
    if text.isascii():
        return [min(max(place, 0), len(text)) for place in places]
    found, at, size = {}, 0, 0
    for place in sorted(set(places)):
        size += len(_coded(text[at : max(at, place)]))
        at = max(at, place)
        found[place] = size
    return [found[place] for place in places]


def _coded(text: str) -> bytes:
    if text.isascii():
        return text.encode("ascii")
    for sign, plain in _REPLACED.items():
        text = text.replace(sign, plain)
    return text.encode("utf-8", "replace")


def _inside(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Say which bytes are in pieces: letters and their like, and a sign between two (or two signs: U.S.'s)."""
    inner = kinds == _INNER
    sign = (kinds >= _CONNECTOR) & (kinds <= _APOSTROPHE)
    inside = inner.copy()
    inside[1:-1] |= sign[1:-1] & inner[:-2] & inner[2:]
    both = inner[:-3] & (kinds[1:-2] == _POINT) & (kinds[2:-1] == _APOSTROPHE) & inner[3:]
    inside[1:-2] |= both
    inside[2:-1] |= both
    return np.asarray(inside)


def _edges(inside: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Give where each run of true begins, and where it ends; the last byte is never inside."""
    changes = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[0]:
        changes = np.concatenate((np.zeros(1, dtype=np.int64), changes))
    return changes[0::2], changes[1::2]


class PieceTable:
    """The codes of pieces by their hashes: an open table whose search goes on at the next place."""

    def __init__(self) -> None:
        self._seed = np.uint64(secrets.randbits(64))
        self._count = 0
        self._hashes: Hashes = np.zeros(_FIRST_SIZE, dtype=np.uint64)
        self._codes: Codes = np.zeros(_FIRST_SIZE, dtype=np.int32)

    def __len__(self) -> int:
        return self._count

    def codes(self, pieces: Cut, make: Callable[[str], int]) -> Codes:
        """Give the code of each piece; `make` gives that of one not seen before."""
        hashes = self._hash(pieces)
        codes, known = self._find(hashes)
        if not known.all():
            unknown = np.flatnonzero(~known)
            fresh, first = np.unique(hashes[unknown], return_index=True)
            begins = pieces.starts[unknown[first]]
            ends = begins + pieces.sizes[unknown[first]]
            data = pieces.data
            made = [
                make(data[begin:end].decode("utf-8")) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
            ]
            self._add(fresh, np.array(made, dtype=np.int32))
            codes[unknown], _ = self._find(hashes[unknown])
        return codes

    def _hash(self, pieces: Cut) -> Hashes:
        """Mix the bytes of each piece, eight at a time; pieces of up to eight bytes never have the same hash."""
        usable = len(pieces.data) // _WORD_BYTES * _WORD_BYTES
        words = np.frombuffer(pieces.data[:usable], dtype="<u8")
        starts, sizes = pieces.starts, pieces.sizes
        hashes = _mixed(_load(words, starts, np.minimum(sizes, _WORD_BYTES)) ^ self._seed)
        longer = np.flatnonzero(sizes > _WORD_BYTES)
        done = _WORD_BYTES
        while len(longer):
            part = _load(words, starts[longer] + done, np.minimum(sizes[longer] - done, _WORD_BYTES))
            hashes[longer] = _mixed(hashes[longer] + _ODD ^ part)
            done += _WORD_BYTES
            longer = longer[sizes[longer] > done]
        hashes[hashes == 0] = 1  # which stands for an empty place
        return hashes

    def _places(self, hashes: Hashes) -> Numbers:
        return (hashes >> np.uint64(64 - (len(self._hashes) - 1).bit_length())).astype(np.int64)

    def _find(self, hashes: Hashes) -> tuple[Codes, NDArray[np.bool_]]:
        """Give the codes of hashes, and which are known."""
        places, last = self._places(hashes), len(self._hashes) - 1
        there = self._hashes[places]
        codes = self._codes[places]
        known = there == hashes
        left = np.flatnonzero(~known & (there != 0))
        while len(left):
            places[left] = (places[left] + 1) & last
            there = self._hashes[places[left]]
            same = there == hashes[left]
            found = left[same]
            codes[found] = self._codes[places[found]]
            known[found] = True
            left = left[~same & (there != 0)]
        return codes, known

    def _add(self, hashes: Hashes, codes: Codes) -> None:
        """Add hashes that are not known, each once; the table is never more than half full."""
        self._count += len(hashes)
        if 2 * self._count > len(self._hashes):
            held = self._hashes != 0
            hashes = np.concatenate((hashes, self._hashes[held]))
            codes = np.concatenate((codes, self._codes[held]))
            size = 1 << (4 * self._count).bit_length()
            self._hashes = np.zeros(size, dtype=np.uint64)
            self._codes = np.zeros(size, dtype=np.int32)
        places, last = self._places(hashes), len(self._hashes) - 1
        while len(hashes):
            free = self._hashes[places] == 0
            self._hashes[places[free]] = hashes[free]  # of several for one place, the last stays
            here = self._hashes[places] == hashes
            self._codes[places[here]] = codes[here]
            hashes, codes = hashes[~here], codes[~here]
            places = (places[~here] + 1) & last


def _load(words: Hashes, starts: Numbers, sizes: Numbers) -> Hashes:
    """Read up to eight bytes from each start on as one number."""
    index = starts >> 3
    shift = ((starts & 7) << 3).astype(np.uint64)
    found = words[index] >> shift
    found |= (words[index + 1] << (np.uint64(63) - shift)) << np.uint64(1)
    found &= _MASKS[sizes]
    return np.asarray(found)


def _mixed(numbers: Hashes) -> Hashes:
    """Spread numbers over 64 bits; different ones stay different."""
    numbers ^= numbers >> _HALF
    numbers *= _ODD
    numbers ^= numbers >> _HALF
    numbers *= _ODD
    return numbers
