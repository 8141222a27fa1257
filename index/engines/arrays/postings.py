"""The terms of one field with their postings: written term by term in order, read as slices of terms.

Arrays of a field, T terms in the order of their bytes, n postings term by term, m positions posting by posting:

- `<field>.terms` uint8, `<field>.terms_at` [T + 1]: the terms' UTF-8 in a row, and where each begins (bytes).
- `<field>.articles` uint8, `<field>.articles_at` [T + 1]: the articles of each term as `coding.encode_articles` codes
  them, and where each term's begin (bytes).
- `<field>.postings_at` [T + 1]: where each term's postings begin (postings).
- `<field>.times` uint8, `<field>.times_at` [x], `<field>.times_big` [x]: how often the term stands in each posting's
  article (`coding.Nibbles` of n), and the number `<field>.total`, their sum; not for keywords.
- `<field>.positions_at` [T + 1]: where each term's positions begin (positions); like all below only for words.
- `<field>.low` uint8[m]: each position's lowest byte, counted in words from 0.
- `<field>.high` uint8, `<field>.high_at`, `<field>.high_big`: the rest of each position (`coding.Nibbles` of m).
- `<field>.backwards` uint32[T]: the terms' numbers in the order of their letters read backwards.

All `_at` are uint32, or uint64 where that is too small.
"""

import bisect
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import (
    NIBBLE,
    Articles,
    Nibbles,
    Numbers,
    decode_articles,
    encode_articles,
    pack_nibbles,
    ranges,
    starts_of,
)
from index.engines.arrays.file import ArrayFile, MappedArrays, Stream

_SMALL = 2**32
_MOST_UINT16 = 2**16 - 1


class Chunk(NamedTuple):
    """The postings of some terms, plainly.

    - `terms`: in the order of their bytes.
    - `counts` int64[T]: postings of each, at least one.
    - `articles` uint32[n]: ascending within a term.
    - `times` uint32[n]: how often the term stands there; None where once.
    - `positions` uint32[m]: `times[i]` ascending ones for each posting; None where the field has none.
    """

    terms: Sequence[bytes]
    counts: Numbers
    articles: Articles
    times: NDArray[np.uint32] | None
    positions: NDArray[np.uint32] | None


def narrow(numbers: NDArray[Any]) -> NDArray[Any]:
    """Give ascending numbers as uint32, or as uint64 where that is too small."""
    return numbers.astype(np.uint32 if not len(numbers) or numbers[-1] < _SMALL else np.uint64)


class PostingsWriter:
    """Writes one field into a file of arrays, chunk by chunk, each with later terms than the one before."""

    def __init__(self, file: ArrayFile, field: str, *, counted: bool, placed: bool) -> None:
        self._file = file
        self._field = field
        self._terms = file.stream(np.uint8)
        self._articles = file.stream(np.uint8)
        self._times = _NibblesWriter(file, f"{field}.times") if counted else None
        self._low = file.stream(np.uint8) if placed else None
        self._high = _NibblesWriter(file, f"{field}.high") if placed else None
        self._sizes: dict[str, list[Numbers]] = {"terms": [], "articles": [], "postings": [], "positions": []}
        self._reversed: list[str] = []
        self._total = 0

    def write(self, chunk: Chunk) -> None:
        """Write the next terms."""
        self._terms.write_bytes(b"".join(chunk.terms))
        data, lengths = encode_articles(chunk.articles, chunk.counts)
        self._articles.write(data)
        self._sizes["terms"].append(np.fromiter(map(len, chunk.terms), dtype=np.int64, count=len(chunk.terms)))
        self._sizes["articles"].append(lengths)
        self._sizes["postings"].append(chunk.counts)
        if self._times:
            assert chunk.times is not None
            self._times.write(chunk.times)
            self._total += int(chunk.times.sum(dtype=np.int64))
        if self._low and self._high:
            assert chunk.positions is not None
            assert chunk.times is not None
            ends = np.cumsum(chunk.times, dtype=np.int64)[np.cumsum(chunk.counts) - 1]
            self._sizes["positions"].append(np.diff(ends, prepend=0))
            self._low.write((chunk.positions & 255).astype(np.uint8))
            self._high.write(chunk.positions >> np.uint32(8))
            self._reversed += [term.decode("utf-8")[::-1] for term in chunk.terms]

    def close(self) -> None:
        """Write what is known only at the end."""
        field = self._field
        self._file.add_stream(f"{field}.terms", self._terms)
        self._file.add_stream(f"{field}.articles", self._articles)
        for name, sizes in self._sizes.items():
            if name != "positions" or self._low:
                starts = starts_of(np.concatenate(sizes) if sizes else np.empty(0, dtype=np.int64))
                self._file.add(f"{field}.{name}_at", narrow(starts))
        if self._times:
            self._times.close()
            self._file.add_fact(f"{field}.total", self._total)
        if self._low and self._high:
            self._file.add_stream(f"{field}.low", self._low)
            self._high.close()
            order = sorted(range(len(self._reversed)), key=self._reversed.__getitem__)
            self._file.add(f"{field}.backwards", np.array(order, dtype=np.uint32))


class _NibblesWriter:
    """Writes `coding.Nibbles` in pieces."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self._packed: Stream = file.stream(np.uint8)
        self._written = 0
        self._odd = np.empty(0, dtype=np.uint32)
        self._places: list[Numbers] = []
        self._big: list[NDArray[np.uint32]] = []

    def write(self, numbers: NDArray[np.uint32]) -> None:
        big = np.flatnonzero(numbers >= NIBBLE)
        if len(big):
            self._places.append(big + (self._written + len(self._odd)))
            self._big.append(numbers[big])
        small = np.concatenate((self._odd, np.minimum(numbers, NIBBLE)))
        whole = len(small) & ~1
        self._packed.write(pack_nibbles(small[:whole]))
        self._written += whole
        self._odd = small[whole:].astype(np.uint32)

    def close(self) -> None:
        if len(self._odd):
            self._packed.write(pack_nibbles(np.concatenate((self._odd, self._odd))))
        self._file.add_stream(self._name, self._packed)
        places = np.concatenate(self._places) if self._places else np.empty(0, dtype=np.int64)
        big = np.concatenate(self._big) if self._big else np.empty(0, dtype=np.uint32)
        self._file.add(f"{self._name}_at", narrow(places))
        self._file.add(f"{self._name}_big", big.astype(np.uint32))


class Postings:
    """Reads one field of a mapped file; terms are known by number, in their order."""

    def __init__(self, arrays: MappedArrays, field: str) -> None:
        self._articles = arrays[f"{field}.articles"]
        self._articles_at = arrays[f"{field}.articles_at"]
        self._postings_at = arrays[f"{field}.postings_at"]
        self._terms = _Terms(arrays[f"{field}.terms"], arrays[f"{field}.terms_at"])
        self._times = _nibbles(arrays, f"{field}.times")
        self._high = _nibbles(arrays, f"{field}.high")
        self.counted = self._times is not None
        self.placed = self._high is not None
        if self.placed:
            self._positions_at = arrays[f"{field}.positions_at"]
            self._low = arrays[f"{field}.low"]
            self._backwards = _Backwards(self._terms, arrays[f"{field}.backwards"])
        self.size = len(self._terms)

    def find(self, term: bytes) -> int:
        """Give a term's number, or -1 where the field has no such term."""
        number = bisect.bisect_left(self._terms, term)
        return number if number < self.size and self._terms[number] == term else -1

    def from_(self, term: bytes) -> int:
        """Give the number of the first term that is this one or comes behind it."""
        return bisect.bisect_left(self._terms, term)

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Give the terms that begin with a prefix, as the first's number and the one behind the last."""
        low = bisect.bisect_left(self._terms, prefix)
        return low, bisect.bisect_left(self._terms, prefix + b"\xff", lo=low)

    def ending(self, suffix: str) -> NDArray[np.uint32]:
        """Give the numbers of the terms that end with a suffix."""
        wanted = suffix[::-1]
        low = bisect.bisect_left(self._backwards, wanted)
        high = bisect.bisect_left(self._backwards, wanted + chr(0x10FFFF), lo=low)
        return self._backwards.order[low:high]

    def terms(self, low: int = 0, high: int | None = None) -> list[bytes]:
        """Give the terms of some numbers in a row."""
        return self._terms.between(low, self.size if high is None else high)

    def term(self, number: int) -> bytes:
        """Give one term."""
        term: bytes = self._terms[number]
        return term

    def counts(self, low: int, high: int) -> Numbers:
        """Give how many articles have each of some terms in a row."""
        return np.diff(self._postings_at[low : high + 1]).astype(np.int64)

    def loads(self) -> Numbers:
        """Give the postings and positions of each term, together."""
        found = np.diff(self._postings_at).astype(np.int64)
        if self.placed:
            found += np.diff(self._positions_at).astype(np.int64)
        return found

    def occurrences(self, number: int) -> int:
        """Give how often a term stands in the field; only of words."""
        return int(self._positions_at[number + 1]) - int(self._positions_at[number])

    def articles(self, low: int, high: int) -> Articles:
        """Give the articles of some terms in a row, term by term."""
        at = self._articles_at[low : high + 1]
        return decode_articles(self._articles[int(at[0]) : int(at[-1])], np.diff(at), self.counts(low, high))

    def times(self, low: int, high: int, dtype: Any = np.uint32) -> NDArray[Any]:
        """Give how often the terms stand in these articles; what `dtype` cannot hold is cut to its greatest."""
        begin, end = int(self._postings_at[low]), int(self._postings_at[high])
        return self._times.read(begin, end, dtype) if self._times else np.ones(end - begin, dtype=dtype)

    def gather(self, numbers: Numbers) -> tuple[Articles, NDArray[np.uint32], Numbers]:
        """Give the articles of some terms, which ascend, term by term, how often each stands there, and counts."""
        begins = self._postings_at[numbers].astype(np.int64)
        counts = self._postings_at[numbers + 1].astype(np.int64) - begins
        at, lengths = self._articles_at[numbers].astype(np.int64), self._articles_at[numbers + 1].astype(np.int64)
        lengths -= at
        data = self._articles[ranges(at, lengths)]
        articles = decode_articles(data, lengths, counts)
        times = self._times.at(ranges(begins, counts)) if self._times else np.ones(len(articles), dtype=np.uint32)
        return articles, times, counts

    def positions(self, low: int, high: int) -> NDArray[np.uint16] | NDArray[np.uint32]:
        """Give the positions of some terms in a row, posting by posting, in the smaller type that holds them."""
        assert self._high is not None
        begin, end = int(self._positions_at[low]), int(self._positions_at[high])
        halves, big = self._high.slice(begin, end)
        if big.start == big.stop:
            short: NDArray[np.uint16] = halves.astype(np.uint16)
            short <<= np.uint16(8)
            short |= self._low[begin:end]
            return short
        wide: NDArray[np.uint32] = self._high.read(begin, end)
        wide <<= np.uint32(8)
        wide |= self._low[begin:end]
        return wide if int(wide.max()) > _MOST_UINT16 else wide.astype(np.uint16)


class _Terms(Sequence[bytes]):
    """The terms as a sequence to bisect."""

    def __init__(self, data: NDArray[Any], at: NDArray[Any]) -> None:
        self._data = memoryview(data)  # type: ignore[arg-type]  # numpy's arrays are buffers
        self._at = memoryview(at)  # type: ignore[arg-type]
        self._size = len(at) - 1

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: Any) -> Any:
        return self._data[self._at[number] : self._at[number + 1]].tobytes()

    def between(self, low: int, high: int) -> list[bytes]:
        at = self._at[low : high + 1].tolist()
        data = self._data[at[0] : at[-1]].tobytes()
        base = at[0]
        return [data[begin - base : end - base] for begin, end in itertools.pairwise(at)]


class _Backwards(Sequence[str]):
    """The terms read backwards, in the order of that, as a sequence to bisect."""

    def __init__(self, terms: _Terms, order: NDArray[np.uint32]) -> None:
        self._terms = terms
        self.order = order

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, place: Any) -> Any:
        return self._terms[int(self.order[place])].decode("utf-8")[::-1]


def _nibbles(arrays: MappedArrays, name: str) -> Nibbles | None:
    if name not in arrays:
        return None
    return Nibbles(arrays[name], arrays[f"{name}_at"], arrays[f"{name}_big"])
