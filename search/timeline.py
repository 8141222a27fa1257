"""Matches over time, in the bars of search/bars.py.

A bar counts what choosing its days as a range finds. Every dated match is counted in just one bar, but for those whose
date is coarser than the bars: these are counted apart, and are never so many that most are.
"""

import bisect
import datetime
import functools
import itertools
import operator

from index.days import UNDATED
from search.answer import Bucket, Timeline
from search.bars import WIDTHS, choose
from search.engines.engine import DateCounts


def timeline(dates: DateCounts) -> Timeline:
    """Draw the bars over the counts of dates; without any dated match there are none."""
    known = bisect.bisect_right(dates.first, UNDATED)
    undated = sum(dates.counts[:known])
    first, last, counts = dates.first[known:], dates.last[known:], dates.counts[known:]
    if not first:
        return Timeline(interval="year", buckets=(), undated=undated)
    interval, bars = (dates.interval, dates.bars) if dates.bars else choose(first, last, counts)
    total, ends = sum(counts), (iso(first[0]), iso(max(last)))
    if first != last:
        fits = [wide <= WIDTHS[interval] for wide in map(operator.sub, last, first)]
        first, counts = tuple(itertools.compress(first, fits)), tuple(itertools.compress(counts, fits))
    cuts = [0, *(bisect.bisect_left(first, start) for start, _ in bars[1:]), len(first)]
    drawn = [sum(counts[low:high]) for low, high in itertools.pairwise(cuts)]
    return Timeline(
        interval=interval,
        buckets=tuple(
            Bucket(start=start, end=end, count=count) for (start, end), count in zip(_written(bars), drawn, strict=True)
        ),
        undated=undated,
        coarse=total - sum(drawn),
        first=ends[0],
        last=ends[1],
    )


@functools.lru_cache(maxsize=1_000)
def _written(bars: tuple[tuple[int, int], ...]) -> list[tuple[str, str]]:
    """Write the first and last day of each bar as ISO dates."""
    return [(iso(low), iso(high)) for low, high in bars]


def iso(day: int) -> str:
    """Write a day number as an ISO date."""
    return datetime.date.fromordinal(day).isoformat()
