"""Look clauses up in a text, and cut no more of it into words than they need."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.words import words
from search.candidates import Flat, Sought, reach, sought_of, words_of
from search.query.tree import Fuzzy, Near, Phrase, Textual, Wildcard
from search.text_places import Span, TextPlaces

GUESSED = 24
"""Places of one word that are tried for passages; what else there is in a passage is marked too."""

_EVERYWHERE = 10**9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clause:
    """A clause made ready to be looked up in any number of texts; it spans at most `reach` words.

    `row` are the forms of a phrase, which stand next to each other.
    """

    node: Textual | Near
    sought: tuple[Sought, ...]
    reach: int
    row: tuple[str, ...]


@functools.lru_cache(maxsize=256)
def clause_of(node: Textual | Near) -> Clause:
    """Make a clause ready."""
    apart = isinstance(node, Near | Wildcard | Fuzzy) or (isinstance(node, Phrase) and node.distance)
    row = () if apart or isinstance(node, Near | Wildcard | Fuzzy) else tuple(words_of(node.text))
    return Clause(node=node, sought=tuple(sought_of(node)), reach=reach(node), row=row)


def matches(flat: Flat, clause: Clause, field: str, low: int = 0, high: int | None = None) -> list[Span]:
    """Give where a clause matches between two offsets, which cut no word: the same as cutting all of it would give."""
    text = flat.text
    high = len(text) if high is None else high
    if getattr(clause.node, "field", "") not in {"", field}:
        return []
    runs = (run for one in clause.sought for run in one.runs(flat, _EVERYWHERE, low, high))
    places = {at for at, end in runs if clause.reach == 1 or _plausible(flat.bytes, at, end, clause.row)}
    if any(one.odd(flat, low, high) for one in clause.sought):
        places.update(at for at in flat.odd_places() if low <= at < high)
    if not places:
        return []
    if clause.reach == 1:
        return _single(text, clause, sorted(places), low, high)
    spread = 2 * clause.reach * len(places) >= text.count(" ", low, high)
    regions = [(low, high)] if spread else _regions(text, sorted(places), clause.reach - 1, low, high)
    return TextPlaces(text, regions, gap=clause.reach).find(clause.node, field)


def guesses(flat: Flat, clause: Clause, field: str) -> tuple[Sequence[Span], bool]:
    """Give where a clause matches, or for a word or phrase where it seems to, and whether that is sure.

    What only seems is the first plain places; there are none only where the clause matches nowhere.
    """
    if getattr(clause.node, "field", "") not in {"", field}:
        return (), True
    plain = (run for one in clause.sought for run in one.runs(flat, GUESSED))
    if clause.reach == 1:
        found = sorted(plain)
    else:
        found = sorted(span for run in plain if clause.row and (span := _row_at(flat.bytes, *run, clause.row)))
    return (found, False) if found else (matches(flat, clause, field), True)


def _row_at(content: bytes, at: int, end: int, row: Sequence[str]) -> Span | None:
    """Give where a phrase stands around one of its words, if it does in plain letters with single blanks."""
    form = content[at:end].decode()
    if form not in row:
        return None
    start = at - sum(len(one) + 1 for one in row[: row.index(form)])
    text = " ".join(row).encode()
    return (start, start + len(text)) if start >= 0 and content.startswith(text, start) else None


def _plausible(content: bytes, at: int, end: int, row: Sequence[str]) -> bool:
    """Say whether a phrase may stand around one of its words: not where plain words beside it are others."""
    form = content[at:end].decode()
    if form not in row or row.count(form) > 1:
        return True
    number = row.index(form)
    if number + 1 < len(row) and content[end : end + 1] == b" ":
        stop = content.find(b" ", end + 1)
        following = content[end + 1 : stop if stop >= 0 else len(content)]
        if following.isalpha() and following != row[number + 1].encode():
            return False
    if number and content[at - 1 : at] == b" ":
        start = content.rfind(b" ", 0, at - 1) + 1
        before = content[start : at - 1]
        if before.isalpha() and before != row[number - 1].encode():
            return False
    return True


def _single(text: str, clause: Clause, places: Iterable[int], low: int, high: int) -> list[Span]:
    """Give where a clause of one word matches in what stands around some places."""
    found: list[Span] = []
    behind = -1
    for place in places:
        if place < behind:
            continue
        start, behind = _token(text, place, low, high)
        spans = _inside(text[start:behind], clause.node)
        found += [(first + start, last + start) for first, last in spans] if spans else []
    return found


@functools.lru_cache(maxsize=20_000)
def _inside(token: str, node: Textual) -> tuple[Span, ...]:
    return tuple(TextPlaces(token).find(node, node.field or "text"))


def _regions(text: str, places: Iterable[int], more: int, low: int, high: int) -> list[Span]:
    """Give what stands without a blank around each place, with so many words more on either side."""
    regions: list[Span] = []
    for place in places:
        if regions and place < regions[-1][1] and not more:
            continue
        start, end = _token(text, place, low, high)
        if more:
            start, end = _before(text, start, more, low), _behind(text, end, more, high)
        if regions and start <= regions[-1][1]:
            regions[-1] = (min(regions[-1][0], start), max(regions[-1][1], end))
        else:
            regions.append((start, end))
    return regions


def _token(text: str, place: int, low: int, high: int) -> Span:
    blank = max(text.rfind(" ", low, place), low - 1)
    start = max(text.rfind("\n", blank + 1, place), blank) + 1
    return start, _end(text, place, high)


def _end(text: str, place: int, high: int) -> int:
    blank = text.find(" ", place, high)
    line = text.find("\n", place, high if blank < 0 else blank)
    return line if line >= 0 else blank if blank >= 0 else high


def _behind(text: str, end: int, more: int, high: int) -> int:
    """Go on until there are so many more words."""
    while more > 0 and end < high:
        start = end + 1
        end = _end(text, start, high)
        more -= _count(text[start:end])
    return min(end, high)


def _before(text: str, start: int, more: int, low: int) -> int:
    while more > 0 and start > low:
        end = start - 1
        start = _token(text, end, low, end)[0]
        more -= _count(text[start:end])
    return max(start, low)


@functools.lru_cache(maxsize=20_000)
def _count(token: str) -> int:
    return sum(1 for _ in words(token))
