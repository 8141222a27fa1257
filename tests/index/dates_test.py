"""Stated dates: every form that sources use, and everything that must not become a date."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import is_placeholder, numeric_order, parse_date

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def value(stated, **options):
    found = parse_date(stated, origin="metadata", now=NOW, **options)
    return found and found.value


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2021", "2021"),
        ("2021-12", "2021-12"),
        ("2021-12-03", "2021-12-03"),
        ("2021/12/3", "2021-12-03"),
        ("20211203", "2021-12-03"),
        ("20211203T093000Z", "2021-12-03T09:30+00:00"),
        ("2021-12-03T09:30:00.123-05:00", "2021-12-03T09:30-05:00"),
        ("2021-12-03 09:30", "2021-12-03T09:30"),
        ("2023-04-28 17:40:08+00:00", "2023-04-28T17:40+00:00"),
        ("March 5, 1953", "1953-03-05"),
        ("5 March 1953", "1953-03-05"),
        ("3rd of May 2020", "2020-05-03"),
        ("Dec 2021", "2021-12"),
        ("Dec. 3, 2021 9:30 a.m. ET", "2021-12-03T09:30-05:00"),
        ("July 3, 2021 9:30 a.m. ET", "2021-07-03T09:30-04:00"),
        ("Published 4:53 PM EDT, Fri April 28, 2023", "2023-04-28T16:53-04:00"),
        ("Updated at 9 p.m. ET Thursday, May 5, 2016", "2016-05-05T21:00-04:00"),
        ("Published on: Thu, 5 May 2011 at 12:05", "2011-05-05T12:05"),
        ("Fri, 03 Dec 2021 09:30:00 +0000", "2021-12-03T09:30+00:00"),
        ("Friday, 03-Dec-21 09:30:00 GMT", "2021-12-03T09:30+00:00"),
        ("Fri Dec  3 09:30:00 UTC 2021", "2021-12-03T09:30+00:00"),
        ("12:30 p.m. May 2 2021", "2021-05-02T12:30"),
        ("12:30 a.m. May 2 2021", "2021-05-02T00:30"),
        ("December 3, 2021 | 09:30", "2021-12-03T09:30"),
        ("202401051230", "2024-01-05T12:30"),
        (202401051230, "2024-01-05T12:30"),
        ("198001010000", "1980-01-01"),
        ("20240105123059", "2024-01-05T12:30"),
        (20240105, "2024-01-05"),
        ("20240105.0", "2024-01-05"),
        ("20240105 12:30", "2024-01-05T12:30"),
        ("2024:05:06 12:00:00", "2024-05-06T12:00"),
        ("2024-05-06T12:00+02:00[Europe/Berlin]", "2024-05-06T12:00+02:00"),
        ("Fri Jan 05 2024 12:30:00 GMT+0100 (Central European Standard Time)", "2024-01-05T12:30+01:00"),
        ("999999999999", "2001-09-09T01:46+00:00"),
        (1638523800, "2021-12-03T09:30+00:00"),
        ("1638523800", "2021-12-03T09:30+00:00"),
        (1638523800123, "2021-12-03T09:30+00:00"),
        (1638523800.5, "2021-12-03T09:30+00:00"),
    ],
)
def test_forms_that_sources_use_are_understood(stated, expected):
    assert value(stated) == expected


@pytest.mark.parametrize(
    "stated",
    [
        "9999-12-31",
        "0000-00-00",
        "0001-01-01",
        "2021-02-30",
        "2021-13-01",
        "31 June 2020",
        "2026-11-24",
        "2031",
        "December 2026",
        "1970-01-01T00:00:00Z",
        "0",
        0,
        "nan",
        float("nan"),
        5e300,
        "",
        "yesterday",
        "May 5",
        "5 March",
        "call 5 May 2020 me",
        "satire 5 May 2021",
        "25:61 5 May 2020",
        "2021-12-03T99:00:00Z",
        "May 5, 2020 " * 20,
    ],
)
def test_what_is_no_past_date_is_refused(stated):
    assert value(stated) is None


def test_two_days_ahead_is_still_possible():
    assert value("2026-11-23") == "2026-11-23"


def test_an_ambiguous_order_is_uncertain_and_follows_the_parameter():
    american = parse_date("03/04/2021", origin="metadata", now=NOW)
    british = parse_date("03/04/2021", origin="metadata", now=NOW, day_first=True)
    assert (american.value, american.certain) == ("2021-03-04", False)
    assert (british.value, british.certain) == ("2021-04-03", False)


@pytest.mark.parametrize(("stated", "expected"), [("13/04/2021", "2021-04-13"), ("04/13/2021", "2021-04-13")])
def test_an_order_that_only_one_reading_allows_is_certain(stated, expected):
    found = parse_date(stated, origin="metadata", now=NOW)
    assert (found.value, found.certain) == (expected, True)


def test_dots_put_the_day_first():
    assert value("03.04.2021") == "2021-04-03"


def test_midnight_is_a_day_in_the_zone_that_states_it():
    assert value("2021-12-03T00:00:00+09:00") == "2021-12-03"


def test_the_day_at_which_computers_begin_is_doubtful():
    assert not parse_date("1970-01-01", origin="metadata", now=NOW).certain


@given(st.text(max_size=60) | st.integers() | st.floats())
def test_nothing_raises(stated):
    found = parse_date(stated, origin="text", now=NOW)
    assert found is None or found.value[:4].isdigit()


@given(st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2026, 1, 1)))  # noqa: DTZ001
def test_iso_and_words_agree(moment):
    words = f"{moment:%B} {moment.day}, {moment.year}"
    assert value(words) == value(moment.date().isoformat()) == moment.date().isoformat()


def test_the_hour_24_is_the_beginning_of_the_next_day():
    assert parse_date("2020-12-31T24:00:00Z", origin="metadata").value == "2021-01-01"
    assert parse_date("2020-12-31T24:30:00Z", origin="metadata") is None


def test_a_known_order_makes_figures_certain_and_goes_before_the_custom_of_dots():
    for stated, day_first, expected in [
        ("03/04/2021", True, "2021-04-03"),
        ("03/04/2021", False, "2021-03-04"),
        ("03.04.2021", False, "2021-03-04"),
    ]:
        found = parse_date(stated, origin="metadata", day_first=day_first, order_known=True, now=NOW)
        assert (found.value, found.certain) == (expected, True)


@pytest.mark.parametrize(
    ("stated", "order"),
    [
        ("13/04/2021", "dmy"),
        ("4/13/21 9:30 pm", "mdy"),
        ("04.13.2021", "mdy"),
        ("03/04/2021", "either"),
        ("03.04.2021", None),
        ("04/04/2021", None),
        ("32/04/2021", None),
        ("2021-04-13", None),
        ("April 13, 2021", None),
    ],
)
def test_dates_in_figures_show_their_order(stated, order):
    assert numeric_order(stated) == order


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("0000-00-00 00:00:00", True),
        ("0001-01-01T00:00:00Z", True),
        ("9999-12-31", True),
        ("Mon, 30 Nov -0001 00:00:00 +0000", True),
        ("1970-01-01T00:00:00Z", True),
        (0, True),
        ("Fri, 32 Dec 2021 09:30:00 +0000", False),
        ("6. Mai 2024", False),
    ],
)
def test_placeholders_of_programs_are_told_from_dates_that_are_not_understood(stated, expected):
    assert is_placeholder(stated) is expected
