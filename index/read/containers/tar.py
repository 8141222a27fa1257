"""Tar archives, which a stream holds one member after the other: nothing is sought, kept or written anywhere.

POSIX.1-1988 (ustar) and its forerunner, with the long names of GNU and of POSIX.1-2001 (pax).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from index.read.containers.container import Container
from index.read.naming import is_passed_over, leads_out, shown_name
from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.read.within import Within
from index.types import Rejected

_BLOCK: Final = 512
_CHECKSUM: Final = slice(148, 156)
_FILES: Final = b"0\0007"
_DIRECTORY: Final = b"5"
_EMPTY: Final = b"123456"
_LONG_NAME: Final = b"L"
_PAX: Final = b"x"
_OTHER_NOTES: Final = b"gKVNX"
"""What says something of the archive or of a link: nothing that is needed."""
_NAME_BYTES: Final = 2**16
"""A longer name, or list of facts in which it stands, is none."""
_PAX_NAME: Final = re.compile(rb"(?:\A|\n)\d+ path=([^\n]*)\n")
_PAX_SIZE: Final = re.compile(rb"(?:\A|\n)\d+ size=(\d{1,18})\n")
_OCTAL: Final = re.compile(rb"[ \0]*([0-7]*)[ \0]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What a header says of the bytes behind it."""

    name: bytes
    kind: bytes
    size: int

    def known(self, name: bytes, size: int | None) -> "_Entry":
        """Give the entry with the name and the size that notes before it state; links and devices hold nothing."""
        stated = self.size if size is None else size
        return _Entry(name=name or self.name, kind=self.kind, size=0 if self.kind in _EMPTY else stated)


class _Member(io.RawIOBase):
    """As many bytes of an archive as a member has, as the file that a stream reads."""

    def __init__(self, archive: ByteStream, size: int) -> None:
        self._archive = archive
        self.left = size

    def read(self, size: int = -1) -> bytes:
        data = self._archive.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data


def _recognise(head: bytes) -> bool:
    return _entry(head[:_BLOCK]) is not None


def _members(stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    number, name, size = 0, b"", None
    while True:
        place, header = stream.position, stream.take(_BLOCK)
        if not header.strip(b"\0") or stream.problem:
            return
        entry = _entry(header)
        if entry is None:
            detail = f"there is no whole member at byte {place:,} (what came before was read)"
            yield Rejected(source=stream.source, reason="broken-record", detail=detail, position=place)
            return
        left, padding = entry.size, -entry.size % _BLOCK
        if entry.kind in (_LONG_NAME, _PAX):
            notes = stream.take(min(left, _NAME_BYTES))
            left -= len(notes)
            name, size = (notes.rstrip(b"\0"), size) if entry.kind == _LONG_NAME else _noted(notes, name)
        elif entry.kind not in _OTHER_NOTES:
            number += 1
            if number > options.max_members:
                detail = f"it holds more than {options.max_members:,} files (setting max_members)"
                yield Rejected(source=stream.source, reason="too-large", detail=detail, position=number)
                return
            entry = entry.known(name, size)
            member = _Member(stream, entry.size)
            yield from _read(stream, entry, member, number, options)
            if stream.allowance.left < 0:
                return  # said by the member that went over it
            left, padding, name, size = member.left, -entry.size % _BLOCK, b"", None
        if stream.skip(left + padding):
            if stream.problem is None and left:
                detail = f"the archive ends in the middle of member {number} (what came before was read)"
                yield Rejected(source=stream.source, reason="truncated", detail=detail, position=place)
            return


def _read(
    stream: ByteStream, entry: _Entry, member: _Member, number: int, options: ReadOptions
) -> Iterator[ByteStream | Rejected]:
    """Give a member to be read, or say why it is not; one that is no article by its name or kind is passed over."""
    name = entry.name.decode("utf-8", "surrogateescape")
    if entry.kind == _DIRECTORY or name.endswith("/") or is_passed_over(name):
        return
    source = f"{stream.source}!{shown_name(name)}"
    if leads_out(name):
        detail = "its name leads out of the archive, as in an attack: unpack it by hand if you trust it"
        yield Rejected(source=source, reason="unsafe-name", detail=detail, position=number)
    elif entry.kind not in _FILES:
        yield Rejected(source=source, reason="not-a-file", detail="it is a link or a device", position=number)
    elif member.left > options.max_file_bytes:
        detail = f"it says to have {member.left:,} bytes (setting max_file_bytes)"
        yield Rejected(source=source, reason="too-large", detail=detail, position=number)
    else:
        within = Within(allowance=stream.allowance, at=stream.consumed)
        yield ByteStream(cast(BinaryIO, member), source, options, within)


def _entry(header: bytes) -> _Entry | None:
    """Read a header; None where its checksum, the sum of its bytes with blanks in place of itself, is another one."""
    stated, size = _number(header[_CHECKSUM]), _number(header[124:136])
    if len(header) < _BLOCK or stated is None or size is None or not header[0]:
        return None
    if stated != sum(header) - sum(header[_CHECKSUM]) + 8 * ord(" "):
        return None
    name = header[:100].rstrip(b"\0")
    if header[257:263] == b"ustar\0" and (folder := header[345:500].rstrip(b"\0")):
        name = folder + b"/" + name
    return _Entry(name=name, kind=header[156:157], size=size)


def _number(field: bytes) -> int | None:
    """Read octal digits, or the binary form that GNU has for more than 8 GiB."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    match = _OCTAL.fullmatch(field)
    return int(match[1] or b"0", 8) if match else None


def _noted(notes: bytes, name: bytes) -> tuple[bytes, int | None]:
    """Give the name and the size that the facts before a member state."""
    named, sized = _PAX_NAME.search(notes), _PAX_SIZE.search(notes)
    return named[1] if named else name, int(sized[1]) if sized else None


TAR: Final = Container(name="tar", recognise=_recognise, members=_members)
