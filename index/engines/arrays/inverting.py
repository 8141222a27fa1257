"""From the words of articles in order to postings in the order of terms, by one sort of numbers.

A key holds a term's rank, an article and a place (or a count) in 64 bits, so that sorted keys are postings.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers
from index.engines.arrays.postings import Chunk

MAX_ARTICLES = 2**18
"""In one batch: what fits into a key beside terms and places."""

_BITS = 64


class Ranked(NamedTuple):
    """The distinct terms of a batch: in order, their ids, and the rank of each id (0 where it does not occur)."""

    terms: list[bytes]
    ids: Numbers
    ranks: NDArray[np.uint64]


class Keys(NamedTuple):
    """Keys, and how many of their bits are an article's and a place's."""

    keys: NDArray[np.uint64]
    article_bits: int
    place_bits: int


def ranked(ids: NDArray[np.integer], texts: Sequence[str]) -> Ranked:
    """Rank the terms that occur among ids; `texts` holds the text of each id."""
    occurs = np.zeros(len(texts), dtype=np.bool_)
    occurs[ids] = True
    used = np.flatnonzero(occurs)
    coded = [texts[one].encode("utf-8") for one in used.tolist()]
    order = sorted(range(len(coded)), key=coded.__getitem__)
    ranks = np.zeros(len(texts), dtype=np.uint64)
    ordered = used[np.array(order, dtype=np.int64)]
    ranks[ordered] = np.arange(len(order), dtype=np.uint64)
    return Ranked([coded[one] for one in order], ordered, ranks)


def sorted_keys(ranks: NDArray[np.uint64], articles: Numbers, places: Numbers) -> Keys:
    """Make keys of the same number of ranks, articles and places, and sort them."""
    article_bits, place_bits = _bits(articles), _bits(places)
    assert article_bits + place_bits + _bits(ranks) <= _BITS, "a batch is smaller than that"
    keys = ranks << np.uint64(article_bits + place_bits)
    keys |= articles.astype(np.uint64) << np.uint64(place_bits)
    keys |= places.astype(np.uint64)
    keys.sort()
    return Keys(keys, article_bits, place_bits)


def by_position(ranks: NDArray[np.uint64], articles: Numbers, positions: Numbers, terms: list[bytes]) -> Chunk:
    """Invert words with their positions."""
    found = sorted_keys(ranks, articles, positions)
    begins, keys = _begins(found)
    return Chunk(
        terms=terms,
        counts=_counts(keys, found, len(terms)),
        articles=_articles(keys, found),
        times=np.diff(begins, append=len(found.keys)).astype(np.uint32),
        positions=(found.keys & _mask(found.place_bits)).astype(np.uint32),
    )


def by_times(ranks: NDArray[np.uint64], articles: Numbers, times: Numbers, terms: list[bytes]) -> Chunk:
    """Invert terms with how often they stand in an article; where a term and an article come twice, that adds up."""
    found = sorted_keys(ranks, articles, times)
    begins, keys = _begins(found)
    each = (found.keys & _mask(found.place_bits)).astype(np.uint32)
    return Chunk(
        terms=terms,
        counts=_counts(keys, found, len(terms)),
        articles=_articles(keys, found),
        times=np.add.reduceat(each, begins) if len(begins) else each,
        positions=None,
    )


def _begins(found: Keys) -> tuple[Numbers, NDArray[np.uint64]]:
    """Give where each posting begins, and its key without the place."""
    postings = found.keys >> np.uint64(found.place_bits)
    new = np.ones(len(postings), dtype=np.bool_)
    np.not_equal(postings[1:], postings[:-1], out=new[1:])
    return np.flatnonzero(new), postings[new]


def _articles(keys: NDArray[np.uint64], found: Keys) -> NDArray[np.uint32]:
    return (keys & _mask(found.article_bits)).astype(np.uint32)


def _counts(keys: NDArray[np.uint64], found: Keys, terms: int) -> Numbers:
    return np.bincount((keys >> np.uint64(found.article_bits)).astype(np.int64), minlength=terms)


def _mask(bits: int) -> np.uint64:
    return np.uint64((1 << bits) - 1)


def _bits(numbers: NDArray[np.integer]) -> int:
    return max(1, int(numbers.max()).bit_length()) if len(numbers) else 1
