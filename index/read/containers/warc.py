"""Archives of the web: WARC (ISO 28500) and ARC, of which the pages are read.

Not by warcio, which ends at the first record that is wrong and reads lines of any length: here a damaged record is
said and passed over, and no record is kept in memory before its size is known.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.read.containers.container import Container
from index.read.containers.http import http_body, http_head, media_type, read_headers, split_headers
from index.read.identity import usable_url
from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.read.within import Within
from index.types import Rejected

_WARC: Final = b"WARC/"
_ARC: Final = b"filedesc://"
_VERSION: Final = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_ARC_LINE: Final = re.compile(
    rb"(?P<url>\S[^\r\n]*?) [\d.a-fA-F:]{3,45} \d{4,18} (?P<type>\S+)(?: [^\r\n]*)? (?P<length>\d{1,18})\r?\n"
)
_LENGTH: Final = re.compile(r"\d{1,18}", re.ASCII)
_LINE_BYTES: Final = 8_192
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", ""})
"""What is read of the answers of servers; the texts among them are lists for machines, the JSON is of programs."""
_TEXTS: Final = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
"""What is read of other records: extracted texts, single files."""

_STORED: Final = frozenset({"resource", "conversion", "arc"})
_ADDRESS: Final = re.compile(r"(?:https?|ftp|file)://", re.IGNORECASE)
"""Resources under other addresses (`metadata://gnu.org/...`) are the notes of the program that made the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One record's own headers, `header_bytes` long: what it is, its address, the length of what follows them."""

    kind: str
    url: str
    media_type: str
    header_bytes: int
    length: int


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
            if problem is None or not stream.resume(_WARC):
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
        end = stream.position + record.length
        for page in _page(stream, record, source, options):
            pages += 1
            yield page
        if stream.skip(end - stream.position) and stream.problem is None:
            detail = f"the file ends in the middle of record {number} (what came before was read)"
            yield Rejected(source=stream.source, reason="truncated", detail=detail, position=place)
    if not pages and not stream.problem:
        yield Rejected(source=stream.source, reason="no-page", detail="none of its records holds a page or a text")


def _page(stream: ByteStream, record: _Record, source: str, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    """Give the page that a record holds, if it holds one; what is left of the record is for the caller to skip."""
    answer = http_head(stream.head()[: record.length]) if record.kind == "response" else None
    if answer:
        wanted = answer.status // 100 == 2 and answer.media_type in _PAGES
    else:
        wanted = record.kind in _STORED and record.media_type in _TEXTS and _ADDRESS.match(record.url) is not None
    if not wanted:
        return
    about = f"{record.url[:200]}: " if record.url else ""
    if record.length > options.max_line_bytes:
        detail = f"{about}it has more than {options.max_line_bytes:,} bytes (setting max_line_bytes)"
        yield Rejected(source=source, reason="too-large", detail=detail)
        return
    content: bytes | None = stream.take(record.length)
    if len(content or b"") < record.length:
        return  # it breaks off here, as the caller finds
    if answer and content is not None:
        content = http_body(content[answer.length :], answer, limit=options.max_line_bytes)
    if content is None:
        packing = answer.headers.get("content-encoding", "") if answer else ""
        known = "Brotli (br)" if packing.lower() == "br" else packing
        detail = f"{about}it is packed by {known}, which is not read: crawl with `Accept-Encoding: gzip`, or unpack it"
        yield Rejected(source=source, reason="unsupported", detail=detail)
        return
    within = Within(
        allowance=stream.allowance,
        at=stream.consumed,
        url=usable_url(record.url),
        charset=answer.charset if answer else None,
    )
    yield ByteStream(io.BytesIO(content), source, options, within)


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
