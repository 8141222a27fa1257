"""What the standards of the wire have in common: elements by their local names, running text, refusals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from index.read.clean.characters import one_line

LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
WITHDRAWN: Final = frozenset({"canceled", "cancelled", "withheld", "killed"})
_BLOCK_NAMES: Final = """
p hl1 hl2 h1 h2 h3 h4 h5 h6 li tr br div block blockquote bq pre section article ul ol dl dt dd hr body body.head
body.content body.end tagline fn table
"""
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_DROPPED: Final = frozenset(
    {"media", "figure", "head", "script", "style", "body.head", "nitf-table", "img", "object", "svg", "form"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an item is no article: a slug and a sentence, as in `index.types.Rejected`."""

    reason: str
    detail: str


def drop_namespaces(root: Element) -> None:
    """Give every element its local name: agencies use the standards' own, old and wrong namespaces, or none."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]


def said(element: Element | None) -> str:
    """Give all text in an element as one line; empty where there is no element."""
    return one_line("".join(element.itertext())) if element is not None else ""


def first_said(root: Element, *paths: str) -> str:
    """Give what the first of the paths says that says something."""
    return next((text for path in paths for found in root.iterfind(path) if (text := said(found))), "")


def attribute(root: Element, path: str, name: str) -> str:
    """Give an attribute of the first element under a path that has it."""
    return next((value for found in root.iterfind(path) if (value := (found.get(name) or "").strip())), "")


def running_text(root: Element | None) -> str:
    """Give the text of an element, a line a paragraph; pictures with their captions and heads are left out."""
    if root is None:
        return ""
    lines = (one_line(line) for line in "".join(_flow(root)).split("\n"))
    return "\n".join(line for line in lines if line)


def _flow(element: Element) -> Iterator[str]:
    """Walk an element, whose depth was bounded when it was parsed."""
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\n"
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _flow(child)
        yield (child.tail or "").replace("\n", " ")
    if is_block:
        yield "\n"


def longest(texts: Iterable[str]) -> str:
    """Give the longest of some texts; empty where there is none."""
    return max(texts, key=len, default="")
