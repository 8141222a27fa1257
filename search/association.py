"""Who and what stands together more than chance would have it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.answer import Facet

LEAST = 2
"""Articles that two names must share: one is a coincidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Associate:
    """A value that stands together with a subject: in how many of its articles, in how many at all, how surprisingly.

    `score` is the log-likelihood ratio: how much likelier the counts are if the two depend on each other.
    """

    value: str
    together: int
    overall: int
    score: float


def associates(
    within: Facet, totals: Mapping[str, int], *, subject: int, archive: int, size: int
) -> tuple[Associate, ...]:
    """Give the values that a subject's articles have more often than others do, most surprising first.

    `within` counts a facet over the `subject` articles that have the subject, `totals` its values over all `archive`
    articles. The measure is Dunning's, "Accurate Methods for the Statistics of Surprise and Coincidence",
    Computational Linguistics 19(1), 1993: unlike mere frequency it is not led by those who stand everywhere, and unlike
    ratios it is not led by those who stand anywhere once.
    """
    found = []
    for one in within.values:
        total = totals.get(one.value, one.count)
        if one.count < LEAST or one.count * archive <= subject * total:
            continue
        score = log_likelihood(one.count, subject, total, archive)
        found.append(Associate(value=one.value, together=one.count, overall=total, score=score))
    return tuple(sorted(found, key=lambda one: (-one.score, one.value))[:size])


def log_likelihood(together: int, subject: int, other: int, archive: int) -> float:
    """Give the log-likelihood ratio of two sets of articles with these sizes, that share so many, in an archive."""
    table = (
        (together, subject * other),
        (subject - together, subject * (archive - other)),
        (other - together, (archive - subject) * other),
        (archive - subject - other + together, (archive - subject) * (archive - other)),
    )
    return 2 * sum(_terms(table, archive))


def _terms(table: tuple[tuple[int, int], ...], archive: int) -> Iterator[float]:
    for observed, expected in table:
        if observed:
            yield observed * math.log(observed * archive / expected)
