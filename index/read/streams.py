"""Bytes of one input, unpacked and bounded: what every format is read from.

A stream never raises on what it reads: it ends, and says why in `problem`.
"""

import codecs
import errno
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from index.read.charset import marked_encoding
from index.read.options import ReadOptions
from index.types import Rejected

CHUNK_BYTES: Final = 2**18
HEAD_BYTES: Final = 2**16
"""How much of an input its format is recognised by."""
_GZIP: Final = b"\x1f\x8b\x08"


class ByteStream:
    """One input as bytes: unpacked where it is gzip, UTF-8 where it was UTF-16 or UTF-32, within the limits.

    `consumed` counts the bytes taken from the input as it lies there (packed); `problem` says why the stream ended
    early, None where it did not.
    """

    def __init__(self, raw: BinaryIO, source: str, options: ReadOptions) -> None:
        self.source = source
        self.consumed = 0
        self.problem: Rejected | None = None
        self._raw = raw
        self._limit = options.max_expanded_bytes
        self._expanded = 0
        self._buffer = b""
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._packed = self._take()
        self.is_packed = self._packed.startswith(_GZIP)
        self._inflater = zlib.decompressobj(wbits=31) if self.is_packed else None
        encoding = marked_encoding(self._fill(HEAD_BYTES))
        if encoding:
            self._decoder = codecs.getincrementaldecoder(encoding)("replace")
            self._buffer = self._transcode(self._buffer)

    def head(self) -> bytes:
        """Give the first 64 KiB (or all, where that is less) without taking them."""
        return self._fill(HEAD_BYTES)[:HEAD_BYTES]

    def fits(self, limit: int) -> bool:
        """Tell whether what is left is at most `limit` bytes, by keeping that much in memory."""
        return len(self._fill(limit + 1)) <= limit

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """Take up to `size` bytes; none at the end, or where a problem ended the stream."""
        data = self._fill(min(size, CHUNK_BYTES))
        if not data:
            return b""
        self._buffer = data[size:]
        return data[:size]

    def read_all(self, limit: int) -> bytes | None:
        """Take all that is left; None where that is more than `limit` bytes, or a problem broke it off."""
        parts: list[bytes] = []
        size = 0
        while chunk := self.read():
            size += len(chunk)
            if size > limit:
                return None
            parts.append(chunk)
        return None if self.problem else b"".join(parts)

    def close(self) -> None:
        """Close the file beneath."""
        self._raw.close()

    def _fill(self, size: int) -> bytes:
        """Read until `size` bytes are buffered or nothing is left, and give the buffer."""
        if len(self._buffer) < size and not self._ended:
            parts = [self._buffer]
            have = len(self._buffer)
            while have < size and not self._ended:
                chunk = self._inflate() if self._inflater else self._plain()
                if self._decoder:
                    chunk = self._transcode(chunk)
                parts.append(chunk)
                have += len(chunk)
            self._buffer = b"".join(parts)
        return self._buffer

    def _take(self) -> bytes:
        try:
            data = self._raw.read(CHUNK_BYTES)
        except OSError as error:
            self._stop(*describe(error))
            return b""
        self.consumed += len(data)
        return data

    def _plain(self) -> bytes:
        data, self._packed = self._packed, b""
        data = data or self._take()
        self._ended = self._ended or not data
        return self._bounded(data)

    def _inflate(self) -> bytes:
        inflater = self._inflater
        assert inflater is not None
        if inflater.eof:  # another member may follow, or the zeros with which tapes are padded
            following = inflater.unused_data.lstrip(b"\0")
            while len(following) < len(_GZIP) and (more := self._take()):
                following = (following + more).lstrip(b"\0")
            if not following.startswith(_GZIP):
                self._ended = True
                return b""
            inflater = self._inflater = zlib.decompressobj(wbits=31)
            self._packed = following
        packed = inflater.unconsumed_tail or self._packed or self._take()
        self._packed = b""
        if not packed:
            self._stop("truncated", "the packed data end in the middle: get the file again (what came before was read)")
            return b""
        try:
            return self._bounded(inflater.decompress(packed, CHUNK_BYTES))
        except zlib.error as error:
            self._stop("broken-gzip", f"the packed data are damaged: {error} (what came before was read)")
            return b""

    def _bounded(self, data: bytes) -> bytes:
        self._expanded += len(data)
        if self._expanded > self._limit and self._inflater:
            self._stop("too-large", f"it expands to more than {self._limit:,} bytes (setting max_expanded_bytes)")
            return data[: self._limit - self._expanded]
        return data

    def _transcode(self, data: bytes) -> bytes:
        assert self._decoder is not None
        return self._decoder.decode(data, self._ended).encode("utf-8", "replace")

    def _stop(self, reason: str, detail: str) -> None:
        self._ended = True
        self.problem = self.problem or Rejected(source=self.source, reason=reason, detail=detail)


def open_stream(path: str, source: str, options: ReadOptions) -> ByteStream | Rejected:
    """Open a file as a stream, or say why that cannot be."""
    try:
        raw = Path(path).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        reason, detail = describe(error)
        return Rejected(source=source, reason=reason, detail=detail)
    stream = ByteStream(raw, source, options)
    if stream.problem and not stream.head():
        stream.close()
        return stream.problem
    return stream


def describe(error: OSError | ValueError) -> tuple[str, str]:
    """Give the slug and the sentence for an error of the operating system."""
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.EACCES, errno.EPERM):
        return "no-permission", "you may not read it: change its permissions or leave it out"
    if code in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return "missing", "there is no such file or directory: check the spelling"
    if code == errno.ELOOP:
        return "link-loop", "it is a symbolic link that leads back to itself"
    return "unreadable", f"it cannot be read: {getattr(error, 'strerror', None) or error}"
