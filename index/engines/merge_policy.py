"""Which segments a commit merges: sizes grow from one to the next, so that few are left whatever an archive's size.

This is the log-structured merging of O'Neil et al. (1996) and of Lucene's tiered policy, as a pure function of sizes.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

FACTOR = 3
"""A segment is merged with what is new if that has at least a third of its articles: sizes then grow fourfold from one
segment to the next, and each merge makes what it moves at least a third larger."""

MAX_SEGMENTS = 10
"""More are never left: each costs every query its share."""

PARTS = 4
"""A segment that holds a quarter of all articles is merged no further until it is less, so that no commit but a small
archive's writes everything anew."""

Segment = TypeVar("Segment")


class Sized(NamedTuple, Generic[Segment]):
    """A segment, how many of its articles are left, and how many were removed; `new` where this commit wrote it."""

    segment: Segment
    live: int
    removed: int = 0
    new: bool = False


def groups_of(segments: Sequence[Sized[Segment]], *, most: int) -> list[list[Sized[Segment]]]:
    """Group segments, each group to become one: at most `MAX_SEGMENTS`, those without articles left out.

    Beginning with what is new, the next larger segment joins while it is at most `FACTOR` times what is gathered, or
    while more of it was removed than is left, and the whole has at most `most` articles or a part (`PARTS`) of all. If
    too many are left, neighbours of like size are joined, the smallest first.
    """
    limit = max(most, sum(one.live for one in segments) // PARTS)
    group = [one for one in segments if one.new and one.live]
    gathered = sum(one.live for one in group)
    groups: list[list[Sized[Segment]]] = []
    for one in sorted((one for one in segments if one.live and not one.new), key=lambda one: one.live):
        worth = one.live <= FACTOR * gathered or one.live < one.removed
        if worth and gathered + one.live <= limit:
            group.append(one)
            gathered += one.live
        else:
            groups.append([one])
    # what a writer wrote is more than one segment where it is more than one may hold
    groups += [group] if group and gathered <= limit else [[one] for one in group]
    return _few(groups)


def _few(groups: list[list[Sized[Segment]]]) -> list[list[Sized[Segment]]]:
    """Join neighbours in the order of their size until few enough are left.

    What is small is not joined with what is large as long as others are alike: that would write the large one anew at
    each commit.
    """
    groups = sorted(groups, key=_live)
    while len(groups) > MAX_SEGMENTS:
        at = next(_alike(groups), 0)
        joined = groups[at] + groups[at + 1]
        groups = sorted([*groups[:at], *groups[at + 2 :], joined], key=_live)
    return groups


def _alike(groups: Sequence[list[Sized[Segment]]]) -> Iterator[int]:
    return (at for at, (one, two) in enumerate(itertools.pairwise(groups)) if _live(two) <= FACTOR * _live(one))


def _live(group: list[Sized[Segment]]) -> int:
    return sum(one.live for one in group)
