"""The values of one keyword field as numbers: what facets are counted by, and names found in."""

import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import columns, joined, words
from search.engines.arrays.source import Keywords
from search.request import NONE

_NOBODY: set[int] = set()
_PLAIN = re.compile(r"(?:[A-Z][a-z]{1,40} |[A-Z]\.? ){0,6}[A-Z][a-z]{1,40}")
"""Names like *John Q. Public*, whose words are seen at once: two thirds of the work where there are many names."""


class Ordinals:
    """The values of a keyword field; see `source.Keywords` for the arrays."""

    def __init__(self, keywords: Keywords) -> None:
        self.keywords = keywords
        self.values = tuple(keywords.values)
        self._numbers = {value: ordinal for ordinal, value in enumerate(self.values)}
        self._ranks: NDArray[np.int64] | None = None
        self._known: _Names | None = None
        self._lock = threading.Lock()

    @classmethod
    def of_rows(cls, rows: Iterable[Sequence[str]]) -> "Ordinals":
        """Number the values of rows in order."""
        numbers: dict[str, int] = {}
        offsets = [0]
        flat: list[int] = []
        for row in rows:
            flat += [numbers.setdefault(value, len(numbers)) for value in row]
            offsets.append(len(flat))
        return cls(Keywords(tuple(numbers), np.array(offsets, dtype=np.int64), np.array(flat, dtype=np.int32)))

    def having(self, ordinals: Sequence[int]) -> NDArray[np.bool_]:
        """Give the rows that have any of some values."""
        _, offsets, flat = self.keywords
        mask = np.zeros(len(offsets) - 1, dtype=np.bool_)
        if len(ordinals) == 1:
            found = np.flatnonzero(flat == ordinals[0])
        else:
            wanted = np.zeros(len(self.values), dtype=np.bool_)
            wanted[list(ordinals)] = True
            found = np.flatnonzero(wanted[flat])
        mask[np.searchsorted(offsets, found, side="right") - 1] = True
        return mask

    def without(self) -> NDArray[np.bool_]:
        """Give the rows that have no value."""
        offsets = self.keywords.offsets
        return np.asarray(offsets[1:] == offsets[:-1])

    def matching(self, text: str, *, whole: bool) -> NDArray[np.bool_]:
        """Give the rows that a typed name means; `NONE` means those without any value."""
        return self.without() if text == NONE else self.having(self.find(text, whole=whole))

    def find(self, text: str, *, whole: bool) -> tuple[int, ...]:
        """Give the values that a typed name means, by ordinal.

        Where `whole`: the value of just this name, else those that are this name folded (case, accents, hyphens).
        Otherwise, or where there is none, all that have its words.
        """
        if whole and (same := self.same(text)):
            return same
        names = self._names()
        forms = [word.form for word in words(text)]
        parts = [names.parts.get(form, _NOBODY) for form in forms]
        found = set.intersection(*parts) if parts else set()
        for word in joined(text):
            found = found | names.parts.get(word.form, _NOBODY)
        return tuple(sorted(found))

    def same(self, text: str) -> tuple[int, ...]:
        """Give the value of just this name, or else the values that are it but for case, accents and signs."""
        if text in self._numbers:
            return (self._numbers[text],)
        return tuple(sorted(self._names().whole.get(folded(text), ()), key=self.values.__getitem__))

    def keys(self) -> tuple[str, ...]:
        """Give each value folded, its words parted and led by blanks."""
        return self._names().keys

    def ranks(self) -> NDArray[np.int64]:
        """Give each value's place in alphabetical order, whatever the case."""
        with self._lock:
            if self._ranks is None:
                self._ranks = np.empty(len(self.values), dtype=np.int64)
                order = sorted(range(len(self.values)), key=[(one.casefold(), one) for one in self.values].__getitem__)
                self._ranks[order] = np.arange(len(self.values))
            return self._ranks

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
            if _PLAIN.fullmatch(value):
                forms = value.lower().replace(".", "").split(" ")
            else:
                forms, _, _, compounds = columns(value)
                for word in compounds:
                    parts[word.form].add(ordinal)
            key = " ".join(forms) or value
            keys.append(f" {key}")
            whole[key].append(ordinal)
            for form in forms:
                parts[form].add(ordinal)
        self.whole = whole
        self.parts = parts
        self.keys = tuple(keys)


def folded(text: str) -> str:
    """Give a name's folded words, parted by one blank; a name without any word stands for itself."""
    return " ".join(word.form for word in words(text)) or text
