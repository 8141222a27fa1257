"""Matches over time, in the bars of search/bars.py.

Every dated match is counted in exactly one bar, and a bar counts what choosing its days as a range finds.
"""

import bisect
import datetime
import functools
import itertools
import operator

from index.days import UNDATED
from search.answer import Bucket, Timeline
from search.bars import spans
from search.engines.engine import DateCounts


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
    interval, bars = spans(first, last, widest)
    return interval, [(low, iso(low), iso(high)) for low, high in bars]


def iso(day: int) -> str:
    """Write a day number as an ISO date."""
    return datetime.date.fromordinal(day).isoformat()
