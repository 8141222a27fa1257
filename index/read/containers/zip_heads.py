"""Zip archives without their list, which stands at the end: what is left is read by the heads of their members.

APPNOTE.TXT 4.3.7: before each member stands a head with its name, its packing and, unless it was written as it came,
its size. Where the size is not stated, unpacking tells where the member ends.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

_HEAD: Final = b"PK\x03\x04"
_FORM: Final = struct.Struct("<4s5H3I2H")
_CHUNK_BYTES: Final = 2**16
_SIZE_FOLLOWS: Final = 0x8
_UTF8: Final = 0x800
_UNKNOWN: Final = 0xFFFFFFFF
"""What stands for sizes of 4 GiB and more."""
_NAME_BYTES: Final = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A member by its head: what the list would say of it, and where its data begin.

    `is_sized` tells whether the head states the size of the data.
    """

    entry: zipfile.ZipInfo
    start: int
    is_sized: bool


def headed_members(file: BinaryIO) -> Iterator[Headed]:
    """Yield the members of an archive by their heads, in order; the file may be read elsewhere between."""
    at = _next_head(file, 0)
    while at is not None:
        member = _read_head(file, at)
        if member is None:
            at = _next_head(file, at + 1)
            continue
        yield member
        at = _next_head(file, member.start + (member.entry.compress_size if member.is_sized else 0))


class HeadedData(io.RawIOBase):
    """The unpacked data of a member, raising OSError where they are damaged or end in the middle."""

    def __init__(self, file: BinaryIO, member: Headed) -> None:
        self._file = file
        self._member = member
        self._at = member.start
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS) if member.entry.compress_type else None
        self._checksum = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, none at the end."""
        wanted = _CHUNK_BYTES if size < 0 else min(size, _CHUNK_BYTES)
        data = b""
        while wanted and not data and not self._ended:
            data = self._inflate(wanted) if self._inflater else self._take(wanted)
        self._checksum = zlib.crc32(data, self._checksum)
        if self._ended and self._member.is_sized and self._checksum != self._member.entry.CRC:
            raise OSError(0, "damaged: it is not what its checksum is of")
        return data

    def _inflate(self, size: int) -> bytes:
        inflater = self._inflater
        assert inflater is not None
        try:
            data = inflater.decompress(inflater.unconsumed_tail or self._take(_CHUNK_BYTES), size)
        except zlib.error as error:
            raise OSError(0, f"damaged: {error}") from error
        self._ended = inflater.eof
        return data

    def _take(self, size: int) -> bytes:
        """Give the next bytes as they lie there; of stored data, the last of them end the member."""
        member = self._member
        left = member.start + member.entry.compress_size - self._at if member.is_sized else size
        self._file.seek(self._at)
        data = self._file.read(min(size, left))
        if not data:
            raise OSError(0, "it ends in the middle")
        self._at += len(data)
        if not self._inflater and left <= len(data):
            self._ended = True
        return data


def _next_head(file: BinaryIO, start: int) -> int | None:
    file.seek(start)
    kept = b""
    while chunk := file.read(_CHUNK_BYTES):
        data = kept + chunk
        at = data.find(_HEAD)
        if at >= 0:
            return start - len(kept) + at
        start += len(chunk)
        kept = data[-len(_HEAD) + 1 :]
    return None


def _read_head(file: BinaryIO, at: int) -> Headed | None:
    file.seek(at)
    data = file.read(_FORM.size)
    if len(data) < _FORM.size:
        return None
    _, _, flags, packing, _, _, checksum, packed, unpacked, name_bytes, extra_bytes = _FORM.unpack(data)
    name = file.read(name_bytes)
    if not 0 < len(name) == name_bytes <= _NAME_BYTES:
        return None
    entry = zipfile.ZipInfo(name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
    if not entry.filename:  # it ends at a zero byte, as for zipfile
        return None
    is_sized = not flags & _SIZE_FOLLOWS and _UNKNOWN not in (packed, unpacked)
    entry.flag_bits, entry.compress_type, entry.CRC = flags, packing, checksum
    entry.header_offset = at
    entry.external_attr = stat.S_IFREG << 16
    if is_sized:
        entry.compress_size, entry.file_size = packed, unpacked
    return Headed(entry=entry, start=at + _FORM.size + name_bytes + extra_bytes, is_sized=is_sized)
