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
    """A stretch of text that one mention covers, or none; its pieces join to the text.

    It is to be `linked` where it is the first of its name in a paragraph; `first` is the first in the text.
    """

    mention: Mention | None
    pieces: tuple[Piece, ...]
    linked: bool = False
    first: bool = False


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


def paragraphs(
    text: str, mentions: Iterable[Mention], marks: Marks, *, start: int = 0, end: int | None = None
) -> Iterator[tuple[Stretch, ...]]:
    """Cut `text[start:end]` into paragraphs (at blank lines) of stretches; `mentions` are sorted and disjoint."""
    mentions, marks = list(mentions), list(marks)
    named: set[Name] = set()
    at = start
    for paragraph in text[start:end].split("\n\n"):
        end = at + len(paragraph)
        if paragraph.strip():
            here = [one for one in mentions if at <= one.start and one.end <= end]
            yield tuple(_stretches(text, here, marks, (at, end), named))
        at = end + 2


Name = tuple[str, str | None]


def _stretches(
    text: str, mentions: list[Mention], marks: list[tuple[int, int]], place: tuple[int, int], named: set[Name]
) -> Iterator[Stretch]:
    """Cut a paragraph, from one offset to another; `named` are the names before, and becomes those up to its end."""
    at, end = place
    here: set[Name] = set()
    for mention in mentions:
        if mention.start < at:
            continue
        if mention.start > at:
            yield Stretch(mention=None, pieces=tuple(pieces(text, marks, start=at, end=mention.start)))
        name = mention.kind, mention.value
        yield Stretch(
            mention=mention,
            pieces=tuple(pieces(text, marks, start=mention.start, end=mention.end)),
            linked=name not in here,
            first=name not in named,
        )
        here.add(name)
        named.add(name)
        at = mention.end
    if at < end:
        yield Stretch(mention=None, pieces=tuple(pieces(text, marks, start=at, end=end)))


def marked_html(text: str, marks: Marks) -> str:
    """Write a snippet as HTML for scripts that want it ready: everything escaped, matches in `<mark>`."""
    escaped = ((escape(piece.text), piece.marked) for piece in pieces(text, marks))
    return "".join([f"<mark>{one!s}</mark>" if marked else str(one) for one, marked in escaped])
