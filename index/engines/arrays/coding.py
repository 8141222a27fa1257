"""How numbers are made small: gaps between ascending articles as bytes, small counts as half bytes.

Both decode by whole arrays: the codes of any number of terms that follow each other are one slice.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Articles = NDArray[np.uint32]

ESCAPE = 255
"""As a byte of a gap: add so much, and the gap goes on."""

PLAIN_BYTES = 4
"""Bytes of an article's number where its gap would take as many or more."""

NIBBLE_BITS = 4

NIBBLE = 15
"""As a half byte: the number is so large or larger, and stands among the exceptions."""


def starts_of(counts: NDArray[Any]) -> Numbers:
    """Give where each of some runs begins in an array that holds them in a row, and where the last one ends."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def ranges(begins: NDArray[Any], counts: NDArray[Any]) -> Numbers:
    """Give the numbers of several ranges in a row: `counts[i]` of them from `begins[i]` on."""
    starts = starts_of(counts)
    found = np.arange(starts[-1], dtype=np.int64)
    found += np.repeat(begins - starts[:-1], counts)
    return found


def encode_articles(articles: Articles, counts: Numbers) -> tuple[Bytes, Numbers]:
    """Code the articles of several terms, `counts[t]` ascending numbers for each; give the bytes, and each one's.

    A term's gaps (less one) are bytes, with ESCAPE before what is left of wide ones; or its numbers stand plainly, as
    PLAIN_BYTES little-endian bytes each. A term that has PLAIN_BYTES for each article is of the second kind.
    """
    if not len(articles):
        return np.empty(0, dtype=np.uint8), np.zeros(len(counts), dtype=np.int64)
    starts = starts_of(counts)
    gaps = np.empty(len(articles), dtype=np.int64)
    gaps[0] = articles[0]
    np.subtract(articles[1:], articles[:-1], out=gaps[1:], dtype=np.int64)
    gaps[1:] -= 1
    firsts = starts[:-1][counts > 0]
    gaps[firsts] = articles[firsts]
    wide = gaps // ESCAPE
    sizes = np.add.reduceat(wide, firsts) + counts[counts > 0]
    coded = np.zeros(len(counts), dtype=np.bool_)
    coded[counts > 0] = sizes < PLAIN_BYTES * counts[counts > 0]
    lengths = counts * PLAIN_BYTES
    lengths[counts > 0] = np.where(coded[counts > 0], sizes, lengths[counts > 0])
    of_coded = np.repeat(coded, counts)
    places = np.full(len(articles), PLAIN_BYTES, dtype=np.int64)
    np.add(wide, 1, out=places, where=of_coded)
    ends = np.cumsum(places)
    data = np.full(int(ends[-1]), ESCAPE, dtype=np.uint8)
    data[ends[of_coded] - 1] = (gaps - wide * ESCAPE)[of_coded]
    plain = ends[~of_coded] - PLAIN_BYTES
    numbers = articles[~of_coded]
    for byte in range(PLAIN_BYTES):
        data[plain + byte] = (numbers >> np.uint32(8 * byte)).astype(np.uint8)
    return data, lengths


def decode_articles(data: Bytes, lengths: NDArray[Any], counts: NDArray[Any]) -> Articles:
    """Give the articles of several terms that follow each other, from their bytes."""
    if len(counts) == 1:
        return _decode_one(data, int(counts[0]))
    plain = lengths == counts * PLAIN_BYTES
    if plain.all():
        return data.view("<u4")
    of_plain = np.repeat(plain, lengths)
    coded = data[~of_plain]
    sums = np.cumsum(coded, dtype=np.uint32)
    last = sums[starts_of(lengths[~plain])[1:] - 1]
    before = np.zeros(len(last), dtype=np.uint32)
    before[1:] = last[:-1]
    some = counts[~plain]
    found = sums[coded != ESCAPE]
    found -= np.repeat(before, some)
    found += ranges(np.zeros(len(some), dtype=np.int64), some).astype(np.uint32)
    articles = np.empty(int(counts.sum()), dtype=np.uint32)
    postings_plain = np.repeat(plain, counts)
    articles[postings_plain] = data[of_plain].view("<u4")
    articles[~postings_plain] = found
    return articles


def _decode_one(data: Bytes, count: int) -> Articles:
    if len(data) == count * PLAIN_BYTES:
        return data.view("<u4")
    sums = np.cumsum(data, dtype=np.uint32)
    if len(data) != count:
        sums = sums[data != ESCAPE]
    sums += np.arange(count, dtype=np.uint32)
    return sums


class Nibbles(NamedTuple):
    """Numbers as half bytes, and those of NIBBLE or more as exceptions.

    - `packed` uint8[n / 2, rounded up]: number `i` is the low half of byte `i / 2` where i is even, else the high half.
    - `places` uint32 or uint64, ascending: which numbers are exceptions.
    - `numbers` uint32: what they are.
    """

    packed: Bytes
    places: NDArray[Any]
    numbers: NDArray[np.uint32]

    def slice(self, begin: int, end: int) -> tuple[Bytes, slice]:
        """Give numbers `begin` to `end` as half bytes, and which of the exceptions are among them."""
        packed = self.packed[begin >> 1 : (end + 1) >> 1]
        halves = np.empty(2 * len(packed), dtype=np.uint8)
        np.bitwise_and(packed, NIBBLE, out=halves[0::2])
        np.right_shift(packed, NIBBLE_BITS, out=halves[1::2])
        skip = begin & 1
        found = halves[skip : skip + end - begin]
        if not len(self.places):
            return found, slice(0, 0)
        low, high = np.searchsorted(self.places, np.array([begin, end], dtype=self.places.dtype)).tolist()
        return found, slice(low, high)

    def read(self, begin: int, end: int, dtype: Any = np.uint32) -> NDArray[Any]:
        """Give numbers `begin` to `end`; those beyond what `dtype` holds are cut to its greatest."""
        halves, big = self.slice(begin, end)
        if big.start == big.stop:
            return halves.astype(dtype, copy=False)
        found: NDArray[Any] = halves.astype(dtype)
        found[(self.places[big] - np.array(begin, dtype=self.places.dtype)).astype(np.int64)] = np.minimum(
            self.numbers[big], np.iinfo(dtype).max
        )
        return found

    def at(self, places: Numbers) -> NDArray[np.uint32]:
        """Give the numbers at some places, which ascend or do not."""
        shifts = ((places & 1) * NIBBLE_BITS).astype(np.uint8)
        found: NDArray[np.uint32] = ((self.packed[places >> 1] >> shifts) & np.uint8(NIBBLE)).astype(np.uint32)
        big = np.flatnonzero(found == NIBBLE)
        if len(big):
            found[big] = self.numbers[np.searchsorted(self.places, places[big].astype(self.places.dtype))]
        return found


def pack_nibbles(numbers: NDArray[Any]) -> Bytes:
    """Put an even number of numbers, all at most NIBBLE, into half bytes."""
    small = numbers.astype(np.uint8)
    small[0::2] |= small[1::2] << np.uint8(NIBBLE_BITS)
    return small[0::2].copy()
