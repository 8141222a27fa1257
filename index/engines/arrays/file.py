"""One file of named arrays: written once from front to back, then mapped into memory and never changed.

A file is a header of 32 bytes, the arrays one after the other, each at a multiple of ALIGNMENT, and the table that
names them. All numbers are little-endian.

    header   8 bytes MAGIC, uint32 version, uint32 zero, uint64 where the table begins, uint64 its bytes
    table    JSON: {"arrays": {name: [dtype, begin, items]}, "facts": {name: number}}
"""

import json
import mmap
import os
import shutil
import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import CorruptError

MAGIC = b"NMArrays"
VERSION = 1
ALIGNMENT = 64
HEADER = struct.Struct("<8sIIQQ")

_KINDS = {"u", "i", "S"}


class ArrayFile:
    """A file of arrays that is being written; use it in a `with` statement, whose end writes the table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("xb")
        self._file.write(HEADER.pack(MAGIC, VERSION, 0, 0, 0))
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._facts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if error is None:
                table = json.dumps({"arrays": self._arrays, "facts": self._facts}, separators=(",", ":")).encode()
                begin = self._align()
                self._file.write(table)
                self._file.seek(0)
                self._file.write(HEADER.pack(MAGIC, VERSION, 0, begin, len(table)))
        if error is not None:
            self._path.unlink(missing_ok=True)

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write an array under a name of its own."""
        begin = self._align()
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        self._file.write(data.data.cast("B") if data.size else b"")
        self._note(name, data.dtype, begin, data.size)

    def add_fact(self, name: str, number: int) -> None:
        """Keep a single number."""
        self._facts[name] = number

    def stream(self, dtype: Any) -> "Stream":
        """Begin an array that comes in pieces; `add_stream` writes it."""
        return Stream(self._path.parent, np.dtype(dtype))

    def add_stream(self, name: str, stream: "Stream") -> None:
        """Write a streamed array under a name of its own."""
        begin = self._align()
        stream.copy_to(self._file)
        self._note(name, stream.dtype, begin, stream.items)

    def _align(self) -> int:
        place = self._file.tell()
        begin = -(-place // ALIGNMENT) * ALIGNMENT
        self._file.write(bytes(begin - place))
        return begin

    def _note(self, name: str, dtype: np.dtype[Any], begin: int, items: int) -> None:
        assert name not in self._arrays, name
        self._arrays[name] = (dtype.newbyteorder("<").str, begin, items)


class Stream:
    """An array that comes in pieces, kept in a nameless file beside the one it is for."""

    def __init__(self, directory: Path, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self.items = 0
        self._file = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115  # closed by copy_to

    def write(self, piece: NDArray[Any]) -> None:
        """Append a piece."""
        self.write_bytes(np.ascontiguousarray(piece, dtype=self.dtype).tobytes())

    def write_bytes(self, data: bytes) -> None:
        """Append a piece that is bytes already."""
        self._file.write(data)
        self.items += len(data) // self.dtype.itemsize

    def copy_to(self, target: BinaryIO) -> None:
        """Copy everything, and let go of the file."""
        with self._file:
            self._file.seek(0)
            shutil.copyfileobj(self._file, target, 2**20)


class _Handle:
    """An open file, closed when nothing uses it any more."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))

    def __del__(self) -> None:
        if hasattr(self, "number"):
            os.close(self.number)


class ReadBytes:
    """Bytes of a file that are read when asked for, and not mapped.

    What is read here and there all over a file is better read so: a page that is touched in a mapped file brings its
    neighbours along (64 KiB on Linux), and all of them count as the process's memory from then on.
    """

    def __init__(self, handle: _Handle, mapped: mmap.mmap, begin: int, size: int) -> None:
        self._handle = handle
        self._map = mapped
        self._begin = begin
        self._size = size

    def __len__(self) -> int:
        return self._size

    def read(self, begin: int, end: int) -> bytes:
        """Give bytes `begin` to `end`; fewer where the file has become shorter."""
        if hasattr(os, "pread"):
            return os.pread(self._handle.number, end - begin, self._begin + begin)
        return self._map[self._begin + begin : self._begin + end]


class MappedArrays:
    """The arrays of a file, mapped: a process reads only the pages it touches, and all processes share them.

    Raises CorruptError where the file is not what `ArrayFile` wrote, as far as its table tells.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = _Handle(path)
        head = os.read(self._handle.number, HEADER.size)
        if len(head) < HEADER.size:
            raise CorruptError("is too short for a segment", where=str(path))
        self._map = mmap.mmap(self._handle.number, 0, access=mmap.ACCESS_READ)
        magic, version, _, begin, size = HEADER.unpack(head)
        if magic != MAGIC or version != VERSION or begin + size > len(self._map):
            raise CorruptError("is no segment of this version", where=str(path))
        try:
            table = json.loads(self._map[begin : begin + size])
            self.facts: Mapping[str, int] = {name: int(number) for name, number in table["facts"].items()}
            self._arrays = {name: self._checked(row, begin) for name, row in table["arrays"].items()}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CorruptError(f"has a damaged table: {error!r}", where=str(path)) from error

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Give an array without reading it; raises CorruptError where there is none of this name."""
        if name not in self._arrays:
            raise CorruptError(f"lacks the array {name}", where=str(self.path))
        dtype, begin, items = self._arrays[name]
        return np.frombuffer(self._map, dtype=dtype, count=items, offset=begin)

    def unmapped(self, name: str) -> ReadBytes:
        """Give the bytes of an array that is read here and there; raises CorruptError where there is none such."""
        found = self[name]
        return ReadBytes(self._handle, self._map, self._arrays[name][1], found.nbytes)

    def copy(self, name: str) -> NDArray[Any]:
        """Give an array that is read once and as a whole, in memory of its own, which is free again afterwards."""
        data = self.unmapped(name)
        return np.frombuffer(data.read(0, len(data)), dtype=self._arrays[name][0])

    def forget(self) -> None:
        """Let go of the pages that were read, where the system can be told so; they are read again when needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def fact(self, name: str) -> int:
        """Give a number; raises CorruptError where there is none of this name."""
        if name not in self.facts:
            raise CorruptError(f"lacks the number {name}", where=str(self.path))
        return self.facts[name]

    def _checked(self, row: tuple[str, int, int], end: int) -> tuple[np.dtype[Any], int, int]:
        name, begin, items = row
        dtype = np.dtype(name)
        if dtype.kind not in _KINDS or begin < 0 or items < 0 or begin + items * dtype.itemsize > end:
            raise ValueError(row)
        return dtype, begin, items
