"""Ranges of days in plain words: *in November 2021*, *since 5 November 2021*."""

import calendar
import datetime

_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def in_words(first: datetime.date | None, last: datetime.date | None) -> str:
    """Say when articles were published, from `first` to `last`, both inclusive; None is open."""
    if first is None or last is None:
        return f"since {_day(first)}" if first else f"until {_day(last)}" if last else "with a date"
    if first == last:
        return f"on {_day(first)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        begin, end = f"{_MONTHS[first.month]} {first.year}", f"{_MONTHS[last.month]} {last.year}"
        return f"in {begin}" if begin == end else f"from {begin} to {end}"
    return f"from {_day(first)} to {_day(last)}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}"
