"""The dates that an article mentions, in order and on a small line of time."""

from dataclasses import dataclass
from datetime import date

from index.types import Tagged
from web.language import iso_date


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDate:
    """One date: in words, the words of the text that named it, and where it stands on the line, in per cent."""

    words: str
    surface: str
    x: float


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


def mentioned_dates(tagged: Tagged) -> MentionedDates | None:
    """Give the dates that an article mentions, once each with the first words that named it; None without any."""
    found = {one.value: one.surface for one in reversed(tagged.mentions) if one.kind == "date" and one.value}
    places = {value: place for value in found if (place := _middle(value)) is not None}
    if not places:
        return None
    own = tagged.article.published
    own_place = _middle(own.value) if own else None
    placed = [(place, iso_date(value)) for value, place in places.items()]
    if own and own_place is not None:
        placed.append((own_place, iso_date(own.value[:10])))
    (low, first), (high, last) = min(placed), max(placed)
    length = high - low

    def x(place: float) -> float:
        return round((place - low) / length * 100, 2) if length else 50.0

    return MentionedDates(
        dates=tuple(
            MentionedDate(words=iso_date(value), surface=found[value], x=x(places[value]))
            for value in sorted(places, key=lambda value: (places[value], value))
        ),
        first=first,
        last=last,
        published=x(own_place) if own_place is not None else None,
        drawn=length > 0,
    )


def _middle(value: str) -> float | None:
    """Give the middle of an ISO date as a day number; None for what is no date of the calendar."""
    parts = value[:10].split("-")
    try:
        year, month, day = (int(parts[0]), *(int(part) for part in parts[1:]), *(1, 1))[:3]
        first = date(year, month, day).toordinal()
    except ValueError:
        return None
    return first + {1: 182.0, 2: 15.0}.get(len(parts), 0.0)
