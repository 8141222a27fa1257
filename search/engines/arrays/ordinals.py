"""The values of one keyword field as numbers: what facets are counted by, and names found in."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import joined, words
from search.request import NONE


class Ordinals:
    """Each row's values as ordinals into `values`, in one flat array.

    `rows[i]` has the value `values[ordinals[i]]`; a row has each of its values once.
    """

    def __init__(self, values: Sequence[str], rows: NDArray[np.int32], ordinals: NDArray[np.int32], size: int) -> None:
        self.values = tuple(values)
        self._rows = rows
        self._ordinals = ordinals
        self._size = size
        self._lock = threading.Lock()
        self._known: _Names | None = None

    @classmethod
    def of_rows(cls, rows: Iterable[Sequence[str]]) -> "Ordinals":
        """Number the values of rows in order."""
        numbers: dict[str, int] = {}
        lengths: list[int] = []
        flat: list[int] = []
        for row in rows:
            lengths.append(len(row))
            flat += [numbers.setdefault(value, len(numbers)) for value in row]
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return cls(tuple(numbers), owners, np.array(flat, dtype=np.int32), len(lengths))

    def counts(self, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the rows of a mask that have each value."""
        return np.bincount(self._ordinals[mask[self._rows]], minlength=len(self.values))

    def having(self, ordinals: Iterable[int]) -> NDArray[np.bool_]:
        """Give the rows that have any of some values."""
        wanted = np.zeros(len(self.values), dtype=np.bool_)
        wanted[list(ordinals)] = True
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[self._rows[wanted[self._ordinals]]] = True
        return mask

    def without(self) -> NDArray[np.bool_]:
        """Give the rows that have no value."""
        mask = np.ones(self._size, dtype=np.bool_)
        mask[self._rows] = False
        return mask

    def matching(self, text: str, *, whole: bool) -> NDArray[np.bool_]:
        """Give the rows that a typed name means; `NONE` means those without any value."""
        return self.without() if text == NONE else self.having(self.find(text, whole=whole))

    def find(self, text: str, *, whole: bool) -> tuple[int, ...]:
        """Give the values that a typed name means, by ordinal.

        Folded alike (case, accents, hyphens) where `whole` and there is one; otherwise all that have its words.
        """
        names = self._names()
        if whole and (same := names.whole.get(folded(text))):
            return tuple(same)
        forms = [word.form for word in words(text)]
        parts = [names.parts.get(form, frozenset()) for form in forms]
        found = frozenset.intersection(*parts) if parts else frozenset()
        for word in joined(text):
            found |= names.parts.get(word.form, frozenset())
        return tuple(sorted(found))

    def same(self, text: str) -> tuple[int, ...]:
        """Give the values that are a typed name but for case, accents and signs."""
        return tuple(self._names().whole.get(folded(text), ()))

    def keys(self) -> tuple[str, ...]:
        """Give each value folded, its words parted and led by blanks."""
        return self._names().keys

    def ranks(self) -> NDArray[np.int64]:
        """Give each value's place in the alphabetical order of the folded values."""
        return self._names().ranks

    def _names(self) -> "_Names":
        with self._lock:
            if self._known is None:
                self._known = _Names(self.values)
            return self._known


class _Names:
    def __init__(self, values: Sequence[str]) -> None:
        whole: dict[str, list[int]] = defaultdict(list)
        parts: dict[str, set[int]] = defaultdict(set)
        keys = []
        for ordinal, value in enumerate(values):
            key = folded(value)
            keys.append(f" {key}")
            whole[key].append(ordinal)
            for form in key.split(" "):
                parts[form].add(ordinal)
            for word in joined(value):
                parts[word.form].add(ordinal)
        self.whole = dict(whole)
        self.parts = {form: frozenset(ordinals) for form, ordinals in parts.items()}
        self.keys = tuple(keys)
        order = sorted(range(len(values)), key=lambda ordinal: (keys[ordinal], values[ordinal]))
        self.ranks = np.empty(len(values), dtype=np.int64)
        self.ranks[order] = np.arange(len(values))


def folded(text: str) -> str:
    """Give a name's folded words, parted by one blank; a name without any word stands for itself."""
    return " ".join(word.form for word in words(text)) or text
