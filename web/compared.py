"""How a comparison of two texts is shown: paragraphs, those without a change folded, a page at a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import escape

from search.difference import Difference, Run

UNCHANGED = 2
"""So many paragraphs without a change are folded away, but for one before and one behind each change."""

ROOM = 48_000
"""Bytes of the paragraphs of a page, which stays below 60 kB with all around them."""

TAGS = 24
"""Bytes of what stands around a run or a paragraph, with the blanks between them."""

_WORDS = re.compile(r"\s*\S+\s*")

Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Paragraphs of runs in a row, with a change in each, or `folded` away without any."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool


def passages(every: Sequence[Paragraph]) -> Iterator[Passage]:
    """Give paragraphs by whether they are shown; those without a change, far from any, are folded."""
    changed = [any(run.kind != "same" for run in one) for one in every]
    near = [any(changed[max(0, place - 1) : place + 2]) for place in range(len(every))]
    at = 0
    for shown, group in groupby(near):
        size = len(list(group))
        yield Passage(paragraphs=tuple(every[at : at + size]), folded=not shown and size >= UNCHANGED)
        at += size


def paragraphs(found: Difference) -> Iterator[Paragraph]:
    """Cut the runs of a difference into paragraphs; one that was removed or added is one of its own."""
    runs: list[Run] = []
    for run in found.runs:
        first, *others = run.text.split("\n\n")
        for place, text in enumerate([first, *others]):
            if place and runs:
                yield tuple(runs)
                runs = []
            if text.strip():
                runs.append(Run(kind=run.kind, text=text))
    if runs:
        yield tuple(runs)


def pages(every: Iterator[Paragraph], *, room: int = ROOM) -> Iterator[tuple[Paragraph, ...]]:
    """Cut paragraphs into pages of at most `room` bytes, at the end of a word where a paragraph is too long itself."""
    page: list[Paragraph] = []
    left = room
    for paragraph in every:
        runs: list[Run] = []
        waiting = list(reversed(paragraph))
        left -= TAGS
        while waiting:
            run = waiting.pop()
            head, tail = _cut(run.text, left - TAGS)
            if not head and not page and not runs:  # a word longer than a page
                head, tail = _split(run.text, room)
            if head:
                runs.append(Run(kind=run.kind, text=head))
                left -= _weight(head) + TAGS
            if tail:
                waiting.append(Run(kind=run.kind, text=tail))
                yield (*page, tuple(runs)) if runs else tuple(page)
                page, runs, left = [], [], room - TAGS
        if runs:
            page.append(tuple(runs))
    if page:
        yield tuple(page)


def _cut(text: str, room: int) -> tuple[str, str]:
    """Part a text behind the last word that fits."""
    if _weight(text) <= room:
        return text, ""
    filled = end = 0
    for word in _WORDS.finditer(text):
        filled += _weight(word[0])
        if filled > room:
            break
        end = word.end()
    return text[:end], text[end:]


def _split(text: str, room: int) -> tuple[str, str]:
    """Part a word that no page has room for; no sign takes more than six bytes."""
    return text[: room // 12], text[room // 12 :]


def _weight(text: str) -> int:
    """Give the bytes of a text in a page."""
    return len(escape(text).encode("utf-8", "replace"))
