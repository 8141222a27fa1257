"""Put names together that are one person's, the surest first, and never two that are set apart.

A chain of likenesses alone joins nobody: names that carry weight in two groups must not contradict each other.
"""

from collections.abc import Callable, Container, Mapping, Sequence

Scores = Mapping[tuple[int, int], float]


_WEIGHTY = 0.15
"""The part of a group's articles from which on a name of it has a say."""

_SURE = 6.0
_RARE = 2


def cluster(
    scores: Scores,
    counts: Sequence[int],
    *,
    at_least: float,
    apart: Callable[[int, int], bool],
    slips: Container[tuple[int, int]] = (),
    never: Callable[[int, int], bool] = lambda one, other: False,
) -> list[list[int]]:
    """Give the groups of two names or more, the most frequent name first; pairs have the smaller number first.

    `counts` are the articles of each name. Two groups become one by their surest pair (among sure ones that of the most
    frequent names), unless names of theirs that carry weight are `apart`: a rare slip of the pen parts nobody. A rare
    name alone that one of the `slips` joins need fit no other name of the group: it differs from them in two ways.
    Names that are `never` one person's are in no group together.
    """
    group: dict[int, list[int]] = {}

    def place(entry: tuple[tuple[int, int], float]) -> tuple[float, int, tuple[int, int]]:
        pair, score = entry
        return -min(score, _SURE), -min(counts[pair[0]], counts[pair[1]]), pair

    for (one, other), score in sorted(scores.items(), key=place):
        first, second = group.get(one) or [one], group.get(other) or [other]
        if score < at_least or first is second:
            continue
        slipped = (one, other) in slips and any(_is_rare(each, counts) for each in (first, second))
        if not slipped and _conflict(first, second, counts, apart):
            continue
        if any(never(one, other) for one in first for other in second):
            continue
        joined = sorted(first + second, key=lambda member: (-counts[member], member))
        for member in joined:
            group[member] = joined
    unique = {id(members): members for members in group.values()}
    return sorted(unique.values())


def _is_rare(group: Sequence[int], counts: Sequence[int]) -> bool:
    return len(group) == 1 and counts[group[0]] <= _RARE


def _conflict(
    first: Sequence[int], second: Sequence[int], counts: Sequence[int], apart: Callable[[int, int], bool]
) -> bool:
    return any(apart(one, other) for other in _weighty(second, counts) for one in _weighty(first, counts))


def _weighty(group: Sequence[int], counts: Sequence[int]) -> list[int]:
    least = _WEIGHTY * sum(counts[member] for member in group)
    return [member for place, member in enumerate(group) if place == 0 or counts[member] >= least]
