import datetime

import pytest

from index.days import UNDATED, day_span, iso_span
from index.types import PublicationDate


def days(first: str, last: str) -> tuple[int, int]:
    return datetime.date.fromisoformat(first).toordinal(), datetime.date.fromisoformat(last).toordinal()


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2021-12-03", "2021-12-03", "2021-12-03"),
        ("2021-12-03T23:59+00:00", "2021-12-03", "2021-12-03"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_spans_the_days_that_it_may_mean(value: str, first: str, last: str) -> None:
    assert iso_span(value) == days(first, last)


@pytest.mark.parametrize("value", ["", "2021-13", "2021-02-29", "yesterday", "0000"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        iso_span(value)


def test_no_date_is_before_all_others() -> None:
    assert day_span(None) == (UNDATED, UNDATED)
    assert iso_span("0001-01-01")[0] > UNDATED


def test_a_publication_date_spans_what_its_value_does() -> None:
    date = PublicationDate(value="2021-12", precision="month", origin="text")
    assert day_span(date) == iso_span("2021-12")
