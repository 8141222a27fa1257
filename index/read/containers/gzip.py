"""Packed data in packed data: a stream unpacks one layer by itself, this the next."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from index.read.containers.container import Container
from index.read.options import ReadOptions
from index.read.streams import GZIP, ByteStream
from index.read.within import Within
from index.types import Rejected


class _Reader(io.RawIOBase):
    """A stream as the file that another stream reads."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)


def _recognise(head: bytes) -> bool:
    return head.startswith(GZIP)


def _members(stream: ByteStream, options: ReadOptions) -> Iterator[ByteStream | Rejected]:
    within = Within(allowance=stream.allowance, at=stream.consumed)
    yield ByteStream(cast(BinaryIO, _Reader(stream)), stream.source, options, within)


GZIPPED: Final = Container(name="gzip", recognise=_recognise, members=_members)
