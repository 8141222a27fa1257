"""What a page states about itself for machines: JSON-LD (schema.org) and meta elements."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from index.read.json_text import Unreadable, load_values

_ARTICLE_TYPES: Final = """
newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle article
asknewsarticle advertisercontentarticle liveblogposting blogposting report scholarlyarticle satiricalarticle
"""
_ARTICLES: Final = frozenset(_ARTICLE_TYPES.split())
_PAGES: Final = frozenset({"webpage", "itempage"})
_MAX_DEPTH: Final = 64
_MAX_NODES: Final = 2_000


class Structured:
    """The statements of one page: of its article in JSON-LD, and of its meta elements by name, in lower case."""

    def __init__(self, root: HtmlElement) -> None:
        nodes = list(_nodes(root))
        self._by_id = {
            node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1
        }
        self.article = _merge([node for node in nodes if _types(node) & _ARTICLES])
        self.page = _merge([node for node in nodes if _types(node) & _PAGES])
        self.meta = _meta(root)

    def first_meta(self, names: Sequence[str]) -> str | None:
        """Give the content of the first of the meta elements that says something."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def all_meta(self, names: Sequence[str]) -> list[str]:
        """Give the contents of all of the meta elements, in the order of the names."""
        return [content for name in names for content in self.meta.get(name, ())]

    def stated(self, name: str) -> str | None:
        """Give a text that JSON-LD states of the article, else of the page."""
        for node in (self.article, self.page):
            value = node.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and value.strip():
                return value
        return None

    def names(self, name: str) -> list[str]:
        """Give the names of the persons or organisations that JSON-LD states under a name of the article."""
        return [found for found in self._names(self.article.get(name), 4) if found]

    def _names(self, value: Any, depth: int) -> Iterator[str]:
        if depth == 0:
            return
        if isinstance(value, str):
            yield value.strip()
        elif isinstance(value, list):
            for inner in value:
                yield from self._names(inner, depth - 1)
        elif isinstance(value, dict):
            if "name" in value:
                yield from self._names(value["name"], depth - 1)
            elif isinstance(value.get("@id"), str) and value["@id"] in self._by_id:
                yield from self._names(self._by_id[value["@id"]].get("name"), depth - 1)


def _nodes(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Walk all objects of all JSON-LD scripts, outer ones first."""
    waiting: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
            waiting.extend(v for v in load_values(text, max_depth=_MAX_DEPTH) if not isinstance(v, Unreadable))
    seen = 0
    while waiting and seen < _MAX_NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            yield value
            waiting[:0] = [value[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in value]


def _types(node: Mapping[str, Any]) -> set[str]:
    stated = node.get("@type")
    values = stated if isinstance(stated, list) else [stated]
    return {str(value).rsplit("/", 1)[-1].lower() for value in values}


def _merge(nodes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Take the first node, and from later ones only what it lacks."""
    merged: dict[str, Any] = {}
    for node in nodes[:5]:
        headline = node.get("headline")
        if merged.get("headline") and headline and headline != merged["headline"]:
            continue  # another article, linked from this one
        for name, value in node.items():
            if value:
                merged.setdefault(name, value)
    return merged


def _meta(root: HtmlElement) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                found.setdefault(name.strip().lower(), []).append(content)
    return found
