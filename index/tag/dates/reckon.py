"""Reckoning from a known day: which day, month or year an expression means."""

import datetime
from dataclasses import dataclass

from index.tag.dates.names import SEASONS
from index.types import PublicationDate

# What it costs a candidate, in days, to lie on the other side of the publication than the sentence's tense says.
_WRONG_SIDE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A year, a month or a day of the Gregorian calendar, as precise as known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Give ISO 8601 cut at the precision."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    def date(self) -> datetime.date | None:
        """Give the calendar day, or None where the moment is no day or the day does not exist."""
        if self.month is None or self.day is None:
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None

    def exists(self) -> bool:
        """Say whether the calendar has such a year, month or day."""
        if not 1 <= self.year <= 9999:
            return False
        if self.month is None:
            return self.day is None
        return 1 <= self.month <= 12 if self.day is None else self.date() is not None


def moment_of_day(day: datetime.date) -> Moment:
    """Give a calendar day as a moment."""
    return Moment(year=day.year, month=day.month, day=day.day)


def anchor_of(published: PublicationDate | None) -> Moment | None:
    """Give the day, month or year of publication that relative dates are reckoned from."""
    if published is None:
        return None
    try:
        parts = [int(part) for part in published.value[:10].split("-")]
    except ValueError:
        return None
    moment = Moment(**dict(zip(("year", "month", "day"), parts, strict=False)))
    return moment if moment.exists() else None


def shift(anchor: Moment, unit: str, count: int) -> Moment | None:
    """Count units from a moment ("two years ago" is -2 years); None where the moment is less precise than the unit."""
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years is not None:
        shifted = Moment(year=anchor.year + years * count)
        return shifted if shifted.exists() else None
    if anchor.month is None:
        return None
    if unit in ("month", "quarter"):
        return _shift_month(anchor, count * (3 if unit == "quarter" else 1))
    day = anchor.date()
    if day is None:
        return None
    try:
        return moment_of_day(day + datetime.timedelta(days=count * (7 if unit == "week" else 1)))
    except OverflowError:
        return None


def period(anchor: Moment, unit: str, offset: int, *, direction: int = 0) -> Moment | None:
    """Give the start of this (0), the last (-1) or the next (1) day, week, month and so on; `unit` may be a weekend.

    Weeks start on Monday (ISO 8601). `direction` (-1 past, 1 future) decides which weekend "this weekend" is.
    """
    if unit in ("year", "month", "day", "quarter"):
        return shift(anchor if unit != "quarter" else _quarter(anchor), unit, offset)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return Moment(year=anchor.year // size * size + offset * size)
    day = anchor.date()
    if day is None:
        return None
    monday = day - datetime.timedelta(days=day.weekday())
    if unit == "week":
        return moment_of_day(monday + datetime.timedelta(weeks=offset))
    saturday = monday + datetime.timedelta(days=5)
    past = offset < 0 or (offset == 0 and direction < 0)
    if (past and day < saturday) or (past and offset < 0):
        return moment_of_day(saturday - datetime.timedelta(weeks=1))
    return moment_of_day(saturday + datetime.timedelta(weeks=max(offset, 0)))


def _quarter(moment: Moment) -> Moment:
    """Give the first month of the quarter that a moment lies in; itself where it is a year."""
    return moment if moment.month is None else Moment(year=moment.year, month=(moment.month - 1) // 3 * 3 + 1)


def last_day(anchor: Moment, unit: str) -> Moment | None:
    """Give the last day of the week, month, year, decade or century that the anchor lies in."""
    following = period(anchor, unit, 1)
    if following is None:
        return None
    first = Moment(year=following.year, month=following.month or 1, day=following.day or 1)
    return shift(first, "day", -1)


def season(anchor: Moment, name: str, offset: int) -> Moment | None:
    """Give the first month of this (0), the last (-1) or the next (1) season of a name."""
    first = SEASONS[name]
    if anchor.month is None:
        return None
    now = anchor.year * 12 + anchor.month
    starts = [(anchor.year + shift_years) * 12 + first for shift_years in (-2, -1, 0, 1, 2)]
    if offset < 0:
        start = max(s for s in starts if s + 3 <= now)
    elif offset > 0:
        start = min(s for s in starts if s > now)
    else:
        start = min(starts, key=lambda s: (abs(s + 1 - now), s))
    return Moment(year=(start - 1) // 12, month=first)


def nearest_month(anchor: Moment, month: int, direction: int) -> Moment | None:
    """Give the month of that number nearest to the anchor, on the side that the tense asks for."""
    if anchor.month is None:
        return None
    here = anchor.month

    def cost(year: int) -> float:
        distance = ((year - anchor.year) * 12 + month - here) * 30
        wrong = distance * direction < 0
        return abs(distance) + (_WRONG_SIDE if wrong else 0) + (0.5 if distance > 0 else 0)

    return Moment(year=min((anchor.year - 1, anchor.year, anchor.year + 1), key=cost), month=month)


def nearest_day(anchor: Moment, month: int, day: int, direction: int, *, weekday: int | None = None) -> Moment | None:
    """Give the day of that month nearest to the anchor, on the side that the tense asks for.

    Where the text names the weekday too, it decides among the years around the anchor's.
    """
    origin = anchor.date()
    if origin is None:
        return None
    best: tuple[float, Moment] | None = None
    for year in range(anchor.year - 3, anchor.year + 4):
        candidate = Moment(year=year, month=month, day=day)
        date = candidate.date()
        if date is None or (weekday is not None and date.weekday() != weekday):
            continue
        distance = (date - origin).days
        cost = abs(distance) + (_WRONG_SIDE if distance * direction < 0 else 0) + (0.5 if distance > 0 else 0)
        if best is None or cost < best[0]:
            best = cost, candidate
    if best is None and weekday is not None:
        return nearest_day(anchor, month, day, direction)
    return best[1] if best else None


def near_weekday(anchor: Moment, weekday: int, direction: int) -> Moment | None:
    """Give the weekday of the seven days up to the anchor, or of the seven from it where `direction` is 1."""
    origin = anchor.date()
    if origin is None:
        return None
    ahead = (weekday - origin.weekday()) % 7
    return moment_of_day(origin + datetime.timedelta(days=ahead if direction > 0 or ahead == 0 else ahead - 7))


def weekday_of_week(anchor: Moment, weekday: int, offset: int) -> Moment | None:
    """Give the weekday of this (0), the last (-1) or the next (1) week."""
    start = period(anchor, "week", offset)
    return None if start is None else shift(start, "day", weekday)


def _shift_month(anchor: Moment, count: int) -> Moment | None:
    assert anchor.month is not None
    index = anchor.year * 12 + anchor.month - 1 + count
    shifted = Moment(year=index // 12, month=index % 12 + 1)
    return shifted if shifted.exists() else None
