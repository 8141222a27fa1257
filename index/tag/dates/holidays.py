"""Holidays as dates: "on Christmas Day", "before the Fourth of July", "last Thanksgiving", "since Election Day 2012".

Only after a word that makes a date of them: "the Christmas market" and "a Thanksgiving dinner" are no dates. Those that
differ between countries (Mother's Day, Independence Day) are left alone; the American ones have American names.
"""

import datetime
import re
from collections.abc import Iterator

from index.tag.dates.found import Found, Reading
from index.tag.dates.names import YEAR
from index.tag.dates.reckon import moment_of_day
from index.tag.dates.relative import WHICH, from_anchor

_FIXED = {
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "inauguration day": (1, 20),
    "valentine's day": (2, 14),
    "international women's day": (3, 8),
    "st. patrick's day": (3, 17),
    "earth day": (4, 22),
    "anzac day": (4, 25),
    "may day": (5, 1),
    "juneteenth": (6, 19),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "veterans day": (11, 11),
    "armistice day": (11, 11),
}
# Month, weekday (0 is Monday) and the earliest day of the month that the holiday may fall on.
_MOVABLE = {
    "presidents day": (2, 0, 15),
    "presidents' day": (2, 0, 15),
    "memorial day": (5, 0, 25),
    "labor day": (9, 0, 1),
    "columbus day": (10, 0, 8),
    "election day": (11, 1, 2),
    "thanksgiving day": (11, 3, 22),
    "thanksgiving": (11, 3, 22),
}
_NAMES = "|".join(
    " ".join(word if word == "of" else word[0].upper() + word[1:] for word in name.split()).replace("'", "['’]")
    for name in sorted((*_FIXED, *_MOVABLE), key=len, reverse=True)
)
_GOES_ON = (
    "and or in at on when that but as with for to is was were will would if by because after before this the a an he "
    "she they we I it than of since so while where which who from itself has had could should may morning night evening"
)
_HOLIDAY = re.compile(
    r"\b(?:[Oo]n|[Bb]efore|[Aa]fter|[Uu]ntil|[Tt]ill?|[Bb]y|[Ss]ince|[Aa]round|[Aa]t|[Oo]ver|[Pp]ast|[Tt]hrough|and)\s"
    rf"(?:the\s)?(?P<holiday>(?P<which>[Ll]ast\s|[Tt]his\s|[Nn]ext\s)?(?P<name>{_NAMES})"
    rf"(?:(?:,|\sof|\sin)?\s(?P<year>{YEAR}))?)"
    rf"(?![\w-]|\s(?!(?:{_GOES_ON.replace(' ', '|')})\b)\w)"
)
_WHICH_HOLIDAY = re.compile(
    rf"\b(?P<holiday>(?P<which>[Ll]ast\s|[Tt]his\s|[Nn]ext\s)(?P<name>{_NAMES})(?P<year>(?!))?)"
    rf"(?![\w-]|\s(?!(?:{_GOES_ON.replace(' ', '|')})\b)\w)"
)
_MARKS = ("Day", "Christmas", "Year", "Halloween", "Juneteenth", "Thanksgiving", "Fourth of")
# What it costs a holiday, in days, to lie on the other side of the publication than the sentence's tense says.
_WRONG_SIDE = 150
# And what a year without a national election costs Election Day: such a day is local, unless it lies very near.
_NO_ELECTION = 300


def holidays(text: str) -> Iterator[re.Match[str]]:
    """Find the holidays that the words around them make dates."""
    if any(mark in text for mark in _MARKS):
        yield from _HOLIDAY.finditer(text)
        yield from _WHICH_HOLIDAY.finditer(text)


def holiday_form(reading: Reading, match: re.Match[str]) -> Found:
    """Resolve a holiday: by the year beside it, by "last" or "next", else the one nearest to publication."""
    start, end = match.span("holiday")
    name = match["name"].lower().replace("’", "'")
    if match["year"]:
        return Found(start=start, end=end, moment=moment_of_day(_day(name, int(match["year"]))), via="full date")
    origin = reading.anchor.date() if reading.anchor is not None else None
    if origin is None:
        return from_anchor(reading, start, end, None)
    years = range(max(origin.year - 4, 1), min(origin.year + 5, 9999))
    days = [_day(name, year) for year in years if name != "inauguration day" or year % 4 == 1]
    offset = WHICH[match["which"].strip().lower()] if match["which"] else 0
    if offset:
        beyond = [day for day in days if (day - origin).days * offset > 0]
        side = offset
        days = beyond or days
    else:
        side = reading.direction(start, end)

    def cost(day: datetime.date) -> float:
        distance = (day - origin).days
        local = name == "election day" and day.year % 2 == 1
        wrong_side = _WRONG_SIDE if distance * side < 0 else 0
        return abs(distance) + wrong_side + (_NO_ELECTION if local else 0) + (0.5 if distance > 0 else 0)

    return Found(start=start, end=end, moment=moment_of_day(min(days, key=cost)), via="holiday nearest to publication")


def _day(name: str, year: int) -> datetime.date:
    """Give the day on which a holiday falls in a year."""
    if name in _FIXED:
        return datetime.date(year, *_FIXED[name])
    month, weekday, earliest = _MOVABLE[name]
    first = datetime.date(year, month, earliest)
    return first + datetime.timedelta(days=(weekday - first.weekday()) % 7)
