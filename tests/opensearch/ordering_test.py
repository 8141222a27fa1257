"""What a page's place is counted by; needs no cluster."""

import struct

import pytest

from search.engines.opensearch.ordering import above


def as_float(number: float) -> float:
    [found] = struct.unpack("<f", struct.pack("<f", number))
    return float(found)


@pytest.mark.parametrize("told", [0.0, 12.931016, 21.036846, 7.221262, 0.1, 3.4e38, 1e-40])
def test_the_next_score_is_above_what_a_decimal_stands_for_and_nothing_lies_between(told: float) -> None:
    score = as_float(told)
    following = above(told)
    assert as_float(following) == following > score
    assert as_float((score + following) / 2) in {score, following}
