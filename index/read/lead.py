"""The top of a plain text: which of its first lines are headline, byline, date and address, and which is text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.dates import is_placeholder, parse_date
from index.read.bylines import read_byline
from index.read.clean.credits import strip_credits
from index.read.clean.furniture import is_furniture, may_be_headline, strip_inline
from index.read.clean.titles import first_sentence, looks_like_title
from index.types import PublicationDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What the top of a text says, and the paragraphs that are left."""

    paragraphs: Sequence[str]
    title: str = ""
    byline: str | None = None
    published: PublicationDate | None = None
    publisher: str | None = None
    url: str | None = None
    unread_date: str = ""
    """The date that the text states under a key, where it was not understood."""


_KEYS: Final = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("by", "byline", "author", "authors", "written by"), "byline"),
    **dict.fromkeys(("date", "published", "publication date", "pub date", "posted", "first published"), "published"),
    **dict.fromkeys(("source", "publisher", "publication", "outlet", "newspaper"), "publisher"),
    **dict.fromkeys(("url", "link", "address"), "url"),
    **dict.fromkeys(("text", "body", "content"), "text"),
}
_KEY: Final = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{1,17}):\s*(?P<value>\S.*)?")
_DATED: Final = re.compile(r"date:?\s+(?P<date>\d{4}-\d\d?-\d\d?)\s+(?P<title>\S.*)", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_MINUTES: Final = re.compile(r"\d+[- ]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_URL: Final = re.compile(r"https?://\S+")
_UPDATED: Final = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
_PUBLISHED: Final = re.compile(r"\W*(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:,? | [–—-] )"
    r"\(?(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\)?"
    r"(?:,? \([\w. ]{2,30}\)| /PRNewswire/)?\s*(?:—|–|--|-|:|/)"
)
_LINE_CHARS: Final = 120
_LINES: Final = 6
"""How many lines from the top byline, date and address are looked for in."""


def read_lead(paragraphs: Sequence[str], *, day_first: bool = False) -> Lead:
    """Read the top of a text: ` date 2021-12-03 Headline.`, `Key: value` lines, or headline, byline and date."""
    lines = [strip_inline(line) for line in paragraphs]
    while lines and not may_be_headline(lines[0]) and (is_furniture(lines[0]) or not strip_credits(lines[0])):
        del lines[0]
    if not lines:
        return Lead(paragraphs=())
    dated = _DATED.fullmatch(lines[0])
    if dated:
        return _read_dated(dated["title"], lines[1:], parse_date(dated["date"], origin="text", day_first=day_first))
    return _read_keys(lines, day_first=day_first) or _read_lines(lines, day_first=day_first)


def dateline_date(paragraphs: Sequence[str]) -> PublicationDate | None:
    """Give the full date of the first paragraph's dateline, or of a closing `Published 3 March 2017`."""
    if not paragraphs:
        return None
    match = _DATELINE.match(paragraphs[0])
    if match:
        return parse_date(match["date"], origin="text")
    for text in (paragraphs[0], paragraphs[-1]):
        if len(text) <= _LINE_CHARS and _PUBLISHED.match(text):
            found = parse_date(text.strip(" .()[]"), origin="text")
            if found:
                return found
    return None


def _read_dated(line: str, following: Sequence[str], published: PublicationDate | None) -> Lead:
    """Read what stands behind the marker `date 2021-12-03`: the headline, or that and the text on one line.

    An impossible date dates nothing, and is no text either.
    """
    title = line if following and len(line) <= _LINE_CHARS else first_sentence(line)
    rest = line[len(title) :].strip()
    paragraphs = [rest, *following] if rest else following
    if len(title) > 2 * _LINE_CHARS or not paragraphs:
        return Lead(paragraphs=[line, *following], published=published)
    return Lead(paragraphs=paragraphs, title=title, published=published)


def _read_keys(lines: Sequence[str], *, day_first: bool) -> Lead | None:
    """Read a block of `Key: value` lines; None where fewer than two known keys lead the text."""
    values: dict[str, str] = {}
    taken = 0
    for line in lines[: len(_KEYS)]:
        match = _KEY.fullmatch(line)
        key = _KEYS.get(match["key"].strip().lower()) if match else None
        if match is None or key is None or key in values:
            break
        taken += 1
        if key == "text":
            values[key] = match["value"] or ""
            break
        values[key] = match["value"] or ""
    if taken < 2 or (taken == len(lines) and not values.get("text")):
        return None
    rest = [*([values["text"]] if values.get("text") else []), *lines[taken:]]
    stated = values.get("published", "")
    published = parse_date(stated, origin="text", day_first=day_first)
    lead = Lead(
        paragraphs=rest,
        title=values.get("title", ""),
        byline=values.get("byline") or None,
        publisher=values.get("publisher") or None,
        url=values.get("url") or None,
        published=published,
        unread_date="" if published or is_placeholder(stated) else stated,
    )
    if lead.title:
        return lead
    return _merge(_read_lines(rest, day_first=day_first), lead)


def _read_lines(lines: Sequence[str], *, day_first: bool) -> Lead:
    lead = Lead(paragraphs=lines)
    if len(lines) > 1 and _is_title(lines[0]) and not _meta(lines[0], day_first=day_first):
        lead = replace(lead, title=lines[0], paragraphs=lines[1:])
    for line in lead.paragraphs[:_LINES]:
        said = _meta(line, day_first=day_first)
        if said is None or len(lead.paragraphs) == 1:
            break
        lead = _merge(replace(lead, paragraphs=lead.paragraphs[1:]), said)
    if (
        not lead.title
        and len(lead.paragraphs) > 1
        and len(lead.paragraphs) < len(lines)
        and _is_title(lead.paragraphs[0])
    ):
        lead = replace(lead, title=lead.paragraphs[0], paragraphs=lead.paragraphs[1:])
    return lead


def _is_title(line: str) -> bool:
    """Tell a headline from a sentence, and from a caption, which ends in a credit."""
    return looks_like_title(line) and (not line.endswith((")", "]")) or strip_credits(line) == line)


def _meta(line: str, *, day_first: bool) -> Lead | None:
    """Read a line of which every part is a byline, a date, a reading time or an address; None for any other."""
    if len(line) > _LINE_CHARS:
        return None
    if _URL.fullmatch(line):
        return Lead(paragraphs=(), url=line)
    whole = _date(line, day_first=day_first)
    if whole:
        return Lead(paragraphs=(), published=whole)
    lead = Lead(paragraphs=())
    for part in _SEPARATOR.split(line.strip(" |•·")):
        byline = read_byline(part)
        published = _date(part, day_first=day_first)
        if byline:
            lead = replace(lead, byline=byline)
        elif published:
            lead = replace(lead, published=lead.published or published)
        elif not _MINUTES.fullmatch(part):
            return None
    return lead


def _date(text: str, *, day_first: bool) -> PublicationDate | None:
    """Read a date that is at least a month; that of an update is not certain to be the publication's."""
    found = parse_date(text, origin="text", day_first=day_first)
    if found is None or found.precision == "year" or text.isdigit():
        return None
    return replace(found, certain=False) if _UPDATED.match(text) else found


def _merge(lead: Lead, said: Lead) -> Lead:
    return replace(
        lead,
        byline=lead.byline or said.byline,
        published=_surer(lead.published, said.published),
        publisher=lead.publisher or said.publisher,
        unread_date=lead.unread_date or said.unread_date,
        url=lead.url or said.url,
    )


def _surer(first: PublicationDate | None, second: PublicationDate | None) -> PublicationDate | None:
    if first is None or (not first.certain and second is not None and second.certain):
        return second
    return first
