"""When a page was published, from what it states: JSON-LD, meta elements, labelled times, a byline's date.

Never from an update, a copyright, a file or a guess; a page that states nothing has no date.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from index.dates import is_placeholder, parse_date
from index.read.clean.characters import one_line
from index.read.dating import Dating, Doubt
from index.read.structured import Structured

_META: Final = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "published_time",
    "pubdate",
    "pub_date",
    "publication_date",
    "publication-date",
    "date.published",
    "article_date_original",
    "article.published",
    "article-publication-date",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "citation_publication_date",
    "citation_online_date",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "originalpublicationdate",
    "displaydate",
    "date",
)
_LABEL: Final = re.compile(r"publish|posted|pubdate|created|entry-date|article-date|byline|dateline", re.IGNORECASE)
_OTHER: Final = re.compile(r"updat|modif|related|comment|expire|copyright|footer|sidebar|teaser|event", re.IGNORECASE)
_SAID: Final = re.compile(r"\W*(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_DATED_CLASS: Final = re.compile(
    r"\bdate\b|[-_]date\b|\bdate[-_]|time-?stamp|pub-?date|datetime|dateline|published", re.IGNORECASE
)
_TEXT_CHARS: Final = 100


def page_date(root: HtmlElement, structured: Structured, *, day_first: bool) -> Dating:
    """Give the first stated date that can be understood, the surest statements first.

    Where none for machines can be, though there is one, the first of them is in doubt, and the date less certain.
    """
    doubts: tuple[Doubt, ...] = ()
    for name, stated in _metadata(structured):
        found = parse_date(stated, origin="metadata", day_first=day_first)
        if found and found.precision in ("day", "minute"):
            return Dating(published=found)
        if not (found or doubts or is_placeholder(stated)):
            doubts = (Doubt(field=name, value=stated),)
    for stated in _shown(root):
        found = parse_date(stated, origin="page", day_first=day_first)
        if found and found.precision in ("day", "minute"):
            return Dating(published=replace(found, certain=False) if doubts else found, doubts=doubts)
    return Dating(doubts=doubts)


def _metadata(structured: Structured) -> Iterator[tuple[str, str]]:
    """Give what a page states for machines, with the names under which it does."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        value = structured.article.get(name)
        if isinstance(value, str):
            yield name, value
    for name in _META:
        for content in structured.meta.get(name, ()):
            yield name, content
    value = structured.page.get("datePublished")
    if isinstance(value, str):
        yield "datePublished", value


def _shown(root: HtmlElement) -> Iterator[str]:
    """Give what a page shows to people, where it says what it is."""
    times = [time for time in root.iter("time") if not _OTHER.search(_names(time))]
    for time in times:
        if time.get("pubdate") is not None or _LABEL.search(_names(time)):
            yield from _readings(time)
    for element in root.iter("span", "p", "div", "time", "li", "em", "small", "strong"):
        text = _short_text(element)
        if text and (
            _SAID.match(text) or (_DATED_CLASS.search(_own_names(element)) and not _OTHER.search(_names(element)))
        ):
            yield text
    if len({(time.get("datetime") or "")[:10] for time in times}) == 1:
        yield from _readings(times[0])


def _readings(time: HtmlElement) -> Iterator[str]:
    yield time.get("datetime") or time.get("content") or ""
    yield one_line(time.text_content())[: 2 * _TEXT_CHARS]


def _own_names(element: HtmlElement) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid"))


def _names(element: HtmlElement) -> str:
    """Give the classes of an element and of the two around it."""
    around = [element, element.getparent()]
    around.append(around[1].getparent() if around[1] is not None else None)
    return " ".join(_own_names(each) for each in around if each is not None)


def _short_text(element: HtmlElement) -> str | None:
    """Give the text of an element that holds little else than that text."""
    if len(element) > 3:
        return None
    text = one_line(element.text_content()[: 4 * _TEXT_CHARS])
    return text if 6 <= len(text) <= _TEXT_CHARS and any(c.isdigit() for c in text) else None
