"""News as agencies send it in XML: NITF, NewsML-G2 and NewsML 1; one article an item."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from index.read.build import Stated, build
from index.read.charset import decode
from index.read.dating import Doubt, date_of, tell_doubts
from index.read.format import Format, Head, cut_tree
from index.read.identity import usable_url
from index.read.json_text import Unreadable
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.wire.elements import Refusal, drop_namespaces
from index.read.wire.g2 import g2_identity, g2_items, read_g2
from index.read.wire.item import Identity, Item
from index.read.wire.newsml import newsml_identity, newsml_items, read_newsml
from index.read.wire.nitf import read_nitf
from index.read.xml_text import declared_charset, load_xml, xml_root
from index.types import Article, Rejected

_ROOTS: Final = frozenset({"nitf", "newsItem", "newsMessage", "packageItem", "NewsML"})


def _recognise(head: Head, options: ReadOptions) -> bool:
    del options
    return xml_root(head.text) in _ROOTS


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_stories(piece, options))


def _stories(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    content = piece.content or b""
    root = load_xml(decode(content, declared=declared_charset(content) or piece.charset), options)
    if isinstance(root, Unreadable):
        yield Rejected(source=piece.source, reason=root.reason, detail=root.detail)
        return
    drop_namespaces(root)
    items = list(_items(root))
    if not items:
        yield Rejected(source=piece.source, reason="empty", detail=f"there is no story in it, only a {root.tag}")
    newest = _newest(items)
    for number, (identity, item) in enumerate(items, 1):
        position = number if len(items) > 1 else None
        source = f"{piece.source}:{number}" if position else piece.source
        last = newest.get(identity.guid, number)
        if last != number:
            detail = f"it is version {identity.version} of a story of which item {last} is a later one"
            yield Rejected(source=source, reason="older-version", detail=detail, position=position)
        elif isinstance(item, Refusal):
            yield Rejected(source=source, reason=item.reason, detail=item.detail, position=position)
        else:
            yield from build(_stated(item, source, piece, options), options, position=position)


def _items(root: Element) -> Iterator[tuple[Identity, Item | Refusal]]:
    if root.tag == "nitf":
        yield Identity(guid="", version=0), read_nitf(root)
    elif root.tag == "NewsML":
        yield from ((newsml_identity(item), read_newsml(item, root)) for item in newsml_items(root))
    else:
        yield from ((g2_identity(item), read_g2(item)) for item in g2_items(root))


def _newest(items: Iterable[tuple[Identity, object]]) -> Mapping[str, int]:
    """Give for each story the number of the item that has its highest version; of items alike, all may count."""
    best: dict[str, tuple[int, int]] = {}
    alike = set()
    for number, (identity, _) in enumerate(items, 1):
        held = best.get(identity.guid)
        if held and held[0] == identity.version:
            alike.add(identity.guid)
        if held is None or identity.version > held[0]:
            best[identity.guid] = identity.version, number
            alike.discard(identity.guid)
    return {guid: number for guid, (_, number) in best.items() if guid and guid not in alike}


def _stated(item: Item, source: str, piece: Piece, options: ReadOptions) -> Stated:
    dating = date_of((("date", stated) for stated in item.dates if stated), origin="metadata", options=options)
    return Stated(
        source=source,
        file=piece.source,
        title=item.title,
        text=item.text,
        url=item.url or piece.url or usable_url(item.own_id),
        byline=item.byline or None,
        publisher=item.publisher or None,
        published=dating.published,
        doubts=dating.doubts,
        language=item.language or None,
        own_id=item.own_id or None,
    )


WIRE: Final = Format(name="wire", recognise=_recognise, cut=cut_tree, read=_read)
