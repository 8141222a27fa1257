"""The places of one text at which a clause matches: the engine's matching on a single text, for marks."""

import bisect
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.words import Columns, columns, joined, stem, words
from index.words import Word as Compound
from search.query.patterns import alike, pattern_of
from search.query.tree import Exact, Fuzzy, Near, Or, Phrase, Textual, Wildcard, Word

Span = tuple[int, int]

MOST = 1_000
"""Stretches of one NEAR or distance after which no more are looked for in a text: a page cannot show them."""


class _DearError(Exception):
    """Raised where NEARs would make more pairs of places in a text than they may."""


class _Stretch(NamedTuple):
    """Words `first` to `last`, by number and inclusive, and the runs of words in it that are marked."""

    first: int
    last: int
    runs: tuple[Span, ...]


class TextPlaces:
    """A text cut into words to look up any number of clauses: all of it, or only some `regions`.

    Regions are (start, end) offsets, ascending and disjoint, that cut no word. Between two, `gap` numbers stay free, so
    that nothing shorter is found across them.
    """

    def __init__(self, text: str, regions: Iterable[Span] | None = None, *, gap: int = 1) -> None:
        self._text = text
        self._words = columns(text) if regions is None else _cut(text, regions, gap)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(self._words.forms):
            self._numbers[form].append(number)
        self._numbers.pop("", None)

    def find(self, clause: Textual | Near, field: str, *, most_pairs: int = sys.maxsize) -> list[Span]:
        """Give the (start, end) offsets at which a clause matches; nothing where it is for another field.

        Where its NEARs would make more than `most_pairs` pairs of places, its words are found wherever they stand.
        """
        found: dict[Span, None] = {}
        try:
            stretches = self._stretches(clause, field, _Pairs(most_pairs))
        except _DearError:
            stretches = self._alone(clause, field)
        for stretch in stretches:
            for first, last in stretch.runs:
                found[(self._words.starts[first], self._words.ends[last])] = None
        if isinstance(clause, Word) and clause.field in {"", field}:
            for span in self._joined(clause):
                found[span] = None
        return sorted(found)

    def _stretches(self, clause: Textual | Near | Or, field: str, pairs: "_Pairs") -> list[_Stretch]:
        if isinstance(clause, Near):
            left, right = self._stretches(clause.left, field, pairs), self._stretches(clause.right, field, pairs)
            return _near(left, right, clause.distance, pairs)
        if isinstance(clause, Or):
            return sorted({one for part in clause.clauses for one in self._stretches(_positional(part), field, pairs)})
        return self._leaf(clause) if clause.field in {"", field} else []

    def _alone(self, clause: Textual | Near | Or, field: str) -> list[_Stretch]:
        """Give the places of all words and phrases of a clause, however far apart."""
        if isinstance(clause, Near):
            return self._alone(clause.left, field) + self._alone(clause.right, field)
        if isinstance(clause, Or):
            return [one for part in clause.clauses for one in self._alone(_positional(part), field)]
        return self._leaf(clause) if clause.field in {"", field} else []

    def _leaf(self, leaf: Textual) -> list[_Stretch]:
        if isinstance(leaf, Wildcard):
            pattern, _ = pattern_of(leaf.pattern)
            return self._single(form for form in self._numbers if pattern.fullmatch(form))
        forms = _forms(leaf.text)
        if isinstance(leaf, Fuzzy):
            return self._single(form for form in self._numbers if form == forms[0] or alike(form, forms[0]))
        if isinstance(leaf, Word) and len(forms) == 1:
            return self._single(self._inflections(forms[0]))
        if isinstance(leaf, Phrase) and leaf.distance:
            return list(self._windows(forms, leaf.distance))
        rows = list(self._rows(forms))
        return [one for one in rows if self._written(one, leaf.text)] if isinstance(leaf, Exact) else rows

    def _single(self, forms: Iterable[str]) -> list[_Stretch]:
        numbers = sorted(number for form in forms for number in self._numbers[form])
        return [_Stretch(number, number, ((number, number),)) for number in numbers]

    def _inflections(self, form: str) -> list[str]:
        root = stem(form)
        return [one for one in self._numbers if one[:1] == root[:1] and stem(one) == root]

    def _rows(self, forms: list[str]) -> Iterator[_Stretch]:
        for number in self._numbers.get(forms[0], ()):
            last = number + len(forms) - 1
            if self._words.forms[number : last + 1] == forms:
                yield _Stretch(number, last, ((number, last),))

    def _windows(self, forms: list[str], distance: int) -> Iterator[_Stretch]:
        """Give the stretches of so many words that begin with one of the forms and have each as often as asked."""
        missing = Counter(forms)
        numbers = sorted(number for form in missing for number in self._numbers.get(form, ()))
        size, end, left = len(forms) + distance, 0, len(forms)
        for place, first in enumerate(numbers[:MOST]):
            while end < len(numbers) and numbers[end] < first + size:
                form = self._words.forms[numbers[end]]
                left -= missing[form] > 0
                missing[form] -= 1
                end += 1
            if not left:
                yield _Stretch(first, first + size - 1, tuple((number, number) for number in numbers[place:end]))
            form = self._words.forms[first]
            missing[form] += 1
            left += missing[form] > 0

    def _written(self, stretch: _Stretch, text: str) -> bool:
        wanted = [_composed(text[word.start : word.end]) for word in words(text)]
        numbers = range(stretch.first, stretch.last + 1)
        found = [self._text[self._words.starts[number] : self._words.ends[number]] for number in numbers]
        return [_composed(one) for one in found] == wanted

    def _joined(self, clause: Word) -> Iterator[Span]:
        """Find compounds by the joined form that is asked for, and words by the compound that is."""
        forms = _forms(clause.text)
        asked = [word.form for word in joined(clause.text)] if len(forms) > 1 else forms
        stems = {stem(form) for form in asked}
        for word in self._words.joined:
            if stem(word.form) in stems:
                yield word.start, word.end
        if len(forms) > 1:
            for form in asked:
                for other in self._inflections(form):
                    for number in self._numbers[other]:
                        yield self._words.starts[number], self._words.ends[number]


def _cut(text: str, regions: Iterable[Span], gap: int) -> Columns:
    """Cut regions into words, with free numbers between them."""
    cut = Columns([], [], [], [])
    for low, high in regions:
        part = columns(text[low:high])
        if cut.forms:
            cut.forms.extend([""] * gap)
            cut.starts.extend([low] * gap)
            cut.ends.extend([low] * gap)
        cut.forms.extend(part.forms)
        cut.starts.extend(start + low for start in part.starts)
        cut.ends.extend(end + low for end in part.ends)
        cut.joined.extend(Compound(one.form, one.position, one.start + low, one.end + low) for one in part.joined)
    return cut


class _Pairs:
    """Counts the pairs of places that the NEARs of one clause make in a text."""

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, number: int) -> None:
        """Count pairs before they are made. Raises _DearError where they are too many."""
        self._left -= number
        if self._left < 0:
            raise _DearError


def _near(left: list[_Stretch], right: list[_Stretch], distance: int, pairs: _Pairs) -> list[_Stretch]:
    found = set()
    right = sorted(right)
    firsts = [two.first for two in right]
    widest = max((two.last - two.first for two in right), default=0)
    for one in left:
        low = bisect.bisect_left(firsts, one.first - distance - widest - 1)
        high = bisect.bisect_right(firsts, one.last + distance + 1)
        pairs.spend(high - low)
        for two in right[low:high]:
            first, second = (one, two) if one.first <= two.first else (two, one)
            if 0 <= second.first - first.last - 1 <= distance:
                runs = tuple(sorted({*one.runs, *two.runs}))
                found.add(_Stretch(first.first, max(first.last, second.last), runs))
        if len(found) > MOST:
            break
    return sorted(found)


def _positional(node: object) -> Textual | Near | Or:
    assert isinstance(node, Word | Phrase | Wildcard | Fuzzy | Near | Or), "the parser lets nothing else near NEAR"
    return node


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
