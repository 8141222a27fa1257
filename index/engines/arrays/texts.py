"""Columns of texts: one value an article, compressed one by one, so that a page of hits reads no more than it shows.

Articles that are written together share a dictionary that is made of some of them (zstandard's), since a single one is
too short to be compressed well. Where segments are merged, the compressed values move as they are, with their
dictionaries.

- `<column>.data` uint8, `<column>.at` [articles + 1]: the values in a row, and where each begins (bytes).
- `<column>.dictionaries` uint8, `<column>.dictionaries_at` [d + 1]: dictionaries in a row; an empty one means none.
- `<column>.dictionary_from` uint32[d]: the first article that each dictionary is for, ascending.

`PlainTexts` have the first two arrays only, the values uncompressed.
"""

import bisect
import itertools
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from index.engines.arrays.coding import starts_of
from index.engines.arrays.file import ArrayFile, MappedArrays, ReadBytes
from index.engines.arrays.postings import narrow
from index.errors import CorruptError

LEVEL = 3
"""zstandard's; docs/decisions/0006-array-codec.md has what the others take."""

SAMPLES = 500
"""Values that a dictionary is made of; with fewer, none is made."""

DICTIONARY_BYTES = 112_640

Dictionary = zstandard.ZstdCompressionDict

_NO_VALUES = np.zeros(0, dtype=np.int64)


class TextsWriter:
    """Writes one column, value by value or by whole segments."""

    def __init__(self, file: ArrayFile, column: str) -> None:
        self._file = file
        self._column = column
        self._data = file.stream(np.uint8)
        self._sizes: list[NDArray[np.int64]] = []
        self._dictionaries: list[bytes] = []
        self._from: list[int] = []
        self._articles = 0

    def write(self, values: Sequence[bytes], dictionary: Dictionary | None) -> None:
        """Write the values of the next articles, compressed with a dictionary (`make_dictionary`)."""
        compressor = zstandard.ZstdCompressor(
            level=LEVEL, dict_data=dictionary, write_checksum=False, write_dict_id=False
        )
        compressed = [compressor.compress(value) for value in values]
        self._add(dictionary.as_bytes() if dictionary else b"", self._articles)
        self._data.write_bytes(b"".join(compressed))
        self._note([len(value) for value in compressed])

    def copy(self, texts: "Texts", articles: NDArray[Any]) -> None:
        """Write the values of some articles of another file, which ascend, as they are compressed there."""
        begins, dictionaries = texts.dictionaries()
        for number, dictionary in enumerate(dictionaries):
            low = np.searchsorted(articles, begins[number])
            high = np.searchsorted(articles, begins[number + 1]) if number + 1 < len(begins) else len(articles)
            if high > low:
                self._add(dictionary, self._articles)
                data, sizes = texts.raw(articles[low:high])
                self._data.write_bytes(data)
                self._note(sizes)

    def close(self) -> None:
        """Write what is known only at the end."""
        column = self._column
        self._file.add_stream(f"{column}.data", self._data)
        self._file.add(f"{column}.at", narrow(starts_of(np.concatenate(self._sizes or [_NO_VALUES]))))
        self._file.add(f"{column}.dictionaries", np.frombuffer(b"".join(self._dictionaries), dtype=np.uint8))
        sizes = np.array([len(one) for one in self._dictionaries], dtype=np.int64)
        self._file.add(f"{column}.dictionaries_at", narrow(starts_of(sizes)))
        self._file.add(f"{column}.dictionary_from", np.array(self._from, dtype=np.uint32))

    def _add(self, dictionary: bytes, first: int) -> None:
        if not self._dictionaries or self._dictionaries[-1] != dictionary:
            self._dictionaries.append(dictionary)
            self._from.append(first)

    def _note(self, sizes: Sequence[int] | NDArray[Any]) -> None:
        self._sizes.append(np.array(sizes, dtype=np.int64))
        self._articles += len(sizes)


class Texts:
    """Reads one column; safe for threads."""

    def __init__(self, arrays: MappedArrays, column: str) -> None:
        self._where = f"{arrays.path}: {column}"
        self._data = arrays.unmapped(f"{column}.data")
        self._starts = arrays[f"{column}.at"]
        self._at = memoryview(self._starts)  # type: ignore[arg-type]  # numpy's arrays are buffers
        self._from = arrays[f"{column}.dictionary_from"].tolist()
        self._dictionaries = arrays[f"{column}.dictionaries"]
        self._dictionaries_at = arrays[f"{column}.dictionaries_at"]
        self._known: dict[int, Dictionary | None] = {}
        self._local = threading.local()

    def __getitem__(self, article: int) -> bytes:
        """Give one value; raises CorruptError where its bytes are not what was written."""
        number = bisect.bisect_right(self._from, article) - 1
        try:
            return self._decompressor(number).decompress(self._data.read(self._at[article], self._at[article + 1]))
        except zstandard.ZstdError as error:
            raise CorruptError(f"an article's text cannot be read: {error}", where=self._where) from error

    def raw(self, articles: NDArray[Any]) -> tuple[bytes, NDArray[np.int64]]:
        """Give the values of some articles, which ascend, in a row and compressed as they are, and their sizes."""
        return _raw(self._data, self._starts, articles)

    def dictionaries(self) -> tuple[list[int], list[bytes]]:
        """Give the first article of each dictionary, and the dictionaries."""
        return self._from, [self._dictionary(number) for number in range(len(self._from))]

    def _dictionary(self, number: int) -> bytes:
        at = self._dictionaries_at
        return bytes(self._dictionaries[int(at[number]) : int(at[number + 1])])

    def _decompressor(self, number: int) -> zstandard.ZstdDecompressor:
        """Give this thread's decompressor for a dictionary; they must not be shared by threads."""
        known: dict[int, zstandard.ZstdDecompressor] = self._local.__dict__.setdefault("known", {})
        if number not in known:
            if number not in self._known:
                data = self._dictionary(number)
                self._known[number] = Dictionary(data) if data else None
            known[number] = zstandard.ZstdDecompressor(dict_data=self._known[number])
        return known[number]


class PlainTextsWriter:
    """Writes one column uncompressed."""

    def __init__(self, file: ArrayFile, column: str) -> None:
        self._file = file
        self._column = column
        self._data = file.stream(np.uint8)
        self._sizes: list[NDArray[np.int64]] = []

    def write(self, values: Sequence[bytes]) -> None:
        """Write the values of the next articles."""
        self._data.write_bytes(b"".join(values))
        self._sizes.append(np.array([len(value) for value in values], dtype=np.int64))

    def copy(self, texts: "PlainTexts", articles: NDArray[Any]) -> None:
        """Write the values of some articles of another file, which ascend."""
        data, sizes = texts.raw(articles)
        self._data.write_bytes(data)
        self._sizes.append(sizes)

    def close(self) -> None:
        """Write what is known only at the end."""
        self._file.add_stream(f"{self._column}.data", self._data)
        self._file.add(f"{self._column}.at", narrow(starts_of(np.concatenate(self._sizes or [_NO_VALUES]))))


class PlainTexts:
    """Reads one uncompressed column."""

    def __init__(self, arrays: MappedArrays, column: str) -> None:
        self._data = arrays.unmapped(f"{column}.data")
        self._starts = arrays[f"{column}.at"]
        self._at = memoryview(self._starts)  # type: ignore[arg-type]  # numpy's arrays are buffers

    def __getitem__(self, article: int) -> bytes:
        """Give one value."""
        return self._data.read(self._at[article], self._at[article + 1])

    def raw(self, articles: NDArray[Any]) -> tuple[bytes, NDArray[np.int64]]:
        """Give the values of some articles, which ascend, in a row, and their sizes."""
        return _raw(self._data, self._starts, articles)


def _raw(data: ReadBytes, at: NDArray[Any], articles: NDArray[Any]) -> tuple[bytes, NDArray[np.int64]]:
    """Join the bytes of articles: what follows each other there is copied at once."""
    breaks = np.flatnonzero(np.diff(articles) != 1) + 1
    bounds = [0, *breaks.tolist(), len(articles)]
    pieces = []
    for low, high in itertools.pairwise(bounds):
        if high > low:
            pieces.append(data.read(int(at[articles[low]]), int(at[articles[high - 1] + 1])))
    sizes = (at[articles + 1] - at[articles]).astype(np.int64)
    return b"".join(pieces), sizes


def make_dictionary(values: Sequence[bytes]) -> Dictionary | None:
    """Make a dictionary of some values all over; none where they are too few or too alike to make one."""
    if len(values) < SAMPLES:
        return None
    samples: list[bytes | bytearray | memoryview] = list(values[:: len(values) // SAMPLES])
    try:
        dictionary = zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=LEVEL, d=8, k=256)
    except zstandard.ZstdError:
        return None
    dictionary.precompute_compress(level=LEVEL)
    return dictionary
