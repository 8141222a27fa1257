"""From the words of articles in order to postings in the order of terms, by one sort of numbers.

A key holds a term's rank, an article and a place (or a count) in 64 bits, so that sorted keys are postings.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers
from index.engines.arrays.postings import Chunk

MAX_ARTICLES = 2**18
"""In one batch: what fits into a key beside terms and places."""

PORTION = 2**18
"""Keys that are made postings at a time."""

_BITS = 64


class Ranked(NamedTuple):
    """The distinct terms of a batch: in order, their ids, and the rank of each id (0 where it does not occur)."""

    terms: list[bytes]
    ids: Numbers
    ranks: NDArray[np.uint64]


def ranked(ids: Iterable[NDArray[np.integer]], texts: Sequence[str]) -> Ranked:
    """Rank the terms that occur among ids; `texts` holds the text of each id."""
    occurs = np.zeros(len(texts), dtype=np.bool_)
    for some in ids:
        occurs[some] = True
    used = np.flatnonzero(occurs)
    coded = [texts[one].encode("utf-8") for one in used.tolist()]
    order = sorted(range(len(coded)), key=coded.__getitem__)
    ranks = np.zeros(len(texts), dtype=np.uint64)
    ordered = used[np.array(order, dtype=np.int64)]
    ranks[ordered] = np.arange(len(order), dtype=np.uint64)
    return Ranked([coded[one] for one in order], ordered, ranks)


class Sorter:
    """Gathers keys and sorts them, in memory that is taken once: fresh pages cost more than the sort.

    `begin`, then `add` any number of times, then `chunks`; then it may begin again.
    """

    def __init__(self) -> None:
        self._keys = np.empty(0, dtype=np.uint64)
        self._size = 0
        self._terms = Ranked([], np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64))
        self._article_bits = self._number_bits = 0

    def begin(self, terms: Ranked, *, size: int, articles: int, most: int) -> None:
        """Expect at most `size` keys of these terms, of so many articles, with numbers up to `most`."""
        self._terms = terms
        self._article_bits, self._number_bits = max(1, articles.bit_length()), max(1, most.bit_length())
        assert self._bits + len(terms.terms).bit_length() <= _BITS, "a batch is smaller than that"
        terms.ranks[:] <<= np.uint64(self._bits)
        if len(self._keys) < size:
            self._keys = np.empty(size + size // 4, dtype=np.uint64)
        self._size = 0

    def add(self, ids: NDArray[np.integer], articles: NDArray[np.integer], numbers: NDArray[np.integer]) -> None:
        """Add terms by id, with the article and the number of each."""
        keys = self._keys[self._size : self._size + len(ids)]
        np.take(self._terms.ranks, ids, out=keys)
        keys |= articles.astype(np.uint64) << np.uint64(self._number_bits)
        keys |= numbers.astype(np.uint64)
        self._size += len(ids)

    def add_texts(self, ids: NDArray[np.integer], counts: Numbers, first: int) -> None:
        """Add the words of the articles from `first` on, `counts` of each, with their positions."""
        articles = np.arange(first, first + len(counts), dtype=np.int64) << self._number_bits
        places = np.repeat(articles - (np.cumsum(counts) - counts), counts)
        places += np.arange(len(ids), dtype=np.int64)
        keys = self._keys[self._size : self._size + len(ids)]
        np.take(self._terms.ranks, ids, out=keys)
        keys |= places.view(np.uint64)
        self._size += len(ids)

    def positions(self) -> Iterator[Chunk]:
        """Give postings whose numbers are positions."""
        for terms, keys in self._portions():
            begins, postings = self._begins(keys)
            times = np.diff(begins, append=len(keys)).astype(np.uint32)
            positions = (keys & _mask(self._number_bits)).astype(np.uint32)
            yield Chunk(terms, self._counts(postings), self._articles(postings), times, positions)

    def times(self) -> Iterator[Chunk]:
        """Give postings whose numbers say how often; where a term and an article come twice, that adds up."""
        for terms, keys in self._portions():
            begins, postings = self._begins(keys)
            times = np.add.reduceat((keys & _mask(self._number_bits)).astype(np.uint32), begins)
            yield Chunk(terms, self._counts(postings), self._articles(postings), times, None)

    @property
    def _bits(self) -> int:
        return self._article_bits + self._number_bits

    def _portions(self) -> Iterator[tuple[list[bytes], NDArray[np.uint64]]]:
        """Give the sorted keys of some terms after those of others: so many that all else fits into the cache."""
        keys, bits = self._keys[: self._size], np.uint64(self._bits)
        keys.sort()
        low = 0
        while low < len(keys):
            high = min(low + PORTION, len(keys))
            last = int(keys[high - 1] >> bits)
            if high < len(keys):
                high = int(np.searchsorted(keys, np.uint64(last + 1) << bits))
            yield self._terms.terms[int(keys[low] >> bits) : last + 1], keys[low:high]
            low = high

    def _begins(self, keys: NDArray[np.uint64]) -> tuple[Numbers, NDArray[np.uint64]]:
        """Give where each posting begins, and its key without the number."""
        postings = keys >> np.uint64(self._number_bits)
        new = np.ones(len(postings), dtype=np.bool_)
        np.not_equal(postings[1:], postings[:-1], out=new[1:])
        return np.flatnonzero(new), postings[new]

    def _articles(self, postings: NDArray[np.uint64]) -> NDArray[np.uint32]:
        return (postings & _mask(self._article_bits)).astype(np.uint32)

    def _counts(self, postings: NDArray[np.uint64]) -> Numbers:
        ranks = (postings >> np.uint64(self._article_bits)).astype(np.int64)
        return np.bincount(ranks - ranks[0])


def _mask(bits: int) -> np.uint64:
    return np.uint64((1 << bits) - 1)
