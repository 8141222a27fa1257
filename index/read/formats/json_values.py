"""JSON: one article, an array of them, or an object that holds such an array (`{"articles": [...]}`)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from index.read.charset import decode
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head, too_large
from index.read.json_array import ArrayCutter
from index.read.json_text import Unreadable, load_json, load_values
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.records import FIRST_RECORDS, absent_members, figured_dates, has_text, read_record
from index.read.streams import ByteStream
from index.types import Article, Rejected

_LISTS: Final = (
    "articles items docs documents results data hits entries stories news posts records response rows list feed"
)
_LIST_NAMES: Final = tuple(_LISTS.split())
_LIST_START: Final = re.compile(rf'"(?:{"|".join(_LIST_NAMES)})"\s*:\s*\[(?=\s*[{{\]])'.encode())
_START: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_MARK: Final = b"\xef\xbb\xbf"
_ELEMENT_SIGN: Final = b"\x1e"
"""Leads each element in the content of a piece (RFC 7464); no valid JSON text has it."""
_NESTED: Final = 2
"""How deep an array of articles may lie in objects: `{"response": {"docs": [...]}}`."""


def _recognise(head: Head, options: ReadOptions) -> bool:
    del options
    text = head.text.lstrip()
    return _START.match(text) is not None or (head.suffix == ".json" and text.startswith(("{", "[")))


def _cut(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    """Cut an array, or a large object that holds one, into its elements; take anything else whole."""
    head = stream.head()
    start = len(head) - len(head.removeprefix(_MARK).lstrip())
    if head[start : start + 1] == b"[":
        stream.read(start + 1)
    elif stream.fits(options.max_line_bytes):
        content = stream.read_all(options.max_line_bytes)
        if content is not None:
            yield replace(whole, path=None, content=content, done=whole.done + stream.consumed)
        return
    elif match := _LIST_START.search(head):
        stream.read(match.end())
    else:
        yield too_large(whole.source, options)
        return
    yield from _cut_array(stream, whole, options)


def _cut_array(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    cutter = ArrayCutter(stream, limit=options.max_line_bytes)
    batch: list[bytes] = []
    size, first = 0, 1
    for element in cutter.elements():
        if element.content is None:
            if batch:
                yield _sequence(batch, first, whole, stream)
                batch, size = [], 0
            yield too_large(f"{whole.source}:{element.number}", options, position=element.number)
            continue
        first = first if batch else element.number
        batch.append(element.content.replace(_ELEMENT_SIGN, b" "))
        size += len(element.content)
        if size >= options.piece_bytes:
            yield _sequence(batch, first, whole, stream)
            batch, size = [], 0
    if batch:
        yield _sequence(batch, first, whole, stream)
    if not cutter.finished and not stream.problem:
        yield Rejected(
            source=whole.source,
            reason="truncated",
            detail="the array is not closed: the file ends in the middle or lacks a quote (what came before was read)",
        )


def _sequence(elements: Sequence[bytes], first: int, whole: Piece, stream: ByteStream) -> Piece:
    content = b"".join(_ELEMENT_SIGN + element for element in elements)
    return replace(whole, path=None, content=content, line=first, done=whole.done + stream.consumed)


def _dates(piece: Piece, options: ReadOptions) -> Iterator[tuple[str, str]]:
    yield from figured_dates((value for _, value in _values(piece, options)), options)


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_records(piece, options))


def _records(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    first: list[object] = []
    for number, value in _values(piece, options):
        first += [value] if len(first) < FIRST_RECORDS else []
        yield from _read_value(value, number, piece, options)
    if piece.line == 1:
        yield from absent_members(first, piece.source, options)


def _values(piece: Piece, options: ReadOptions) -> Iterator[tuple[int | None, Any]]:
    """Give the values of a piece with their numbers; one that is alone in its file has none."""
    content = piece.content or b""
    if content.startswith(_ELEMENT_SIGN):
        for number, element in enumerate(content[1:].split(_ELEMENT_SIGN), piece.line):
            yield number, load_json(decode(element), max_depth=options.max_depth)
        return
    values = list(load_values(decode(content), max_depth=options.max_depth))
    if len(values) == 1 and isinstance(values[0], dict) and not has_text(values[0], options):
        values = list(_find_list(values[0], options, _NESTED) or values)
    for number, value in enumerate(values, 1):
        yield number if len(values) > 1 else None, value


def _read_value(
    value: Any, number: int | None, piece: Piece, options: ReadOptions
) -> Iterator[Article | Rejected | Doubt]:
    """Read one value of a file, the `number`-th of several."""
    source = f"{piece.source}:{number}" if number else piece.source
    if isinstance(value, Unreadable):
        yield Rejected(source=source, reason=value.reason, detail=value.detail, position=number)
    elif isinstance(value, dict):
        yield from read_record(value, source, options, file=piece.source, position=number, orders=piece.orders)
    else:
        detail = f"it is no object but {type(value).__name__}"
        yield Rejected(source=source, reason="not-an-article", detail=detail, position=number)


def _find_list(value: Mapping[str, Any], options: ReadOptions, depth: int) -> Sequence[Any] | None:
    """Find the array of articles in an object: under a usual name, else the only one; or objects under their ids."""
    lists = {name: inner for name, inner in value.items() if isinstance(inner, list) and _holds_objects(inner)}
    for name in _LIST_NAMES:
        if name in lists:
            return lists[name]
        inner = value.get(name)
        if depth > 1 and isinstance(inner, dict) and not has_text(inner, options):
            found = _find_list(inner, options, depth - 1)
            if found is not None:
                return found
    if len(lists) == 1:
        return next(iter(lists.values()))
    inner_objects = list(value.values())
    if inner_objects and all(isinstance(inner, dict) and has_text(inner, options) for inner in inner_objects):
        return inner_objects
    return None


def _holds_objects(values: Sequence[Any]) -> bool:
    return bool(values) and isinstance(values[0], dict)


JSON: Final = Format(name="json", recognise=_recognise, cut=_cut, read=_read, divisible=True, dates=_dates)
