"""Cutting the elements of a JSON array out of a stream, without parsing it and whatever its size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.read.streams import ByteStream

_OUTSIDE: Final = re.compile(rb'["\[\]{},]')
_INSIDE: Final = re.compile(rb'["\[\]{}]')
_BACKSLASH: Final = ord("\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of an array: its number from 1, and its bytes, None where it was larger than the limit."""

    number: int
    content: bytes | None


class ArrayCutter:
    """Walks over an array as it streams by, from behind its opening bracket to its closing one.

    `limit` bounds an element: a larger one is walked over, not kept. `finished` tells afterwards whether the closing
    bracket was seen.
    """

    def __init__(self, stream: ByteStream, *, limit: int) -> None:
        self.finished = False
        self._stream = stream
        self._limit = limit
        self._data = b""
        self._begin = 0  # of the current element in the data
        self._at = 0
        self._level = 0
        self._in_string = False
        self._escaped = False
        self._oversize = False
        self._number = 0

    def elements(self) -> Iterator[Element]:
        """Yield the elements in order."""
        while not self.finished and (chunk := self._stream.read()):
            self._oversize = self._oversize or len(self._data) - self._begin > self._limit
            cut = self._at if self._oversize else self._begin
            self._data = self._data[cut:] + chunk
            self._at -= cut
            self._begin = 0
            yield from self._walk()

    def _walk(self) -> Iterator[Element]:
        data = self._data
        while self._at < len(data):
            if self._in_string:
                self._leave_string()
                continue
            match = (_INSIDE if self._level else _OUTSIDE).search(data, self._at)
            if match is None:
                self._at = len(data)
                return
            sign = match.group()
            self._at = match.end()
            if sign == b'"':
                self._in_string = True
            elif sign in b"[{":
                self._level += 1
            elif sign == b"," or self._level == 0:
                element = self._close(match.start())
                if element:
                    yield element
                if sign != b",":
                    self.finished = True
                    return
            else:
                self._level -= 1

    def _leave_string(self) -> None:
        """Move behind the quote that ends the string, or to the end of the data."""
        data = self._data
        if self._escaped:
            self._escaped = False
            self._at += 1
        end = data.find(b'"', self._at)
        stop = end if end >= 0 else len(data)
        first = stop
        while first > self._at and data[first - 1] == _BACKSLASH:
            first -= 1
        odd = (stop - first) % 2 == 1
        if end < 0:
            self._at, self._escaped = max(stop, self._at), odd
        else:
            self._at, self._in_string = end + 1, odd

    def _close(self, end: int) -> Element | None:
        content = self._data[self._begin : end].strip()
        oversize, self._oversize = self._oversize or len(content) > self._limit, False
        self._begin = self._at
        if not content and not oversize:
            return None
        self._number += 1
        return Element(number=self._number, content=None if oversize else content)
