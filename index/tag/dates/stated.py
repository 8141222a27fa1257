"""Dates that name a month, a year or a number: "March 3, 2017", "5 May", "2017-03-03", "in June", "the 1990s"."""

import re
from dataclasses import replace

from index.tag.dates.found import Found, Reading
from index.tag.dates.names import (
    DAY,
    MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
)
from index.tag.dates.reckon import Moment, near_weekday, nearest_day, nearest_month, shift, weekday_of_week
from index.tag.dates.relative import WHICH, from_anchor, from_previous

_DASH = r"\s?[-–—]\s?"
_DAY_RANGE = rf"(?:(?:{_DASH}|\s(?:and|to|through|until|or)\s)(?:{DAY})(?!\s+{MONTH}))?"
_OF_YEAR = rf"(?:(?:,|\s+of|,\s+in)?\s+(?P<year>{YEAR}))?"
_MONTH_FORM = re.compile(
    rf"(?P<month>{MONTH})(?:(?:\s+|\s+the\s+)(?P<day>{DAY}){_DAY_RANGE}"
    rf"(?!\s?(?:percent|per\s?cent|%|million|billion|people|years|a\.m\.|p\.m\.|am\b|pm\b|GMT)))?{_OF_YEAR}"
)
_DAY_FIRST = rf"(?P<day>{DAY}){_DAY_RANGE}(?:\s+(?:of\s+)?|-)(?P<month>{MONTH}){_OF_YEAR}"
_DAY_FIRST_FORM = re.compile(_DAY_FIRST)
_PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime|overnight)(?![A-Za-z])"
_WEEKDAY_FORM = re.compile(
    rf"(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY})(?P<part>\s+{_PART_OF_DAY})?(?:"
    rf"(?:,\s*|\s+)(?:(?:on|the)\s+)?(?:(?P<month>{MONTH})\s+(?P<day>{DAY}){_OF_YEAR}"
    rf"|(?P<day_first>{DAY})\s+(?:of\s+)?(?P<month_after>{MONTH})(?:,?\s+(?P<year_after>{YEAR}))?)"
    r"|,?\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?"
)
_ISO = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d-]|[/.]\d)")
_NUMERIC = re.compile(r"(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d]|[-/.]\d)")
_YEAR_FORM = re.compile(
    r"(?P<year>\d{4})(?:(?P<decade>['’]?s)(?![A-Za-z])|(?P<range>\s?[-–—/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\d%,]))?)"
    r"(?![\w]|[.,:/]\d|%|°)"
)
_NOT_A_YEAR_AFTER = re.compile(
    r"\s?(?:percent|per cent|people|persons?|men|women|children|kids|troops|soldiers|miles?|km|kilomet|met(?:er|re)s?|feet"
    r"|foot|ft|pounds|dollars|euros|yards?|acres|tons?|tonnes|words|jobs|votes|delegates|hours|hrs|degrees|points"
    r"|homes|houses|families|calories|employees|workers|students|pages|copies|members|patients|deaths|cases|units"
    r"|GMT|BST|UTC|EST|EDT|ET|PT|local time|million|billion|BCE?|times|rpm|mg|kg|square|cubic|responses|adults"
    r"|registered|likely|years?[\s-]old|years|respondents|residents|businesses|companies|schools|refugees|migrants|fans|seats|rounds"
    r"|(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,2}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard|Drive|Lane|Way)\b)(?![a-z])"
)
_NOT_A_YEAR_BEFORE_WORDS = (
    "No. no. number Number flight Flight Highway highway Route route Room room Channel channel Section section "
    "Resolution resolution Title Boeing Airbus Model Unit Page page Windows Article Bill HR H.R. S. SB HB Order "
    "approximately nearly roughly exactly Suite Formula Euro"
)
_NOT_A_YEAR_BEFORE = frozenset(_NOT_A_YEAR_BEFORE_WORDS.split())
_OLD_YEAR_BEFORE_WORDS = "in In since Since of from From until before Before after After during and to by"
_OLD_YEAR_BEFORE = frozenset(_OLD_YEAR_BEFORE_WORDS.split())
_WHICH_BEFORE = re.compile(r"\b([Tt]his (?:past|coming|last)|[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Ff]ollowing)\s(?:the )?$")
_COUNTED = re.compile(r"\s+[a-z]{3,}")
_MONTH_CUES_WORDS = (
    "in In since Since of from From until Until by By early Early late Late mid this last Last next through "
    "Through before Before after After during During to between Between past and or till mid- around every"
)
_MONTH_CUES = frozenset(_MONTH_CUES_WORDS.split())
# Months whose names are also people, verbs or nouns need a cue to stand alone.
_HOMONYMS = frozenset(
    ("May", "March", "Mar", "April", "June", "August", "Jan", "Sep", "Dec", "Apr", "Jun", "MAY", "MARCH")
)
_SHORT = re.compile(r"(?i)(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?")
_CENTURY = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th)[\s-][Cc]entury")
_SHORT_DECADE = re.compile(r"(?P<years>\d0)['’]?s(?![A-Za-z])")
_SEPTEMBER_11 = re.compile(
    r"[,’']?s?\s+(?:(?:terror\w*|attacks?|hijack\w*|commission|memorial|museum|victims?|families)\b)", re.I
)
_JANUARY_6 = re.compile(
    r"[,’']?s?\s+(?:committee|insurrection\w*|riot\w*|attack\w*|capitol|u\.s\. capitol|select|hearings?|panel|siege"
    r"|assault|investigation|rally|defendants?|probe|at the capitol|storming)\b",
    re.I,
)


def month_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a month: "Nov. 5", "March 3, 2017", "June 2012", "June"."""
    match = _MONTH_FORM.match(reading.text, start)
    if match is None:
        return None
    month, day, year = match["month"], match["day"], match["year"]
    end = match.end()
    if day is None and year is None and (found := _which_month(reading, start, end, month)) is not None:
        return found
    if day is None and year is None and not _is_a_month(reading, start, end, month):
        return None
    if day is None and reading.text[end - 1] == "." and not _SHORT.fullmatch(month):
        end -= 1
    number = month_number(month)
    if day is None:
        return _month_only(reading, start, end, number, year)
    return _month_and_day(reading, start, end, number, _day_number(day), year)


def day_first_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a day: "3 March 2017", "the 4th of July", "1-3 June"."""
    match = _DAY_FIRST_FORM.match(reading.text, start)
    if match is None:
        return None
    day, month = _day_number(match["day"]), month_number(match["month"])
    return _month_and_day(reading, start, match.end(), month, day, match["year"])


def weekday_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a weekday: "Sunday night", "Tuesday, Nov. 5", "Friday of last week"."""
    match = _WEEKDAY_FORM.match(reading.text, start)
    if match is None or _is_no_day(reading, match):
        return None
    weekday, end = weekday_number(match["weekday"]), match.end()
    month, day = match["month"] or match["month_after"], match["day"] or match["day_first"]
    if month:
        year = match["year"] or match["year_after"]
        return _month_and_day(reading, start, end, month_number(month), _day_number(day), year, weekday=weekday)
    anchor = reading.anchor
    if anchor is None:
        return Found(start=start, end=end, moment=None, via="weekday, publication unknown")
    if not match["week"] and (found := _which_weekday(reading, start, end, weekday)) is not None:
        return found
    if match["week"]:
        offset = {"last": -1, "this": 0, "next": 1}[match["week"]]
        return Found(start=start, end=end, moment=weekday_of_week(anchor, weekday, offset), via="weekday of a week")
    side = reading.direction(start, end)
    via = "weekday after publication" if side > 0 else "weekday before publication"
    return Found(start=start, end=end, moment=near_weekday(anchor, weekday, side), via=via)


def number_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a digit: ISO, 3/4/2017, "3 March", "2016", "the 1990s", "19th century"."""
    text = reading.text
    if text[start + 1 : start + 4].isdecimal():
        iso = _ISO.match(text, start)
        if iso is not None:
            moment = Moment(year=int(iso["year"]), month=int(iso["month"]), day=int(iso["day"]))
            if moment.exists() and 1500 <= moment.year < 2100:
                return Found(start=start, end=iso.end(), moment=moment, via="full date")
        return _year_form(reading, start)
    numeric = _NUMERIC.match(text, start)
    if numeric is not None:
        return _numeric(reading, numeric)
    century = _CENTURY.match(text, start)
    if century is not None and 10 <= int(century["number"]) <= 22:
        moment = Moment(year=(int(century["number"]) - 1) * 100)
        return Found(start=start, end=century.end(), moment=moment, via="century, by its first year")
    decade = _SHORT_DECADE.match(text, start)
    if decade is not None:
        return _short_decade(reading, decade)
    if text.startswith("9/11", start) and not text[start + 4 : start + 5].isalnum():
        return Found(
            start=start, end=start + 4, moment=Moment(year=2001, month=9, day=11), via="a day known by its date"
        )
    return day_first_form(reading, start)


def _day_number(text: str) -> int:
    return int(text.rstrip("stndrh"))


def _month_only(reading: Reading, start: int, end: int, number: int, year: str | None) -> Found:
    if year:
        return Found(start=start, end=end, moment=Moment(year=int(year), month=number), via="month and year")
    if reading.anchor is None:
        return Found(start=start, end=end, moment=None, via="month, publication unknown")
    moment = nearest_month(reading.anchor, number, reading.direction(start, end))
    return Found(start=start, end=end, moment=moment, via="month nearest to publication")


def _month_and_day(
    reading: Reading, start: int, end: int, month: int, day: int, year: str | None, *, weekday: int | None = None
) -> Found | None:
    if year:
        moment = Moment(year=int(year), month=month, day=day)
        return Found(start=start, end=end, moment=moment, via="full date") if moment.exists() else None
    if not Moment(year=2000, month=month, day=day).exists():
        return None
    after = reading.text[end : end + 24]
    if (month, day) == (9, 11) and _SEPTEMBER_11.match(after):
        return Found(start=start, end=end, moment=Moment(year=2001, month=9, day=11), via="a day known by its date")
    if (month, day) == (1, 6) and _JANUARY_6.match(after):
        return Found(start=start, end=end, moment=Moment(year=2021, month=1, day=6), via="a day known by its date")
    if reading.anchor is None:
        return Found(start=start, end=end, moment=None, via="day and month, publication unknown")
    side = reading.direction(start, end)
    resolved = nearest_day(reading.anchor, month, day, side, weekday=weekday)
    return Found(start=start, end=end, moment=resolved, via="day and month, year nearest to publication")


def _which(reading: Reading, start: int) -> tuple[int, str] | None:
    """Give the "last", "this" or "next" that stands before `start`, and its place."""
    match = _WHICH_BEFORE.search(reading.text, max(0, start - 16), start)
    return None if match is None else (match.start(1), match[1].lower())


def _which_month(reading: Reading, start: int, end: int, month: str) -> Found | None:
    which, anchor = _which(reading, start), reading.anchor
    if which is None:
        return None
    if anchor is None or anchor.month is None:
        return from_anchor(reading, which[0], end, None)
    number, offset = month_number(month), WHICH[which[1].split()[-1]]
    if offset == 0:
        moment = nearest_month(anchor, number, 0)
    elif offset < 0:
        moment = Moment(year=anchor.year - (number >= anchor.month), month=number)
    else:
        moment = Moment(year=anchor.year + (number <= anchor.month), month=number)
    return from_anchor(reading, which[0], end, moment)


def _which_weekday(reading: Reading, start: int, end: int, weekday: int) -> Found | None:
    which, anchor = _which(reading, start), reading.anchor
    if which is None or anchor is None:
        return None
    place, word = which
    offset, today = WHICH[word.split()[-1]], anchor.date()
    if today is None:
        return from_anchor(reading, place, end, None)
    if reading.word_before(place) in ("the", "The"):
        following = from_previous(reading, place, end, "day", offset)
        if following is None or following.moment is None:
            return None
        return replace(following, moment=near_weekday(following.moment, weekday, offset))
    if offset < 0:
        moment = shift(anchor, "day", -((today.weekday() - weekday - 1) % 7 + 1))
    elif word == "next":
        moment = weekday_of_week(anchor, weekday, 1)
    elif word == "this" and reading.direction(place, end) < 0:
        moment = near_weekday(anchor, weekday, -1)
    else:
        moment = near_weekday(anchor, weekday, 1)
    return from_anchor(reading, place, end, moment)


def _is_a_month(reading: Reading, start: int, end: int, name: str) -> bool:
    """Tell the month from the person, the verb and the abbreviation."""
    before, after = reading.word_before(start), reading.text[end : end + 2]
    if name.rstrip(".") in _HOMONYMS or name.endswith(".") or len(name) == 3:
        if before not in _MONTH_CUES and not reading.text[max(0, start - 4) : start].lower().endswith("mid-"):
            return False
        follower = after.lstrip()[:1]
        # "of May's", "to March on", "from June Carter": a possessive or another capital after it makes it a name.
        return after[:1] not in ("'", "’", "-") and not (
            after[:1] == " " and follower.isupper() and before not in ("in", "In")
        )
    follower = after[1:2] if after[:1] == " " else ""
    return not (before[:1].isupper() and before not in _MONTH_CUES and follower.isupper())


def _is_no_day(reading: Reading, match: re.Match[str]) -> bool:
    """Refuse papers ("the Sunday Times"), days known by a name ("Black Friday") and days of every week."""
    before = reading.word_before(match.start())
    after = reading.text[match.end() : match.end() + 16]
    if match["month"] or match["month_after"]:
        return False
    if before in (
        "every",
        "each",
        "Every",
        "Each",
        "Black",
        "Bloody",
        "Super",
        "Cyber",
        "Ash",
        "Good",
        "Palm",
        "Giving",
    ):
        return True
    if re.match(r"\s(?:Night (?:Live|Football)|through\s)", after):
        return True
    if before in ("the", "The", "Britain’s", "Britain's", "told", "Mail", "Scottish"):
        return bool(
            re.match(
                r"\s(?:Times|Mirror|Express|Mail|Telegraph|Herald|Post|Independent|Sun|People|World|Age|Mercury|Tribune|Star|Business)\b",
                after,
            )
        )
    if before in ("a", "A") and not re.match(r"\s[a-z]", after):
        return True
    return reading.text[max(0, match.start() - 9) : match.start()] == "Fox News "


def _is_an_old_year(text: str, start: int, end: int, before: str) -> bool:
    """Before 1900 a number is rarely a year: ask for a preposition, and for no noun that it could count."""
    if before in ("in", "In", "since", "Since"):
        return True
    known = before in _OLD_YEAR_BEFORE or text[start - 1 : start] in ("(", "-", "–")
    return known and not _COUNTED.match(text, end)


def _short_decade(reading: Reading, match: re.Match[str]) -> Found | None:
    """Read "the '90s"; without an apostrophe it may be an age or a temperature."""
    start = match.start()
    if reading.text[start - 1 : start] not in ("'", "’", "‘") or reading.text[start - 2 : start - 1].isalnum():
        return None
    years = int(match["years"])
    moment = Moment(year=(2000 if years < 20 else 1900) + years)
    return Found(start=start - 1, end=match.end(), moment=moment, via="decade, by its first year")


def _numeric(reading: Reading, match: re.Match[str]) -> Found | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if len(match["year"]) == 2:
        if match["sep"] != "/":
            return None
        year += 2000 if year < 70 else 1900
    if not 1500 <= year < 2100:
        return None
    month_first = Moment(year=year, month=one, day=two)
    day_first = Moment(year=year, month=two, day=one)
    order = [month_first, day_first]
    if reading.month_first is False or (reading.month_first is None and match["sep"] == "."):
        order.reverse()
    moments = [moment for moment in order if moment.exists()]
    if not moments:
        return None
    return Found(start=match.start(), end=match.end(), moment=moments[0], via="full date in figures")


def _year_form(reading: Reading, start: int) -> Found | None:
    text = reading.text
    match = _YEAR_FORM.match(text, start)
    if match is None:
        return None
    year = int(match["year"])
    if not 1500 <= year < 2100:
        return None
    end = match.end()
    if match["decade"]:
        if year % 10:
            return None
        return Found(start=start, end=end, moment=Moment(year=year), via="decade, by its first year")
    before = reading.word_before(start)
    if before in _NOT_A_YEAR_BEFORE or _NOT_A_YEAR_AFTER.match(text, end):
        return None
    if year < 1900 and not _is_an_old_year(text, start, end, before):
        return None
    if match["range"]:
        second = match["range"].strip(" -–—/")
        if len(second) == 2 and int(second) <= year % 100 and not (year % 100 == 99 and second == "00"):
            return None
        return Found(start=start, end=end, moment=Moment(year=year), via="range of years, by its first")
    return Found(start=start, end=end, moment=Moment(year=year), via="year")
