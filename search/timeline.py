"""Matches over time: at most 60 bars, as fine as that and the dates allow.

A date of a month or a year lies in a bar only as a whole, as it lies in a range of dates. So bars are never finer than
the coarsest date among the matches: every dated match is counted in exactly one bar, and a bar counts what choosing its
days as a range finds. Where years are too many, a bar is 2, 5, 10 or more of them.
"""

import calendar
import datetime
from collections.abc import Iterator, Sequence

from index.days import UNDATED
from search.answer import Bucket, Timeline
from search.engines.engine import DateCount

MAX_BARS = 60
"""The most bars of a timeline: what still can be told apart and pointed at on a telephone."""

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)


def timeline(dates: Sequence[DateCount]) -> Timeline:
    """Draw the bars over the counts of dates; without any dated match there are none."""
    undated = sum(one.count for one in dates if one.first == UNDATED)
    dated = [one for one in dates if one.first != UNDATED]
    if not dated:
        return Timeline(interval="year", buckets=(), undated=undated)
    interval, bars = _bars(dated)
    counts = [0] * len(bars)
    starts = [first for first, _ in bars]
    place = 0
    for one in sorted(dated, key=lambda date: date.first):
        while place + 1 < len(starts) and starts[place + 1] <= one.first:
            place += 1
        counts[place] += one.count
    buckets = tuple(
        Bucket(start=iso(first), end=iso(last), count=count) for (first, last), count in zip(bars, counts, strict=True)
    )
    return Timeline(interval=interval, buckets=buckets, undated=undated)


def _bars(dated: list[DateCount]) -> tuple[str, list[tuple[int, int]]]:
    first, last = min(one.first for one in dated), max(one.last for one in dated)
    widest = max(one.last - one.first for one in dated)
    if widest == 0 and last - first < MAX_BARS:
        return "day", [(day, day) for day in range(first, last + 1)]
    begin, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    if widest < 31 and months <= MAX_BARS:
        return "month", list(_months(begin, months))
    for step in _YEARS:
        low = begin.year - begin.year % step if step > 1 else begin.year
        if (end.year - low) // step < MAX_BARS:
            break
    return "year", [_years(year, year + step - 1) for year in range(low, end.year + 1, step)]


def _months(begin: datetime.date, count: int) -> Iterator[tuple[int, int]]:
    for number in range(count):
        year, month = divmod(begin.year * 12 + begin.month - 1 + number, 12)
        first = datetime.date(year, month + 1, 1).toordinal()
        yield first, first + calendar.monthrange(year, month + 1)[1] - 1


def _years(first: int, last: int) -> tuple[int, int]:
    low, high = max(first, datetime.MINYEAR), min(last, datetime.MAXYEAR)
    return datetime.date(low, 1, 1).toordinal(), datetime.date(high, 12, 31).toordinal()


def iso(day: int) -> str:
    """Write a day number as an ISO date."""
    return datetime.date.fromordinal(day).isoformat()
