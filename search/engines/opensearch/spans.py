"""NEAR and distances as spans of the cluster's language, where these say just the same.

Lucene's ordered spans look at each left side once and go forward only, which is exact where all alternatives of a side
are of one length; so alternatives are paired by length. What cannot be said so (a NEAR or a distance within NEAR, many
equal words with a distance) is None here, and verified article by article (verifying.py).
"""

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.engines.opensearch.cluster import Json
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.opensearch.expanding import Expansions
from search.engines.opensearch.expressions import some
from search.query.tree import Fuzzy, Near, Or, Phrase, Positional, Wildcard, Word
from search.ranking import word_fields

_MOST_CLAUSES = 900
"""Words in the spans of one field: a cluster refuses queries of more than 1,024 in all."""

_MOST_ORDERS = 24


class _Side(NamedTuple):
    """One side of a NEAR in one field: single words, and rows of several words."""

    words: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def near(node: Near, field: str, expansions: Expansions, *, placed: str = "") -> Json | None:
    """Say a NEAR in one field, or in the field `placed` that has some of its words; None where spans cannot."""
    placed = placed or field
    left, right = _side(node.left, field, expansions), _side(node.right, field, expansions)
    if left is None or right is None:
        return None
    clauses: list[Json] = []
    used = 0
    for one, two in itertools.product(_by_length(left), _by_length(right)):
        apart = len(one) > 0 and not {*_words(one)} & {*_words(two)} and len(one[0]) == len(two[0]) == 1
        used += (1 if apart else 2) * (sum(map(len, one)) + sum(map(len, two)))
        if used > _MOST_CLAUSES:
            return None
        if apart:
            clauses.append(_close([_any(placed, one), _any(placed, two)], node.distance, ordered=False))
        else:
            clauses.append(_close([_any(placed, one), _any(placed, two)], node.distance, ordered=True))
            clauses.append(_close([_any(placed, two), _any(placed, one)], node.distance, ordered=True))
    return some(clauses)


def window(field: str, forms: Sequence[str], distance: int, boost: float) -> Json | None:
    """Say that words stand in any order with so many others between; None where spans cannot."""
    if len(set(forms)) == len(forms):
        return _boosted(_close([_word(field, form) for form in forms], distance, ordered=False), boost)
    orders = list(itertools.islice(_orders(forms), _MOST_ORDERS + 1))
    if len(orders) > _MOST_ORDERS:
        return None
    return some(
        [_boosted(_close([_word(field, form) for form in order], distance, ordered=True), boost) for order in orders]
    )


def _orders(forms: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Give the different orders of some words, of which several are the same."""
    if not forms:
        yield ()
    for form in sorted(set(forms)):
        rest = list(forms)
        rest.remove(form)
        for order in _orders(rest):
            yield (form, *order)


def _side(node: Positional, field: str, expansions: Expansions) -> _Side | None:  # noqa: PLR0911  # one a kind
    if isinstance(node, Near):
        return None
    if isinstance(node, Or):
        sides = [_side(clause, field, expansions) for clause in node.clauses]  # type: ignore[arg-type]  # by the parser
        if None in sides:
            return None
        words = tuple(dict.fromkeys(word for side in sides if side for word in side.words))
        return _Side(words, tuple(dict.fromkeys(row for side in sides if side for row in side.rows)))
    if field not in word_fields(node.field):
        return _Side((), ())
    match node:
        case Wildcard() | Fuzzy():
            return _Side(tuple(expansions.of(node)), ())
        case Phrase():
            if node.distance:
                return None
            forms = forms_of(node.text)
            return _Side(forms, ()) if len(forms) == 1 else _Side((), (forms,))
        case Word():
            asked = asked_of(node.text)
            if len(asked.forms) == 1:
                return _Side(tuple(expansions.inflections(asked.forms[0])), ())
            return _Side(asked.compounds, (asked.forms,))


def _by_length(side: _Side) -> list[tuple[tuple[str, ...], ...]]:
    """Give the alternatives of a side, those of one length together."""
    found: dict[int, list[tuple[str, ...]]] = {}
    for row in (*((word,) for word in side.words), *side.rows):
        found.setdefault(len(row), []).append(row)
    return [tuple(rows) for rows in found.values()]


def _words(rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (word for row in rows for word in row)


def _any(field: str, rows: Sequence[tuple[str, ...]]) -> Json:
    spans = [
        _word(field, row[0]) if len(row) == 1 else _close([_word(field, word) for word in row], 0, ordered=True)
        for row in rows
    ]
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def _word(field: str, form: str) -> Json:
    return {"span_term": {field: form}}


def _close(clauses: list[Json], distance: int, *, ordered: bool) -> Json:
    if len(clauses) == 1:
        return clauses[0]
    return {"span_near": {"clauses": clauses, "slop": distance, "in_order": ordered}}


def _boosted(span: Json, boost: float) -> Json:
    if "span_near" in span:
        return {"span_near": {**span["span_near"], "boost": boost}}
    return span
