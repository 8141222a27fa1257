"""JSON Feed: one article an item, the feed's title their publisher where they name none (jsonfeed.org/version/1.1)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from index.read.build import Stated, apart, build
from index.read.charset import decode
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head, cut_nothing
from index.read.json_text import Unreadable, load_json
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.records import state_record
from index.types import Article, Rejected

_VERSION: Final = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def _recognise(head: Head, options: ReadOptions) -> bool:
    del options
    return head.text.lstrip().startswith("{") and _VERSION.search(head.text) is not None


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_items(piece, options))


def _items(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    feed: Any = load_json(decode(piece.content or b""), max_depth=options.max_depth)
    if isinstance(feed, Unreadable):
        yield Rejected(source=piece.source, reason=feed.reason, detail=feed.detail)
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        yield Rejected(source=piece.source, reason="empty", detail="there is no item in the feed")
        return
    common = {"publisher": feed.get("title"), "language": feed.get("language"), "author": _authors(feed)}
    found = [_stated(item, number, common, piece, options) for number, item in enumerate(items, 1)]
    told_apart = apart(one for one in found if isinstance(one, Stated))
    for number, one in enumerate(found, 1):
        if isinstance(one, Rejected):
            yield replace(one, position=number)
        else:
            yield from build(next(told_apart), options, position=number)


def _stated(item: Any, number: int, common: Mapping[str, Any], piece: Piece, options: ReadOptions) -> Stated | Rejected:
    source = f"{piece.source}:{number}"
    if not isinstance(item, dict):
        detail = f"item {number} is no object but {type(item).__name__}"
        return Rejected(source=source, reason="not-an-article", detail=detail)
    stated = {name: value for name, value in item.items() if value}
    stated["author"] = _authors(item) or common["author"]
    stated.pop("authors", None)
    return state_record({**common, **stated}, source, options, file=piece.source, origin="feed")


def _authors(stated: dict[str, Any]) -> Any:
    """Give who wrote an item: version 1.1 has a list of authors, version 1 one."""
    return stated.get("authors") or stated.get("author")


JSON_FEED: Final = Format(name="json-feed", recognise=_recognise, cut=cut_nothing, read=_read)
