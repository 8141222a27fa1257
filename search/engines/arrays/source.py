"""The arrays that an index gives, whatever its files; articles are numbered by row, 0 to `articles` - 1.

Every array is read-only, may be mapped from a file, and is ordered as its docstring says. Rows are those of live
articles: what was removed has none. Where an index lies in several segments, a source joins what they give.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import Tagged
from search.engines.engine import Shown

Rows = NDArray[np.int32]
Codes = NDArray[np.uint16]
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Postings(NamedTuple):
    """The rows that have a term in a field.

    - `rows` int32[n], ascending, each once.
    - `codes` uint16[n]: `how often the term stands there, at most MOST_COUNTED << 8 | length byte of that row's field`.
    """

    rows: Rows
    codes: Codes


class Gathered(NamedTuple):
    """The postings of several terms, one term's behind the other's: `rows` int32[n] and `codes` uint16[n], as above.

    A row stands there once for each of the terms that it has.
    """

    rows: Rows
    codes: Codes


class Positions(NamedTuple):
    """Where a form stands: posting `i` of its postings at `positions[offsets[i]:offsets[i + 1]]`, ascending.

    - `offsets` int64[n + 1], the first 0.
    - `positions` uint16 or uint32, counted in words from 0.
    """

    offsets: NDArray[np.int64]
    positions: NDArray[np.uint16] | NDArray[np.uint32]


class Forms(NamedTuple):
    """Some terms of a field, and `counts` int64[n]: how many articles have each."""

    forms: list[str]
    counts: NDArray[np.int64]


class Keywords(NamedTuple):
    """Which of a keyword field's values the rows have, one array after the other: those of each segment.

    - `size`: how many values there are; they are numbered as `Source.values` gives them.
    - `counts` int64[articles]: how many values each row has.
    - `ordinals` int32 or uint32[pairs]: which, row by row; a row has each of its values once.
    """

    size: int
    counts: NDArray[np.int64]
    ordinals: NDArray[np.int32] | NDArray[np.uint32]


class Quotations(NamedTuple):
    """The quotations of all rows, in S stretches of words, by place (`row << 32 | position`), Q quotations in all.

    - `starts`, `ends` int64[S]: the first word of each stretch, and the place behind its last; they do not overlap.
    - `owners` int64[S]: which quotation each is of; these are numbered by row.
    - `rows` int32[Q]: the row of each quotation.
    - `speakers` int32[Q]: the speaker of each, by the number of the value in the field `speaker`, -1 for nobody.
    """

    starts: Places
    ends: Places
    owners: NDArray[np.int64]
    rows: Rows
    speakers: Rows


class Source(Protocol):
    """One generation's arrays; none of them is ever changed. Safe for threads.

    - `ids` bytes (S)[articles]: the article's id in ASCII.
    - `first_day`, `last_day` int32[articles]: day numbers (index/days.py).
    - `length_of` float64[256]: the words that a length byte stands for, ascending.
    """

    articles: int
    ids: NDArray[np.bytes_]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    length_of: Floats

    def by_id(self) -> Rows:
        """Give int32[articles]: the rows in the order of their ids; asked once."""
        ...

    def lengths(self, field: str) -> Bytes:
        """Give uint8[articles], the length byte of each article's field: of `words` and of `stems` fields."""
        ...

    def postings(self, field: str, term: str) -> Postings:
        """Give the postings of a term, empty where nothing has it; asked for each word of each query."""
        ...

    def gather(self, field: str, terms: Sequence[str]) -> Gathered:
        """Give the postings of some terms, those that are not there left out; up to some hundred, in any order.

        Of keyword fields, too, whose codes mean nothing.
        """
        ...

    def gather_prefix(self, field: str, prefix: str) -> Gathered:
        """Give the postings of all terms that begin with a prefix: one slice of a segment."""
        ...

    def positions(self, field: str, form: str) -> Positions:
        """Give where a form of a `words` field stands, posting by posting as `postings` gives them."""
        ...

    def forms(self, field: str, prefix: str) -> Forms:
        """Give the terms that begin with a prefix, in order of code points."""
        ...

    def endings(self, field: str, suffix: str) -> Forms:
        """Give the terms that end with a suffix, in any order."""
        ...

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form, without reading its postings."""
        ...

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field, without reading its positions."""
        ...

    def values(self, field: str) -> tuple[str, ...]:
        """Give the distinct values of a keyword field, ascending; asked once."""
        ...

    def keywords(self, field: str) -> Keywords:
        """Give which values of a keyword field the rows have; asked seldom."""
        ...

    def quotations(self) -> Quotations:
        """Give where quotations stand in texts, and whose they are; asked by queries of quotations alone."""
        ...

    def tagged(self, row: int) -> Tagged:
        """Give an article with its mentions."""
        ...

    def shown(self, row: int) -> Shown:
        """Give an article as a list of hits shows it; asked for each hit of each page."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
