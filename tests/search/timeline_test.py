import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.days import iso_span
from search.bars import MAX_BARS
from search.engines.engine import DateCounts
from search.timeline import timeline


def counts(*dates: str, undated: int = 0) -> DateCounts:
    found = Counter(iso_span(date) for date in dates) | Counter({(0, 0): undated})
    spans = sorted(+found)
    return DateCounts(
        tuple(low for low, _ in spans), tuple(high for _, high in spans), tuple(found[one] for one in spans)
    )


@pytest.mark.parametrize(
    ("dates", "interval", "bars"),
    [
        (["2021-12-03"], "day", 1),
        (["2021-12-01", "2021-12-31"], "day", 31),
        (["2021-01-01", "2021-03-02"], "month", 3),
        (["2017-01-31", "2021-12-01"], "month", 60),
        (["2017-01-01", "2022-01-01"], "year", 6),
        (["1903-12-17", "2025-01-01"], "year", 26),
        (["2021-12"], "month", 1),
        (["2021-12", "2021-12", "2021-12-03"], "month", 1),
        (["2021", "2021", "2021-12-03"], "year", 1),
        (["2021", "2021-11", "2021-12", "2020-01-03"], "month", 24),
        (["0001-01-01", "9999-12-31"], "year", 50),
    ],
)
def test_bars_are_as_fine_as_sixty_and_the_dates_allow(dates: list[str], interval: str, bars: int) -> None:
    drawn = timeline(counts(*dates))
    assert (drawn.interval, len(drawn.buckets)) == (interval, bars)


def test_the_undated_are_counted_apart() -> None:
    drawn = timeline(counts("2021-12-03", undated=7))
    assert (drawn.undated, sum(bar.count for bar in drawn.buckets)) == (7, 1)


def test_one_coarse_date_leaves_days_to_the_others_and_is_counted_apart() -> None:
    drawn = timeline(counts("2016-03", *(f"2016-03-{day:02}" for day in range(1, 32))))
    assert (drawn.interval, drawn.coarse) == ("day", 1)
    assert [bar.count for bar in drawn.buckets] == [1] * 31
    assert (drawn.first, drawn.last) == ("2016-03-01", "2016-03-31")


def test_what_stands_in_no_bar_is_within_the_first_and_last_day() -> None:
    drawn = timeline(counts("2016-03-04", "2016-03-09", "2019"))
    assert (drawn.interval, drawn.coarse, len(drawn.buckets)) == ("day", 1, 6)
    assert (drawn.first, drawn.last) == ("2016-03-04", "2019-12-31")


def test_without_dates_there_are_no_bars() -> None:
    assert timeline(counts(undated=7)).buckets == ()
    assert timeline(counts()).undated == 0


DATES = st.dates() | st.dates(datetime.date(2019, 1, 1), datetime.date(2021, 1, 1))
WRITTEN = st.builds(lambda day, cut: day.isoformat()[:cut], DATES, st.sampled_from([4, 7, 10, 10, 10]))


@given(st.lists(WRITTEN, min_size=1, max_size=8))
def test_every_dated_match_lies_as_a_whole_in_just_one_bar_or_is_counted_apart(dates: list[str]) -> None:
    drawn = timeline(counts(*dates))
    assert len(drawn.buckets) <= MAX_BARS
    for bar in drawn.buckets:
        low, high = iso_span(bar.start)[0], iso_span(bar.end)[1]
        assert bar.count == sum(low <= iso_span(date)[0] and iso_span(date)[1] <= high for date in dates)
    assert sum(bar.count for bar in drawn.buckets) == len(dates) - drawn.coarse
    assert drawn.coarse * 2 <= len(dates)
