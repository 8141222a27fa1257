"""Archives of the web: WARC (ISO 28500) and ARC, of which the pages are read.

Not by warcio, which ends at the first record that is wrong and reads lines of any length: here a damaged record is
said and passed over, and no record is kept in memory before its size is known.
"""

import functools
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.read.containers.container import Container
from index.read.containers.http import HttpHead, http_body, http_head, media_type, read_headers, split_headers
from index.read.identity import usable_url
from index.read.options import ReadOptions
from index.read.streams import CHUNK_BYTES, HEAD_BYTES, ByteStream
from index.read.within import Within
from index.types import Rejected

WARC_MARK: Final = b"WARC/"
"""What each record of a WARC begins with."""
_ARC: Final = b"filedesc://"
_VERSION: Final = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_ARC_LINE: Final = re.compile(
    rb"(?P<url>\S[^\r\n]*?) [\d.a-fA-F:]{3,45} \d{4,18} (?P<type>\S+)(?: [^\r\n]*)? (?P<length>\d{1,18})\r?\n"
)
_LENGTH: Final = re.compile(r"\d{1,18}", re.ASCII)
_LINE_BYTES: Final = 8_192
_MARK_BYTES: Final = 16
"""No mark of a record's beginning is longer."""
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", ""})
"""What is read of the answers of servers; the texts among them are lists for machines, the JSON is of programs."""
_TEXTS: Final = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
"""What is read of other records: extracted texts, single files."""

_STORED: Final = frozenset({"resource", "conversion", "arc"})
_ADDRESS: Final = re.compile(r"(?:https?|ftp|file)://", re.IGNORECASE)
"""Resources under other addresses (`metadata://gnu.org/...`) are the notes of the program that made the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One record's own headers, `header_bytes` long: what it is, its address, the length of what follows them.

    `answer` is the head of a server's answer, where the content begins with one.
    """

    kind: str
    url: str
    media_type: str
    header_bytes: int
    length: int
    answer: HttpHead | None = None


_ReadRecord = Callable[[bytes], _Record | None]


def _walk(
    stream: ByteStream, options: ReadOptions, *, read_record: _ReadRecord, mark: bytes
) -> Iterator[ByteStream | Rejected]:
    """Yield the pages of an archive; what is damaged is told, and reading goes on where the next record begins."""
    number = pages = 0
    while True:
        while (lead := stream.head()[:1]) and lead in b"\r\n":
            stream.read(1)
        place = stream.position
        if not lead:
            problem = stream.problem
            if problem is None or not stream.resume(WARC_MARK):
                break
            detail = f"{problem.detail}; reading went on at the next part that is whole"
            yield replace(problem, detail=detail, position=place)
            continue
        number += 1
        record = read_record(stream.head())
        source = f"{stream.source}!{number}"
        if record is None:
            detail = f"there is no whole record at byte {place:,}: reading went on at the next one"
            yield Rejected(source=source, reason="broken-record", detail=detail, position=place)
            while record is None and stream.read(1) and stream.skip_to(mark):
                record = read_record(stream.head()[1:])
            continue
        stream.skip(record.header_bytes)
        if record.kind == "response":
            record = replace(record, answer=http_head(stream.head()[: record.length]))
        content = _content(stream, record, functools.partial(_next_record, read_record=read_record, mark=mark), options)
        if content.is_there and _is_wanted(record):
            pages += 1
            yield _page(stream, record, content, source, options)
        yield from _problem(stream, content, number, place)
    if not pages and not stream.problem:
        yield Rejected(source=stream.source, reason="no-page", detail="none of its records holds a page or a text")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What follows a record's headers: its `data`, None where they are too many to keep.

    `left` says how many bytes are missing since the file ends; where it `is_cut`, the stated length is wrong: the
    content ends where the next record begins.
    """

    data: bytes | None
    left: int = 0
    is_cut: bool = False

    @property
    def is_there(self) -> bool:
        """Tell whether it is all there, though it may be too much to keep."""
        return not self.left and (self.data is not None or not self.is_cut)


def _content(
    stream: ByteStream, record: _Record, following: Callable[[bytes, bytes], int | None], options: ReadOptions
) -> _Content:
    if record.length > options.max_line_bytes:
        return _pass_over(stream, record.length, following)
    data = stream.take(record.length)
    left = record.length - len(data)
    head = stream.head().lstrip(b"\r\n")
    is_right = not left and (not head or following(b"\n" + head[:_MARK_BYTES], head[_MARK_BYTES:]) == 1)
    at = None if is_right else following(data, stream.head())
    if at is None:
        return _Content(data=data, left=left)
    stream.give_back(data[at:])
    return _Content(data=data[:at], is_cut=True)


def _next_record(content: bytes, head: bytes, *, read_record: _ReadRecord, mark: bytes) -> int | None:
    """Give where in the content of a record, with the `head` of what follows, another begins, None where none does."""
    at = content.find(mark)
    while at >= 0:
        if read_record((content[at + 1 : at + 1 + HEAD_BYTES] + head)[:HEAD_BYTES]):
            return at + 1
        at = content.find(mark, at + 1)
    return None


def _pass_over(stream: ByteStream, length: int, following: Callable[[bytes, bytes], int | None]) -> _Content:
    """Drop a long record. Whatever begins within it counts as the next one: what long records hold are films."""
    kept = b""
    while length and (chunk := stream.read(min(length, CHUNK_BYTES))):
        length -= len(chunk)
        kept += chunk
        at = following(kept, stream.head())
        if at is not None:
            stream.give_back(kept[at:])
            return _Content(data=None, is_cut=True)
        kept = kept[-_MARK_BYTES:]
    return _Content(data=None, left=length)


def _problem(stream: ByteStream, content: _Content, number: int, place: int) -> Iterator[Rejected]:
    """Say what is wrong with the length of a record, the `number`-th, from the byte `place` on."""
    if content.is_cut:
        detail = f"the record at byte {place:,} states a wrong length: it ends where the next one begins"
        yield Rejected(source=f"{stream.source}!{number}", reason="broken-record", detail=detail, position=place)
    elif content.left and stream.problem is None:
        detail = f"the file ends in the middle of record {number} (what came before was read)"
        yield Rejected(source=stream.source, reason="truncated", detail=detail, position=place)


def _is_wanted(record: _Record) -> bool:
    """Tell whether a record is to be read: it holds a page or a text."""
    if record.answer:
        return record.answer.status // 100 == 2 and record.answer.media_type in _PAGES
    return record.kind in _STORED and record.media_type in _TEXTS and _ADDRESS.match(record.url) is not None


def _page(
    stream: ByteStream, record: _Record, content: _Content, source: str, options: ReadOptions
) -> ByteStream | Rejected:
    """Give the page that a record holds."""
    about, body, answer = f"{record.url[:200]}: " if record.url else "", content.data, record.answer
    if body is None:
        detail = f"{about}it has more than {options.max_line_bytes:,} bytes (setting max_line_bytes)"
        return Rejected(source=source, reason="too-large", detail=detail)
    if answer:
        body = http_body(body[answer.length :], answer, limit=options.max_line_bytes)
    if body is None:
        packing = answer.headers.get("content-encoding", "") if answer else ""
        known = "Brotli (br)" if packing.lower() == "br" else packing
        detail = f"{about}it is packed by {known}, which is not read: crawl with `Accept-Encoding: gzip`, or unpack it"
        return Rejected(source=source, reason="unsupported", detail=detail)
    within = Within(
        allowance=stream.allowance,
        at=stream.consumed,
        url=usable_url(record.url),
        charset=answer.charset if answer else None,
    )
    return ByteStream(io.BytesIO(body), source, options, within)


def _warc_record(head: bytes) -> _Record | None:
    """Read the headers of a WARC record from the bytes that begin with it; None where they are no such thing."""
    length = split_headers(head)
    if not length or _VERSION.match(head) is None:
        return None
    headers = read_headers(head[:length])
    stated = headers.get("content-length", "")
    if not _LENGTH.fullmatch(stated):
        return None
    return _Record(
        kind=headers.get("warc-type", "").lower(),
        url=headers.get("warc-target-uri", "").strip("<>"),
        media_type=media_type(headers.get("content-type", "")),
        header_bytes=length,
        length=int(stated),
    )


def _arc_record(head: bytes) -> _Record | None:
    """Read the line that an ARC record begins with; its address may have blanks in it."""
    match = _ARC_LINE.match(head[:_LINE_BYTES])
    if match is None:
        return None
    url = match["url"].decode("utf-8", "replace")
    is_answer = head[match.end() :].startswith(b"HTTP/")
    return _Record(
        kind="filedesc" if url.startswith("filedesc:") else "response" if is_answer else "arc",
        url=url,
        media_type=media_type(match["type"].decode("utf-8", "replace")),
        header_bytes=match.end(),
        length=int(match["length"]),
    )


def _members_of_warc(stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    yield from _walk(stream, options, read_record=_warc_record, mark=b"\nWARC/")


def _members_of_arc(stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    yield from _walk(stream, options, read_record=_arc_record, mark=b"\nhttp")


WARC: Final = Container(name="warc", recognise=lambda head: _VERSION.match(head) is not None, members=_members_of_warc)
ARC: Final = Container(name="arc", recognise=lambda head: head.startswith(_ARC), members=_members_of_arc)
