"""XML without surprises: no declarations of entities, nothing fetched, no depths, no exception but a reason."""

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from index.read.json_text import Unreadable
from index.read.markup import resolve_entity
from index.read.options import ReadOptions

_DECLARED: Final = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]{0,300}>")
_NAME: Final = re.compile(r"<(?:[\w.-]{1,100}:)?([A-Za-z_][\w.-]{0,100})(?=[\s/>])")
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_HEAD_CHARS: Final = 2**14


def xml_root(text: str) -> str | None:
    """Give the name of the first element, without its prefix, of what begins like XML; None where it does not."""
    at = 0
    text = text[:_HEAD_CHARS].lstrip("\ufeff")
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        if text.startswith("<!--", at):
            end = text.find("-->", at) + 2
        elif text.startswith("<?", at):
            end = text.find("?>", at) + 1
        elif text.startswith("<!", at):
            end = text.find(">", at)
            bracket = text.find("[", at, end)
            end = text.find(">", text.find("]", bracket)) if bracket >= 0 else end
        else:
            match = _NAME.match(text, at)
            return match[1] if match else None
        if end < at:
            return None
        at = end + 1


def declared_charset(content: bytes) -> str | None:
    """Give the encoding that an XML declaration states, if there is one."""
    match = _DECLARED.match(content[:400])
    return match[1].decode("ascii") if match else None


def without_declaration(text: str) -> str:
    """Give decoded XML without the declaration of an encoding that it no longer has, and without forbidden signs."""
    return _NO_XML.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1))


def load_xml(text: str, options: ReadOptions) -> Element | Unreadable:
    """Parse decoded XML; give an `Unreadable` where that cannot be, or must not.

    A DOCTYPE that names a DTD is passed over and never fetched (archives of NITF have one in each file); one that
    declares entities is refused, whatever they are for. Entities of HTML are known without.
    """
    parser = XMLParser(target=_Builder(options.max_xml_depth), forbid_dtd=False, forbid_entities=True)
    text = _NAMED.sub(resolve_entity, without_declaration(text))
    try:
        parser.feed(text.encode())
        root = parser.close()
    except _TooDeepError:
        return Unreadable(
            reason="too-deep", detail=f"it nests deeper than {options.max_xml_depth} elements (setting max_xml_depth)"
        )
    except DefusedXmlException:
        detail = "its DOCTYPE declares entities, as in an attack: take the declarations out if you trust it"
        return Unreadable(reason="forbidden-dtd", detail=detail)
    except (ParseError, ValueError) as error:
        return Unreadable(reason="not-xml", detail=f"it is not XML: {error}")
    return root if isinstance(root, Element) else Unreadable(reason="not-xml", detail="there is no element in it")


class _TooDeepError(Exception):
    pass


class _Builder(TreeBuilder):
    """Builds the tree up to a depth."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > self._most:
            raise _TooDeepError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)
