"""The bars of a timeline: at most 60, as fine as that and the dates allow.

A date of a month or a year lies in a bar only as a whole, as it lies in a range of dates. So what is dated more
coarsely than the bars are fine stands in none. Where years are too many, a bar is 2, 5, 10 or more of them.
"""

import calendar
import datetime
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import sub

MAX_BARS = 60
"""The most bars of a timeline: what still can be told apart and pointed at on a telephone."""

WIDTHS = {"day": 0, "month": 30, "year": 365}
"""The intervals, finest first, and how many days a date that fits into one may mean, less one."""

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)

Span = tuple[int, int]
Spans = tuple[Span, ...]


def choose(first: Sequence[int], last: Sequence[int], counts: Sequence[int]) -> tuple[str, Spans]:
    """Choose the finest bars for dates of which no more than half are too coarse to stand in one.

    Gives the interval and the first and last day of each bar. Dates are given by the first and last day that each may
    mean (index/days.py) and how many matches have it; there is one at least, and none is undated.
    """
    total = sum(counts)
    widths = None if first == last else [*map(sub, last, first)]
    for interval, width in WIDTHS.items():
        fits = [wide <= width for wide in widths] if widths else [True] * len(first)
        coarse = total - sum(compress(counts, fits))
        if coarse * 2 <= total and any(fits):
            found = spans(min(compress(first, fits)), max(compress(last, fits)), interval)
            if found:
                return interval, found
    raise ValueError("there is no date longer than a year")


def bar_of(date: Span, interval: str, bars: Spans) -> Span | None:
    """Give the bar of a date, the date itself where it is undated, None where it is too coarse for a bar."""
    if not date[0]:
        return date
    if date[1] - date[0] > WIDTHS[interval]:
        return None
    return next(bar for bar in bars if bar[0] <= date[0] <= bar[1])


def spans(first: int, last: int, interval: str) -> Spans | None:
    """Give the first and last day of each bar, from a day to another; None where they are too many."""
    if interval == "day":
        return tuple((day, day) for day in range(first, last + 1)) if last - first < MAX_BARS else None
    begin, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    if interval == "month":
        months = (end.year - begin.year) * 12 + end.month - begin.month + 1
        return tuple(_months(begin, months)) if months <= MAX_BARS else None
    for step in _YEARS:
        low = begin.year - begin.year % step if step > 1 else begin.year
        if (end.year - low) // step < MAX_BARS:
            break
    return tuple(_years(year, year + step - 1) for year in range(low, end.year + 1, step))


def _months(begin: datetime.date, count: int) -> Iterator[tuple[int, int]]:
    for number in range(count):
        year, month = divmod(begin.year * 12 + begin.month - 1 + number, 12)
        first = datetime.date(year, month + 1, 1).toordinal()
        yield first, first + calendar.monthrange(year, month + 1)[1] - 1


def _years(first: int, last: int) -> tuple[int, int]:
    low, high = max(first, datetime.MINYEAR), min(last, datetime.MAXYEAR)
    return datetime.date(low, 1, 1).toordinal(), datetime.date(high, 12, 31).toordinal()
