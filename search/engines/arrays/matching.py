"""From a tree to the articles that match it, with their scores."""

from typing import NamedTuple

import numpy as np

from index.days import UNDATED
from search.engines.arrays.deadline import Deadline
from search.engines.arrays.plain import Floats, Mask, Plain, Postings
from search.engines.arrays.terms import DearError, Terms
from search.query.loosen import looser
from search.query.tree import (
    And,
    DateRange,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Value,
    Wildcard,
    Word,
)
from search.ranking import K1, B, rarity


class Matches(NamedTuple):
    """The rows that match; `scores` are 0 elsewhere, and None where nothing was scored."""

    mask: Mask
    scores: Floats | None


class Norms:
    """The divisors by which a field's frequencies are made comparable, for each field once."""

    def __init__(self, source: Plain) -> None:
        self._source = source
        self._known: dict[str, Floats] = {}

    def of(self, field: str) -> Floats:
        """Give each row's divisor: 1 for a field of average length."""
        if field not in self._known:
            lengths = self._source.lengths(field)
            mean = float(lengths.mean()) if len(lengths) else 0.0
            self._known[field] = 1 - B + B * lengths / mean if mean else np.ones(len(lengths))
        return self._known[field]


def match(node: Node, source: Plain, terms: Terms, norms: Norms, deadline: Deadline) -> Matches | None:  # noqa: PLR0911  # one a kind
    """Find the rows that match a tree, whose depth the parser bounds; None where the deadline left all of it out."""
    if isinstance(node, And | Or):
        found = [match(clause, source, terms, norms, deadline) for clause in node.clauses]
        reached = [one for one in found if one is not None]
        return _joined(node, reached) if reached else None
    if isinstance(node, Not):
        inner = match(node.clause, source, terms, norms, deadline)
        return None if inner is None else Matches(~inner.mask, None)
    if isinstance(node, Everything):
        return Matches(np.ones(source.articles, dtype=np.bool_), None)
    if isinstance(node, DateRange):
        first = node.first.toordinal() if node.first else None
        return Matches(within(source, first, node.last.toordinal() if node.last else None), None)
    if isinstance(node, Value):
        return Matches(source.ordinals(node.field).matching(node.text, whole=node.whole), None)
    if deadline.passed(node):
        return None
    try:
        return _scored(_postings(node, terms), source.articles, norms)
    except DearError:
        return match(looser(node) or Everything(), source, terms, norms, deadline)


def nothing(source: Plain) -> Matches:
    """Give no rows at all."""
    return Matches(np.zeros(source.articles, dtype=np.bool_), None)


def within(source: Plain, first: int | None, last: int | None) -> Mask:
    """Give the rows whose date lies in a range as a whole; undated ones lie in none."""
    mask: Mask = source.first_day != UNDATED
    if first is not None:
        mask &= source.first_day >= first
    if last is not None:
        mask &= source.last_day <= last
    return mask


def _postings(node: Word | Phrase | Exact | Wildcard | Fuzzy | Near, terms: Terms) -> list[tuple[str, float, Postings]]:
    match node:
        case Word():
            return terms.word(node)
        case Phrase():
            return terms.phrase(node)
        case Exact():
            return terms.exact(node)
        case Wildcard():
            return terms.wildcard(node)
        case Fuzzy():
            return terms.fuzzy(node)
        case Near():
            return terms.near(node)


def _joined(node: And | Or, parts: list[Matches]) -> Matches:
    masks = [part.mask for part in parts]
    mask = np.logical_and.reduce(masks) if isinstance(node, And) else np.logical_or.reduce(masks)
    scored = [part.scores for part in parts if part.scores is not None]
    if not scored:
        return Matches(mask, None)
    total = np.sum(scored, axis=0)
    return Matches(mask, np.where(mask, total, 0.0))


def _scored(found: list[tuple[str, float, Postings]], size: int, norms: Norms) -> Matches:
    """Score one leaf by BM25F; see search/ranking.py."""
    frequencies = np.zeros(size)
    for field, weight, postings in found:
        if len(postings.rows):
            frequencies[postings.rows] += weight * postings.counts / norms.of(field)[postings.rows]
    mask = frequencies > 0
    weight = rarity(int(np.count_nonzero(mask)), size)
    return Matches(mask, weight * (K1 + 1) * frequencies / (frequencies + K1))
