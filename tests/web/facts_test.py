"""What is known of a name."""

import pytest

from search.answer import Bucket, Timeline
from web.facts import peak
from web.wording import breakable


def timeline(*counts: int) -> Timeline:
    buckets = (Bucket(start=f"{2000 + n}-01-01", end=f"{2000 + n}-12-31", count=one) for n, one in enumerate(counts))
    return Timeline(interval="year", buckets=tuple(buckets), undated=0)


def test_the_one_bar_that_stands_out_is_the_peak() -> None:
    found = peak(timeline(2, 3, 9, 1))
    assert found is not None
    assert found.start == "2002-01-01"


@pytest.mark.parametrize("counts", [(), (9,), (1, 9), (4, 9, 9), (5, 5, 6)])
def test_few_bars_equal_bars_and_single_articles_are_no_peak(counts: tuple[int, ...]) -> None:
    assert peak(timeline(*counts)) is None


def test_addresses_break_behind_their_dots_and_names_between_their_words() -> None:
    assert breakable("meridian.example") == "meridian.<wbr>example"
    assert breakable("St. Louis <Post>") == "St. Louis &lt;Post&gt;"
    assert breakable("<b>.example") == "&lt;b&gt;.<wbr>example"
