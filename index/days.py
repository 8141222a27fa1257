"""Day numbers: how publication dates are compared, sorted and counted.

A day number is `datetime.date.toordinal()`: 1 for 1 January of the year 1, one more for each day.
"""

import calendar
import datetime

from index.types import PublicationDate

UNDATED = 0
"""The day number of an article without a publication date; every real one is greater."""


def day_span(published: PublicationDate | None) -> tuple[int, int]:
    """Give the first and the last day that a publication date may mean, both inclusive; (UNDATED, UNDATED) for None."""
    if published is None:
        return UNDATED, UNDATED
    return iso_span(published.value)


def iso_span(value: str) -> tuple[int, int]:
    """Give the first and the last day of an ISO date as precise as a year, month, day or minute, both inclusive.

    Raises ValueError where there is no such date.
    """
    parts = [int(part) for part in value[:10].split("-")]
    if len(parts) == 1:
        year = parts[0]
        return datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()
    if len(parts) == 2:
        year, month = parts
        first = datetime.date(year, month, 1).toordinal()
        return first, first + calendar.monthrange(year, month)[1] - 1
    year, month, day = parts
    number = datetime.date(year, month, day).toordinal()
    return number, number
