"""Text that came with markup in it: the HTML of a JSON or CSV column, entities in a title."""

import html
import re
from html.entities import html5
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

_TAG: Final = re.compile(
    r"<(?:/?(?:p|div|br|span|a|em|strong|b|i|u|ul|ol|li|h[1-6]|blockquote|figure|img|section|article"
    r"|table|tr|td|script|style|iframe|aside|header|html|body|sup|sub|font|center|hr)\b[^<>]*>|!--)",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_DROPPED: Final = frozenset(
    {"script", "style", "noscript", "iframe", "figcaption", "svg", "form", "button", "template", "head"}
)
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "table",
        "tr",
    }
    | {"figure", "aside", "header", "footer", "pre", "dl", "dt", "dd", "hr", "body", "main", "nav", "center"}
)
_SPACE: Final = re.compile(r"\s+")


def begins_with_tag(text: str) -> bool:
    """Tell whether a text begins with an element of HTML: it is a fragment of a page."""
    return _TAG.match(text.lstrip()) is not None


def plain(text: str) -> str:
    """Turn markup and entities in a stated text into plain text, one line a paragraph; other text stays as it is."""
    if "<" in text and _TAG.search(text):
        return _text_of(text)
    return unescape(text)


def unescape(text: str) -> str:
    """Resolve HTML entities, also those that were escaped twice."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(resolve_entity, text)
    return text


def resolve_entity(match: re.Match[str]) -> str:
    """Resolve one entity; a name that HTML does not know stays as it is."""
    entity = match.group()
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity


def _text_of(markup: str) -> str:
    try:
        root = document_fromstring(f"<html><body>{_without_controls(markup)}</body></html>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return unescape(_TAG.sub(" ", markup))
    parts: list[str] = []
    _gather(root, parts)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return unescape("\n".join(line for line in lines if line))


def _gather(root: HtmlElement, parts: list[str]) -> None:
    """Walk a tree without recursion, writing its text with a line feed around every block."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):  # comments and processing instructions
            if event == "end":
                parts.append(_flat(element.tail))
            continue
        if event == "start":
            if tag in _DROPPED:
                element.clear(keep_tail=True)
            elif tag in _BLOCKS or tag == "br":
                parts.append("\n")
            parts.append(_flat(element.text))
        else:
            if tag in _BLOCKS:
                parts.append("\n")
            parts.append(_flat(element.tail))


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


def _without_controls(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
