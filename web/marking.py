"""Lay marks and mentions over a text: plain data that a template turns into elements, never HTML strings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import escape

from index.types import Mention

Marks = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that is marked or not; `number` counts the marks from 1, on the first piece of each mark."""

    text: str
    marked: bool
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of text that one mention covers, or none; its pieces join to the text."""

    mention: Mention | None
    pieces: tuple[Piece, ...]


def pieces(text: str, marks: Marks, *, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Cut `text[start:end]` into runs; `marks` are sorted, disjoint (start, end) offsets into the whole text."""
    end = len(text) if end is None else end
    at = start
    for number, (mark_start, mark_end) in enumerate(marks, 1):
        left, right = max(mark_start, at), min(mark_end, end)
        if left >= right:
            continue
        if left > at:
            yield Piece(text=text[at:left], marked=False)
        yield Piece(text=text[left:right], marked=True, number=number if left == mark_start else None)
        at = right
    if at < end:
        yield Piece(text=text[at:end], marked=False)


def paragraphs(text: str, mentions: Iterable[Mention], marks: Marks) -> Iterator[tuple[Stretch, ...]]:
    """Cut a text into paragraphs (at blank lines) of stretches; `mentions` are sorted and disjoint."""
    mentions, marks = list(mentions), list(marks)
    at = 0
    for paragraph in text.split("\n\n"):
        end = at + len(paragraph)
        if paragraph.strip():
            yield tuple(_stretches(text, mentions, marks, at, end))
        at = end + 2


def _stretches(
    text: str, mentions: list[Mention], marks: list[tuple[int, int]], start: int, end: int
) -> Iterator[Stretch]:
    at = start
    for mention in mentions:
        if mention.start < at or mention.end > end:
            continue
        if mention.start > at:
            yield Stretch(mention=None, pieces=tuple(pieces(text, marks, start=at, end=mention.start)))
        yield Stretch(mention=mention, pieces=tuple(pieces(text, marks, start=mention.start, end=mention.end)))
        at = mention.end
    if at < end:
        yield Stretch(mention=None, pieces=tuple(pieces(text, marks, start=at, end=end)))


def marked_html(text: str, marks: Marks) -> str:
    """Write a snippet as HTML for scripts that want it ready: everything escaped, matches in `<mark>`."""
    escaped = ((escape(piece.text), piece.marked) for piece in pieces(text, marks))
    return "".join([f"<mark>{one!s}</mark>" if marked else str(one) for one, marked in escaped])
