"""Wider ranges of dates: whole months, whole years, then years around."""

import calendar
import dataclasses
import datetime
from collections.abc import Iterator

from index.days import iso_span
from search.diagnosis.parts import Part
from search.query.tree import DateRange

AROUND = (0, 1, 5, 20)
"""How many years are taken on either side, one after the other."""

_Days = tuple[datetime.date | None, datetime.date | None]


def wider(part: Part) -> Iterator[tuple[str, Part]]:
    """Give a part of dates with wider and wider ranges, and each range as text; nothing for other parts."""
    if isinstance(part.node, DateRange):
        for first, last in _ranges(part.node.first, part.node.last):
            node = DateRange(first=first, last=last, span=part.node.span)
            yield str(node).removeprefix("date:"), dataclasses.replace(part, node=node, text=str(node))
    elif part.kind == "date":
        asked = dict(part.fields)
        begin, end = asked["from_"], asked["to"]
        first = datetime.date.fromordinal(iso_span(str(begin))[0]) if begin else None
        last = datetime.date.fromordinal(iso_span(str(end))[1]) if end else None
        for low, high in _ranges(first, last):
            fields = (("from_", low and low.isoformat()), ("to", high and high.isoformat()))
            text = f"{low.isoformat() if low else ''}..{high.isoformat() if high else ''}"
            yield text, dataclasses.replace(part, fields=fields, text=text)


def _ranges(first: datetime.date | None, last: datetime.date | None) -> Iterator[_Days]:
    known = (first, last)
    months = first and first.replace(day=1), last and last.replace(day=calendar.monthrange(last.year, last.month)[1])
    for low, high in (months, *((_january(first, years), _december(last, years)) for years in AROUND)):
        if (low, high) != known:
            known = (low, high)
            yield known


def _january(day: datetime.date | None, years: int) -> datetime.date | None:
    return day and datetime.date(max(day.year - years, datetime.MINYEAR), 1, 1)


def _december(day: datetime.date | None, years: int) -> datetime.date | None:
    return day and datetime.date(min(day.year + years, datetime.MAXYEAR), 12, 31)
