"""What an article's own words and address say about when and by whom it was published."""

import itertools
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.dates import parse_date
from index.tag.outlets.table import OutletTable, default_table
from index.types import Article, PublicationDate

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]{0,6}\.?"
)
_DATE = (
    rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s\d{{4}}"
    r"|\d{4}-\d\d-\d\d)(?!\d)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
# "CAIRO - 25 July 2022:", "Kabul, Afghanistan, March 5, 2009 (AFP) —": a place, a whole date, then a mark.
_NOTES = r"Update|UPDATE|Correction|CORRECTION|Editor|EDITOR|Note\b|NOTE\b|Clarification|Copyright|Chapter"
_PLACE = r"[A-Z][\w.’'-]{2,30}(?: (?:[A-Z][\w.’'-]{0,30}|al|and|de|del|du|el|la|of|on|the|upon)){0,4}"
_DATELINE = re.compile(
    rf"\W{{0,3}}(?!{_NOTES}){_PLACE}(?:,\s[A-Z][\w. ]{{1,20}})?\s?[,–—(-]+\s?{_WEEKDAY}(?P<date>{_DATE})"
    r"\)?\s?(?:,?\s?\(?[A-Za-z][\w. ]{1,30}\)\s?|/PRNewswire/\s?)?[:–—-]"
)
_PUBLISHED = re.compile(
    r"\W*(?:(?:This\s(?:article|story|post)\swas\s)?(?:first\s|originally\s)?(?:published|posted)|date(?:d|line)?)"
    rf"(?:\son|\sat)?\s*:?\s*{_WEEKDAY}(?P<date>{_DATE})",
    re.IGNORECASE,
)
# "Published in Dawn, February 21st, 2019", "Posted at 10:00 on 3 March 2017": nothing else in the line.
_PUBLISHED_THERE = re.compile(
    r"\W*(?:(?:[Ff]irst|[Oo]riginally)\s)?(?:[Pp]ublished|PUBLISHED|[Pp]osted|POSTED|[Pp]rinted|[Uu]ploaded)"
    r"(?:\s(?:in|by|on)\s(?:the\s)?[A-Z][\w.’'&() -]{1,40}?(?:,|\son\b|\s[|–—-]))?"
    r"(?:\s(?:at\s)?\d\d?[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,4})?,?(?:\son)?)?"
    rf"\s{_WEEKDAY}(?P<date>{_DATE})\W*"
)
_ONLY_A_DATE = re.compile(
    rf"\W*{_WEEKDAY}(?P<date>{_DATE})(?:\W*\d\d?[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{{2,4}})?)?\W*", re.IGNORECASE
)
_THIS_STORY = re.compile(
    r"\b[Tt]his\s(?:story|article|post|piece|report|column)\s"
    r"(?:(?:was\s)?(?:first|originally)\s(?:published|posted|appeared)|was\s(?:published|posted))"
    r"(?:\s(?:on|in|by)\s[A-Z][\w.’' ]{2,40}?)?(?:\sat\s\d\d?:\d\d\s[ap]\.?m\.?)?"
    rf"\s(?:on\s)?{_WEEKDAY}(?P<date>{_DATE})"
)
_TODAY = re.compile(rf"\b[Tt]oday,?\s\(?(?:on\s)?{_WEEKDAY}(?:the\s)?(?P<date>{_DATE})")
_LINE_CHARS = 90
_LEADING_LINES = 4
_HEAD_LINES = 12
_CLOSING_LINES = 3
_HEAD_CHARS = 700

_DAY_IN_NAME = re.compile(r"(?<!\d)(?P<date>(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))(?!\d)")
_DAY_IN_PATH = re.compile(
    r"/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2]|[a-z]{3})/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$)"
)
_MONTH_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/")
_PART_OF_FILE = re.compile(r":\d+$")

_DESK = re.compile(
    r"\s*(?:\((?:Web|Online|Print|TV)?\s*(?:News|Online|Opinion|Editorial|Web|Print)\)"
    r"|[-–—:|]\s*(?:News|Editorial|Opinion|Online|Blogs?|Op-?Ed|Politics))$",
    re.IGNORECASE,
)
_WEB = re.compile(r"\s+Online(?:\s+News)?$", re.IGNORECASE)


def settle(article: Article, *, table: OutletTable | None = None) -> Article:
    """Give the article with its publication date and publisher as well known as they can be.

    A missing date is taken from the text only where the text states it as its own (a dateline, "Published …"), never
    from the dates of events; else, uncertain, from the file's name or the address. The publisher becomes the canonical
    name of a known outlet, by the address's host first; an unknown one stays as stated.
    """
    publisher = canonical_publisher(article.publisher, article.url, table or default_table())
    published = article.published or stated_date(article.text) or date_in_name(article)
    if publisher == article.publisher and published == article.published:
        return article
    return replace(article, publisher=publisher, published=published)


def stated_date(text: str) -> PublicationDate | None:
    """Give the date that a text states as its own, or None."""
    lines = [line for line in text.split("\n") if line.strip()]
    head = list(itertools.takewhile(lambda line: len(line) <= _LINE_CHARS, lines[:_HEAD_LINES]))
    number = max(_LEADING_LINES, len(head) + 1)
    leading, closing = lines[:number], lines[number:][-_CLOSING_LINES:]
    matches = []
    for place, line in enumerate(leading):
        matches.append(_DATELINE.match(line) or _stated_by_line(line))
        if all(len(earlier) <= _LINE_CHARS for earlier in leading[: place + 1]):
            matches.append(_ONLY_A_DATE.fullmatch(line))
    matches += map(_stated_by_line, closing)
    for match in matches:
        found = parse_date(match["date"], origin="text") if match is not None else None
        if found is not None:
            return found
    today = _TODAY.search(text, 0, _HEAD_CHARS)
    if today is None or _is_quoted(text, today.start()):
        return None
    return parse_date(today["date"], origin="text")


def _stated_by_line(line: str) -> re.Match[str] | None:
    """Read "Published March 3, 2017" as a line of its own, or "this story was first published on ..." in any."""
    if (told := _THIS_STORY.search(line)) is not None or len(line) > _LINE_CHARS:
        return told
    return _PUBLISHED.match(line) or _PUBLISHED_THERE.fullmatch(line)


def date_in_name(article: Article) -> PublicationDate | None:
    """Give the date in the address's path or in the name of a file of one article, marked as uncertain."""
    path = urlsplit(article.url).path if article.url else ""
    whole_file = "" if _PART_OF_FILE.search(article.source) else article.source.replace("\\", "/")
    for where in (path, whole_file):
        match = _DAY_IN_PATH.search(where)
        stated = f"{match['day']} {match['month']} {match['year']}" if match and match["month"].isalpha() else ""
        if match and not stated:
            stated = f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"
        if not match and (named := _DAY_IN_NAME.search(PurePosixPath(where).name or where)):
            digits = re.sub(r"\D", "", named["date"])
            stated = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
        if not stated and where is path and (month := _MONTH_IN_PATH.search(where)):
            stated = f"{month['year']}-{month['month']}"
        found = parse_date(stated, origin="filename") if stated else None
        if found is not None:
            return replace(found, certain=False)
    return None


def canonical_publisher(stated: str | None, url: str | None, table: OutletTable) -> str | None:
    """Give the canonical name of the outlet that published something: by host, else by name, else as stated."""
    host = urlsplit(url).hostname if url else None
    known = table.by_domain(host) if host else None
    if known is not None:
        return known.name
    name = " ".join((stated or "").split())
    for form in (name, bare := _DESK.sub("", name), _WEB.sub("", bare), _WEB.sub(" News", bare)):
        if form and (known := table.by_name(form)) is not None:
            return known.name
    return name or None


def _is_quoted(text: str, place: int) -> bool:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1
