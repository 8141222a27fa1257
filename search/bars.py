"""The bars of a timeline: at most 60, as fine as that and the dates allow.

A date of a month or a year lies in a bar only as a whole, as it lies in a range of dates. So bars are never finer than
the coarsest date among the matches. Where years are too many, a bar is 2, 5, 10 or more of them.
"""

import calendar
import datetime
from collections.abc import Iterator

MAX_BARS = 60
"""The most bars of a timeline: what still can be told apart and pointed at on a telephone."""

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)


def spans(first: int, last: int, widest: int) -> tuple[str, list[tuple[int, int]]]:
    """Give the interval, and the first and last day of each bar, from a day to another (index/days.py).

    `widest` is how many days the coarsest date among them may mean, less one.
    """
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
