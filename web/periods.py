"""The spans of time around the one that a search is narrowed to: the way out, and those before and after."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from search.request import SearchRequest
from web.language import _, iso_date
from web.links import changed, search_url, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of time in words, with the address of the search within it; None for the span that is shown."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The spans around a search's own, widest first, then its own; and its neighbours of the same length."""

    path: tuple[Period, ...]
    previous: Period | None
    next: Period | None


def periods(request: SearchRequest, *, archive: tuple[str, str] = ("0001-01-01", "9999-12-31")) -> Periods | None:
    """Give the spans around a search's range of dates; None where it has none, or one open at an end.

    No neighbour lies beyond the `archive`, whose first and last ISO days these are: nothing was published there.
    """
    if not request.from_ or not request.to:
        return None
    first, last = request.from_[:10], request.to[:10]
    own = iso_date(first) if first == last else f"{iso_date(first)} – {iso_date(last)}"
    decade = _decade(first, last)
    path = [Period(text=_("All dates"), url=search_url(changed(request, from_=None, to=None)))]
    path += [
        Period(text=text, url=search_url(within(request, start, end)))
        for text, start, end in _around(first, last)
        if (text, start, end) != decade
    ]
    path.append(Period(text=decade[0] if decade else own, url=None))
    return Periods(
        path=tuple(path),
        previous=_beside(request, first, last, -1, archive),
        next=_beside(request, first, last, 1, archive),
    )


Span = tuple[str, str, str]


def _decade(first: str, last: str) -> Span | None:
    """Tell whether a range is a whole decade."""
    if len(first) == len(last) == 4 and first[:3] == last[:3] and (first[3], last[3]) == ("0", "9"):
        return _("%(year)ss", year=first), f"{first}-01-01", f"{last}-12-31"
    return None


def _around(first: str, last: str) -> Iterator[Span]:
    """Give decade, year and month of a range where it lies within one and is shorter."""
    if first[:3] == last[:3]:
        yield _("%(year)ss", year=f"{first[:3]}0"), f"{first[:3]}0-01-01", f"{first[:3]}9-12-31"
    if first[:4] == last[:4] and len(first) > 4 and len(last) > 4:
        yield first[:4], f"{first[:4]}-01-01", f"{first[:4]}-12-31"
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        start, end = days_of(first[:7])
        yield iso_date(first[:7]), start.isoformat(), end.isoformat()


def _beside(request: SearchRequest, first: str, last: str, step: int, archive: tuple[str, str]) -> Period | None:
    """Give the day, month or year before or after, where the range is one and the archive goes on there."""
    if first != last:
        return None
    start, end = days_of(first)
    if (end if step > 0 else start) in (date.min, date.max):
        return None
    inside = end + timedelta(days=1) if step > 0 else start - timedelta(days=1)
    value = inside.isoformat()[: len(first)]
    start, end = days_of(value)
    if start.isoformat() > archive[1] if step > 0 else end.isoformat() < archive[0]:
        return None
    return Period(text=iso_date(value), url=search_url(within(request, start.isoformat(), end.isoformat())))


def days_of(value: str) -> tuple[date, date]:
    """Give the first and last day of an ISO year, month or day."""
    year, month, day = (*(int(part) for part in value.split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)
