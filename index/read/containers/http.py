"""Answers of web servers as archives keep them: headers, and a body that may be in chunks and packed (RFC 9112)."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n")
_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpHead:
    """The first lines of an answer: its status, its headers by lower-case name, and the length of all that."""

    status: int
    headers: Mapping[str, str]
    length: int

    @property
    def media_type(self) -> str:
        """Give the type of the body in lower case, without parameters; empty where none is stated."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """Give the encoding that the header states, if it does."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1] if match else None


def media_type(stated: str) -> str:
    """Give a media type without its parameters, in lower case."""
    return stated.partition(";")[0].strip().lower()


def read_headers(data: bytes) -> dict[str, str]:
    """Read `Name: value` lines; a line that begins with a blank goes on with the last value."""
    headers: dict[str, str] = {}
    name = ""
    for line in data.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and name:
            headers[name] += f" {line.strip()}"
            continue
        key, colon, value = line.partition(":")
        if colon:
            name = key.strip().lower()
            headers[name] = value.strip()
    return headers


def split_headers(data: bytes) -> int:
    """Give the length of the headers and the blank line at the start of some bytes; 0 where they do not end."""
    match = _END_OF_HEADERS.search(data)
    return match.end() if match else 0


def http_head(data: bytes) -> HttpHead | None:
    """Read the head of an answer from the first bytes of one; None where that is none."""
    match = _STATUS.match(data)
    length = split_headers(data)
    if match is None or not length:
        return None
    return HttpHead(status=int(match[1]), headers=read_headers(data[:length]), length=length)


def http_body(body: bytes, head: HttpHead, *, limit: int) -> bytes | None:
    """Give the body without its chunks, unpacked if it is `deflate`; None where its packing is not known.

    Gzip is left as it is: streams unpack it by themselves. Many archives keep unchunked bodies under a header that
    says otherwise, and broken ones: what is no chunk is taken as it stands.
    """
    if "chunked" in head.headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    encoding = head.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity", "none", "utf-8", "gzip", "x-gzip"):
        return body
    if encoding == "deflate":
        return _inflate(body, limit)
    return None


def _join_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join([*parts, body[at:]])


def _inflate(body: bytes, limit: int) -> bytes:
    """Unpack what servers call `deflate`: with the header of zlib, or without."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(wbits).decompress(body, limit)
        except zlib.error:
            continue
    return body
