"""RSS and Atom, whole and broken: one article an entry, read by feedparser."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qs, urljoin, urlsplit

import feedparser

from index.read.build import Stated, apart, build
from index.read.charset import decode
from index.read.dating import Dating, Doubt, date_of, tell_doubts
from index.read.format import Format, Head, cut_tree
from index.read.identity import usable_url
from index.read.markup import plain
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.sites import site_of
from index.read.xml_text import declared_charset, without_declaration, xml_root
from index.types import Article, Rejected

_ROOTS: Final = frozenset({"rss", "feed", "RDF", "rdf"})
_DETOUR: Final = re.compile(r"(?:www|news)\.google\.[a-z.]{2,6}/url|(?:www\.)?bing\.com/news/apiclick\.aspx")
_SERVICE: Final = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/(?:alerts|url)\b|news\.google\.[a-z.]{2,6}/|(?:www\.)?bing\.com/"
    r"|(?:\w+\.)?talkwalker\.com/)",
    re.IGNORECASE,
)
"""Services that search the news of others: their feeds are named by what was searched for."""
_ENTITY: Final = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_AMPERSAND: Final = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#?\w{1,32};)", re.DOTALL)
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}
"""What feedparser believes before any declaration: the text was decoded here."""


def _recognise(head: Head, options: ReadOptions) -> bool:
    del options
    return xml_root(head.text) in _ROOTS


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_entries(piece, options))


def _entries(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    content = piece.content or b""
    text = without_declaration(decode(content, declared=declared_charset(content) or piece.charset))
    if _ENTITY.search(text):
        detail = "its DOCTYPE declares entities, as in an attack: take the declarations out if you trust it"
        yield Rejected(source=piece.source, reason="forbidden-dtd", detail=detail)
        return
    text = _AMPERSAND.sub(lambda found: "&amp;" if found[0] == "&" else found[0], text)  # AT&T, ?a=1&b=2
    try:
        # A file object: of text and bytes feedparser would take an address or a file's name.
        parsed: Any = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # noqa: BLE001  it lets through whatever its parsers raise on broken markup
        yield Rejected(source=piece.source, reason="not-a-feed", detail=f"it cannot be read as a feed: {error}")
        return
    if not parsed.entries:
        problem = parsed.get("bozo_exception")
        detail = f"no entry was found in it: {problem}" if problem else "there is no entry in it"
        yield Rejected(source=piece.source, reason="empty" if not problem else "not-a-feed", detail=detail)
        return
    all_stated = [_stated(entry, parsed.feed, number, piece, options) for number, entry in enumerate(parsed.entries, 1)]
    for number, stated in enumerate(apart(all_stated), 1):
        yield from build(stated, options, position=number)


def _stated(entry: Any, feed: Any, number: int, piece: Piece, options: ReadOptions) -> Stated:
    text = _longest([one.get("value") for one in _list(entry, "content")] + [entry.get("summary")])
    own_id = _text(entry, "id")
    url = _address(_text(entry, "link"), feed, piece) or usable_url(own_id)
    dating = _dating(entry, options)
    return Stated(
        source=f"{piece.source}:{number}",
        file=piece.source,
        title=plain(_text(entry, "title")).replace("\n", " "),
        text=plain(text),
        url=url,
        byline=", ".join(_names(entry)) or None,
        publisher=_publisher(entry, feed, url),
        published=dating.published,
        doubts=dating.doubts,
        language=_text(entry.get("title_detail") or {}, "language") or _text(feed, "language") or None,
        own_id=own_id or None,
    )


def _address(link: str, feed: Any, piece: Piece) -> str | None:
    """Give the entry's address, against that of the feed where it is relative, without a search service's detour."""
    try:
        url = usable_url(urljoin(_text(feed, "link") or piece.url or "", link)) if link else None
        parts = urlsplit(url or "")
        if _DETOUR.fullmatch(f"{parts.hostname}{parts.path}"):
            aims = parse_qs(parts.query)
            url = next((aim for name in ("url", "q") for aim in aims.get(name, ()) if usable_url(aim)), url)
    except ValueError:
        return None
    return url


def _publisher(entry: Any, feed: Any, url: str | None) -> str | None:
    """Give whom the entry itself names, else the feed's title; in feeds of search services the entry's host."""
    named = plain(_text(entry.get("source") or {}, "title") or _text(entry, "news_source"))
    if named:
        return named
    addresses = [_text(feed, "link"), _text(entry, "link"), *(_text(link, "href") for link in _list(feed, "links"))]
    if not any(_SERVICE.match(address) for address in addresses):
        return plain(_text(feed, "title")) or None
    return site_of(url) if url and not _SERVICE.match(url) else None


def _dating(entry: Any, options: ReadOptions) -> Dating:
    """Give when the entry was published; that of its last change, where it states no other, is not certain to be it."""
    # Asked for a missing `updated`, feedparser warns, and gives `published`.
    stated = {name: _text(entry, name) for name in ("published", "created", "updated") if name in entry}
    statements = [(name, value) for name, value in stated.items() if value]
    dating = date_of((one for one in statements if one[0] != "updated"), origin="feed", options=options)
    if dating.published:
        return dating
    changed = date_of((one for one in statements if one[0] == "updated"), origin="feed", options=options)
    published = replace(changed.published, certain=False) if changed.published else None
    return Dating(published=published, doubts=(*dating.doubts, *changed.doubts))


def _names(entry: Any) -> list[str]:
    names = [_text(author, "name") for author in _list(entry, "authors")]
    return list(dict.fromkeys(name for name in names if name)) or [name for name in [_text(entry, "author")] if name]


def _list(value: Any, name: str) -> list[Mapping[str, Any]]:
    found = value.get(name) if hasattr(value, "get") else None
    return [one for one in found if hasattr(one, "get")] if isinstance(found, list) else []


def _text(value: Any, name: str) -> str:
    found = value.get(name) if hasattr(value, "get") else None
    return found.strip() if isinstance(found, str) else ""


def _longest(texts: list[Any]) -> str:
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


FEED: Final = Format(name="feed", recognise=_recognise, cut=cut_tree, read=_read)
