"""Dates reckoned from the day of publication or from the date named before: "last week", "two years ago".

The scanner stops at the unit or the day word; the words before it decide which form it is.
"""

import re
from dataclasses import dataclass

from index.tag.dates.found import Found, Reading
from index.tag.dates.names import DECADES, ORDINALS, SEASONS, VAGUE_NUMBERS, YEAR, small_number, unit_name
from index.tag.dates.reckon import Moment, last_day, period, season, shift

RELATIVE_WORD = (
    r"(?P<word>[Yy](?:esterday|ears?)|[Tt](?:oday|onight|omorrow)|[Ww](?:eek(?:s|end)?|inter)|[Mm](?:onths?|orning)"
    r"|[Dd](?:ays?|ecades?)|[Cc]entur(?:y|ies)|hours|quarter|[Ss](?:ummer|pring)|[Ff]all|[Aa](?:utumn|fternoon)|[Nn]ight|evening"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)(?![a-z])"
)
"""The words at which a relative date ends; the group `word` is the word."""
WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
"""The words that say which week, month or year, and how many lie between it and now."""

_DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))
_UNITS = frozenset(("week", "month", "quarter", "year", "decade", "century", "weekend"))
_SIDE = re.compile(r"\s+(?P<half>and a half\s+)?(ago|from now|earlier|later|before|after)(?![a-z])")
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)]|$|\n)")
_PAPER_TODAY = re.compile(r"[A-Z][A-Za-z]+ Today$")  # USA Today
# "today" for nowadays: "as strong today as it was", "even today".
_NOWADAYS = frozenset(("even", "until", "till"))
# "a better tomorrow": the time to come.
_BETTER_WORDS = (
    "better brighter new safer different greener healthier stronger happier richer cleaner fairer peaceful sustainable"
)
_BETTER = frozenset(_BETTER_WORDS.split())
_WORD_BEFORE = re.compile(r"\b[A-Za-z][\w’'-]* $")
_NETWORK_BEFORE = re.compile(r"\b(?:[A-Z]{3,5}|Entertainment|World News) $")
_FIRST_LETTER = re.compile(r"\b[A-Za-z]")
_THAN_THEN = re.compile(
    r"\s(?:as|than)\s(?:it|they|he|she|in|at|ever|when|then)\b|['’]s\s(?:world|youth|society|generation)\b"
)
_BESIDE = re.compile(r"\s(before|after)(?=\s*[.,;)])")
_PART = frozenset(("end", "beginning", "start", "middle", "later", "earlier", "late", "early"))
# "the last week of March", "the last two years of his life": not counted from publication.
_OF_SOMETHING = re.compile(r"\s+of\s+(?!this|the (?:year|month)\b)")
_OF_YEAR = re.compile(rf"(?:,?\s+of)?\s+({YEAR})")
_OF_A_WHOLE = re.compile(r"-|\s(?:of|century|final)\b")
_YEAR_END = re.compile(r"(?:['’]s\s|[\s-])end(?![a-z])")
_WORD = re.compile(r"[^\s“”\"(\[\]]+")
_BESIDE_TODAY = {("day", "before", "yesterday"): -2, ("day", "after", "tomorrow"): 2}
# "the first time in two years", "its biggest fall in nine months": a span that ends now.
_OF_SO_MANY = re.compile(
    r"\b(?:time|only|last|[a-z]{3,}est|most|least|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
    r"(?:\s[\w’\'-]+){0,9}\sin\s$"
)
_REACH_OF_MANY = 90
_AHEAD = re.compile(r"(?:['’]s?)?\s+time\b|['’]\s+time\b")
_ALL_THROUGH = frozenset(("over", "at", "during", "throughout"))
_OWNERS = frozenset(("his", "her", "their", "my", "your", "our"))
_REACH = 28
# How far back a date may stand for "the next day" or "a week later" to be counted from it.
_CONTEXT_REACH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A unit or day word, lower-case, and up to three words before it, nearest last, with their places."""

    reading: Reading
    start: int
    end: int
    word: str
    before: tuple[tuple[str, int], ...]

    @property
    def last(self) -> str:
        """The word just before."""
        return self.before[-1][0] if self.before else ""

    @property
    def last_but_one(self) -> str:
        """The word before that."""
        return self.before[-2][0] if len(self.before) > 1 else ""

    def counted(self, unit: str, count: int, *, start: int, end: int | None = None) -> Found:
        """Give a date that lies so many units from the publication."""
        anchor = self.reading.anchor
        moment = None if anchor is None else shift(anchor, unit, count)
        return from_anchor(self.reading, start, self.end if end is None else end, moment)


def relative_form(reading: Reading, match: re.Match[str]) -> Found | None:
    """Read the date that ends at a unit or a day word: "last week", "yesterday", "over the weekend", "a year ago"."""
    start, end = match.span("word")
    low = max(0, start - _REACH)
    cut = reading.text.rfind("\n", low, start) + 1 or low
    words = [(word.group().lower(), word.start()) for word in _WORD.finditer(reading.text, cut, start)]
    phrase = _Phrase(reading=reading, start=start, end=end, word=match["word"].lower(), before=tuple(words[-3:]))
    for read in _READERS:
        found = read(phrase)
        if found is not None:
            return found
    return None


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


def _day_word(phrase: _Phrase) -> Found | None:
    """Read "yesterday", "this morning", "last night"."""
    if phrase.word in _DAY_WORDS:
        if _PAPER_TODAY.search(phrase.reading.text, max(0, phrase.start - 12), phrase.end) or _is_a_programme(phrase):
            return None
        if _is_an_age(phrase):
            return None
        count, start = _DAY_WORDS[phrase.word], phrase.start
        if len(phrase.before) > 1 and (two := (phrase.last_but_one, phrase.last, phrase.word)) in _BESIDE_TODAY:
            count, start = _BESIDE_TODAY[two], phrase.before[-2][1]
        return phrase.counted("day", count, start=start)
    if phrase.word in _PARTS_OF_DAY and (phrase.last == "this" or (phrase.last, phrase.word) == ("last", "night")):
        if phrase.last == "this" and _ends_a_title(phrase.reading.text, phrase.before[-1][1]):
            return None
        return phrase.counted("day", -(phrase.last == "last"), start=phrase.before[-1][1])
    return None


def _is_an_age(phrase: _Phrase) -> bool:
    """See "a better tomorrow", "even today", "as strong today as it was"."""
    if phrase.word == "tomorrow":
        return phrase.last in _BETTER
    nowadays = phrase.last in _NOWADAYS or _THAN_THEN.match(phrase.reading.text, phrase.end) is not None
    return phrase.word == "today" and nowadays


def _is_a_programme(phrase: _Phrase) -> bool:
    """See "the Today programme", "Radio 4's Today", "Entertainment Tonight", "has Today in Focus"."""
    text = phrase.reading.text
    owned = phrase.last == "the" or phrase.last.endswith(("'s", "’s"))
    return (owned and text.startswith("Today", phrase.start)) or _ends_a_title(text, phrase.start)


def _ends_a_title(text: str, start: int) -> bool:
    """See a capital within a sentence, "CBS This Morning", where most words of the line have none."""
    if not text[start].isupper() or not _WORD_BEFORE.search(text, max(0, start - _REACH), start):
        return False
    if _NETWORK_BEFORE.search(text, max(0, start - _REACH), start):
        return True
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    letters = _FIRST_LETTER.findall(line)
    return 2 * sum(map(str.islower, letters)) > len(letters)


def _long_ago(phrase: _Phrase) -> Found | None:
    """Read "the sixties" ("in his sixties" is an age) and "the nineteenth century"."""
    if phrase.word in DECADES and phrase.last in ("the", "early", "mid", "late") and phrase.last_but_one not in _OWNERS:
        moment = Moment(year=1900 + DECADES[phrase.word])
        return Found(start=phrase.start, end=phrase.end, moment=moment, via="decade, by its first year")
    if phrase.word == "century" and phrase.last in ORDINALS:
        moment = Moment(year=(ORDINALS[phrase.last] - 1) * 100)
        return Found(start=phrase.before[-1][1], end=phrase.end, moment=moment, via="century, by its first year")
    return None


def _season_of_year(phrase: _Phrase) -> Found | None:
    """Read "the spring of 2019"; winter spans two years, and the year is all that is certain."""
    year = _OF_YEAR.match(phrase.reading.text, phrase.end) if phrase.word in SEASONS else None
    if year is None:
        return None
    moment = Moment(year=int(year[1]), month=None if phrase.word == "winter" else SEASONS[phrase.word])
    return Found(start=phrase.start, end=year.end(), moment=moment, via="season, by its first month")


def _which(phrase: _Phrase) -> Found | None:
    """Read "last month", "this weekend", "the previous year", "next summer"."""
    which, word, reading = phrase.last, phrase.word, phrase.reading
    part = word == "quarter" and _OF_A_WHOLE.match(reading.text, phrase.end)
    if part or which not in WHICH or not (word in _UNITS or word in SEASONS or word == "day"):
        return None
    offset, start = WHICH[which], phrase.before[-1][1]
    if offset < 0 and _OF_SOMETHING.match(reading.text, phrase.end):
        return None
    if reading.text[start : phrase.end] == "This Week" and start > 0:
        return None  # the programme
    if phrase.last_but_one in ("the", "that") and which in ("next", "following", "previous"):
        # "over the next year" is a span that begins, not the year after something.
        spans = phrase.before[0][0] in ("over", "in", "within", "during", "for", "through") and which == "next"
        counts = word in ("day", "week", "month", "year") and not spans
        return from_previous(reading, start, phrase.end, word, offset) if counts else None
    if phrase.last_but_one == "this":
        start = phrase.before[-2][1]
    elif word == "day" or (which not in ("last", "this", "next") and phrase.last_but_one != "the"):
        return None
    return from_anchor(reading, start, phrase.end, _period_meant(phrase, start, offset))


def _period_meant(phrase: _Phrase, start: int, offset: int) -> Moment | None:
    anchor, word = phrase.reading.anchor, phrase.word
    if anchor is None:
        return None
    if word in SEASONS:
        return season(anchor, word, offset)
    if word == "weekend":
        side = phrase.reading.direction(start, phrase.end) if offset == 0 else 0
        return period(anchor, word, offset, direction=side)
    if phrase.last_but_one == "the" and offset < 0:
        # "the last year", "the past month": the span that ends now, not the calendar's.
        return shift(anchor, word, -1)
    return period(anchor, word, offset)


def _year_end(phrase: _Phrase) -> Found | None:
    """Read "by year's end"."""
    if (phrase.last, phrase.word) != ("by", "year"):
        return None
    match, anchor = _YEAR_END.match(phrase.reading.text, phrase.end), phrase.reading.anchor
    moment = last_day(anchor, "year") if anchor is not None else None
    return None if match is None else from_anchor(phrase.reading, phrase.start, match.end(), moment)


def _beside(phrase: _Phrase) -> Found | None:
    """Read "the year before", "the day after" at the end of a clause."""
    if phrase.last != "the" or phrase.word not in ("day", "week", "month", "year"):
        return None
    match = _BESIDE.match(phrase.reading.text, phrase.end)
    if match is None:
        return None
    count, start = -1 if match[1] == "before" else 1, phrase.before[-1][1]
    found = from_previous(phrase.reading, start, match.end(), phrase.word, count)
    if found is None and phrase.word in ("month", "year"):
        return phrase.counted(phrase.word, count, start=start, end=match.end())
    return found


def _weekend(phrase: _Phrase) -> Found | None:
    """Read "over the weekend": the one past, unless the sentence speaks of the future."""
    if phrase.word != "weekend" or phrase.last != "the" or phrase.last_but_one not in _ALL_THROUGH:
        return None
    anchor, side = phrase.reading.anchor, phrase.reading.direction(phrase.start, phrase.end) or -1
    moment = period(anchor, "weekend", 0, direction=side) if anchor is not None else None
    return from_anchor(phrase.reading, phrase.start, phrase.end, moment)


def _part_of(phrase: _Phrase) -> Found | None:
    """Read "the end of the month", "later in the week"."""
    if phrase.word not in _UNITS or phrase.last != "the" or phrase.last_but_one not in ("of", "in"):
        return None
    part, start = phrase.before[0]
    if part not in _PART or len(phrase.before) < 3:
        return None
    anchor, text = phrase.reading.anchor, phrase.reading.text
    if anchor is None:
        moment = None
    elif part == "end" and text[max(0, start - 7) : start] == "by the ":
        moment = last_day(anchor, phrase.word)
    else:
        moment = period(anchor, phrase.word, 0)
    return from_anchor(phrase.reading, start, phrase.end, moment)


def _ahead(phrase: _Phrase) -> Found | None:
    """Read "in two weeks", "in five years' time", where the sentence speaks of the future."""
    if phrase.last_but_one != "in" or phrase.word == "hours":
        return None
    count, start = _count(phrase)
    unit, reading = unit_name(phrase.word), phrase.reading
    time = _AHEAD.match(reading.text, phrase.end)
    if start < 0 or not count or unit not in ("day", "week", "month", "year", "decade"):
        return None
    if _OF_SO_MANY.search(reading.text, max(0, start - _REACH_OF_MANY), start):
        return None
    if time is None and (reading.direction(start, phrase.end) <= 0 or not _CLAUSE_END.match(reading.text, phrase.end)):
        return None
    return phrase.counted(unit, count, start=phrase.before[-2][1], end=time.end() if time else phrase.end)


def _distance(phrase: _Phrase) -> Found | None:
    """Read "two years ago", "a week from now", "three days later", "a few months ago"."""
    side = _SIDE.match(phrase.reading.text, phrase.end)
    if side is None or not phrase.before:
        return None
    count, start = _count(phrase)
    unit = unit_name(phrase.word)
    if unit == "hour":
        unit, count = "day", count // 24 if count and count % 24 == 0 else 0
    if phrase.last_but_one == "half" and unit in ("decade", "century") and count == 1:
        unit, count, start = "year", 5 if unit == "decade" else 50, phrase.before[-2][1]
    if side["half"]:
        unit, count = "month", count * 12 + 6 if count and unit == "year" else None
    if start < 0 or count == 0 or unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    sign = 1 if side[2] in ("later", "after", "from now") else -1
    if side[2] not in ("ago", "from now"):
        if side[2] in ("before", "after") and not _CLAUSE_END.match(phrase.reading.text, side.end()):
            return None  # counted from what follows: "three days after the vote"
        return None if count is None else from_previous(phrase.reading, start, side.end(), unit, sign * count)
    if count is None:
        return from_anchor(phrase.reading, start, side.end(), None)
    return phrase.counted(unit, sign * count, start=start, end=side.end())


def _count(phrase: _Phrase) -> tuple[int | None, int]:
    """Give the number before the unit, None for "a few", and where it starts; -1 where there is no number."""
    number, start = phrase.before[-1]
    if number == "of" and phrase.last_but_one == "couple":
        return None, phrase.before[0][1]
    if number in VAGUE_NUMBERS:
        return None, phrase.before[-2][1] if phrase.last_but_one == "a" else start
    count = small_number(number)
    return count, -1 if count is None else start


def _past_span(phrase: _Phrase) -> Found | None:
    """Read "the past 30 days", "the last two years": a span that ends now, by its start."""
    count = small_number(phrase.last) if phrase.last_but_one in ("past", "last") else None
    if count is None or not phrase.word.endswith("s") or phrase.word == "hours":
        return None
    if _OF_SOMETHING.match(phrase.reading.text, phrase.end):
        return None
    return phrase.counted(unit_name(phrase.word), -count, start=phrase.before[-2][1])


_READERS = (
    _day_word,
    _long_ago,
    _season_of_year,
    _which,
    _year_end,
    _beside,
    _weekend,
    _part_of,
    _distance,
    _past_span,
    _ahead,
)
