"""Passages of a text that show best why an article matches, cut at the ends of sentences or words."""

import bisect
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from index.words import words
from search.answer import Snippet
from search.marks import Mark, merged

LENGTH = 200
"""About how many characters a passage has; it is never longer but for the signs that say something was left out."""

PASSAGES = 3
"""The most passages of one article."""

ELLIPSIS = "…"

TRIED = 200
"""Passages weighed at most; a text with more matches has many alike."""

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n\s*\n")
_CLOSING = re.compile(r"[.,;:!?…\"'”’)\]»%]{1,4}")
_BLANKS = re.compile(r"\s+")
_REPEATED = 0.1
_SEEN_BEFORE = 0.25


class _Window(NamedTuple):
    start: int
    end: int


def passages(text: str, marks: Sequence[Mark], *, field: str = "text", most: int = PASSAGES) -> tuple[Snippet, ...]:
    """Give up to `most` passages, best first; the opening of the text where nothing is marked.

    `marks` are by start. A passage is worth the clauses that it covers, those that no better passage covered first.
    """
    text = text[: marks[-1].end + 2 * LENGTH] if marks else text[: 4 * LENGTH]
    if not text.strip():
        return ()
    cutter = _Cutter(text)
    if not marks:
        return (_snippet(text, cutter.window(0, 0), (), field),)
    starts = [mark.start for mark in marks]
    candidates = dict.fromkeys(cutter.window(marks[first].start, marks[last].end) for first, last in _groups(marks))
    inside = {window: _inside(window, marks, starts) for window in candidates}
    chosen: list[_Window] = []
    covered: set[int] = set()
    while inside and len(chosen) < most:
        best = max(inside, key=lambda window: _worth(inside[window], covered))
        chosen.append(best)
        covered |= {mark.clause for mark in inside[best]}
        inside = {one: found for one, found in inside.items() if one.end <= best.start or one.start >= best.end}
    return tuple(_snippet(text, window, marks, field) for window in chosen)


def _groups(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Give, for each mark as the first, the last that fits into a passage with it; of many, the most varied."""
    groups: list[tuple[int, int]] = []
    last = 0
    for first, mark in enumerate(marks):
        last = max(last, first)
        while last + 1 < len(marks) and marks[last + 1].end - mark.start <= LENGTH:
            last += 1
        groups.append((first, last))
    if len(groups) <= TRIED:
        return groups
    return sorted(groups, key=lambda group: -len({mark.clause for mark in marks[group[0] : group[1] + 1]}))[:TRIED]


def _inside(window: _Window, marks: Sequence[Mark], starts: list[int]) -> list[Mark]:
    low, high = bisect.bisect_left(starts, window.start), bisect.bisect_left(starts, window.end)
    return [mark for mark in marks[low:high] if mark.end <= window.end]


def _worth(marks: Sequence[Mark], covered: set[int]) -> float:
    found = {mark.clause for mark in marks}
    fresh = sum(1.0 if clause not in covered else _SEEN_BEFORE for clause in found)
    return fresh + _REPEATED * min(len(marks) - len(found), 5)


class _Cutter:
    """Finds where a text may be cut."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(words(text))
        self._starts = [word.start for word in found if self._whole(word.start)]
        self._ends = [end for word in found if self._whole(end := self._closed(word.end))]
        self._sentences = [self._after(0), *(self._after(match.end()) for match in _SENTENCE_END.finditer(text))]
        self._sentences.append(len(text))

    def window(self, start: int, end: int) -> _Window:
        """Give a passage around what must be in it, from a sentence's start and to a sentence's end where they fit."""
        begin = _last(self._sentences, start, default=start)
        if end - begin > LENGTH:
            room = max(0, LENGTH - (end - start)) // 3
            place = bisect.bisect_left(self._starts, start - room)
            begin = min(self._starts[place], start) if place < len(self._starts) else start
        limit = begin + LENGTH
        closing = _last(self._sentences, limit, default=0)
        if closing < max(end, begin + LENGTH // 2) and len(self._text) > limit:
            closing = _last(self._ends, limit, default=end)
        return _Window(begin, max(closing, end))

    def _closed(self, end: int) -> int:
        closing = _CLOSING.match(self._text, end)
        return closing.end() if closing else end

    def _after(self, place: int) -> int:
        blanks = _BLANKS.match(self._text, place)
        return blanks.end() if blanks else place

    def _whole(self, place: int) -> bool:
        """Say whether no grapheme goes on here: no mark, joiner or variation follows, and no joiner comes before."""
        if place in {0, len(self._text)}:
            return True
        return (
            not unicodedata.category(self._text[place]).startswith("M")
            and "\u200d" not in (self._text[place - 1 : place + 1])
        )


def _last(places: list[int], most: int, *, default: int) -> int:
    """Give the last of some ascending places that is not beyond another."""
    place = bisect.bisect_right(places, most)
    return places[place - 1] if place else default


def _snippet(text: str, window: _Window, marks: Sequence[Mark], field: str) -> Snippet:
    """Cut a window out, its blanks made single, with the marks that lie in it."""
    raw = text[window.start : window.end].rstrip()
    cut_before = window.start > 0 and not _ends_sentence(text[: window.start])
    cut_after = window.start + len(raw) < len(text.rstrip()) and not _ends_sentence(raw)
    head = ELLIPSIS if cut_before else ""

    def place(offset: int) -> int:
        return len(head) + len(_BLANKS.sub(" ", raw[: offset - window.start]))

    found = merged(mark for mark in marks if window.start <= mark.start and mark.end <= window.start + len(raw))
    return Snippet(
        field=field,
        text=head + _BLANKS.sub(" ", raw) + (ELLIPSIS if cut_after else ""),
        marks=tuple((place(start), place(end)) for start, end in found),
    )


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"(?:[.!?…:][\"'”’)\]]*|\n)\s*$", text[-20:]))
