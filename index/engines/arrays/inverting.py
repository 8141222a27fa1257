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


def by_position(terms: Ranked, forms: NDArray[np.integer], lengths: Numbers) -> Chunk:
    """Invert the words of texts, `lengths[a]` of them for article `a`; a word's number in its text is its position."""
    place_bits, article_bits = _bits_of(int(lengths.max(initial=1))), _bits_of(len(lengths))
    keys = _ranks(terms, forms, article_bits + place_bits)
    first = np.arange(len(lengths), dtype=np.int64) << place_bits
    first -= np.cumsum(lengths) - lengths
    places = np.repeat(first, lengths)
    places += np.arange(len(forms), dtype=np.int64)
    keys |= places.view(np.uint64)
    return _placed(Keys(keys, article_bits, place_bits), terms)


def by_place(terms: Ranked, forms: NDArray[np.integer], articles: Numbers, positions: Numbers) -> Chunk:
    """Invert words whose articles and positions are given one by one."""
    place_bits, article_bits = _bits_of(int(positions.max(initial=1))), _bits_of(int(articles.max(initial=1)))
    keys = _ranks(terms, forms, article_bits + place_bits)
    keys |= articles.astype(np.uint64) << np.uint64(place_bits) | positions.astype(np.uint64)
    return _placed(Keys(keys, article_bits, place_bits), terms)


def by_times(terms: Ranked, ids: NDArray[np.integer], articles: NDArray[np.uint32], times: NDArray[np.uint32]) -> Chunk:
    """Invert terms with how often they stand in an article; where a term and an article come twice, that adds up."""
    time_bits, article_bits = _bits_of(int(times.max(initial=1))), _bits_of(int(articles.max(initial=1)))
    keys = _ranks(terms, ids, article_bits + time_bits)
    keys |= articles.astype(np.uint64) << np.uint64(time_bits)
    keys |= times
    keys.sort()
    found = Keys(keys, article_bits, time_bits)
    begins, postings = _begins(found)
    each = (keys & _mask(time_bits)).astype(np.uint32)
    return Chunk(
        terms=terms.terms,
        counts=_counts(postings, found, len(terms.terms)),
        articles=_articles(postings, found),
        times=np.add.reduceat(each, begins) if len(begins) else each,
        positions=None,
    )


def _ranks(terms: Ranked, ids: NDArray[np.integer], bits: int) -> NDArray[np.uint64]:
    assert bits + _bits_of(len(terms.terms)) <= _BITS, "a batch is smaller than that"
    return (terms.ranks << np.uint64(bits))[ids]


def _placed(found: Keys, terms: Ranked) -> Chunk:
    found.keys.sort()
    begins, postings = _begins(found)
    return Chunk(
        terms=terms.terms,
        counts=_counts(postings, found, len(terms.terms)),
        articles=_articles(postings, found),
        times=np.diff(begins, append=len(found.keys)).astype(np.uint32),
        positions=(found.keys & _mask(found.place_bits)).astype(np.uint32),
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


def _bits_of(most: int) -> int:
    return max(1, most.bit_length())
