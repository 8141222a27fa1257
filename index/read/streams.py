"""Bytes of one input, unpacked and bounded: what every format is read from.

A stream never raises on what it reads: it ends, and says why in `problem`.
"""

import codecs
import zlib
from typing import BinaryIO, Final

from index.read.charset import marked_encoding
from index.read.options import ReadOptions
from index.read.system import describe
from index.read.within import Allowance, Within
from index.types import Rejected

CHUNK_BYTES: Final = 2**18
HEAD_BYTES: Final = 2**16
"""How much of an input its format is recognised by."""
GZIP: Final = b"\x1f\x8b\x08"
"""What packed data begin with (RFC 1952)."""
_DAMAGED: Final = "broken-gzip"
_TRIED_BYTES: Final = 512
"""How much of what may be a packed part is unpacked to see whether it is one."""
JUDGED_BYTES: Final = 16 * 2**20
"""From here on packed data are judged by how much they expand: short ones may be all blanks."""


class ByteStream:
    """One input as bytes: unpacked where it is gzip, UTF-8 where it was UTF-16 or UTF-32, within the limits.

    `consumed` counts the bytes taken from the input as it lies there (packed), `position` those given out; `problem`
    says why the stream ended early, None where it did not, `remark` what of the input is no part of it. `within` is
    None but for members of containers.
    """

    def __init__(self, raw: BinaryIO, source: str, options: ReadOptions, within: Within | None = None) -> None:
        self.source = source
        self.within = within
        self.allowance = within.allowance if within else Allowance(options)
        self.position = 0
        self.problem: Rejected | None = None
        self.remark: Rejected | None = None
        self._raw = raw
        self._taken = 0
        self._most_expansion = options.max_expansion
        self._expanded = 0
        self._buffer = b""
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._returns = False
        self._packed = self._take()
        self._inflater = zlib.decompressobj(wbits=31) if self._packed.startswith(GZIP) else None
        encoding = marked_encoding(self._fill(HEAD_BYTES))
        if encoding:
            self._decoder = codecs.getincrementaldecoder(encoding)("replace")
            self._buffer = self._transcode(self._buffer)

    @property
    def consumed(self) -> int:
        """Count the bytes of the input that were taken; within a container, those before the member."""
        return self.within.at if self.within else self._taken

    def file(self) -> BinaryIO | None:
        """Give the file beneath, where that holds these very bytes and can be read at any place; else None."""
        beneath = self._raw if not self._inflater and not self._decoder and not self.within else None
        return beneath if beneath and beneath.seekable() else None

    def head(self) -> bytes:
        """Give the next 64 KiB (or all, where that is less) without taking them."""
        return self._fill(HEAD_BYTES)[:HEAD_BYTES]

    def unify_lines(self) -> None:
        """Give carriage returns out as line feeds where those alone end lines, as on old Macs: a format needs it."""
        head = self.head()
        if b"\r" in head and b"\n" not in head:
            self._returns = True
            self._buffer = self._buffer.replace(b"\r", b"\n")

    def fits(self, limit: int) -> bool:
        """Tell whether what is left is at most `limit` bytes, by keeping that much in memory."""
        return len(self._fill(limit + 1)) <= limit

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """Take up to `size` bytes; none at the end, or where a problem ended the stream."""
        data = self._fill(min(size, CHUNK_BYTES))
        if not data:
            return b""
        self._buffer = data[size:]
        self.position += len(data) - len(self._buffer)
        return data[:size]

    def take(self, size: int) -> bytes:
        """Take `size` bytes, fewer only at the end."""
        parts: list[bytes] = []
        while size and (chunk := self.read(size)):
            parts.append(chunk)
            size -= len(chunk)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Drop `size` bytes without keeping them; give how many were left to drop at the end."""
        while size and (chunk := self.read(size)):
            size -= len(chunk)
        return size

    def give_back(self, data: bytes) -> None:
        """Take back the end of what was given out, to give it out again."""
        self._buffer = data + self._buffer
        self.position -= len(data)

    def skip_to(self, mark: bytes) -> bool:
        """Drop what comes before a mark; tell whether there is one."""
        while data := self._fill(CHUNK_BYTES):
            at = data.find(mark)
            self.read(at if at >= 0 else max(1, len(data) - len(mark) + 1))
            if at >= 0:
                return True
        return False

    def resume(self, start: bytes) -> bool:
        """Go on behind damaged packed data, at the next part that begins with `start`; tell whether there is one.

        Files of several parts (WARC) lose one part so, not all that follow it. What was unpacked of the damaged part
        is dropped, and so is the `problem`: keep it before. Where the very first bytes do not even look packed, what
        was read is searched too.
        """
        if self._inflater is None and self._decoder is None and not self.position:
            self._packed = self._buffer + self._packed
        elif self._inflater is None or self.problem is None or self.problem.reason != _DAMAGED:
            return False
        at = 1
        while True:
            at = self._packed.find(GZIP, at)
            while at < 0 or len(self._packed) - at < _TRIED_BYTES:
                keep = max(1, at if at >= 0 else len(self._packed) - len(GZIP) + 1)
                more = self._take()
                if not more:
                    break
                self._packed = self._packed[keep:] + more
                at = self._packed.find(GZIP)
            if at < 0:
                return False
            if _unpacks_to(self._packed[at : at + _TRIED_BYTES], start):
                break
            at += 1
        self._packed = self._packed[at:]
        self._inflater = zlib.decompressobj(wbits=31)
        self._buffer, self._ended, self.problem = b"", False, None
        return True

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
                if self._returns:
                    chunk = chunk.replace(b"\r", b"\n")
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
        self._taken += len(data)
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
            while len(following) < len(GZIP) and (more := self._take()):
                following = (following + more).lstrip(b"\0")
            if not following.startswith(GZIP):
                self._ended = True
                if following:
                    detail = "behind the packed data something else follows, which was not read (what came before was)"
                    self.remark = Rejected(source=self.source, reason=_DAMAGED, detail=detail)
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
            self._packed = packed
            self._stop(_DAMAGED, f"the packed data are damaged: {error} (what came before was read)")
            return b""

    def _bounded(self, data: bytes) -> bytes:
        """Count what was unpacked; what is not packed is bounded by the file itself."""
        if not (self._inflater or self.within):
            return data
        self._expanded += len(data)
        allowance = self.allowance
        allowance.left -= len(data)
        if allowance.left < 0:
            self._stop("too-large", f"it expands to more than {allowance.limit:,} bytes (setting max_expanded_bytes)")
            return data[: allowance.left]
        if self._inflater and self._expanded > max(JUDGED_BYTES, self._taken * self._most_expansion):
            detail = f"it expands to more than {self._most_expansion} times its size (setting max_expansion)"
            self._stop("bomb", detail)
        return data

    def _transcode(self, data: bytes) -> bytes:
        assert self._decoder is not None
        return self._decoder.decode(data, self._ended).encode("utf-8", "replace")

    def _stop(self, reason: str, detail: str) -> None:
        self._ended = True
        self.problem = self.problem or Rejected(source=self.source, reason=reason, detail=detail)


def _unpacks_to(packed: bytes, start: bytes) -> bool:
    """Tell whether some bytes begin a packed part, and that part with `start`."""
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, len(start)) == start
    except zlib.error:
        return False
