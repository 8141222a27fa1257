"""Where a text quotes: the stretches between quotation marks of any style, paragraph by paragraph.

A paragraph is read by itself, so that a mark that was forgotten spoils no more than its paragraph; what one leaves open
goes on in the next where that opens with a mark too, as the press prints speeches, or closes what was left open.
Straight marks open or close by what touches them. A single mark is an apostrophe wherever it may be one. What is quoted
within a quotation is part of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_DOUBLE = re.compile(r"[\"“”„«»]|``|‘‘|’’|''")
_ANY = re.compile(r"[\"“”„«»‘`']|’’")
_SINGLE = re.compile(r"['‘’]")
_SINGLE_OPENS = re.compile(r"['‘](?:(?<=[\s({—–/“\"…\[-].)|(?<=^.))\S", re.MULTILINE)
_OPENING = frozenset(["“", "„", "``", "‘‘", "«"])
_CLOSING = frozenset(["”", "’’", "»"])
_BEFORE_OPENING = frozenset("([{—–-/‘'…") | {""}
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/’'*") | {""}
_ELIDED = re.compile(r"(?:tis|twas|til|till|em|n|cause|cuz|bout|round|hood)\b|\d\ds?\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_ENDED = re.compile(r"[.!?…][)\]’']?\s+$")
_LONGEST_UNOPENED = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What stands between an opening and a closing mark of one paragraph, `start` to `end` with the marks.

    `first` to `last` are the words without marks and the blanks beside them. `closed` is false where the paragraph ends
    within it; `continues` is true where it goes on from an unclosed one in the paragraph before.
    """

    start: int
    end: int
    first: int
    last: int
    single: bool = False
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, `start` to `end`, with its stretches in order; they do not overlap."""

    start: int
    end: int
    stretches: tuple[Stretch, ...]


def paragraphs(text: str) -> list[Paragraph]:
    """Cut a text into its paragraphs that are not blank, with what each quotes; takes time linear in the text."""
    found: list[Paragraph] = []
    going = False
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        stretches = _stretches(text, start, end, going=going) if going or _ANY.search(text, start, end) else []
        if going and not (stretches and stretches[0].continues):
            found[-1] = _without_open_end(found[-1])
        going = bool(stretches) and not stretches[-1].closed
        found.append(Paragraph(start=start, end=end, stretches=tuple(stretches)))
    if going:
        found[-1] = _without_open_end(found[-1])
    return found


def _without_open_end(paragraph: Paragraph) -> Paragraph:
    """Leave out what nothing closes: where it ends cannot be told, unless it is a paragraph of a longer quotation."""
    last = paragraph.stretches[-1]
    kept = paragraph.stretches if last.continues else paragraph.stretches[:-1]
    return Paragraph(start=paragraph.start, end=paragraph.end, stretches=kept)


def _stretches(text: str, start: int, end: int, *, going: bool) -> list[Stretch]:
    doubles = list(_doubles(text, start, end, going=going))
    singles = list(_singles(text, start, end))
    return _outermost(doubles, singles) if singles else doubles


def _doubles(text: str, start: int, end: int, *, going: bool) -> Iterator[Stretch]:
    head = _skip_blanks(text, start, end)
    opened: int | None = None
    begin = start
    first, goes_on = True, False
    for mark in _DOUBLE.finditer(text, start, end):
        opens, closes = _ways(text, mark, start, end)
        if opened is None and opens:
            opened, begin = mark.start(), mark.end()
            goes_on = going and opened == head
        elif opened is not None and opens and not closes:
            if _ENDED.search(text, begin, mark.start()) is not None:  # a new paragraph whose break was lost
                yield from _stretch(text, opened, mark.start(), (begin, mark.start()), closed=False, continues=goes_on)
                goes_on = True
            else:  # the one before was never closed
                goes_on = False
            opened, begin = mark.start(), mark.end()
        elif opened is not None:
            yield from _stretch(text, opened, mark.end(), (begin, mark.start()), continues=goes_on)
            opened, goes_on = None, False
        elif first and closes and (going or _lacks_opening(text, head, mark.start())):
            yield from _stretch(text, head, mark.end(), (head, mark.start()), continues=going)
        first = False
    if opened is not None:
        yield from _stretch(text, opened, end, (begin, end), closed=False, continues=goes_on)


def _lacks_opening(text: str, start: int, end: int) -> bool:
    """Tell a paragraph whose opening mark was forgotten: its first mark ends a sentence that begins it."""
    return start < end and end - start <= _LONGEST_UNOPENED and text[start].isupper() and text[end - 1] in ".,!?"


def _ways(text: str, mark: re.Match[str], start: int, end: int) -> tuple[bool, bool]:
    """Tell whether a double mark may open, and whether it may close, by its form and by what touches it."""
    before = text[mark.start() - 1] if mark.start() > start else ""
    after = text[mark.end()] if mark.end() < end else ""
    opens = (before.isspace() or before in _BEFORE_OPENING) and not (after.isspace() or after == "")
    closes = not (before.isspace() or before == "") and (after.isspace() or after in _AFTER_CLOSING)
    string = mark.group()
    if string in _OPENING:
        return opens or not closes, closes and not opens
    if string in _CLOSING:
        return opens and not closes, True
    if not opens and not closes:  # glued on both sides, or blank on both
        return False, True
    return opens, closes


def _singles(text: str, start: int, end: int) -> Iterator[Stretch]:
    if not _SINGLE_OPENS.search(text, start, end):
        return
    marks = [one for one in _SINGLE.finditer(text, start, end) if not _within_word(text, one.start(), start, end)]
    opened: re.Match[str] | None = None
    for number, mark in enumerate(marks):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else ""
        if mark.group() != "’" and not before.isalnum() and _may_open(text, mark, before, after):
            opened = mark
        elif opened is not None and mark.group() != "‘" and not before.isspace():
            following = marks[number + 1] if number + 1 < len(marks) else None
            if before in "sz" and after.isspace() and _closes_later(text, following, end):
                continue  # the voters' choice
            yield from _stretch(text, opened.start(), mark.end(), (opened.end(), mark.start()), single=True)
            opened = None


def _within_word(text: str, at: int, start: int, end: int) -> bool:
    """Tell the apostrophe of `don't`."""
    return start < at and at + 1 < end and text[at - 1].isalnum() and text[at + 1].isalnum()


def _may_open(text: str, mark: re.Match[str], before: str, after: str) -> bool:
    if not (before.isspace() or before in '([{—–-/“"…'):
        return False
    return bool(after) and not after.isspace() and (mark.group() == "‘" or not _ELIDED.match(text, mark.end()))


def _closes_later(text: str, mark: re.Match[str] | None, end: int) -> bool:
    """Tell whether the next single mark can only close."""
    if mark is None or mark.group() == "‘":
        return False
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1] if mark.end() < end else ""
    return (
        not before.isspace() and (after in _AFTER_CLOSING or after.isspace() or after in '"”') and before not in '("“'
    )


def _outermost(doubles: Sequence[Stretch], singles: Sequence[Stretch]) -> list[Stretch]:
    """Merge both sorts in order without what lies within another; a single pair that crosses a double one is none."""
    kept: list[Stretch] = []
    for one in sorted([*doubles, *singles], key=lambda one: one.start):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
        elif not one.single and one.end > kept[-1].end:  # it crosses a single one, which was an apostrophe then
            kept[-1] = one
    return kept


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _stretch(
    text: str,
    start: int,
    end: int,
    inner: tuple[int, int],
    *,
    single: bool = False,
    closed: bool = True,
    continues: bool = False,
) -> Iterator[Stretch]:
    """Yield the stretch without the blanks at its edges, if there is a word in it."""
    first, last = inner
    first = _skip_blanks(text, first, last)
    while last > first and text[last - 1].isspace():
        last -= 1
    if _WORD.search(text, first, last):
        yield Stretch(start=start, end=end, first=first, last=last, single=single, closed=closed, continues=continues)
