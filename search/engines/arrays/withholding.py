"""The words of names without those of names that an authority withholds: whom users hid, no word finds by the name.

Which rows lose a word follows from the keyword fields alone; an article is read only where a phrase asks for the places
of a word that another of its names has, too.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.engines.values import NAME_GAP, values_of
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.arrays.source import Gathered, Positions, Postings, Rows, Source
from search.query.tree import Exact, Fuzzy, Near, Node, Or, Phrase, Wildcard, Word

NAMES = "names"
"""The field of the words of names."""

_COUNT = 8
"""The bits of a code below the number of times; see `search.engines.arrays.source.Postings`."""


class Withholding:
    """A source's field `names` without the `names` that are withheld, each with the rows (int32, ascending) in which.

    Safe for threads: nothing changes after it is made.
    """

    def __init__(self, source: Source, names: Mapping[str, Rows]) -> None:
        self._source = source
        self._names = names
        parts: dict[str, list[tuple[Rows, int]]] = {}
        for name, rows in names.items():
            for form, count in Counter(forms_of(name)).items():
                parts.setdefault(form, []).append((rows, count))
        self._lost = {form: _summed(found) for form, found in parts.items()}

    def touches(self, node: Node) -> bool:
        """Say whether a clause may find less than without."""
        match node:
            case Wildcard() | Fuzzy():
                return bool(self._lost)
            case Near():
                return self.touches(node.left) or self.touches(node.right)
            case Or():
                return any(map(self.touches, node.clauses))
            case Word():
                asked = asked_of(node.text)
                return not self._lost.keys().isdisjoint([*asked.forms, *asked.compounds])
            case Phrase() | Exact():
                return not self._lost.keys().isdisjoint(forms_of(node.text))
        return False

    def postings(self, form: str) -> Postings:
        """Give the postings of a word; see `Source.postings`."""
        found = self._source.postings(NAMES, form)
        if form not in self._lost:
            return found
        left = self._left(form, found)
        kept = left > 0
        codes = (left << _COUNT | found.codes & (1 << _COUNT) - 1).astype(np.uint16)
        return Postings(found.rows.compress(kept), codes.compress(kept))

    def gather(self, forms: Sequence[str]) -> Gathered:
        """Give the postings of several words; see `Source.gather`."""
        touched = [self.postings(form) for form in forms if form in self._lost]
        others = self._source.gather(NAMES, [form for form in forms if form not in self._lost])
        return Gathered(
            np.concatenate([others.rows, *(one.rows for one in touched)]),
            np.concatenate([others.codes, *(one.codes for one in touched)]),
        )

    def gather_prefix(self, prefix: str) -> Gathered:
        """Give the postings of all words with a prefix; see `Source.gather_prefix`."""
        if any(form.startswith(prefix) for form in self._lost):
            return self.gather(self._source.forms(NAMES, prefix).forms)
        return self._source.gather_prefix(NAMES, prefix)

    def positions(self, form: str) -> Positions:
        """Give where a word stands; see `Source.positions`."""
        found = self._source.positions(NAMES, form)
        if form not in self._lost:
            return found
        postings = self._source.postings(NAMES, form)
        left = self._left(form, postings)
        keep = np.repeat(left > 0, np.diff(found.offsets))
        counts = (postings.codes >> _COUNT).astype(np.int64)
        for place in np.flatnonzero((left > 0) & (left < counts)).tolist():
            own = slice(int(found.offsets[place]), int(found.offsets[place + 1]))
            hidden = self._hidden(int(postings.rows[place]))
            keep[own] = [not any(start <= at < end for start, end in hidden) for at in found.positions[own].tolist()]
        offsets = np.concatenate([[0], np.cumsum(keep)])[found.offsets]
        kept = left > 0
        return Positions(np.append(offsets[:-1].compress(kept), offsets[-1:]), found.positions.compress(keep))

    def _left(self, form: str, found: Postings) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Give how often each posting's row has a word in names that are not withheld."""
        rows, counts = self._lost[form]
        left = (found.codes >> _COUNT).astype(np.int64)
        at = np.searchsorted(rows, found.rows)
        at[at == len(rows)] = 0
        there = rows.take(at) == found.rows if len(rows) else np.zeros(len(found.rows), dtype=np.bool_)
        left[there] -= counts.take(at.compress(there))
        return left

    def _hidden(self, row: int) -> list[tuple[int, int]]:
        """Give where the withheld names of a row stand, as (first word, behind the last)."""
        found, at = [], 0
        for name in values_of(self._source.tagged(row)).names:
            size = len(forms_of(name))
            rows = self._names.get(name)
            if rows is not None and row in rows:
                found.append((at, at + size))
            at += size + NAME_GAP
        return found


def withheld_rows(fields: Mapping[str, Mapping[str, Rows]], having: Callable[[str, str], Rows]) -> dict[str, Rows]:
    """Give each withheld name with the rows in which it is withheld as whatever they have it.

    `fields` gives for a field its withheld names with the rows, ascending; `having` all rows that have one in a field.
    """
    found: dict[str, Rows] = {}
    for name in {name for names in fields.values() for name in names}:
        rows = np.unique(np.concatenate([names[name] for names in fields.values() if name in names]))
        for field, names in fields.items():
            shown = np.setdiff1d(having(field, name), names.get(name, np.empty(0, dtype=np.int32)))
            rows = np.setdiff1d(rows, shown)
        if len(rows):
            found[name] = rows.astype(np.int32)
    return found


def _summed(parts: Sequence[tuple[Rows, int]]) -> tuple[Rows, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Give the rows of several parts, each once and ascending, and the sum of their numbers."""
    rows = np.concatenate([one for one, _ in parts])
    numbers = np.concatenate([np.full(len(one), count, dtype=np.int64) for one, count in parts])
    each, places = np.unique(rows, return_inverse=True)
    return each.astype(np.int32), np.bincount(places, weights=numbers, minlength=len(each)).astype(np.int64)
