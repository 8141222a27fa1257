"""Dates that begin with a digit: "2017-03-03", "3/4/2017", "2016", "the 1990s", "19th century", "9/11"."""

import re

from index.tag.dates.found import Found, Reading
from index.tag.dates.months import day_first_form
from index.tag.dates.reckon import Moment

_EARLIEST, _LATEST = 1500, 2099
_OLDEST = 1000
"""The first year that is read where a preposition stands before it and nothing that it could count after it."""
_ISO = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d-]|[/.]\d)")
_NUMERIC = re.compile(r"(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d]|[-/.]\d)")
_YEAR_FORM = re.compile(
    r"(?P<year>\d{4})(?:(?P<decade>['’]?s)(?![A-Za-z])|(?P<range>\s?[-–—/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\d%]|,\d))?)"
    r"(?![\w]|[.,:/]\d|%|°)"
)
_CENTURY = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th)[\s-][Cc]entury")
_SHORT_DECADE = re.compile(r"(?P<years>\d0)['’]?s(?![A-Za-z])")
_COUNTED = re.compile(
    r"\s+(?!(?:the|and|when|but|that|after|until|before|was|were|for|with|his|her|its|their|they|she|has|had|have|which"
    r"|who|where|while|because|then|there|under|from|during|through|only|also|this|onwards?)\b)[a-z]{3,}"
)
# "The 1606 act", "the 1832 Reform Act": what a year before 1900 may stand before after an article.
_OLD_EVENT = re.compile(
    r"\s(?:act|treaty|battle|war|revolution|constitution|uprising|union|rebellion|edition|novel|painting|siege|peace"
    r"|charter|census|election|convention|law|play|poem|book|map|code|[A-Z][a-z]+\s(?!St\b|Ave|Road|Blvd|Block))"
)
# "Call 2010-2020", "0207 2010 2020": parts of a telephone number; "1996 2000 2004" is a table's line.
_CALLED = re.compile(
    r"(?:\b(?:[Cc]all|[Dd]ial|[Tt]el|[Tt]elephone|[Pp]hone|[Ff]ax|[Tt]ext|[Hh]otline)(?:\son|\sus\son)?[.:]?"
    r"|(?<!\d)(?!(?:19|20)\d\d\s)\d{2,5})\s$"
)
_MORE_DIGITS = re.compile(r"[\s-]\d{3,4}(?![\d,.:%-])")
_UNITS_AFTER = re.compile(
    r"\s?(?:percent|per cent|people|persons?|men|women|children|kids|troops|soldiers|miles?|km|kilomet|met(?:er|re)s?"
    r"|feet|foot|ft|pounds|dollars|euros|yards?|acres|tons?|tonnes|words|jobs|votes|delegates|hours|hrs|degrees"
    r"|points|homes|houses|families|calories|employees|workers|students|pages|copies|members|patients|deaths|cases"
    r"|units|GMT|BST|UTC|EST|EDT|ET|PT|local time|million|billion|BCE?|times|rpm|mg|kg|square|cubic|responses"
    r"|adults|registered|likely|years?[\s-]old|years|respondents|residents|businesses|companies|schools|refugees"
    r"|migrants|fans|seats|rounds|rooms|beds|tickets|signatures|complaints|applications|vehicles|trees|animals|prisoners"
    r"|victims|participants|runners|spectators|entries|square feet"
    r"|(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,2}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard|Drive|Lane|Way)\b)(?![a-z])"
)
_LABEL_WORDS = (
    "No. no. number Number pp. pp p. vol. Vol. USC U.S.C. § code Code PIN Office model "
    "flight Flight Highway highway Route route Room room Channel channel Section section "
    "Resolution resolution Title Boeing Airbus Model Unit Page page Windows Article Bill HR H.R. S. SB HB Order "
    "approximately nearly roughly exactly Suite Formula Euro"
)
_LABELS = frozenset(_LABEL_WORDS.split())
_BEFORE_OLD_WORDS = "in In since Since of from From until before Before after After during and to by"
_BEFORE_OLD = frozenset(_BEFORE_OLD_WORDS.split())
_BEFORE_SHORT = frozenset(("of", "in", "since", "In", "Since"))
_SHORT_YEAR = re.compile(r"\d\d(?![\w'’%]|[.,:/]\d)")
_SHORT_YEARS_UNTIL = 2030
_NINE_ELEVEN = Moment(year=2001, month=9, day=11)


def number_form(reading: Reading, start: int) -> Found | None:
    """Read a date that begins with a digit; None where the number is something else."""
    if reading.text[start + 1 : start + 4].isdecimal():
        return _iso(reading, start) or _year(reading, start)
    for read in (_numeric, _century, _short_decade, _year_of_century, _nine_eleven, day_first_form):
        found = read(reading, start)
        if found is not None:
            return found
    return None


def _iso(reading: Reading, start: int) -> Found | None:
    match = _ISO.match(reading.text, start)
    if match is None:
        return None
    moment = Moment(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))
    if not moment.exists() or not _EARLIEST <= moment.year <= _LATEST:
        return None
    return Found(start=start, end=match.end(), moment=moment, via="full date")


def _numeric(reading: Reading, start: int) -> Found | None:
    """Read 3/4/2017 as the outlet's country writes it, the month first where that is unknown; with dots the day."""
    match = _NUMERIC.match(reading.text, start)
    if match is None or (len(match["year"]) == 2 and match["sep"] != "/"):
        return None
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    readings = [Moment(year=year, month=one, day=two), Moment(year=year, month=two, day=one)]
    if reading.month_first is False or (reading.month_first is None and match["sep"] == "."):
        readings.reverse()
    moment = next((moment for moment in readings if moment.exists()), None)
    if moment is None or not _EARLIEST <= year <= _LATEST:
        return None
    return Found(start=start, end=match.end(), moment=moment, via="full date in figures")


def _century(reading: Reading, start: int) -> Found | None:
    match = _CENTURY.match(reading.text, start)
    if match is None or not 10 <= int(match["number"]) <= 22:
        return None
    moment = Moment(year=(int(match["number"]) - 1) * 100)
    return Found(start=start, end=match.end(), moment=moment, via="century, by its first year")


def _short_decade(reading: Reading, start: int) -> Found | None:
    """Read "the '90s"; without an apostrophe it may be an age or a temperature."""
    match = _SHORT_DECADE.match(reading.text, start)
    if match is None or reading.text[start - 1 : start] not in ("'", "’", "‘"):
        return None
    if reading.text[start - 2 : start - 1].isalnum():
        return None
    years = int(match["years"])
    moment = Moment(year=(2000 if years < 20 else 1900) + years)
    return Found(start=start - 1, end=match.end(), moment=moment, via="decade, by its first year")


def _year_of_century(reading: Reading, start: int) -> Found | None:
    """Read "the class of '98", "the summer of ’69": the century of the years that lie behind the publication."""
    text = reading.text
    if text[start - 1 : start] not in ("'", "’", "‘") or reading.word_before(start - 1) not in _BEFORE_SHORT:
        return None
    if _SHORT_YEAR.match(text, start) is None:
        return None
    years = int(text[start : start + 2])
    latest = reading.anchor.year if reading.anchor is not None else _SHORT_YEARS_UNTIL
    year = latest // 100 * 100 + years
    moment = Moment(year=year if year <= latest + 1 else year - 100)
    return Found(start=start - 1, end=start + 2, moment=moment, via="year")


def _nine_eleven(reading: Reading, start: int) -> Found | None:
    if not reading.text.startswith("9/11", start) or reading.text[start + 4 : start + 5].isalnum():
        return None
    return Found(start=start, end=start + 4, moment=_NINE_ELEVEN, via="a day known by its date")


def _year(reading: Reading, start: int) -> Found | None:
    """Read "2016", "2014-15" and "the 1990s"; not "2000 people", "Flight 1549", "1600 Main Street"."""
    match = _YEAR_FORM.match(reading.text, start)
    if match is None:
        return None
    year, end = int(match["year"]), match.end()
    if match["decade"]:
        moment = Moment(year=year)
        return None if year % 10 else Found(start=start, end=end, moment=moment, via="decade, by its first year")
    if not _is_a_year(reading, start, end, year) or (match["range"] and not _is_a_range(year, match["range"])):
        return None
    via = "range of years, by its first" if match["range"] else "year"
    return Found(start=start, end=end, moment=Moment(year=year), via=via)


def _is_a_year(reading: Reading, start: int, end: int, year: int) -> bool:
    before = reading.word_before(start)
    if before in _LABELS or _UNITS_AFTER.match(reading.text, end) or _is_a_telephone(reading.text, start, end):
        return False
    if year >= 1900 or (before in ("in", "In", "since", "Since") and year >= _EARLIEST):
        return True
    if year >= _EARLIEST and before in ("the", "The") and _OLD_EVENT.match(reading.text, end):
        return True
    # Before 1900 a number is rarely a year: ask for a preposition, and for no noun that it could count.
    known = before in _BEFORE_OLD or reading.text[start - 1 : start] in ("(", "-", "–")
    return known and not _COUNTED.match(reading.text, end)


def _is_a_telephone(text: str, start: int, end: int) -> bool:
    called = _CALLED.search(text, max(0, start - 16), start)
    if called is None:
        return False
    return not called[0][0].isdigit() or _MORE_DIGITS.match(text, end) is not None


def _is_a_range(year: int, text: str) -> bool:
    last = text.strip(" \xa0-–—/")
    return len(last) == 4 or int(last) > year % 100 or (year % 100, last) == (99, "00")
