"""Passages of a text that show best why an article matches, cut at the ends of sentences or words."""

import bisect
import itertools
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from search.answer import Snippet
from search.candidates import Flat
from search.cutting import CONTEXT, LENGTH, Cutter, Passage, Window
from search.looking import Clause, hidden_matches, matches
from search.marks import Looked, Markable, Marks, merged
from search.query.tree import Span

ELLIPSIS = "…"

KEPT = 8
"""Matches of one clause that passages are tried around; of more, those first and those near to rarer clauses."""

WEIGHED = 4
"""Passages that are compared before one is chosen: those that cover most."""

Match = tuple[int, int, int]
"""Where a clause matches in a text, `start` to `end`, and the number of the clause."""

_REPEATED = 0.1
_MOST_REPEATED = 3
_WHOLE = 0.25
_SEEN_BEFORE = 0.25
_first = itemgetter(0)


class _Group(NamedTuple):
    """Marks `first` to `behind` (exclusive), which fit into one passage.

    `clauses` are those that they are of, as bits; `repeated` is what their repetitions are worth.
    """

    first: int
    behind: int
    clauses: int
    repeated: float

    def worth(self, covered: int) -> float:
        """Say what a passage is worth: the clauses that it covers, those most that no better passage covered."""
        if not covered:
            return self.clauses.bit_count() + self.repeated
        seen = (self.clauses & covered).bit_count()
        return self.clauses.bit_count() - seen * (1 - _SEEN_BEFORE) + self.repeated


def excerpts(looked: Looked, clauses: Sequence[Markable], *, most: int) -> tuple[tuple[Snippet, ...], Marks]:
    """Give up to `most` passages of an article's text, best first, and the marks of its title.

    Passages are chosen by the first matches of each clause; what else matches in them is marked too.
    """
    title: list[Span] = []
    found: list[Match] = []
    further: list[tuple[Clause, bool]] = []
    enough = KEPT if len(clauses) == 1 else 3 * KEPT
    for number, clause in enumerate(clauses):
        in_title, in_text = looked.enough(clause, enough)
        title += in_title
        if in_text:
            found += [(start, end, number) for start, end in in_text]
            if isinstance(clause, Clause):
                further.append((clause, len(in_text) < enough))
    if len(found) > 1:
        found.sort()
    snippets = [
        _snippet(looked.text, passage, _inside(looked.flat, further, passage, found))
        for passage in _chosen(looked.cutter, found, most)
    ]
    return tuple(snippets), merged(sorted(title))


def _inside(
    flat: Flat, further: Sequence[tuple[Clause, bool]], passage: Passage, known: Sequence[Match]
) -> Sequence[Span]:
    """Give all that is to be marked in a passage: known marks, and others of some clauses, or hidden ones alone."""
    begin, end = passage.begin, passage.end
    found = [(start, stop) for start, stop, _ in known if begin <= start and stop <= end]
    for clause, all_known in further:
        found += (hidden_matches if all_known else matches)(flat, clause, "text", begin, end)
    found.sort()
    return found


def _chosen(cutter: Cutter, marks: Sequence[Match], most: int) -> list[Passage]:
    """Choose passages, best first; the opening where nothing is marked. `marks` are by start."""
    if not marks:
        opening = cutter.opening()
        return [opening] if opening else []
    marks = _thinned(marks)
    groups = _groups(marks)
    chosen: list[Window] = []
    covered = 0
    while True:
        best = _best(cutter, marks, groups, covered, chosen)
        if best is None:
            break
        window, group = best
        chosen.append(window)
        if len(chosen) == most:
            break
        covered |= group.clauses
        end = window.begin + LENGTH
        groups = [left for one in groups if (left := _outside(marks, one, window.begin, end))]
    return [cutter.passage(window) for window in chosen]


def _best(
    cutter: Cutter, marks: Sequence[Match], groups: Sequence[_Group], covered: int, chosen: Sequence[Window]
) -> tuple[Window, _Group] | None:
    """Give the best of the groups and its passage: one that begins with a sentence is better."""
    weighed = [(group.worth(covered), group) for group in groups]
    if len(weighed) > 1:
        weighed.sort(key=_first, reverse=True)
    best: tuple[Window, _Group] | None = None
    most, tried = 0.0, 0
    for worth, group in weighed:
        if tried == WEIGHED or (best and worth + _WHOLE <= most):
            break
        window = cutter.window(marks[group.first][0], marks[group.behind - 1][1])
        if any(abs(window.begin - one.begin) < LENGTH for one in chosen):
            continue
        tried += 1
        value = worth + _WHOLE if window.whole else worth
        if not best or value > most:
            best, most = (window, group), value
    return best


def _thinned(marks: Sequence[Match]) -> Sequence[Match]:
    """Leave out of many marks of a clause those that stand alone, but for the first."""
    if len(marks) <= KEPT:
        return marks
    by_clause: dict[int, list[Match]] = {}
    for mark in marks:
        by_clause.setdefault(mark[2], []).append(mark)
    kept: list[Match] = []
    for found in sorted(by_clause.values(), key=len):
        if len(found) <= KEPT:
            kept += found
            continue
        starts = sorted(mark[0] for mark in kept)
        near = (mark for number, mark in enumerate(found) if number < KEPT or _near(starts, mark[0]))
        kept += itertools.islice(near, 3 * KEPT)
    kept.sort()
    return kept


def _near(starts: Sequence[int], start: int) -> bool:
    place = bisect.bisect_left(starts, start - LENGTH)
    return place < len(starts) and starts[place] < start + LENGTH


def _groups(marks: Sequence[Match]) -> list[_Group]:
    """Give, for each mark as the first, those that fit into a passage with it, but none that another one has all of."""
    groups: list[_Group] = []
    behind, count = 0, len(marks)
    for first, mark in enumerate(marks):
        before, room = behind, mark[0] + LENGTH - CONTEXT
        while behind < count and (behind <= first or marks[behind][1] <= room):
            behind += 1
        if behind > before:
            groups.append(_group(marks, first, behind))
    return groups


def _group(marks: Sequence[Match], first: int, behind: int) -> _Group:
    clauses = 0
    for number in range(first, behind):
        clauses |= 1 << marks[number][2]
    return _Group(first, behind, clauses, _REPEATED * min(behind - first - clauses.bit_count(), _MOST_REPEATED))


def _outside(marks: Sequence[Match], group: _Group, begin: int, end: int) -> _Group | None:
    """Give what is left of a group where a passage is taken."""
    first, behind = group.first, group.behind
    if not begin <= marks[first][0] < end:
        return group
    while first < behind and marks[first][0] < end:
        first += 1
    return _group(marks, first, behind) if first < behind else None


def _snippet(text: str, passage: Passage, marks: Sequence[Span]) -> Snippet:
    """Cut a passage out, its blanks made single, with its marks."""
    begin, end, cut_before, cut_after = passage
    raw = text[begin:end].rstrip()
    head, tail = ELLIPSIS if cut_before else "", ELLIPSIS if cut_after else ""
    flat = _single_blanks(raw)
    shift = len(head)
    if flat == raw:
        shift -= begin
        places = tuple([(low + shift, high + shift) for low, high in merged(marks)])
    else:
        places = tuple(
            [(_moved(raw, low - begin) + shift, _moved(raw, high - begin) + shift) for low, high in merged(marks)]
        )
    return Snippet(field="text", text=f"{head}{flat}{tail}", marks=places)


def _moved(raw: str, place: int) -> int:
    """Give where a place is once blanks are single."""
    return len(_single_blanks(raw[:place])) + raw[place - 1 : place].isspace()


def _single_blanks(text: str) -> str:
    return " ".join(text.split())
