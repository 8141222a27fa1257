"""A source of coded arrays as the engine still takes it: counts in float64, places as single numbers."""

import numpy as np
from numpy.typing import NDArray

from index.types import Tagged
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.plain import Floats, Places, Postings
from search.engines.arrays.source import Source


class PlainSource:
    """What `search.engines.arrays.plain.Plain` asks for, from a `Source`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.articles = source.articles
        self.ids: NDArray[np.str_] = source.ids.astype(np.str_)
        self.first_day = source.first_day
        self.last_day = source.last_day
        self._ordinals: dict[str, Ordinals] = {}

    def lengths(self, field: str) -> Floats:
        """Give the number of words of each article's field."""
        return self._source.length_of[self._source.lengths(field)]

    def postings(self, field: str, term: str) -> Postings:
        """Give the postings of a term."""
        found = self._source.postings(field, term)
        return Postings(found.rows, (found.codes >> 8).astype(np.float64))

    def places(self, field: str, form: str) -> Places:
        """Give where a form stands."""
        rows = self._source.postings(field, form).rows.astype(np.int64)
        offsets, positions = self._source.positions(field, form)
        return np.repeat(rows, np.diff(offsets)) << 32 | positions

    def forms(self, field: str, prefix: str) -> list[tuple[str, int]]:
        """Give the forms that begin with a prefix."""
        forms, counts = self._source.forms(field, prefix)
        return list(zip(forms, counts.tolist(), strict=True))

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form."""
        return self._source.frequency(field, form)

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field."""
        return self._source.occurrences(field, form)

    def ordinals(self, field: str) -> Ordinals:
        """Give the values of a keyword field."""
        if field not in self._ordinals:
            values, offsets, ordinals = self._source.keywords(field)
            rows = np.repeat(np.arange(self.articles, dtype=np.int32), np.diff(offsets))
            self._ordinals[field] = Ordinals(values, rows, ordinals, self.articles)
        return self._ordinals[field]

    def tagged(self, row: int) -> Tagged:
        """Give an article."""
        return self._source.tagged(row)

    def close(self) -> None:
        """Let go of the files."""
        self._source.close()
