"""One HTML page as an article: its text by trafilatura, the rest from what the page states.

trafilatura's own dates (htmldate) are not asked: they may be a copyright year or the first of January, and a date is
never invented here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.read.clean.characters import one_line
from index.read.clean.titles import clean_title, squash
from index.read.dating import Dating
from index.read.identity import is_front_page, usable_url
from index.read.markup import plain, unescape
from index.read.options import ReadOptions
from index.read.page_dates import page_date
from index.read.sites import site_of
from index.read.structured import Structured

_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title")
_AUTHORS: Final = (
    "author",
    "parsely-author",
    "byl",
    "sailthru.author",
    "dc.creator",
    "article:author",
    "citation_author",
)
_SITES: Final = ("og:site_name", "citation_journal_title", "prism.publicationname")
_LESSER_SITES: Final = ("dc.publisher", "publisher", "application-name")
_FULLER: Final = 1.5
"""A text stated in JSON-LD replaces the found one where it has so many times its words: else it has no paragraphs."""
_NAME_SPLIT: Final = re.compile(r"\s*(?:[;|]|,| and | & )\s*")
_NO_NAME: Final = re.compile(r"^https?://|^@|^[(\[]|^(?:admin|staff|editor)$|^\d+$|^[a-z]+(?:-[a-z]+)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds, as it states it."""

    text: str
    title: str
    url: str | None
    byline: str | None
    publisher: str | None
    dating: Dating
    language: str | None


def read_page(html: str, options: ReadOptions, *, fetched_from: str | None = None) -> Page | None:
    """Read a page; None where no article is found on it. `fetched_from` is its address where the page states none."""
    root = _parse(html)
    if root is None:
        return None
    structured = Structured(root)
    url = _address(root, structured, fetched_from)
    dating = page_date(root, structured, day_first=options.day_first)
    publisher = _publisher(structured, url)
    title = _title(root, structured, publisher)
    byline = _byline(root, structured)
    text = _fuller(_text(root), structured.stated("articleBody"))
    if not text:
        return None
    return Page(
        text=text,
        title=title,
        url=url,
        byline=byline,
        publisher=publisher,
        dating=dating,
        language=structured.stated("inLanguage") or root.get("lang") or structured.first_meta(("og:locale",)),
    )


def _parse(html: str) -> HtmlElement | None:
    html = _NO_XML.sub("", _DECLARATION.sub("", html, count=1))
    try:
        root: HtmlElement = document_fromstring(html, parser=HTMLParser(encoding="utf-8", remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root


def _text(root: HtmlElement) -> str:
    """Find the article's text; it changes the tree, so it comes last."""
    try:
        found = trafilatura.bare_extraction(
            root, include_comments=False, include_tables=False, with_metadata=False, deduplicate=False
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return str(getattr(found, "text", None) or "")


def _fuller(found: str, stated: str | None) -> str:
    """Give the text that the page states for machines where much of it was not found between its elements."""
    body = plain(stated) if stated else ""
    return body if len(body.split()) > _FULLER * len(found.split()) else found


def _title(root: HtmlElement, structured: Structured, publisher: str | None) -> str:
    """Give the title that two of meta elements, JSON-LD and heading agree on, else the first of them that there is."""
    headings = [one_line(heading.text_content()) for heading in root.iter("h1")]
    stated = [
        structured.first_meta(_TITLES) or "",
        structured.stated("headline") or "",
        headings[0] if len(headings) == 1 else "",
    ]
    titles = [clean_title(unescape(title), publisher=publisher) for title in stated]
    titles = [title for title in titles if title]
    for title in titles:
        if sum(squash(title) == squash(other) for other in titles) > 1:
            return title
    if titles:
        return titles[0]
    element = root.find(".//title")
    title = headings[0] if headings else element.text_content() if element is not None else ""
    return clean_title(title, publisher=publisher)


def _byline(root: HtmlElement, structured: Structured) -> str | None:
    names = structured.names("author")
    if not names:
        names = [name for key in _AUTHORS for name in structured.meta.get(key, ())]
    if not names:
        links = root.xpath('//*[@rel="author" or @itemprop="author" or contains(concat(" ", @class, " "), " byline ")]')
        names = [one_line(link.text_content()) for link in links[:3]]
    return _join_names(names)


def _join_names(names: Sequence[str]) -> str | None:
    """Give the names once each, without addresses and accounts, as one line."""
    parts: dict[str, str] = {}
    for name in names:
        for part in _NAME_SPLIT.split(one_line(unescape(name)).removeprefix("By ").removeprefix("by ")):
            if part and len(part) <= 80 and not _NO_NAME.search(part):
                parts.setdefault(part.lower(), part)
    return ", ".join(parts.values()) or None


def _publisher(structured: Structured, url: str | None) -> str | None:
    """Give the site's name as the page states it, else its domain; a name with capitals before one without."""
    stated = [*structured.all_meta(_SITES), *structured.names("publisher"), *structured.all_meta(_LESSER_SITES)]
    names = [one_line(unescape(name)) for name in stated if not _NO_NAME.search(name)]
    if names:
        return names[0] if names[0] != names[0].lower() else next((n for n in names if n != n.lower()), names[0])
    return site_of(url) if url else None


def _address(root: HtmlElement, structured: Structured, fetched_from: str | None) -> str | None:
    """Give the page's address as it states it; that of the site's front page only where there is no other."""
    canonical = next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), None)
    base = structured.first_meta(("og:url", "twitter:url", "parsely-link"))
    found: list[str] = []
    for stated in (canonical, base, structured.stated("url")):
        if not stated:
            continue
        try:
            url = usable_url(urljoin(base or fetched_from or "", stated.strip()))
        except ValueError:
            continue
        if url:
            found.append(url)
    if fetched_from:
        found.append(fetched_from)
    return next((url for url in found if not is_front_page(url)), found[0] if found else None)
