"""Finding the dates that an article mentions: two passes for the words that make a date, then a rule for each form."""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.tag.dates.figures import number_form
from index.tag.dates.found import Found, Reading
from index.tag.dates.holidays import holiday_form, holidays
from index.tag.dates.months import month_form
from index.tag.dates.reckon import anchor_of
from index.tag.dates.relative import RELATIVE_WORD, relative_form
from index.tag.dates.weekdays import weekday_form
from index.tag.outlets.resolve import publisher_of
from index.tag.outlets.table import default_table
from index.types import Article, FieldName, Mention

# Months, weekdays and numbers. It begins with a set of characters, over which `re` skips many times faster than over
# a word boundary; the look-behinds then ask for the beginning of a word that is no amount and no part of a number.
_STATED = re.compile(
    r"""[JFMASONDTW\d] (?<![\w$£€¥\#@].) (?<!\d[.,:/-].) (?:
      (?P<month>(?<=J)(?:an|un|ul|AN|UN|UL)|(?<=F)(?:eb|EB)|(?<=M)(?:ar|ay|AR|AY)|(?<=A)(?:pr|ug|PR|UG)|(?<=S)(?:ep|EP)
        |(?<=O)(?:ct|CT)|(?<=N)(?:ov|OV)|(?<=D)(?:ec|EC))
    | (?P<weekday>(?<=M)(?:on|ON)|(?<=T)(?:ue|UE|hu|HU)|(?<=W)(?:ed|ED)|(?<=F)(?:ri|RI)|(?<=S)(?:at|AT|un|UN))
    | (?P<number>(?:(?<=1)\d|(?<=2)0)\d\d(?!\d) | (?<=['’‘]\d)\d(?![\w'’])
        |(?<=\d)\d?(?!\d)(?=(?:st|nd|rd|th)?(?:\s(?:of|to|and|until|or)(?:\s\d+)?)?[\s-]+[A-Za-z]|[/.-]\d|\s?[–-]\s?\d|0?['’]?s))
    )""",
    re.VERBOSE,
)
# Countries that write the month before the day in figures; Canada writes both, its press mostly this.
_MONTH_FIRST = frozenset(("US", "CA", "PH"))
_RELATIVE = re.compile(rf"[\s“”\"‘’'(\[—–-]{RELATIVE_WORD}")
_RELATIVE_AT_START = re.compile(RELATIVE_WORD)


def find_dates(article: Article, *, month_first: bool | None = None) -> list[Mention]:
    """Find every date that the title and the text mention, resolved against the day of publication where it is known.

    The values are ISO 8601 cut at the precision: `2021`, `2021-12`, `2021-12-03`; a span has the value of its start
    ("the 1990s" 1990, "last week" its Monday, "Nov. 5-7" the 5th); what cannot be resolved has an empty value.
    `month_first` says how to read 03/04/2021; by default as the publisher's country writes it, if it is known, else
    the month first. See docs/dates.md.
    """
    anchor = anchor_of(article.published)
    if month_first is None and "/" in article.text:
        publisher = publisher_of(article, default_table())
        month_first = publisher.country in _MONTH_FIRST if publisher is not None and publisher.country else None
    mentions: list[Mention] = []
    fields: tuple[tuple[FieldName, str], ...] = (("title", article.title), ("text", article.text))
    for field, text in fields:
        reading = Reading(text=text, anchor=anchor, month_first=month_first)
        mentions += [_mention(found, field, text) for found in _read(reading)]
    return mentions


def _mention(found: Found, field: FieldName, text: str) -> Mention:
    return Mention(
        kind="date",
        value="" if found.moment is None else str(found.moment),
        surface=text[found.start : found.end],
        field=field,
        start=found.start,
        end=found.end,
        via=found.via,
    )


def _read(reading: Reading) -> Iterator[Found]:
    text = reading.text
    hits = [(match.start(), match) for match in _STATED.finditer(text)]
    hits += [(match.start("holiday"), match) for match in holidays(text)]
    hits += [(match.start("word"), match) for match in _RELATIVE.finditer(text)]
    if (first := _RELATIVE_AT_START.match(text)) is not None:
        hits.append((0, first))
    hits.sort(key=_start)
    position = 0
    for start, match in hits:
        if start < position:
            continue
        found = _rule(reading, start, match)
        if found is not None and found.start >= position:
            yield found
            position = found.end
            reading = replace(reading, previous=found)


def _start(hit: tuple[int, re.Match[str]]) -> int:
    return hit[0]


def _rule(reading: Reading, start: int, match: re.Match[str]) -> Found | None:
    form = match.lastgroup
    if form == "holiday":
        return holiday_form(reading, match)
    if form == "month":
        return month_form(reading, start)
    if form == "weekday":
        return weekday_form(reading, start)
    return number_form(reading, start) if form == "number" else relative_form(reading, match)
