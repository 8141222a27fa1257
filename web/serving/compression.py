"""Answers in fewer bytes: gzip and, as the index needs zstandard anyway, zstd (RFC 8878)."""

import functools
import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import zstandard
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST = 1_000
"""A shorter body fits into a packet as it is."""

GZIP_LEVEL = 5
ZSTD_LEVEL = 3
GZIP_HEAD = 31
"""What makes zlib write gzip (zlib.h, deflateInit2)."""

ENCODINGS = ("zstd", "gzip")
_TEXTS = ("application/json", "application/xml", "application/x-ndjson", "image/svg+xml")


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self, mode: int = ..., /) -> bytes: ...


def compress_answers(app: Flask) -> None:
    """Compress what is worth it, by what the client prefers; streams stay streams."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.status_code == 304:  # what the 200 would have said (RFC 9110, section 15.4.5)
            response.vary.add("Accept-Encoding")
        if response.direct_passthrough or response.status_code != 200 or not _is_text(response.mimetype):
            return response
        response.vary.add("Accept-Encoding")
        encoding = encoding_of(request.headers.get("Accept-Encoding", ""))
        if encoding == "identity" or request.method == "HEAD" or "Content-Encoding" in response.headers:
            return response
        if response.is_streamed:
            response.response = _streamed(response.iter_encoded(), encoding)
            response.headers.pop("Content-Length", None)
        elif len(data := response.get_data()) >= SMALLEST:
            response.set_data(_whole(data, encoding))
        else:
            return response
        response.headers["Content-Encoding"] = encoding
        return response


@functools.lru_cache(maxsize=1_000)
def encoding_of(accepted: str) -> str:
    """Give the encoding that a client likes best of ours, by its `Accept-Encoding`; `identity` for none."""
    best = parse_accept_header(accepted, Accept).best_match((*ENCODINGS, "identity"), "identity")
    return best or "identity"


def shrunk(data: bytes) -> bytes:
    """Give bytes in fewer, as fast as can be."""
    return zstandard.ZstdCompressor(level=1).compress(data)


def grown(data: bytes) -> bytes:
    """Give what was `shrunk`."""
    return zstandard.ZstdDecompressor().decompress(data)


def _is_text(mimetype: str | None) -> bool:
    return mimetype is not None and (
        mimetype.startswith("text/") or mimetype in _TEXTS or mimetype.endswith(("+json", "+xml"))
    )


def _whole(data: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(data)
    return gzip.compress(data, GZIP_LEVEL, mtime=0)


def _streamed(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Compress block by block, so that what was made reaches the client at once."""
    compressor: _Compressor
    if encoding == "zstd":
        compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compressobj()
        between, end = zstandard.COMPRESSOBJ_FLUSH_BLOCK, zstandard.COMPRESSOBJ_FLUSH_FINISH
    else:
        compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_HEAD)
        between, end = zlib.Z_SYNC_FLUSH, zlib.Z_FINISH
    for block in blocks:
        yield compressor.compress(block) + compressor.flush(between)
    yield compressor.flush(end)
