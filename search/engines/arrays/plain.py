"""What a source gives that counts in float64 and numbers no bytes: the form before `source.py`, until it is served."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import Tagged
from search.engines.arrays.ordinals import Ordinals

Rows = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Postings(NamedTuple):
    """The rows that have a term, ascending, and how often each has it."""

    rows: Rows
    counts: Floats


class Plain(Protocol):
    """One generation's arrays; none of them is ever changed. Safe for threads."""

    articles: int
    ids: NDArray[np.str_]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]

    def lengths(self, field: str) -> Floats:
        """Give the number of words of each article's field, perhaps rounded."""
        ...

    def postings(self, field: str, term: str) -> Postings:
        """Give the postings of a term, empty where nothing has it."""
        ...

    def places(self, field: str, form: str) -> Places:
        """Give where a form stands, ascending: `row << 32 | position`."""
        ...

    def forms(self, field: str, prefix: str) -> list[tuple[str, int]]:
        """Give the forms that begin with a prefix, in order, and how many articles have each."""
        ...

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form, without reading its postings."""
        ...

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field, without reading its places."""
        ...

    def ordinals(self, field: str) -> Ordinals:
        """Give the values of a keyword field."""
        ...

    def tagged(self, row: int) -> Tagged:
        """Give an article."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
