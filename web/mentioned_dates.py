"""The dates that an article mentions, in order and on a small line of time: days as points, longer times as spans."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.types import Tagged
from search.request import ParameterError, SearchRequest, date_range
from web.language import iso_date
from web.wording import span


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDate:
    """One date: in words, the words of the text that named it, and where it begins and ends on the line, in per cent.

    A day has its middle, where it begins and ends.
    """

    words: str
    surface: str
    x: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDates:
    """All dates of an article and the ends of their line; `published` is where its own date stands, if it has one.

    The line is left away (`drawn` is false) where there is only one day to show.
    """

    dates: tuple[MentionedDate, ...]
    first: str
    last: str
    published: float | None
    drawn: bool


Days = tuple[int, int]


def mentioned_dates(tagged: Tagged) -> MentionedDates | None:
    """Give the dates that an article mentions, once each with the first words that named it; None without any."""
    found: dict[Days, tuple[str, str]] = {}
    for one in tagged.mentions:
        if one.kind == "date" and (days := days_of(one.value, one.surface)):
            found.setdefault(days, (_words(one.value, days), one.surface))
    if not found:
        return None
    own = tagged.article.published
    own_days = _iso(own.value) if own else None
    shown = {days: words for days, (words, _) in found.items()}
    if own and own_days:
        shown.setdefault(own_days, iso_date(own.value[:10]))
    low, high = min(shown), max(shown, key=lambda days: days[1])
    length = high[1] - low[0]

    def x(day: float) -> float:
        return round((day - low[0]) / length * 100, 2) if length else 50.0

    return MentionedDates(
        dates=tuple(
            MentionedDate(words=words, surface=surface, x=x(first), end=x(last))
            for (first, last), (words, surface) in sorted(found.items())
        ),
        first=shown[low],
        last=shown[high],
        published=x((own_days[0] + own_days[1]) / 2) if own_days else None,
        drawn=length > 0,
    )


def _words(value: str, days: Days) -> str:
    """Write a date as precisely as its value has it, or a span that its words mean."""
    return iso_date(value) if days == _iso(value) else span(*(date.fromordinal(day).isoformat() for day in days))


def days_of(value: str, surface: str) -> Days | None:
    """Give the first and the last day that a mention means; None for what is no date of the calendar.

    A mention has the value of its span's start (docs/dates.md): what span it was, its words say.
    """
    days = _iso(value)
    if days is None:
        return None
    ends = (end for end in _ends(date.fromordinal(days[0]), len(value), surface.lower()))
    return days[0], max((days[1], *ends))


_WHOLE = {"week": (0, 7), "weekend": (5, 2)}
"""The weekday on which these begin, and their days."""

_MONTHS = re.compile(r"\b(?:quarter|spring|summer|fall|autumn)\b")
_YEARS = re.compile(r"\b(?:\d{2,3}0s|decade|\w+ties)$|['’]\d0s$")
_CENTURY = re.compile(r"\bcentur(?:y|ies)\b")
_RANGE = re.compile(r"(\d{1,4})\s?[-–—]\s?(\d{1,4})\b")


def _ends(start: date, precision: int, words: str) -> Iterator[int]:
    """Give the last days of the spans that words name, which begin with a year, month or day."""
    pair = _RANGE.search(words)
    if precision == len("2021"):
        if _CENTURY.search(words):
            yield _year_end(start.year + 99)
        elif _YEARS.search(words):
            yield _year_end(start.year + 9)
        elif pair and int(pair[1]) == start.year:
            yield _year_end(int(f"{start.year}"[: 4 - len(pair[2])] + pair[2]))
    elif precision == len("2021-12"):
        if _MONTHS.search(words) and start.month <= 10:
            yield date(start.year, start.month + 2, monthrange(start.year, start.month + 2)[1]).toordinal()
    elif pair and int(pair[1]) == start.day and start.day < int(pair[2]) <= monthrange(start.year, start.month)[1]:
        yield start.replace(day=int(pair[2])).toordinal()
    else:
        weekday, length = _WHOLE.get(words.rsplit(" ", 1)[-1], (None, 0))
        if start.weekday() == weekday:
            yield (start + timedelta(days=length - 1)).toordinal()


def _year_end(year: int) -> int:
    return date(min(year, date.max.year), 12, 31).toordinal()


def _iso(value: str) -> Days | None:
    try:
        first, last = date_range(SearchRequest(from_=value[:10], to=value[:10]))
    except ParameterError:
        return None
    return (first, last) if first and last else None
