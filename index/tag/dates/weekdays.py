"""Dates that name a weekday: "Sunday night", "Tuesday, Nov. 5", "Friday of last week", "next Monday"."""

import re
from dataclasses import replace

from index.tag.dates.found import Found, Reading
from index.tag.dates.months import DAY_RANGE, OF_YEAR, day_of_month, named_day, which_before
from index.tag.dates.names import DAY, MONTH, SHORT_WEEKDAY, WEEKDAY, YEAR, weekday_number
from index.tag.dates.reckon import Moment, near_weekday, shift, weekday_of_week
from index.tag.dates.relative import WHICH, from_anchor, from_previous

_PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime|overnight)(?![A-Za-z])"
_FORM = re.compile(
    rf"(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY})(?P<part>\s+{_PART_OF_DAY})?(?:"
    rf"(?:,\s*|\s+)(?:(?:on|the)\s+)?(?:(?P<month>{MONTH})\s+(?P<day>{DAY}){DAY_RANGE}{OF_YEAR}"
    rf"|(?P<day_first>{DAY})\s+(?:of\s+)?(?P<month_after>{MONTH})(?:,?\s+(?P<year_after>{YEAR}))?)"
    r"|,?\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?"
)
_NAMED_DAYS = frozenset(
    (
        "Black",
        "Bloody",
        "Super",
        "Cyber",
        "Ash",
        "Good",
        "Palm",
        "Giving",
        "Freaky",
        "Easter",
        "Maundy",
        "Shrove",
        "Remembrance",
    )
)
_EVERY = frozenset(("every", "each", "Every", "Each"))
_PAPER = re.compile(
    r"\s(?:Times|Mirror|Express|Mail|Telegraph|Herald|Post|Independent|Sun|People|World|Age|Mercury|Tribune|Star"
    r"|Business)\b"
)
_BEFORE_PAPERS = frozenset(("the", "The", "Britain’s", "Britain's", "told", "Mail", "Scottish", "on", "On"))
_PAPERS_ENDING_SO = ("Mail on ", "Independent on ", "Fox News ")
"""What stands before the weekday that ends a paper's or a programme's name: the Mail on Sunday."""
_PROGRAMME = re.compile(r"\s(?:Night (?:Live|Football)|through\s)")
# "Friday (Jan. 17)", "Friday -- Jan. 17": a date of its own, which tells which Friday.
_DATED = re.compile(
    rf"\s?(?:--|[(–—])\s?(?:(?P<month>{MONTH})\s+(?P<day>{DAY})|(?P<day_first>{DAY})\s+(?P<month_after>{MONTH})){OF_YEAR}"
)
_NAMED_REACH = 200
"""How far back a date may stand for a weekday to be the same day, in characters."""
_NAMED_DISTANCE = 7
_CLOCK = re.compile(r",?\s+at\s\d")


def weekday_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a weekday; None where it is a paper, a programme or a day of every week."""
    match = _FORM.match(reading.text, start)
    if match is None:
        return None
    weekday = weekday_number(match["weekday"])
    month, day = match["month"] or match["month_after"], match["day"] or match["day_first"]
    if month:
        year = match["year"] or match["year_after"]
        named = named_day(month=month, day=day, year=year, weekday=weekday)
        return day_of_month(reading, start, match.end(), named)
    return None if _is_no_day(reading, match) else _day_of_week(reading, match, weekday)


def _day_of_week(reading: Reading, match: re.Match[str], weekday: int) -> Found | None:
    start, end, anchor = match.start(), match.end(), reading.anchor
    if anchor is None:
        return Found(start=start, end=end, moment=None, via="weekday, publication unknown")
    if match["week"]:
        moment = weekday_of_week(anchor, weekday, WHICH[match["week"]])
        return Found(start=start, end=end, moment=moment, via="weekday of a week")
    which = which_before(reading, start)
    if which is not None:
        return _which_weekday(reading, which, end, weekday)
    if (dated := _DATED.match(reading.text, end)) is not None:
        month, day = dated["month"] or dated["month_after"], dated["day"] or dated["day_first"]
        named = named_day(month=month, day=day, year=dated["year"], weekday=weekday)
        if (told := day_of_month(reading, start, dated.end(), named)) is not None:
            return replace(told, end=end, via="weekday of the date beside it")
    # "Watch the debate Tuesday at 9 p.m.": an announcement has no verb that tells.
    side = reading.direction(start, end) or (1 if _CLOCK.match(reading.text, end) else 0)
    if side == 0 and (same := _named_before(reading, start, weekday)) is not None:
        return Found(start=start, end=end, moment=same, via="weekday of a day named before")
    via = "weekday after publication" if side > 0 else "weekday before publication"
    return Found(start=start, end=end, moment=near_weekday(anchor, weekday, side), via=via)


def _named_before(reading: Reading, start: int, weekday: int) -> Moment | None:
    """Give the day that the text named by its date just before, if it is a day of this name near publication."""
    previous, anchor = reading.previous, reading.anchor
    if previous is None or previous.moment is None or anchor is None or start - previous.end > _NAMED_REACH:
        return None
    day, today = previous.moment.date(), anchor.date()
    if day is None or today is None or day.weekday() != weekday or abs((day - today).days) > _NAMED_DISTANCE:
        return None
    return previous.moment


def _which_weekday(reading: Reading, which: tuple[int, str], end: int, weekday: int) -> Found | None:
    """Read "last Friday", "this Sunday", "next Monday", and "the next Monday" after another date."""
    place, word = which
    anchor = reading.anchor
    today = anchor.date() if anchor is not None else None
    if anchor is None or today is None:
        return from_anchor(reading, place, end, None)
    offset = WHICH[word.split()[-1]]
    if reading.word_before(place) in ("the", "The"):
        following = from_previous(reading, place, end, "day", offset)
        if following is None or following.moment is None:
            return None
        return replace(following, moment=near_weekday(following.moment, weekday, offset))
    moment: Moment | None
    if offset < 0:
        moment = shift(anchor, "day", -((today.weekday() - weekday - 1) % 7 + 1))
    elif word == "next":
        moment = weekday_of_week(anchor, weekday, 1)
    else:
        past = word == "this" and reading.direction(place, end) < 0
        moment = near_weekday(anchor, weekday, -1 if past else 1)
    return from_anchor(reading, place, end, moment)


def _is_no_day(reading: Reading, match: re.Match[str]) -> bool:
    """Refuse papers ("the Sunday Times"), days known by a name ("Black Friday") and days of every week."""
    text, end = reading.text, match.end()
    before = reading.word_before(match.start())
    if before in _EVERY or before in _NAMED_DAYS or _PROGRAMME.match(text, end):
        return True
    if before in ("a", "A"):
        return not (text[end : end + 1] == " " and text[end + 1 : end + 2].islower())
    if before in _BEFORE_PAPERS and _PAPER.match(text, end):
        return True
    return text.endswith(_PAPERS_ENDING_SO, 0, match.start())
