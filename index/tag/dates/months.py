"""Dates that name a month: "March 3, 2017", "5 May", "Nov. 5-7", "in June", "last March"."""

import re
from dataclasses import dataclass

from index.tag.dates.found import Found, Reading
from index.tag.dates.names import DAY, MONTH, YEAR, month_number
from index.tag.dates.reckon import Moment, nearest_day, nearest_month
from index.tag.dates.relative import WHICH, from_anchor

DAY_RANGE = rf"(?:(?:\s?[-–—]\s?|\s(?:and|to|through|until|or)\s){DAY}(?!\s+{MONTH}))?"
"""What may follow a day: "5-7", "5 and 6"."""
OF_YEAR = rf"(?:(?:,|\s+of|,\s+in)?\s+(?P<year>{YEAR}))?"
"""What may follow a day or a month: ", 2017", " of 2017"."""

_MONTH_FORM = re.compile(
    rf"(?P<month>{MONTH})(?:(?:\s+|\s+the\s+)(?P<day>{DAY}){DAY_RANGE}"
    rf"(?!\s?(?:percent|per\s?cent|%|million|billion|people|years|a\.m\.|p\.m\.|am\b|pm\b|GMT)))?{OF_YEAR}"
)
_DAY_FIRST_FORM = re.compile(
    rf"(?P<day>{DAY})(?:(?:\s?[-–—]\s?|\s(?:and|to|through|until|or)\s){DAY})?(?:\s+(?:of\s+)?|-)(?P<month>{MONTH}){OF_YEAR}"
)
_CUE_WORDS = (
    "in In since Since of from From until Until by By early Early late Late mid this last Last next through Through "
    "before Before after After during During to between Between past and or till around"
)
_CUES = frozenset(_CUE_WORDS.split())
# Months whose names are also people, verbs or nouns need a cue to stand alone.
_HOMONYM_NAMES = "May March Mar April June August Jan Sep Dec Apr Jun MAY MARCH"
_HOMONYMS = frozenset(_HOMONYM_NAMES.split())
_WHICH_BEFORE = re.compile(r"\b([Tt]his (?:past|coming|last)|[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Ff]ollowing)\s(?:the )?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _KnownDay:
    """A day that is called by its date without a year: what follows it, and what the article must not be about."""

    moment: Moment
    followed_by: re.Pattern[str]
    other_story: str


_KNOWN_DAYS = {
    (9, 11): _KnownDay(
        moment=Moment(year=2001, month=9, day=11),
        followed_by=re.compile(
            r"(?:[,’']s?)?\s+(?:terror\w*|attacks|hijack\w*|commission|memorial|museum|victims?|famil)", re.IGNORECASE
        ),
        other_story="Benghazi",
    ),
    (1, 6): _KnownDay(
        moment=Moment(year=2021, month=1, day=6),
        followed_by=re.compile(
            r"(?:[,’']s?)?\s+(?:committee|insurrection\w*|riot\w*|attack|(?:u\.s\. )?capitol|select|hearings?|panel"
            r"|siege|assault|investigation|rally|defendants?|probe|storming)\b",
            re.IGNORECASE,
        ),
        other_story="Epiphany",
    ),
}


def month_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a month: "Nov. 5", "March 3, 2017", "June 2012", "June"."""
    match = _MONTH_FORM.match(reading.text, start)
    if match is None:
        return None
    month, end = month_number(match["month"]), match.end()
    if match["day"]:
        return day_of_month(reading, start, end, _Named(month=month, day=day_number(match["day"]), year=match["year"]))
    if match["year"]:
        moment = Moment(year=int(match["year"]), month=month)
        return Found(start=start, end=end, moment=moment, via="month and year")
    return _which_month(reading, start, end, month) or _month_alone(reading, start, end, match["month"])


def day_first_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a day: "3 March 2017", "the 4th of July", "1-3 June"."""
    match = _DAY_FIRST_FORM.match(reading.text, start)
    if match is None:
        return None
    named = _Named(month=month_number(match["month"]), day=day_number(match["day"]), year=match["year"])
    return day_of_month(reading, start, match.end(), named)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A day of a month as the text names it, with the weekday (0 is Monday) where it names that too."""

    month: int
    day: int
    year: str | None
    weekday: int | None = None


def named_day(*, month: str, day: str, year: str | None, weekday: int) -> _Named:
    """Give a day as the text writes it."""
    return _Named(month=month_number(month), day=day_number(day), year=year, weekday=weekday)


def day_of_month(reading: Reading, start: int, end: int, named: _Named) -> Found | None:
    """Resolve a day of a month: by its year, else as a day known by its date, else nearest to publication."""
    if named.year:
        moment = Moment(year=int(named.year), month=named.month, day=named.day)
        return Found(start=start, end=end, moment=moment, via="full date") if moment.exists() else None
    if not Moment(year=2000, month=named.month, day=named.day).exists():
        return None
    known = _KNOWN_DAYS.get((named.month, named.day))
    if known is not None and known.followed_by.match(reading.text, end) and known.other_story not in reading.text:
        return Found(start=start, end=end, moment=known.moment, via="a day known by its date")
    if reading.anchor is None:
        return Found(start=start, end=end, moment=None, via="day and month, publication unknown")
    side = reading.direction(start, end)
    nearest = nearest_day(reading.anchor, named.month, named.day, side, weekday=named.weekday)
    return Found(start=start, end=end, moment=nearest, via="day and month, year nearest to publication")


def day_number(text: str) -> int:
    """Give the number of "3", "3rd" or "03"."""
    return int(text.rstrip("stndrh"))


def which_before(reading: Reading, start: int) -> tuple[int, str] | None:
    """Give the place of the "last", "this" or "next" that stands before `start`, and the word."""
    match = _WHICH_BEFORE.search(reading.text, max(0, start - 16), start)
    return None if match is None else (match.start(1), match[1].lower())


def _which_month(reading: Reading, start: int, end: int, month: int) -> Found | None:
    which, anchor = which_before(reading, start), reading.anchor
    if which is None:
        return None
    if anchor is None or anchor.month is None:
        return from_anchor(reading, which[0], end, None)
    offset = WHICH[which[1].split()[-1]]
    if offset == 0:
        moment = nearest_month(anchor, month, 0)
    elif offset < 0:
        moment = Moment(year=anchor.year - (month >= anchor.month), month=month)
    else:
        moment = Moment(year=anchor.year + (month <= anchor.month), month=month)
    return from_anchor(reading, which[0], end, moment)


def _month_alone(reading: Reading, start: int, end: int, name: str) -> Found | None:
    if not _is_a_month(reading, start, end, name):
        return None
    if reading.anchor is None:
        return Found(start=start, end=end, moment=None, via="month, publication unknown")
    moment = nearest_month(reading.anchor, month_number(name), reading.direction(start, end))
    return Found(start=start, end=end, moment=moment, via="month nearest to publication")


def _is_a_month(reading: Reading, start: int, end: int, name: str) -> bool:
    """Tell the month from the person, the verb and the abbreviation."""
    before, after = reading.word_before(start), reading.text[end : end + 2]
    capital_follows = after[:1] == " " and after[1:].isupper()
    if name in _HOMONYMS or name.endswith(".") or len(name) == 3:
        if before not in _CUES and not reading.text[max(0, start - 4) : start].lower().endswith("mid-"):
            return False
        # "of May's", "from June Carter": a possessive or another capital after it makes it a name.
        return after[:1] not in ("'", "’", "-") and not (capital_follows and before not in ("in", "In"))
    return not (before[:1].isupper() and before not in _CUES and capital_follows)
