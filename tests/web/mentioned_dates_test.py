"""The line of the dates that an article mentions: longer times are spans of it."""

from datetime import date

import pytest

from index.types import Article, Mention, PublicationDate, Tagged
from web.mentioned_dates import days_of, mentioned_dates


@pytest.mark.parametrize(
    ("value", "surface", "first", "last"),
    [
        ("2017-07-10", "last week", "2017-07-10", "2017-07-16"),
        ("2017-07-15", "the weekend", "2017-07-15", "2017-07-16"),
        ("2017-07-11", "a week ago", "2017-07-11", "2017-07-11"),
        ("2017-07-11", "Tuesday", "2017-07-11", "2017-07-11"),
        ("2017-11-05", "Nov. 5-7", "2017-11-05", "2017-11-07"),
        ("2017-11", "November", "2017-11-01", "2017-11-30"),
        ("2015-06", "the summer of 2015", "2015-06-01", "2015-08-31"),
        ("2017-01", "last quarter", "2017-01-01", "2017-03-31"),
        ("2016", "2016", "2016-01-01", "2016-12-31"),
        ("1990", "the 1990s", "1990-01-01", "1999-12-31"),
        ("1970", "the seventies", "1970-01-01", "1979-12-31"),
        ("1990", "1990", "1990-01-01", "1990-12-31"),
        ("1800", "the 19th century", "1800-01-01", "1899-12-31"),
        ("2018", "2018-19", "2018-01-01", "2019-12-31"),
        ("9999", "9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_mention_means_all_the_days_that_its_words_say(value: str, surface: str, first: str, last: str) -> None:
    days = days_of(value, surface)
    assert days
    assert tuple(date.fromordinal(day).isoformat() for day in days) == (first, last)


@pytest.mark.parametrize("value", ["", "2021-13", "2021-02-30", "0000", "soon"])
def test_what_is_no_date_means_no_days(value: str) -> None:
    assert days_of(value, "last week") is None


def test_last_week_is_a_span_of_the_line_and_said_as_one() -> None:
    text = "It rained last week, and on Tuesday."
    mentions = tuple(
        Mention(
            kind="date", value=value, surface=words, field="text", via="test",
            start=text.index(words), end=text.index(words) + len(words),
        )
        for words, value in (("last week", "2017-07-10"), ("Tuesday", "2017-07-18"))
    )  # fmt: skip
    article = Article(
        id="0" * 16, source="x", title="", text=text,
        published=PublicationDate(value="2017-07-20", precision="day", origin="page"),
    )  # fmt: skip
    found = mentioned_dates(Tagged(article=article, mentions=mentions))
    assert found
    week, tuesday = found.dates
    assert (week.x, week.end) == (0.0, 60.0)
    assert tuesday.x == tuesday.end == 80.0
    assert week.words == "10 July 2017 – 16 July 2017"
    assert (found.first, found.last, found.published) == (week.words, "20 July 2017", 100.0)
