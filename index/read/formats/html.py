"""HTML pages: one article a page, its text found by trafilatura, what it says of itself by `index.read.page`."""

import re
from collections.abc import Iterator
from typing import Final

from index.read.build import Stated, build
from index.read.charset import decode
from index.read.dating import tell_doubts
from index.read.format import Format, Head, cut_tree
from index.read.options import ReadOptions
from index.read.page import read_page
from index.read.piece import Piece
from index.types import Article, Rejected

_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"})
_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_TAG: Final = re.compile(r"<(?:html|head|body|title|meta|p|div)\b[^<>]*>", re.IGNORECASE)
_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARED_BYTES: Final = 4_096


def _recognise(head: Head, options: ReadOptions) -> bool:
    del options
    return _START.match(head.text) is not None or (head.suffix in _SUFFIXES and _TAG.search(head.text) is not None)


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    content = piece.content or b""
    declared = _CHARSET.search(content[:_DECLARED_BYTES])
    charset = piece.charset or (declared[1].decode("ascii") if declared else None)
    page = read_page(decode(content, declared=charset), options, fetched_from=piece.url)
    if page is None:
        yield Rejected(source=piece.source, reason="no-text", detail="no article was found on the page")
        return
    stated = Stated(
        source=piece.source,
        title=page.title,
        text=page.text,
        url=page.url,
        byline=page.byline,
        publisher=page.publisher,
        published=page.dating.published,
        doubts=page.dating.doubts,
        language=page.language,
    )
    yield from tell_doubts(build(stated, options))


HTML: Final = Format(name="html", recognise=_recognise, cut=cut_tree, read=_read)
