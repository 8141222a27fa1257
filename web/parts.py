"""The parts of a long text that are shown a page each: every page stays small, whatever an article is.

What counts is the weight of the page, not the length of the text: its bytes as HTML, with those of the marks and links
that are laid over it. A part ends with a paragraph; only one that is too long by itself is cut, between two words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import escape

from index.types import Mention

ROOM = 24_000
"""Bytes of a part as HTML, some four thousand words of English; all else on a page may have as many again."""

_PARAGRAPH, _MARK, _LINK = 20, 26, 60
"""Bytes of the elements of a paragraph and of a mark, and of a link to a name beside the name, which it has twice."""

_WORD = re.compile(r"\S{1,200}\s*")
"""What is never cut: a word, unless it is longer than any."""

Span = tuple[int, int]
Laid = tuple[int, int, int]
"""Start, end and weight."""


def parts(text: str, mentions: Iterable[Mention], marks: Iterable[Span]) -> tuple[Span, ...]:
    """Cut a text into parts that fill their room at most, as offsets; mentions and marks are sorted and disjoint."""
    over = sorted(
        [(one.start, one.end, _LINK + 2 * len(one.value.encode("utf-8", "replace"))) for one in mentions]
        + [(start, end, _MARK) for start, end in marks]
    )
    found: list[Span] = []
    begin = at = filled = 0
    for start, end, weight in _stretches(text, over):
        if filled and filled + weight > ROOM:
            found.append((begin, at))
            begin, filled = start, 0
        at, filled = end, filled + weight
    return (*found, (begin, len(text)))


def _stretches(text: str, over: Sequence[Laid]) -> Iterator[Laid]:
    """Give what is not to be parted and its weight: paragraphs, and the words of those that fill more than a part."""
    at = 0
    for paragraph in text.split("\n\n"):
        end = at + len(paragraph)
        weight = _weight(text, over, (at, end)) + _PARAGRAPH
        if weight <= ROOM:
            yield at, end, weight
        else:
            yield from ((*word, _weight(text, over, word)) for word in _words(text, over, (at, end)))
        at = end + 2


def _words(text: str, over: Sequence[Laid], place: Span) -> Iterator[Span]:
    """Give the words of a paragraph; those within one name or mark stay together."""
    at, covered = place[0], place[0]
    for word in _WORD.finditer(text, *place):
        for start, end, _ in over[bisect_left(over, (word.start(),)) : bisect_left(over, (word.end(),))]:
            covered = max(covered, end) if end > start else covered
        if covered <= word.end():
            yield at, word.end()
            at = word.end()
    if at < place[1]:
        yield at, place[1]


def _weight(text: str, over: Sequence[Laid], place: Span) -> int:
    start, end = place
    laid = sum(one[2] for one in over[bisect_left(over, (start,)) : bisect_left(over, (end,))])
    return len(escape(text[start:end]).encode("utf-8", "replace")) + laid
