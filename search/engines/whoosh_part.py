"""One segment of an index with the rows of its live articles: what is read there, as rows instead of articles."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.postings import Postings as Terms
from index.engines.arrays.segment import Segment
from index.errors import CorruptError
from search.engines.arrays.source import Bytes, Codes, Gathered, Positions, Quotations, Rows
from search.ranking import MOST_COUNTED

Counts = NDArray[np.int64]


class Values(NamedTuple):
    """A keyword field of one segment: how many values each live article has, and which, by the numbers of terms."""

    counts: Counts
    ordinals: NDArray[np.uint32]


class Stretches(NamedTuple):
    """Quoted words, by row and place: their rows, the first and the one behind the last, the quotation, its speaker."""

    rows: Rows
    first: NDArray[np.integer]
    last: NDArray[np.integer]
    number: NDArray[np.integer]
    speaker: Rows


class Part:
    """One segment, whose live articles are the rows from `first` on."""

    def __init__(self, segment: Segment, removed: frozenset[int], first: int) -> None:
        self.segment = segment
        self.first = first
        self.live: NDArray[np.int64] | None = None
        self._rows: NDArray[np.int32] | None = None
        self.size = segment.size
        if removed:
            alive = np.ones(segment.size, dtype=np.bool_)
            alive[list(removed)] = False
            self.live = np.flatnonzero(alive)
            self.size = len(self.live)
            self._rows = np.full(segment.size, -1, dtype=np.int32)
            self._rows[self.live] = np.arange(first, first + self.size, dtype=np.int32)

    def number(self, row: int) -> int:
        """Give the segment's number of a row."""
        return row - self.first if self.live is None else int(self.live[row - self.first])

    def column(self, name: str, kind: type[np.generic]) -> NDArray[np.generic]:
        """Give an array with one item an article, for the live ones; raises CorruptError where it has other items."""
        found = self.segment.array(name)
        if len(found) != self.segment.size or not np.issubdtype(found.dtype, kind):
            raise CorruptError(f"the array {name} is not what was written")
        return found if self.live is None else found[self.live]

    def by_id(self) -> Rows:
        """Give the rows in the order of their ids."""
        order: NDArray[np.uint32] = self.segment.array("id.order")
        if len(order) != self.segment.size or (len(order) and int(order.max()) >= len(order)):
            raise CorruptError("the order of ids is not what was written")
        if self._rows is None:
            found: Rows = (order + np.uint32(self.first)).view(np.int32)
            return found
        rows = self._rows[order]
        return rows[rows >= 0]

    def lengths(self, field: str) -> Bytes:
        """Give the length byte of each live article's field."""
        return self.column(f"{field}.lengths", np.uint8)  # type: ignore[return-value]  # as asked

    def postings(self, field: str, low: int, high: int) -> Gathered:
        """Give the postings of some terms in a row."""
        terms = self.segment.fields[field]
        articles, times = terms.articles(low, high), terms.times(low, high, np.uint8)
        return self._coded(field, terms, articles, times)

    def gather(self, field: str, numbers: Counts) -> Gathered:
        """Give the postings of some terms, which ascend by number."""
        terms = self.segment.fields[field]
        articles, times, _ = terms.gather(numbers)
        return self._coded(field, terms, articles, np.minimum(times, MOST_COUNTED).astype(np.uint8))

    def positions(self, field: str, number: int) -> tuple[Counts, NDArray[np.uint16] | NDArray[np.uint32]]:
        """Give how often a term stands in each live article that has it, and where."""
        terms = self.segment.fields[field]
        times = terms.times(number, number + 1)
        positions = terms.positions(number, number + 1)
        if int(times.sum()) != len(positions):
            raise CorruptError("a word has other places than its articles say")
        if self._rows is not None:
            live = self._rows[terms.articles(number, number + 1)] >= 0
            positions = positions[np.repeat(live, times)]
            times = times[live]
        return times.astype(np.int64), positions

    def values(self, field: str) -> Values:
        """Give a keyword field."""
        terms = self.segment.fields[field]
        at = self.segment.arrays.copy(f"{field}.values_at")
        ordinals: NDArray[np.uint32] = self.segment.arrays.copy(f"{field}.values")
        counts: Counts = np.diff(at.astype(np.int64))  # type: ignore[assignment]  # numbers, no times
        if len(counts) != self.segment.size or at[-1] != len(ordinals) or (counts < 0).any():
            raise CorruptError(f"the values of {field} are not what was written")
        if ordinals.dtype != np.uint32 or (len(ordinals) and int(ordinals.max()) >= terms.size):
            raise CorruptError(f"the values of {field} are others than there are")
        if self.live is not None:
            alive = np.zeros(self.segment.size, dtype=np.bool_)
            alive[self.live] = True
            ordinals = ordinals[np.repeat(alive, counts)]
            counts = counts[self.live]
        return Values(counts, ordinals)

    def quotations(self, speakers: Rows) -> Stretches:
        """Give the stretches of quotations: by row and place; `speakers` are the numbers for those of the segment."""
        sizes, first, last, number, speaker = self.segment.quotes()
        if not ((first < last).all() and (last[:-1] <= first[1:]).sum() >= len(first) - np.count_nonzero(sizes)):
            raise CorruptError("the places of quotations are not what was written")
        rows = np.arange(self.first, self.first + self.segment.size, dtype=np.int32)
        rows = np.repeat(rows if self._rows is None else self._rows, sizes)
        live = rows >= 0
        known = np.append(speakers, np.int32(-1)).take(np.minimum(speaker, len(speakers)))
        return Stretches(rows[live], first[live], last[live], number[live], known[live])

    def _coded(self, field: str, terms: Terms, articles: NDArray[np.uint32], times: Bytes) -> Gathered:
        """Put rows and codes together, without what was removed; raises IndexError where there is no such article."""
        codes: Codes = times.astype(np.uint16)
        codes <<= 8
        if terms.counted:
            codes |= self.segment.lengths(field)[articles]
        elif len(articles) and int(articles.max()) >= self.segment.size:
            raise IndexError(field)
        if self._rows is None:
            rows: Rows = (
                articles.view(np.int32) if not self.first else (articles + np.uint32(self.first)).view(np.int32)
            )
            return Gathered(rows, codes)
        rows = self._rows[articles]
        live = rows >= 0
        return Gathered(rows[live], codes[live])


def joined(parts: list[Gathered]) -> Gathered:
    """Put what several segments gave one behind the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Gathered(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint16))
    return Gathered(np.concatenate([part.rows for part in parts]), np.concatenate([part.codes for part in parts]))


def placed(parts: list[tuple[Counts, NDArray[np.uint16] | NDArray[np.uint32]]]) -> Positions:
    """Put the positions of several segments one behind the other."""
    counts = [part[0] for part in parts]
    offsets = np.zeros(sum(map(len, counts)) + 1, dtype=np.int64)
    if counts:
        np.cumsum(np.concatenate(counts), out=offsets[1:])
    if len(parts) == 1:
        return Positions(offsets, parts[0][1])
    positions: NDArray[np.uint32] = np.concatenate([np.empty(0, dtype=np.uint16), *(part[1] for part in parts)])
    return Positions(offsets, positions)


def all_quotations(parts: list[Stretches]) -> Quotations:
    """Put the quotations of several segments one behind the other, and number them."""
    rows, first, last, number, speaker = (
        np.concatenate([np.empty(0, dtype=np.int64), *columns])
        for columns in (zip(*parts, strict=True) if parts else [()] * 5)
    )
    places = rows.astype(np.int64) << 32
    _, chosen, owners = np.unique(places | number.astype(np.int64), return_index=True, return_inverse=True)
    return Quotations(
        starts=places | first.astype(np.int64),
        ends=places | last.astype(np.int64),
        owners=owners.ravel().astype(np.int64),
        rows=np.asarray(rows.take(chosen), dtype=np.int32),
        speakers=speaker.take(chosen).astype(np.int32),
    )
