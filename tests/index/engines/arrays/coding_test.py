import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.arrays.coding import (
    PLAIN_BYTES,
    Nibbles,
    decode_articles,
    encode_articles,
    pack_nibbles,
    ranges,
    starts_of,
)

TERMS = st.lists(
    st.one_of(
        st.sets(st.integers(0, 2_000), min_size=1, max_size=40),
        st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=5),
        st.integers(1, 600).map(lambda size: set(range(size))),
    ).map(sorted),
    max_size=8,
)


@given(TERMS)
def test_articles_of_terms_come_back_whatever_their_gaps(terms: list[list[int]]) -> None:
    counts = np.array([len(term) for term in terms], dtype=np.int64)
    flat = np.array([one for term in terms for one in term], dtype=np.uint32)
    data, lengths = encode_articles(flat, counts)
    assert len(lengths) == len(terms)
    at = starts_of(lengths)
    assert decode_articles(data, lengths, counts).tolist() == flat.tolist()
    for number, term in enumerate(terms):
        one = decode_articles(
            data[at[number] : at[number + 1]], lengths[number : number + 1], counts[number : number + 1]
        )
        assert one.tolist() == term


def test_dense_terms_take_a_byte_an_article_and_rare_ones_stay_plain() -> None:
    articles = np.concatenate((np.arange(0, 9_000, 3), [5, 90_000])).astype(np.uint32)
    _, lengths = encode_articles(articles, np.array([3_000, 2]))
    assert lengths.tolist() == [3_000, 2 * PLAIN_BYTES]


@given(st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1), max_size=50), st.data())
def test_nibbles_come_back_in_slices_and_singly(numbers: list[int], data: st.DataObject) -> None:
    array = np.array(numbers, dtype=np.uint32)
    big = np.flatnonzero(array >= 15)
    even = np.concatenate((array, np.zeros(len(array) % 2, dtype=np.uint32)))
    nibbles = Nibbles(pack_nibbles(np.minimum(even, 15)), big.astype(np.uint32), array[big])
    low = data.draw(st.integers(0, len(numbers)))
    high = data.draw(st.integers(low, len(numbers)))
    assert nibbles.read(low, high).tolist() == numbers[low:high]
    assert nibbles.read(low, high, np.uint8).tolist() == [min(one, 255) for one in numbers[low:high]]
    assert nibbles.at(np.arange(low, high)).tolist() == numbers[low:high]


def test_ranges_stand_in_a_row() -> None:
    assert ranges(np.array([5, 9, 1]), np.array([2, 0, 3])).tolist() == [5, 6, 1, 2, 3]
