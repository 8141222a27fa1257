"""Passages of a text that show best why an article matches, cut at the ends of sentences or words."""

import bisect
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from index.words import Word, words
from search.answer import Snippet
from search.marks import Mark, merged
from search.sentences import sentence_ends

LENGTH = 200
"""About how many characters a passage has; it is never longer but for the signs that say something was left out."""

PASSAGES = 3
"""The most passages of one article."""

ELLIPSIS = "…"

_REACH = 100

CONTEXT = 50
"""What a passage keeps free for the words around its matches where it cannot begin with a sentence."""

TRIED = 200
"""Passages weighed at most; a text with more matches has many alike."""

_CLOSING = re.compile(r"[.,;:!?…\"'”’)\]»%]{1,4}")
_BLANKS = re.compile(r"\s+")
_REPEATED = 0.1
_MOST_REPEATED = 3
_WHOLE = 0.25
_SEEN_BEFORE = 0.25


class _Window(NamedTuple):
    """A passage to be: it must have the matches from `first` to `last`.

    It begins at `start` where that is a sentence's beginning (`whole`), else at a word not far behind.
    """

    start: int
    first: int
    last: int
    whole: bool


def passages(text: str, marks: Sequence[Mark], *, field: str = "text", most: int = PASSAGES) -> tuple[Snippet, ...]:
    """Give up to `most` passages, best first; the opening of the text where nothing is marked.

    `marks` are by start. A passage is worth the clauses that it covers, those that no better passage covered first.
    """
    text = text[: marks[-1].end + 2 * LENGTH] if marks else text[: 4 * LENGTH]
    if not text.strip():
        return ()
    cutter = _Cutter(text)
    if not marks:
        opening = cutter.opening()
        return (_snippet(cutter, opening, cutter.end(opening, opening), (), field),)
    starts = [mark.start for mark in marks]
    windows = [cutter.window(marks[first].start, marks[last].end) for first, last in _groups(marks)]
    inside = {window: _inside(window, marks, starts) for window in windows}
    chosen: list[_Window] = []
    covered: set[int] = set()
    while inside and len(chosen) < most:
        best = max(inside, key=lambda window: _worth(window, inside[window], covered))
        chosen.append(best)
        covered |= {mark.clause for mark in inside[best]}
        inside = {one: found for one, found in inside.items() if abs(one.start - best.start) > LENGTH}
    begins = [(cutter.start(window), window.last) for window in chosen]
    return tuple(_snippet(cutter, begin, cutter.end(begin, last), marks, field) for begin, last in begins)


def _groups(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Give, for each mark as the first, the last that fits into a passage with it; of many, the most varied."""
    groups: list[tuple[int, int]] = []
    last = 0
    for first, mark in enumerate(marks):
        last = max(last, first)
        while last + 1 < len(marks) and marks[last + 1].end - mark.start <= LENGTH - CONTEXT:
            last += 1
        groups.append((first, last))
    if len(groups) <= TRIED:
        return groups
    return sorted(groups, key=lambda group: -len({mark.clause for mark in marks[group[0] : group[1] + 1]}))[:TRIED]


def _inside(window: _Window, marks: Sequence[Mark], starts: list[int]) -> list[Mark]:
    low, high = bisect.bisect_left(starts, window.start), bisect.bisect_left(starts, window.last)
    return list(marks[low:high])


def _worth(window: _Window, marks: Sequence[Mark], covered: set[int]) -> float:
    found = {mark.clause for mark in marks}
    fresh = sum(1.0 if clause not in covered else _SEEN_BEFORE for clause in found)
    return fresh + _REPEATED * min(len(marks) - len(found), _MOST_REPEATED) + (_WHOLE if window.whole else 0.0)


class _Cutter:
    """Finds where a text may be cut: between sentences and, near a place that is asked for, between words."""

    def __init__(self, text: str) -> None:
        self.text = text
        sentences = [self._after(0), *(self._after(end) for end in sentence_ends(text))]
        self._sentences = [*sentences, len(text)]

    def between(self, place: int) -> bool:
        """Say whether a sentence ends before a place, so that nothing is cut there."""
        after = self._after(place)
        found = bisect.bisect_left(self._sentences, after)
        return found < len(self._sentences) and self._sentences[found] == after

    def opening(self) -> int:
        """Give where the text begins."""
        return self._sentences[0]

    def window(self, first: int, last: int) -> _Window:
        """Give the passage from `first` to `last`: with the sentence's beginning where that fits, else with a part."""
        begin = _last(self._sentences, first, default=first)
        whole = last - begin <= LENGTH
        if not whole:
            begin = max(0, first - max(CONTEXT, LENGTH - (last - first)) // 2)
        return _Window(begin, first, last, whole)

    def start(self, window: _Window) -> int:
        """Give where a passage begins: with its sentence, or with a word."""
        if window.whole:
            return window.start
        found = (word.start for word in self._words(window.start, window.first) if self._whole(word.start))
        return min(found, default=window.first)

    def end(self, begin: int, last: int) -> int:
        """Give where a passage ends: with a sentence where that leaves it long enough, else with a word."""
        limit = begin + LENGTH
        if len(self.text) <= limit:
            return len(self.text)
        closing = _last(self._sentences, limit, default=0)
        if closing >= max(last, begin + LENGTH // 2):
            return closing
        found = (self._closed(word.end) for word in self._words(begin, limit))
        return max((end for end in found if last <= end <= limit and self._whole(end)), default=last)

    def _words(self, low: int, high: int) -> list[Word]:
        """Give the words between two places; those that they cut through are left out."""
        blank = self.text.rfind(" ", max(0, low - _REACH), low)
        start = blank + 1 if blank >= 0 else max(0, low - _REACH)
        found = words(self.text[start : high + _REACH])
        moved = (Word(one.form, one.position, one.start + start, one.end + start) for one in found)
        return [one for one in moved if one.start >= low and one.end <= high]

    def _closed(self, end: int) -> int:
        closing = _CLOSING.match(self.text, end)
        return closing.end() if closing else end

    def _after(self, place: int) -> int:
        blanks = _BLANKS.match(self.text, place)
        return blanks.end() if blanks else place

    def _whole(self, place: int) -> bool:
        """Say whether no grapheme goes on here: no mark, joiner or variation follows, and no joiner comes before."""
        if place in {0, len(self.text)}:
            return True
        here, before = self.text[place], self.text[place - 1]
        return not unicodedata.category(here).startswith("M") and "\u200d" not in {here, before}


def _last(places: list[int], most: int, *, default: int) -> int:
    """Give the last of some ascending places that is not beyond another."""
    place = bisect.bisect_right(places, most)
    return places[place - 1] if place else default


def _snippet(cutter: _Cutter, begin: int, end: int, marks: Sequence[Mark], field: str) -> Snippet:
    """Cut a passage out, its blanks made single, with the marks that lie in it."""
    raw = cutter.text[begin:end].rstrip()
    end = begin + len(raw)
    cut_before, cut_after = not cutter.between(begin), not cutter.between(end)
    head = ELLIPSIS if cut_before else ""

    def place(offset: int) -> int:
        return len(head) + len(_BLANKS.sub(" ", raw[: offset - begin]))

    found = merged(mark for mark in marks if begin <= mark.start and mark.end <= end)
    return Snippet(
        field=field,
        text=head + _BLANKS.sub(" ", raw) + (ELLIPSIS if cut_after else ""),
        marks=tuple((place(low), place(high)) for low, high in found),
    )
