"""The archive's words as arrays, for questions about all of them at once: which are near one, which begin so.

A table is made once a generation from what an engine lists (`Engine.forms`): words of one length lie together as rows
of letters, in their order. A word takes as many bytes as it has letters (twice that where one of its length is not
Latin-1) and 8 for its count. Asking all 85,000 words of 12,000 articles which are a letter from one takes some 3 ms.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 64
"""Letters of the longest word that is kept: nobody types more, and no slip is looked for there."""

_FAR = 9
"""More letters apart than anybody asks."""

_Letters = NDArray[Any]
Found = list[tuple[str, int]]


class _Row:
    """The words of one length: `letters` is (words, length) of code points, `counts` (words,); both in their order."""

    def __init__(self, forms: list[str], counts: NDArray[np.int64]) -> None:
        points = np.frombuffer("".join(forms).encode("utf-32-le"), dtype=np.uint32).reshape(len(forms), -1)
        most = int(points.max(initial=0))
        self.letters: _Letters = points.astype(np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.uint32)
        self.counts = counts

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Give the range of the words that begin so."""
        low, high = 0, len(self.counts)
        for place, letter in enumerate(map(ord, prefix)):
            column = self.letters[low:high, place]
            low, high = low + int(np.searchsorted(column, letter)), low + int(np.searchsorted(column, letter, "right"))
        return low, high

    def words(self, rows: NDArray[np.intp]) -> Found:
        """Give words with their counts."""
        width = self.letters.shape[1]
        text = self.letters[rows].astype(np.uint32).tobytes().decode("utf-32-le")
        forms = (text[at : at + width] for at in range(0, len(text), width))
        return list(zip(forms, self.counts[rows].tolist(), strict=True))


class Vocabulary:
    """An archive's words with the number of articles that each stands in; the commonest `most` of them are kept."""

    def __init__(self, forms: Iterable[tuple[str, int]], most: int) -> None:
        known = sorted((form, count) for form, count in forms if 0 < len(form) <= LONGEST)
        names = [form for form, _ in known]
        counts = np.fromiter((count for _, count in known), dtype=np.int64, count=len(known))
        lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(known))
        kept = np.ones(len(known), dtype=bool)
        if len(known) > most:
            kept[:] = False
            kept[np.argsort(-counts, kind="stable")[:most]] = True
        self._rows: dict[int, _Row] = {}
        for length in np.unique(lengths[kept]).tolist():
            chosen = np.flatnonzero(kept & (lengths == length))
            self._rows[length] = _Row([names[one] for one in chosen.tolist()], counts[chosen])

    @property
    def bytes(self) -> int:
        """How much memory the words take."""
        return sum(row.letters.nbytes + row.counts.nbytes for row in self._rows.values())

    def count(self, form: str) -> int:
        """Give how many articles have a word."""
        row = self._rows.get(len(form))
        low, high = row.beginning(form) if row else (0, 0)
        return int(row.counts[low]) if row and low < high else 0

    def near(self, form: str, least: int = 1) -> Found:
        """Give the words that are one letter from another and stand in `least` articles, in their order.

        Changed, missing, added, or swapped with its neighbour, as `search.query.patterns.alike` has it.
        """
        found: Found = []
        size = len(form)
        for length in (size - 1, size, size + 1):
            if row := self._rows.get(length):
                there = _swapped_or_changed(row, form) if length == size else _longer(row, form, length)
                found += row.words(np.flatnonzero(there & (row.counts >= least)))
        return sorted(found)

    def two_apart(self, form: str, least: int = 1) -> Found:
        """Give the words of the same first letter that are up to two letters from another, in their order."""
        found: Found = []
        for length in range(len(form) - 2, len(form) + 3):
            if row := self._rows.get(length):
                low, high = row.beginning(form[:1])
                there = (_distances(row.letters[low:high], form) <= 2) & (row.counts[low:high] >= least)
                found += row.words(low + np.flatnonzero(there))
        return sorted(one for one in found if one[0] != form)

    def commonest(self, prefix: str, most: int) -> Found:
        """Give the commonest words that begin so, up to a number of them; among equals in their order."""
        ranges = [(row, *row.beginning(prefix)) for length, row in self._rows.items() if length >= max(1, len(prefix))]
        counts = np.concatenate([np.empty(0, np.int64), *(row.counts[low:high] for row, low, high in ranges)])
        if not len(counts) or most < 1:
            return []
        least = np.partition(counts, -most)[-most] if most < len(counts) else 0
        found = [
            one for row, low, high in ranges for one in row.words(low + np.flatnonzero(row.counts[low:high] >= least))
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _points(form: str) -> list[int]:
    return [ord(letter) for letter in form]


def _equal(letters: _Letters, points: Iterable[int]) -> NDArray[np.bool_]:
    """Say letter by letter where words are as another of their length."""
    most = np.iinfo(letters.dtype).max
    columns = (
        letters[:, at] == point if point <= most else np.zeros(len(letters), dtype=bool)
        for at, point in enumerate(points)
    )
    return np.stack([np.empty(len(letters), dtype=bool), *columns], axis=1)[:, 1:]


def _swapped_or_changed(row: _Row, form: str) -> NDArray[np.bool_]:
    """Say which words of the same length differ in one letter, or have two neighbours swapped."""
    points = _points(form)
    equal = _equal(row.letters, points)
    wrong = len(points) - equal.sum(axis=1)
    there: NDArray[np.bool_] = wrong == 1
    for one in np.flatnonzero(wrong == 2).tolist():
        at = int(equal[one].argmin())
        if (
            not equal[one, at + 1 : at + 2].all()
            and row.letters[one, at : at + 2].tolist() == points[at : at + 2][::-1]
        ):
            there[one] = True
    return there


def _longer(row: _Row, form: str, length: int) -> NDArray[np.bool_]:
    """Say which words are another with one letter more, or one less: what begins and what ends alike covers it."""
    points = _points(form)
    least = min(length, len(points))
    shift = length - least, len(points) - least
    heads = _equal(row.letters[:, :least], points[:least])
    tails = _equal(row.letters[:, shift[0] :], points[shift[1] :])[:, ::-1]
    return _run(heads) + _run(tails) >= least


def _run(equal: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Give how many letters are equal before the first that is not."""
    first: NDArray[np.intp] = np.concatenate([~equal, np.ones((len(equal), 1), dtype=bool)], axis=1).argmax(axis=1)
    return first


def _distances(letters: _Letters, form: str) -> NDArray[np.int8]:
    """Give how many letters words are from another (Levenshtein, by a band of five diagonals), 9 for over two."""
    points = _points(form)
    rows, length = letters.shape
    most = np.iinfo(letters.dtype).max
    far = np.full(rows, _FAR, dtype=np.int8)
    previous = {offset: np.full(rows, abs(offset), dtype=np.int8) for offset in range(-2, 3)}
    for at in range(1, length + 1):
        current: dict[int, NDArray[np.int8]] = {}
        for offset, column in _band(at, len(points)):
            best = np.minimum(previous.get(offset + 1, far), current.get(offset - 1, far)) + np.int8(1)
            if column:
                point = points[column - 1]
                wrong = letters[:, at - 1] != point if point <= most else np.ones(rows, dtype=bool)
                best = np.minimum(best, previous.get(offset, far) + wrong.astype(np.int8))
            current[offset] = np.minimum(best, far)
        previous = current
    return previous.get(len(points) - length, far)


def _band(at: int, columns: int) -> Iterator[tuple[int, int]]:
    """Give the diagonals that a row of the table of distances has, and the column of each."""
    for offset in range(-2, 3):
        if 0 <= at + offset <= columns:
            yield offset, at + offset
