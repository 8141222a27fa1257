"""NewsML-G2: items of news, alone or in a message (IPTC NewsML-G2 2.x)."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from index.read.wire.elements import LANGUAGE, WITHDRAWN, Refusal, attribute, first_said, running_text, said
from index.read.wire.item import Identity, Item, version_of
from index.read.wire.nitf import read_nitf


def g2_items(root: Element) -> Iterator[Element]:
    """Give the items of news in a document without namespaces; packages and lists of concepts are none."""
    if root.tag == "newsItem":
        yield root
    else:
        yield from root.iterfind("itemSet/newsItem")


def g2_identity(item: Element) -> Identity:
    """Tell which version of which story a `newsItem` is, whatever else is in it."""
    return Identity(guid=item.get("guid") or "", version=version_of(item.get("version") or ""))


def read_g2(item: Element) -> Item | Refusal:
    """Read a `newsItem` element without namespaces."""
    status = _code(attribute(item, "itemMeta/pubStatus", "qcode"))
    if status in WITHDRAWN:
        return Refusal(reason="withdrawn", detail=f"the agency has withdrawn it (pubStatus {status})")
    kind = _code(attribute(item, "itemMeta/itemClass", "qcode")) or "text"
    if kind not in ("text", "composite"):
        return Refusal(reason="not-text", detail=f"it is no text but of the class {kind}")
    inner = item.find("contentSet/inlineXML/nitf")
    story = read_nitf(inner) if inner is not None else None
    if isinstance(story, Refusal):
        return story
    text = story.text if story else _text(item)
    if not text and item.find("contentSet/remoteContent") is not None:
        return Refusal(reason="no-text", detail="its content lies in another file, which it only names")
    found = Item(
        own_id=item.get("guid") or "",
        title=first_said(item, "contentMeta/headline", "itemMeta/title"),
        text=text,
        byline=first_said(item, "contentMeta/by", "contentMeta/creator/name"),
        publisher=_publisher(item),
        dates=tuple(
            stated
            for path in ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
            if (stated := first_said(item, path))
        ),
        url=attribute(item, "itemMeta/link[@rel='irel:permalink']", "href") or attribute(item, "contentSet", "uri"),
        language=attribute(item, "contentMeta/language", "tag") or item.get(LANGUAGE) or "",
    )
    if story is None:
        return found
    return replace(
        found,
        title=found.title or story.title,
        byline=story.byline or found.byline,
        publisher=found.publisher or story.publisher,
        dates=found.dates or story.dates,
    )


def _text(item: Element) -> str:
    """Give the text that the item holds itself, as markup or plain."""
    for inline in item.iterfind("contentSet/inlineXML"):
        body = inline.find(".//body")
        text = running_text(body if body is not None else inline)
        if text:
            return text
    texts = [
        (inline.text or "").strip()
        for inline in item.iterfind("contentSet/inlineData")
        if (inline.get("contenttype") or "text/plain").startswith("text/")
    ]
    return "\n\n".join(text for text in texts if text)


def _publisher(item: Element) -> str:
    provider = item.find("itemMeta/provider")
    named = said(provider.find("name")) if provider is not None else ""
    stated = [named, first_said(item, "contentMeta/infoSource/name", "rightsInfo/copyrightHolder/name")]
    if provider is not None:
        stated += [provider.get("literal") or "", (provider.get("qcode") or "").rpartition(":")[2]]
    return next((name for name in stated if name), "")


def _code(qcode: str) -> str:
    """Give a code without the alias of its scheme: `usable` of `stat:usable`."""
    return qcode.rpartition(":")[2].lower()
