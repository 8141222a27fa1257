import itertools

import pytest

from search.answer import Bucket, Timeline
from search.request import SearchRequest
from web.periods import periods
from web.timeline import COUNTED, MOST_TICKS, WIDEST, chart


def path(first: str, last: str) -> list[tuple[str, bool]]:
    found = periods(SearchRequest(q="x", from_=first, to=last))
    assert found
    return [(one.text, one.url is None) for one in found.path]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1969-07-20", "1969-07-20", ["All dates", "1960s", "1969", "July 1969", "20 July 1969"]),
        ("1969-07", "1969-07", ["All dates", "1960s", "1969", "July 1969"]),
        ("1969", "1969", ["All dates", "1960s", "1969"]),
        ("1960", "1969", ["All dates", "1960s"]),
        ("1960", "1979", ["All dates", "1960 – 1979"]),
        ("1969-07-01", "1969-08", ["All dates", "1960s", "1969", "1 July 1969 – August 1969"]),
    ],
)
def test_the_way_out_of_a_span_goes_by_month_year_and_decade(first: str, last: str, words: list[str]) -> None:
    assert [text for text, _ in path(first, last)] == words
    assert [here for _, here in path(first, last)] == [False] * (len(words) - 1) + [True]


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        ("1969", "from=1968&to=1968", "from=1970&to=1970"),
        ("1969-12", "from=1969-11&to=1969-11", "from=1970-01&to=1970-01"),
        ("1970-01-01", "from=1969-12-31&to=1969-12-31", "from=1970-01-02&to=1970-01-02"),
    ],
)
def test_a_span_has_neighbours_of_its_length(span: str, before: str, after: str) -> None:
    found = periods(SearchRequest(from_=span, to=span))
    assert found
    assert found.previous
    assert found.next
    assert (found.previous.url, found.next.url) == (f"/?{before}", f"/?{after}")


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        ("2012", False, True),
        ("2020", True, False),
        ("2020-06", True, True),
        ("2020-07", True, False),
        ("2020-07-21", True, False),
        ("2031", True, False),
        ("1900", False, True),
    ],
)
def test_a_span_has_no_neighbour_beyond_the_archive(span: str, before: bool, after: bool) -> None:
    found = periods(SearchRequest(from_=span, to=span), archive=("2012-05-24", "2020-07-21"))
    assert found
    assert (found.previous is not None, found.next is not None) == (before, after)


def test_time_has_ends() -> None:
    first, last = periods(SearchRequest(from_="0001", to="0001")), periods(SearchRequest(from_="9999", to="9999"))
    assert first
    assert first.previous is None
    assert first.next
    assert last
    assert last.next is None
    assert last.previous


def test_without_a_range_there_is_no_way_out() -> None:
    assert periods(SearchRequest(q="x")) is None
    assert periods(SearchRequest(from_="1969")) is None


def years(*counts: int, undated: int = 0) -> Timeline:
    buckets = tuple(
        Bucket(start=f"{1950 + place}-01-01", end=f"{1950 + place}-12-31", count=count)
        for place, count in enumerate(counts)
    )
    return Timeline(interval="year", buckets=buckets, undated=undated)


@pytest.mark.parametrize("timeline", [years(3), years(1, 0, 1000), years(*range(60)), years(*range(60), undated=9)])
def test_a_chart_stays_within_itself(timeline: Timeline) -> None:
    drawn = chart(timeline, SearchRequest())
    assert drawn
    bars = [*drawn.bars, *([drawn.undated] if drawn.undated else [])]
    for bar in bars:
        assert 0 <= bar.x <= bar.x + bar.width <= 100.01
        assert 0 < bar.width <= WIDEST
        assert bar.y + bar.height == pytest.approx(100)
        assert (bar.height > 0) == (bar.count > 0)
    assert all(one.x + one.width <= two.x for one, two in itertools.pairwise(bars))
    assert len(drawn.ticks) <= (COUNTED if drawn.counted else MOST_TICKS["year"])
    assert all(0 <= tick.x <= 100 for tick in drawn.ticks)


def test_a_bar_leads_to_the_shortest_writing_of_its_span() -> None:
    drawn = chart(years(1, 2), SearchRequest(q="moon", undated="only"))
    assert drawn
    assert drawn.bars[0].url == "/?q=moon&from=1950&to=1950"
    assert drawn.bars[0].label == "1950: 1 article"


def test_months_and_days_have_few_labels() -> None:
    days = tuple(Bucket(start=f"2021-01-{day:02}", end=f"2021-01-{day:02}", count=1) for day in range(1, 32))
    drawn = chart(Timeline(interval="day", buckets=days, undated=0), SearchRequest())
    assert drawn
    assert 2 <= len(drawn.ticks) <= MOST_TICKS["day"]
    assert drawn.ticks[0].text == "1 Jan"


def test_a_single_article_is_no_peak() -> None:
    drawn = chart(years(1, 0, 1), SearchRequest())
    assert drawn
    assert drawn.bars[0].height == 25.0


def test_bars_say_their_counts_where_there_is_room() -> None:
    for counted, timeline in (
        (True, years(3, 4, 5)),
        (True, years(1, *[0] * 18, 2, *[0] * 18, 1)),
        (False, years(1, *[0] * 18, 2, 1, *[0] * 17, 1)),
    ):
        drawn = chart(timeline, SearchRequest())
        assert drawn
        assert drawn.counted == counted


def test_nothing_dated_is_not_drawn() -> None:
    assert chart(Timeline(interval="year", buckets=(), undated=3), SearchRequest()) is None
