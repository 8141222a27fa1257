"""The values of one keyword field as numbers: what facets show, and names are found in."""

import re
import threading
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import columns, joined, words

Numbers = NDArray[np.int64]

_NOBODY: set[int] = set()

_FEW = 200
"""Values that are put in order one by one: more of them are worth ranking all values once."""

_PLAIN = re.compile(r"(?:[A-Z][a-z]{1,40} |[A-Z]\.? ){0,6}[A-Z][a-z]{1,40}")
"""Names like *John Q. Public*, whose words are seen at once: two thirds of the work where there are many names."""


class Ordinals:
    """The values of a keyword field, numbered in their order."""

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = values
        self._known: _Names | None = None
        self._ranks: Numbers | None = None
        self._lock = threading.Lock()

    def meant(self, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give the values that a typed name means; see `find`."""
        return tuple(self.values[one] for one in self.find(text, whole=whole))

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
        names = self._names()
        if text in names.numbers:
            return (names.numbers[text],)
        return tuple(sorted(names.whole.get(folded(text), ()), key=self.values.__getitem__))

    def keys(self) -> tuple[str, ...]:
        """Give each value folded, its words parted and led by blanks."""
        return self._names().keys

    def by_alphabet(self, ordinals: Numbers) -> Numbers:
        """Give for some values numbers that ascend as they do in alphabetical order, whatever the case."""
        if len(ordinals) > _FEW or self._ranks is not None:
            return self._all_ranks().take(ordinals)
        names = [self.values[one] for one in ordinals.tolist()]
        return _ranked(names)

    def _all_ranks(self) -> Numbers:
        with self._lock:
            if self._ranks is None:
                self._ranks = _ranked(self.values)
            return self._ranks

    def _names(self) -> "_Names":
        with self._lock:
            if self._known is None:
                self._known = _Names(self.values)
            return self._known


class _Names:
    def __init__(self, values: Sequence[str]) -> None:
        self.numbers = {value: ordinal for ordinal, value in enumerate(values)}
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


def _ranked(values: Sequence[str]) -> Numbers:
    keys = [(one.casefold(), one) for one in values]
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def folded(text: str) -> str:
    """Give a name's folded words, parted by one blank; a name without any word stands for itself."""
    return " ".join(word.form for word in words(text)) or text
