"""Passages of a text that show best why an article matches, cut at the ends of sentences or words."""

import bisect
import heapq
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.answer import Snippet
from search.cutting import CONTEXT, LENGTH, Cutter, Passage, Window
from search.looking import clause_of, matches
from search.marks import Looked, Mark, Markable, Marks, merged
from search.query.tree import Value

PASSAGES = 3
"""The most passages of one article."""

ELLIPSIS = "…"

KEPT = 8
"""Matches of one clause that passages are tried around; of more, those first and those near to rarer clauses."""

WEIGHED = 4
"""Passages whose ends are looked for before one is chosen: those that cover most."""

_BLANKS = re.compile(r"\s+")
_REPEATED = 0.1
_MOST_REPEATED = 3
_WHOLE = 0.25
_SEEN_BEFORE = 0.25


class _Group(NamedTuple):
    """Matches that fit into one passage: their clauses, and what it is worth to have some of them twice."""

    marks: Sequence[Mark]
    clauses: frozenset[int]
    repeated: float


def excerpts(looked: Looked, clauses: Sequence[Markable], *, most: int = PASSAGES) -> tuple[tuple[Snippet, ...], Marks]:
    """Give up to `most` passages of an article's text, best first, and the marks of its title.

    Passages are chosen by where single words seem to match; what is marked in them is then confirmed. Where too little
    is, all matches are looked for first.
    """
    seeming: list[Mark] = []
    sure: list[Mark] = []
    for number, clause in enumerate(clauses):
        guessed, found = looked.guessed(clause)
        seeming += [Mark(start=start, end=end, clause=number) for start, end in guessed]
        sure += [Mark(start=start, end=end, clause=number, title=field == "title") for field, start, end in found]
    title = _by_start(mark for mark in sure if mark.title)
    known = [mark for mark in sure if not mark.title]
    chosen = _chosen(looked.text, _by_start([*seeming, *known]), most)
    snippets = []
    for passage in chosen:
        marks, missed = _confirmed(looked, clauses, passage, seeming, known)
        if missed:
            exact = [*known, *_exact(looked, clauses, {mark.clause for mark in seeming})]
            return passages(looked.text, _by_start(exact), most=most), merged(title)
        snippets.append(_snippet(looked.text, passage, marks, "text"))
    return tuple(snippets), merged(title)


def _confirmed(
    looked: Looked, clauses: Sequence[Markable], passage: Passage, seeming: Sequence[Mark], known: Sequence[Mark]
) -> tuple[list[Mark], bool]:
    """Give what matches in a passage, and whether a clause that seemed to does not."""
    begin, end = passage.begin, passage.end
    inside = [mark for mark in known if begin <= mark.start and mark.end <= end]
    for number in dict.fromkeys(mark.clause for mark in seeming):
        clause = clauses[number]
        assert not isinstance(clause, Value), "names are never guessed"
        found = matches(looked.flat, clause_of(clause), "text", begin, end)
        if not found and any(mark.clause == number and begin <= mark.start < end for mark in seeming):
            return [], True
        inside += [Mark(start=start, end=stop, clause=number) for start, stop in found]
    return _by_start(inside), False


def _exact(looked: Looked, clauses: Sequence[Markable], numbers: Iterable[int]) -> Iterator[Mark]:
    for number in numbers:
        for field, start, end in looked.everywhere(clauses[number]):
            if field == "text":
                yield Mark(start=start, end=end, clause=number)


def passages(text: str, marks: Sequence[Mark], *, field: str = "text", most: int = PASSAGES) -> tuple[Snippet, ...]:
    """Give up to `most` passages, best first; the opening of the text where nothing is marked. `marks` are by start."""
    return tuple(_snippet(text, passage, marks, field) for passage in _chosen(text, marks, most))


def _chosen(text: str, marks: Sequence[Mark], most: int) -> list[Passage]:
    """Choose passages, best first; the opening where nothing is marked.

    A passage is worth the clauses that it covers, those that no better passage covered first.
    """
    cutter = Cutter(text)
    if not marks:
        opening = cutter.opening()
        return [opening] if opening else []
    groups = _groups(_thinned(marks))
    chosen: list[Window] = []
    covered: set[int] = set()
    while groups and len(chosen) < most:
        first = heapq.nlargest(WEIGHED, groups, key=lambda group: _worth(group, covered))
        tried = [(cutter.window(group.marks[0].start, group.marks[-1].end), group) for group in first]
        free = [pair for pair in tried if all(abs(pair[0].begin - one.begin) >= LENGTH for one in chosen)]
        if not free:
            groups = [group for group in groups if group not in first]
            continue
        best, group = max(free, key=lambda pair: _worth(pair[1], covered) + (_WHOLE if pair[0].whole else 0.0))
        chosen.append(best)
        covered |= group.clauses
        groups = [left for one in groups if (left := _outside(one, best.begin, best.begin + LENGTH))]
    return [cutter.passage(window) for window in chosen]


def _thinned(marks: Sequence[Mark]) -> list[Mark]:
    """Leave out of many marks of a clause those that stand alone, but for the first."""
    by_clause: dict[int, list[Mark]] = {}
    for mark in marks:
        by_clause.setdefault(mark.clause, []).append(mark)
    kept: list[Mark] = []
    for found in sorted(by_clause.values(), key=len):
        starts = sorted(mark.start for mark in kept)
        near = (mark for number, mark in enumerate(found) if number < KEPT or _near(starts, mark))
        kept += itertools.islice(near, 3 * KEPT)
    return _by_start(kept)


def _near(starts: Sequence[int], mark: Mark) -> bool:
    place = bisect.bisect_left(starts, mark.start - LENGTH)
    return place < len(starts) and starts[place] < mark.start + LENGTH


def _groups(marks: Sequence[Mark]) -> list[_Group]:
    """Give, for each mark as the first, those that fit into a passage with it, but none that another one has all of."""
    groups: list[_Group] = []
    last = 0
    for first, mark in enumerate(marks):
        before = last
        last = max(last, first)
        while last + 1 < len(marks) and marks[last + 1].end - mark.start <= LENGTH - CONTEXT:
            last += 1
        if not groups or last > before:
            groups.append(_group(marks[first : last + 1]))
    return groups


def _group(marks: Sequence[Mark]) -> _Group:
    clauses = frozenset([one.clause for one in marks])
    return _Group(marks, clauses, _REPEATED * min(len(marks) - len(clauses), _MOST_REPEATED))


def _outside(group: _Group, begin: int, end: int) -> _Group | None:
    """Give what is left of a group where a passage is taken."""
    if not begin <= group.marks[0].start < end:
        return group
    left = [mark for mark in group.marks if mark.start >= end]
    return _group(left) if left else None


def _worth(group: _Group, covered: set[int]) -> float:
    seen = len(group.clauses & covered)
    return len(group.clauses) - seen + seen * _SEEN_BEFORE + group.repeated


def _snippet(text: str, passage: Passage, marks: Sequence[Mark], field: str) -> Snippet:
    """Cut a passage out, its blanks made single, with the marks that lie in it."""
    begin, end, cut_before, cut_after = passage
    raw = text[begin:end].rstrip()
    head, tail = ELLIPSIS if cut_before else "", ELLIPSIS if cut_after else ""
    found = merged(mark for mark in marks if begin <= mark.start and mark.end <= end)
    flat = _BLANKS.sub(" ", raw)
    if flat == raw:
        places = [(low - begin, high - begin) for low, high in found]
    else:
        places = [tuple(len(_BLANKS.sub(" ", raw[: at - begin])) for at in pair) for pair in found]  # type: ignore[misc]
    shift = len(head)
    return Snippet(
        field=field, text=f"{head}{flat}{tail}", marks=tuple((low + shift, high + shift) for low, high in places)
    )


def _by_start(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=_place)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end
