"""What a posting weighs, by its code: BM25F's frequency as one look-up.

A field's part of the frequency (search/ranking.py) depends only on how often the term stands there and on the length
byte, which is what a code holds. So a table of 65,536 weights, made when it is first asked for, serves every term of a
field, however many segments the index has: a look-up is exact, and nothing goes stale as articles are added.
"""

import threading

import numpy as np

from search.engines.arrays.source import Floats, Source
from search.ranking import B


class Impacts:
    """The tables of one generation, float64[65536] by code: how much a posting adds to a leaf's frequency."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._norms: dict[str, Floats] = {}
        self._tables: dict[tuple[str, float], Floats] = {}
        self._lock = threading.Lock()

    def table(self, field: str, weight: float) -> Floats:
        """Give a field's table, times a weight."""
        found = self._tables.get((field, weight))
        return self._make(field, weight) if found is None else found

    def _make(self, field: str, weight: float) -> Floats:
        with self._lock:
            if field not in self._norms:
                self._norms[field] = self._norm(field)
            counts = np.arange(256, dtype=np.float64)[:, None]
            table: Floats = (weight * counts / self._norms[field]).ravel()
            self._tables[field, weight] = table
            return table

    def _norm(self, field: str) -> Floats:
        """Give the divisor of each length byte: 1 for a field of average length."""
        lengths = self._source.length_of
        count = np.bincount(self._source.lengths(field), minlength=256)
        mean = float(count @ lengths) / self._source.articles if self._source.articles else 0.0
        return 1 - B + B * lengths / mean if mean else np.ones(256)
