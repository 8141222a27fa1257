"""The values of one keyword field as numbers: what facets show, and names are found in."""

import bisect
import re
import threading
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import columns, joined, words

Numbers = NDArray[np.int64]

_FEW = 200
"""Values that are put in order one by one: more of them are worth ranking all values once."""

_PLAIN = re.compile(r"(?:[A-Z][a-z]{1,40} |[A-Z]\.? ){0,6}[A-Z][a-z]{1,40}")
"""Names like *John Q. Public*, whose words are seen at once: two thirds of the work where there are many names."""


class Ordinals:
    """The values of a keyword field, which ascend, numbered in their order."""

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
        return tuple(sorted(self.having(text)))

    def having(self, text: str) -> set[int]:
        """Give the values that have all words of a text, or one that joins them."""
        names = self._names()
        parts = [names.having(word.form) for word in words(text)]
        found = set.intersection(*parts) if parts else set()
        for word in joined(text):
            found = found | names.having(word.form)
        return found

    def same(self, text: str) -> tuple[int, ...]:
        """Give the value of just this name, or else the values that are it but for case, accents and signs."""
        exact = self.exactly(text)
        return (exact,) if exact is not None else tuple(sorted(self.called(folded(text))))

    def aliased(self, text: str) -> tuple[int, ...]:  # the values of an index have no other names
        """Give the values that a name means which is none of them."""
        return ()

    def exactly(self, text: str) -> int | None:
        """Give the value of just this name."""
        return place_of(text, self.values)

    def called(self, key: str) -> list[int]:
        """Give the values that consist of folded words (see `folded`)."""
        return self._names().called(key)

    def keys(self) -> tuple[str, ...]:
        """Give each value folded, its words parted and led by blanks, and behind it other names that it has."""
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
    """The words of values, to find values by.

    - `keys`: each value's folded words, parted and led by blanks; `by_key` int32[values]: values in the order of keys.
    - `words`: the distinct words, ascending; word `w` is in `ordinals[at[w]:at[w + 1]]`, int32 and int64[words + 1].
    """

    def __init__(self, values: Sequence[str]) -> None:
        keys: list[str] = []
        numbers: dict[str, int] = {}
        found, owners = array("i"), array("i")
        for ordinal, value in enumerate(values):
            if _PLAIN.fullmatch(value):
                forms = value.lower().replace(".", "").split(" ")
                known = set(forms)
            else:
                forms, _, _, compounds = columns(value)
                known = {*forms, *(word.form for word in compounds)}
            keys.append(f" {' '.join(forms) or value}")
            for form in known:
                found.append(numbers.setdefault(form, len(numbers)))
                owners.append(ordinal)
        self.keys = tuple(keys)
        self._by_key = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int32)
        self._words = sorted(numbers)
        places = np.empty(len(numbers), dtype=np.int32)
        places[[numbers[word] for word in self._words]] = np.arange(len(numbers), dtype=np.int32)
        of_words = places.take(np.array(found, dtype=np.int32))
        self._ordinals = np.array(owners, dtype=np.int32).take(of_words.argsort(kind="stable"))
        self._at = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum(np.bincount(of_words, minlength=len(numbers)), out=self._at[1:])

    def having(self, word: str) -> set[int]:
        """Give the values that have a word."""
        place = bisect.bisect_left(self._words, word)
        if place == len(self._words) or self._words[place] != word:
            return set()
        return set(self._ordinals[self._at[place] : self._at[place + 1]].tolist())

    def called(self, key: str) -> list[int]:
        """Give the values that consist of folded words."""
        led = f" {key}"
        low = bisect.bisect_left(self._by_key, led, key=self.keys.__getitem__)
        high = bisect.bisect_right(self._by_key, led, lo=low, key=self.keys.__getitem__)
        found: list[int] = self._by_key[low:high].tolist()
        return found


def _ranked(values: Sequence[str]) -> Numbers:
    keys = [(one.casefold(), one) for one in values]
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def place_of(value: str, values: Sequence[str]) -> int | None:
    """Give where a value stands among some that ascend."""
    place = bisect.bisect_left(values, value)
    return place if place < len(values) and values[place] == value else None


def folded(text: str) -> str:
    """Give a name's folded words, parted by one blank; a name without any word stands for itself."""
    return " ".join(word.form for word in words(text)) or text
