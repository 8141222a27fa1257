"""Any search as a feed: Atom (RFC 4287) and JSON Feed 1.1, newest first where no order is asked for."""

import re
import uuid
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response, request

from index.types import Article, PublicationDate
from search.answer import Answer, Hit
from search.request import SearchRequest, to_params
from web.api.answering import link
from web.api.encoding import dumps
from web.api.feed_types import FeedAuthor, FeedItem, JsonFeed
from web.api.operations import Body, Given, Operation
from web.api.parameters import some
from web.api.uris import web_uri
from web.caching import conditional, walking
from web.language import _
from web.links import article_url, changed, search_url, with_query
from web.reading_parameters import pairs_of
from web.state import searcher
from web.wording import heading

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
JSON_FEED = "https://jsonfeed.org/version/1.1"
JSON_TYPE = "application/feed+json"
UNDATED = "1970-01-01T00:00:00Z"
"""What Atom, which demands a time, gets for an article that nothing dates; it is never given a guessed one."""

SUMMARY = 400
"""Characters of an article in a feed: readers show a paragraph."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(given: Given) -> Response:
    """Give a search as an Atom feed."""
    return _feed(given, "/feed.atom", ATOM_TYPE, _atom)


def json_feed(given: Given) -> Response:
    """Give a search as a JSON Feed."""
    return _feed(given, "/feed.json", JSON_TYPE, _json)


def _feed(given: Given, path: str, media_type: str, write: Any) -> Response:
    ordered = any(name == "sort" for name, _value in pairs_of(request.query_string))
    asked = given.asked if ordered else changed(given.asked, sort="newest", cursor=given.asked.cursor)

    def make() -> Response:
        answer = searcher().ask(changed(asked, facets=(), cursor=asked.cursor), fixed=True)
        walking(answer.generation)
        following = feed_url(changed(asked, cursor=answer.next), path) if answer.next else None
        committed = searcher().status().committed
        response = Response(write(answer, asked, path, following, committed), mimetype=media_type)
        link(response, "next", following)
        link(response, "alternate", search_url(changed(asked)), media_type="text/html")
        return response

    return conditional(searcher().generation(), make)


def feed_url(asked: SearchRequest, path: str) -> str:
    """Give the address of a search as a feed, which says its order: that of a feed without one is not a search's."""
    ranked = [("sort", asked.sort)] if asked.sort == SearchRequest().sort else []
    return with_query(path, [*to_params(asked), *ranked])


def _atom(answer: Answer, asked: SearchRequest, path: str, following: str | None, committed: str) -> bytes:
    root = request.host_url.rstrip("/")
    feed = ET.Element("feed", {"xmlns": ATOM})
    _text(feed, "id", _identity("search", *(f"{name}={value}" for name, value in to_params(changed(asked)))))
    _text(feed, "title", _title(answer))
    _text(feed, "updated", committed)
    author = ET.SubElement(feed, "author")
    _text(author, "name", "Newsmorgue")
    ET.SubElement(feed, "link", {"rel": "self", "type": ATOM_TYPE, "href": root + feed_url(asked, path)})
    page = root + search_url(changed(asked))
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    if following:
        ET.SubElement(feed, "link", {"rel": "next", "type": ATOM_TYPE, "href": root + following})
    for hit in answer.hits:
        _entry(feed, hit, root)
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _entry(feed: ET.Element, hit: Hit, root: str) -> None:
    article = hit.article
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", _identity("article", article.id))
    _text(entry, "title", heading(article))
    when = _instant(article.published)
    _text(entry, "updated", when or UNDATED)
    if when:
        _text(entry, "published", when)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": root + article_url(article.id)})
    if source := web_uri(article.url):
        ET.SubElement(entry, "link", {"rel": "via", "href": source})
    if article.byline or article.publisher:
        _text(ET.SubElement(entry, "author"), "name", article.byline or article.publisher or "")
    for name, _count in (*hit.shown.people, *hit.shown.outlets):
        ET.SubElement(entry, "category", {"term": _NO_XML.sub("", name)})
    _text(entry, "summary", _summary(hit))


def _json(answer: Answer, asked: SearchRequest, path: str, following: str | None, committed: str) -> str:
    del committed
    root = request.host_url.rstrip("/")
    feed = JsonFeed(
        version=JSON_FEED,
        title=_title(answer),
        home_page_url=root + search_url(changed(asked)),
        feed_url=root + feed_url(asked, path),
        items=tuple(_item(hit, root) for hit in answer.hits),
        next_url=root + following if following else None,
    )
    return dumps(feed)


def _item(hit: Hit, root: str) -> FeedItem:
    article = hit.article
    author = article.byline or article.publisher
    return FeedItem(
        id=_identity("article", article.id),
        url=root + article_url(article.id),
        title=heading(article),
        content_text=_summary(hit),
        tags=tuple(name for name, _count in (*hit.shown.people, *hit.shown.outlets)),
        external_url=web_uri(article.url),
        date_published=_instant(article.published),
        authors=(FeedAuthor(name=author),) if author else None,
    )


def _title(answer: Answer) -> str:
    return _("Newsmorgue: %(reading)s", reading=answer.reading.replace("*", ""))


def _identity(kind: str, *parts: str) -> str:
    """Give an id that is the same on every host and for ever: a UUID made of names (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((f"newsmorgue:{kind}", *parts))).urn


def _instant(published: PublicationDate | None) -> str | None:
    """Give a publication date as an instant (RFC 3339): the first that it may mean, in UTC where no offset is known."""
    if published is None:
        return None
    value = published.value
    day = value[:10] + "-01-01"[len(value[:10]) - 4 :] if len(value) < len("2021-12-03") else value[:10]
    clock = value[11:]
    if not clock:
        return f"{day}T00:00:00Z"
    time, offset = clock[:5], clock[5:]
    return f"{day}T{time}:00{offset or 'Z'}"


def _summary(hit: Hit) -> str:
    text = " … ".join(snippet.text for snippet in hit.snippets) or _opening(hit.article)
    return " ".join(text.split())


def _opening(article: Article) -> str:
    if len(article.text) <= SUMMARY:
        return article.text
    return article.text[:SUMMARY].rsplit(" ", 1)[0] + " …"


def _text(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("", value)


_PARAMETERS = some("facets", "facet_size")
_PROBLEMS = ("malformed-parameter", "malformed-cursor", "expired-cursor")

OPERATIONS = (
    Operation(
        path="/feed.atom",
        name="feed_atom",
        summary="A search as an Atom feed, newest first unless `sort` is given.",
        view=atom,
        parameters=_PARAMETERS,
        bodies=(Body(media_type=ATOM_TYPE, description="The feed; ids of entries are stable"),),
        problems=_PROBLEMS,
    ),
    Operation(
        path="/feed.json",
        name="feed_json",
        summary="A search as a JSON Feed, newest first unless `sort` is given.",
        view=json_feed,
        parameters=_PARAMETERS,
        bodies=(Body(media_type=JSON_TYPE, type=JsonFeed, description="The feed; ids of items are stable"),),
        problems=_PROBLEMS,
    ),
)
