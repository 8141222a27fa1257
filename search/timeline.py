"""Matches over time: at most 60 bars, as fine as that and the dates allow.

A date of a month or a year lies in a bar only as a whole, as it lies in a range of dates. So bars are never finer than
the coarsest date among the matches: every dated match is counted in exactly one bar, and a bar counts what choosing its
days as a range finds. Where years are too many, a bar is 2, 5, 10 or more of them.
"""

import bisect
import calendar
import datetime
import functools
import itertools
import operator
from collections.abc import Iterator

from index.days import UNDATED
from search.answer import Bucket, Timeline
from search.engines.engine import DateCounts

MAX_BARS = 60
"""The most bars of a timeline: what still can be told apart and pointed at on a telephone."""

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)


def timeline(dates: DateCounts) -> Timeline:
    """Draw the bars over the counts of dates; without any dated match there are none."""
    known = bisect.bisect_right(dates.first, UNDATED)
    undated = sum(dates.counts[:known])
    if known == len(dates.first):
        return Timeline(interval="year", buckets=(), undated=undated)
    first, last = dates.first, dates.last
    widest = 0 if first == last else max(map(operator.sub, last, first))
    interval, bars = _bars(first[known], max(last[known:]), widest)
    cuts = [*(bisect.bisect_left(first, start) for start, _, _ in bars[1:]), len(first)]
    counts = (sum(dates.counts[low:high]) for low, high in itertools.pairwise([known, *cuts]))
    buckets = [Bucket(start=start, end=end, count=count) for (_, start, end), count in zip(bars, counts, strict=True)]
    return Timeline(interval=interval, buckets=tuple(buckets), undated=undated)


@functools.lru_cache(maxsize=1_000)
def _bars(first: int, last: int, widest: int) -> tuple[str, list[tuple[int, str, str]]]:
    """Give the bars that reach from a day to another: each one's first day, and its first and last as ISO dates."""
    interval, bars = _spans(first, last, widest)
    return interval, [(low, iso(low), iso(high)) for low, high in bars]


def _spans(first: int, last: int, widest: int) -> tuple[str, list[tuple[int, int]]]:
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
