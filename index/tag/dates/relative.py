"""Dates reckoned from the day of publication or from the date named before: "last week", "two years ago".

The scanner stops at the unit or the day word; the words before it decide which form it is.
"""

import re

from index.tag.dates.found import Found, Reading
from index.tag.dates.names import DECADES, ORDINALS, SEASONS, VAGUE_NUMBERS, YEAR, small_number, unit_name
from index.tag.dates.reckon import Moment, last_day, period, season, shift

RELATIVE_WORD = (
    r"(?P<word>[Yy](?:esterday|ears?)|[Tt](?:oday|onight|omorrow)|[Ww](?:eek(?:s|end)?|inter)|[Mm](?:onths?|orning)"
    r"|[Dd](?:ays?|ecades?)|[Cc]entur(?:y|ies)|hours|[Ss](?:ummer|pring)|[Ff]all|[Aa](?:utumn|fternoon)|[Nn]ight|evening"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)(?![a-z])"
)
WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
_DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))
_UNITS = frozenset(("week", "month", "year", "decade", "century", "weekend"))
_SIDE = re.compile(r"\s+(ago|from now|earlier|later|before|after)(?![a-z])")
_BESIDE = re.compile(r"\s(before|after)(?=\s*[.,;)])")
_PART = frozenset(("end", "beginning", "start", "middle", "later", "earlier", "late", "early"))
# "the last week of March", "the last two years of his life": not counted from publication.
_OF_SOMETHING = re.compile(r"\s+of\s+(?!this|the (?:year|month)\b)")
_OF_YEAR = re.compile(rf"(?:,?\s+of)?\s+({YEAR})")
_YEAR_END = re.compile(r"(?:['’]s\s|[\s-])end(?![a-z])")
_AGE = frozenset(("his", "her", "their", "my", "your", "our"))
# How far back a date may stand for "the next day" or "a week later" to be counted from it.
_CONTEXT_REACH = 300


def relative_form(reading: Reading, match: re.Match[str]) -> Found | None:
    """Read the date that ends at a unit or a day word: "last week", "yesterday", "over the weekend", "a year ago"."""
    start, end, word = match.start("word"), match.end("word"), match["word"].lower()
    if word in _DAY_WORDS:
        return from_anchor(reading, start, end, _shifted(reading.anchor, "day", _DAY_WORDS[word]))
    before = _words_before(reading.text, start)
    last = before[-1][0] if before else ""
    if word in _PARTS_OF_DAY:
        return _part_of_day(reading, before, end, word)
    if word.endswith("ties"):
        return _decade(reading, before, start, end, word)
    if word in SEASONS and (year := _OF_YEAR.match(reading.text, end)) is not None:
        # Winter spans two years: the year is all that is certain.
        moment = Moment(year=int(year[1]), month=None if word == "winter" else SEASONS[word])
        return Found(start=start, end=year.end(), moment=moment, via="season, by its first month")
    if last in WHICH and (word in _UNITS or word in SEASONS or word == "day"):
        return _which(reading, before, end, word)
    if word == "century" and last in ORDINALS:
        moment = Moment(year=(ORDINALS[last] - 1) * 100)
        return Found(start=before[-1][1], end=end, moment=moment, via="century, by its first year")
    if last == "the" and (found := _with_article(reading, before, start, end, word)) is not None:
        return found
    if last == "by" and word == "year" and (year_end := _YEAR_END.match(reading.text, end)) is not None:
        return from_anchor(reading, start, year_end.end(), _end_of(reading.anchor, "year"))
    return _distance(reading, before, end, word)


def from_anchor(reading: Reading, start: int, end: int, moment: Moment | None) -> Found:
    """Give what was counted from the day of publication."""
    via = "counted from publication" if reading.anchor is not None else "relative, publication unknown"
    return Found(start=start, end=end, moment=moment, via=via)


def from_previous(reading: Reading, start: int, end: int, unit: str, count: int) -> Found | None:
    """Count from the date that the text named before; nothing where it named none nearby, or one too coarse."""
    previous = reading.previous
    if previous is None or previous.moment is None or start - previous.end > _CONTEXT_REACH:
        return None
    moment = shift(previous.moment, unit, count)
    return None if moment is None else Found(start=start, end=end, moment=moment, via="counted from the date before it")


_BEFORE = re.compile(r"[^\s“”\"(]+")


def _words_before(text: str, start: int) -> list[tuple[str, int]]:
    """Give up to three words that end just before `start`, lower-case, with their places."""
    low = max(0, start - 28)
    cut = text.rfind("\n", low, start) + 1 or low
    return [(m.group().lower(), m.start()) for m in _BEFORE.finditer(text, cut, start)][-3:]


def _part_of_day(reading: Reading, before: list[tuple[str, int]], end: int, word: str) -> Found | None:
    last = before[-1][0] if before else ""
    if last == "this" or (last == "last" and word == "night"):
        return from_anchor(reading, before[-1][1], end, _shifted(reading.anchor, "day", -(last == "last")))
    return None


def _decade(reading: Reading, before: list[tuple[str, int]], start: int, end: int, word: str) -> Found | None:
    """Read "the sixties", "the mid-eighties"; "in his sixties" is an age."""
    words = [w for w, _ in before]
    if not words or words[-1] not in ("the", "early", "mid", "late") or _AGE & set(words[-2:]):
        return None
    return Found(start=start, end=end, moment=Moment(year=1900 + DECADES[word]), via="decade, by its first year")


def _which(reading: Reading, before: list[tuple[str, int]], end: int, word: str) -> Found | None:
    which, start = before[-1]
    earlier = before[-2] if len(before) > 1 else ("", start)
    offset = WHICH[which]
    if offset < 0 and _OF_SOMETHING.match(reading.text, end):
        return None
    if earlier[0] == "this" and which in ("past", "coming", "last"):
        start = earlier[1]
    elif earlier[0] in ("the", "that") and which in ("next", "following", "previous"):
        return (
            from_previous(reading, start, end, word, offset) if word in _UNITS - {"weekend"} or word == "day" else None
        )
    elif word == "day" or (which in ("following", "previous", "past", "coming", "current") and earlier[0] != "the"):
        return None
    anchor = reading.anchor
    if anchor is None:
        return from_anchor(reading, start, end, None)
    if word in SEASONS:
        return from_anchor(reading, start, end, season(anchor, word, offset))
    if word == "weekend":
        side = reading.direction(start, end) if offset == 0 else 0
        return from_anchor(reading, start, end, period(anchor, word, offset, direction=side))
    if earlier[0] == "the" and offset < 0:
        # "the last year", "the past month": the span that ends now, not the calendar's.
        return from_anchor(reading, start, end, shift(anchor, word, -1))
    return from_anchor(reading, start, end, period(anchor, word, offset))


def _with_article(reading: Reading, before: list[tuple[str, int]], start: int, end: int, word: str) -> Found | None:
    """Read "the year before", "the end of the month", "later in the week", "over the weekend"."""
    beside = _BESIDE.match(reading.text, end)
    if beside is not None and word in ("day", "week", "month", "year"):
        return from_previous(reading, before[-1][1], beside.end(), word, -1 if beside[1] == "before" else 1)
    words = [w for w, _ in before[:-1]]
    if word not in _UNITS or not words:
        return None
    if word == "weekend":
        if words[-1] not in ("over", "at", "during"):
            return None
        side = reading.direction(start, end)
        moment = None if reading.anchor is None else period(reading.anchor, word, 0, direction=side or -1)
        return from_anchor(reading, start, end, moment)
    if words[-1] not in ("of", "in") or len(words) < 2 or words[-2] not in _PART:
        return None
    if words[-2] == "end" and reading.text[max(0, before[0][1] - 7) : before[0][1]] == "by the ":
        return from_anchor(reading, before[0][1], end, _end_of(reading.anchor, word))
    return from_anchor(reading, before[0][1], end, None if reading.anchor is None else period(reading.anchor, word, 0))


def _distance(reading: Reading, before: list[tuple[str, int]], end: int, word: str) -> Found | None:
    """Read "two years ago", "a week from now", "three days later", "the past 30 days"."""
    if not before:
        return None
    number, start = before[-1]
    vague = number in VAGUE_NUMBERS or (number == "of" and len(before) > 1 and before[-2][0] == "couple")
    count = None if vague else small_number(number)
    if vague and len(before) > 1 and before[-2][0] in ("a", "couple"):
        start = before[-2][1] if before[-2][0] == "a" else before[0][1]
    if count is None and not vague:
        return None
    unit = unit_name(word)
    side = _SIDE.match(reading.text, end)
    if side is None:
        return _past_span(reading, before, end, word, count)
    if unit == "hour":
        if count is None or count % 24 or not count:
            return None
        count, unit = count // 24, "day"
    if unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    sign = 1 if side[1] in ("later", "after", "from now") else -1
    if side[1] in ("ago", "from now"):
        moment = None if count is None else _shifted(reading.anchor, unit, sign * count)
        return from_anchor(reading, start, side.end(), moment)
    return None if count is None else from_previous(reading, start, side.end(), unit, sign * count)


def _past_span(reading: Reading, before: list[tuple[str, int]], end: int, word: str, count: int | None) -> Found | None:
    if count is None or len(before) < 2 or before[-2][0] not in ("past", "last") or not word.endswith("s"):
        return None
    if _OF_SOMETHING.match(reading.text, end) or unit_name(word) == "hour":
        return None
    return from_anchor(reading, before[-2][1], end, _shifted(reading.anchor, unit_name(word), -count))


def _end_of(anchor: Moment | None, unit: str) -> Moment | None:
    """Give the last day of the period that is going on: what "by the end of the year" means."""
    return None if anchor is None else last_day(anchor, unit)


def _shifted(anchor: Moment | None, unit: str, count: int) -> Moment | None:
    return None if anchor is None else shift(anchor, unit, count)
