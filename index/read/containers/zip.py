"""Zip archives: their members are read in the order of their list, in memory, and never written anywhere."""

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from index.read.containers.container import Container
from index.read.containers.zip_heads import HeadedData, headed_members
from index.read.naming import is_passed_over, leads_out, shown_name
from index.read.options import ReadOptions
from index.read.streams import CHUNK_BYTES, JUDGED_BYTES, ByteStream
from index.read.within import Within
from index.types import Rejected

_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_END_64: Final = b"PK\x06\x06"
_END_64_BYTES: Final = 56
_COMMENT_BYTES: Final = 2**16
_ENTRY_BYTES: Final = 100
"""What an entry of the list takes about: 46 bytes, its name and its times."""
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How members may be packed: the other ways unpack a few bytes to a hundred megabytes at a time."""
_ENCRYPTED: Final = 0x1
_UNBOUNDED: Final = ("broken-zip", "nothing tells where it ends, since the archive's list is damaged")
_OFFICE: Final = frozenset({"[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml"})
_FAILURES: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
"""What zipfile and zlib raise on damaged archives, as their sources have it (NotImplementedError is a RuntimeError)."""


class _DamagedError(OSError):
    """A member cannot be unpacked; what streams understand."""


class _Member(io.RawIOBase):
    """A member of an archive as a file that raises nothing but OSError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except _FAILURES as error:
            raise _DamagedError(0, f"damaged: {error}") from error

    def close(self) -> None:
        self._file.close()
        super().close()


def _recognise(head: bytes) -> bool:
    return head.startswith(_MAGICS)


def _members(stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    file = stream.file()
    if file:
        yield from _open(file, stream, options)
        return
    with tempfile.SpooledTemporaryFile(max_size=options.piece_bytes) as spooled:
        while chunk := stream.read(CHUNK_BYTES):
            if stream.position > options.max_spooled_bytes:
                detail = f"the archive has more than {options.max_spooled_bytes:,} bytes (setting max_spooled_bytes)"
                yield Rejected(source=stream.source, reason="too-large", detail=detail)
                return
            spooled.write(chunk)
        yield from _open(cast(BinaryIO, spooled), stream, options)


def _open(file: BinaryIO, stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    try:
        if _listed(file) > options.max_members:
            detail = f"it lists more than {options.max_members:,} files (setting max_members)"
            yield Rejected(source=stream.source, reason="too-large", detail=detail)
            return
        archive = zipfile.ZipFile(file)
    except _FAILURES as error:
        detail = f"the archive is damaged: {error}. Its members were read as far as they go: get it again"
        yield Rejected(source=stream.source, reason="broken-zip", detail=detail)
        yield from _walk_heads(file, stream, options)
        return
    with archive:
        yield from _walk(archive, stream, options)


def _walk(archive: zipfile.ZipFile, stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    entries = archive.infolist()
    if any(entry.filename in _OFFICE for entry in entries):
        detail = "it is an office document or a book: save it as text first"
        yield Rejected(source=stream.source, reason="binary", detail=detail)
        return
    if not entries:
        yield Rejected(source=stream.source, reason="empty", detail="there is nothing in it")
    for number, entry in enumerate(entries, 1):
        if _is_passed_over(entry.filename):
            continue
        source = f"{stream.source}!{shown_name(entry.filename)}"
        problem = next(_problems(entry, options), None)
        if problem:
            yield Rejected(source=source, reason=problem[0], detail=problem[1], position=number)
            continue
        within = _within(stream, entry)
        try:
            file = archive.open(entry)
        except _FAILURES as error:
            detail = f"the member is damaged: {error}"
            yield Rejected(source=source, reason="broken-zip", detail=detail, position=number)
            continue
        member = ByteStream(cast(BinaryIO, _Member(cast(BinaryIO, file))), source, options, within)
        yield member
        if stream.allowance.left < 0:
            return  # said by the member that went over it


def _walk_heads(file: BinaryIO, stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    """Read an archive whose list is lost or damaged; members that are damaged themselves are told as they are read."""
    for number, member in enumerate(headed_members(file), 1):
        entry = member.entry
        if number > options.max_members:
            detail = f"it holds more than {options.max_members:,} files (setting max_members)"
            yield Rejected(source=stream.source, reason="too-large", detail=detail, position=number)
            return
        if _is_passed_over(entry.filename):
            continue
        source = f"{stream.source}!{shown_name(entry.filename)}"
        problem = next(_problems(entry, options), None) if member.is_sized or entry.compress_type else _UNBOUNDED
        if problem:
            yield Rejected(source=source, reason=problem[0], detail=problem[1], position=number)
            continue
        yield ByteStream(cast(BinaryIO, HeadedData(file, member)), source, options, _within(stream, entry))
        if stream.allowance.left < 0:
            return  # said by the member that went over it


def _is_passed_over(name: str) -> bool:
    """Tell folders and what is no article; a member whose name was lost may be one."""
    return name.endswith("/") or (name != "" and is_passed_over(name))


def _within(stream: ByteStream, entry: zipfile.ZipInfo) -> Within:
    return Within(allowance=stream.allowance, at=entry.header_offset if stream.file() else stream.consumed)


def _problems(entry: zipfile.ZipInfo, options: ReadOptions) -> Iterator[tuple[str, str]]:
    """Say why a member is not read: its name leads out of the archive, it is locked, a link or a bomb."""
    if not entry.filename:
        yield "broken-zip", "the archive is damaged: it says of a member neither name nor kind"
    if leads_out(entry.filename):
        yield "unsafe-name", "its name leads out of the archive, as in an attack: unpack it by hand if you trust it"
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield "not-a-file", "it is a symbolic link"
    if entry.flag_bits & _ENCRYPTED:
        yield "encrypted", "it is encrypted: unpack it first"
    if entry.compress_type not in _METHODS:
        yield "unsupported", "it is packed in a rare way: unpack it first, or pack it again (zip -Z deflate)"
    if entry.file_size > options.max_file_bytes:
        yield "too-large", f"it says to have {entry.file_size:,} bytes (setting max_file_bytes)"
    if entry.file_size > max(JUDGED_BYTES, entry.compress_size * options.max_expansion):
        yield "bomb", f"it expands to more than {options.max_expansion} times its size (setting max_expansion)"


def _listed(file: BinaryIO) -> int:
    """Give about how many entries the list has, from what the archive's end states (APPNOTE 4.3.14 and following).

    zipfile keeps the whole list in memory; a few bytes of attack must not choose how much that is.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _COMMENT_BYTES - _END_BYTES))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        return 0
    entries, list_bytes = struct.unpack_from("<HL", tail, at + 10)
    at = tail.rfind(_END_64, 0, at)
    if at >= 0 and len(tail) - at >= _END_64_BYTES:
        entries, list_bytes = struct.unpack_from("<QQ", tail, at + 32)
    return int(max(min(entries, size), min(list_bytes, size) // _ENTRY_BYTES))


ZIP: Final = Container(name="zip", recognise=_recognise, members=_members)
