"""Clauses that together nothing can match: said before anybody wonders why."""

import datetime

from search.language import _
from search.query.notes import Notes
from search.query.tree import And, DateRange, Near, Node, Not, Or, Positional, span_of

_BOTH = frozenset({"title", "text"})
_ANY = _BOTH | {"said"}


def doubt(tree: Node, notes: Notes) -> None:
    """Note clauses of one AND that exclude each other: a clause and its negation, or ranges without a common day."""
    if isinstance(tree, Not):
        return doubt(tree.clause, notes)
    if not isinstance(tree, And | Or):
        return None
    for clause in tree.clauses:
        doubt(clause, notes)
    if isinstance(tree, And):
        _exclusive(tree, notes)
    return None


def _exclusive(tree: And, notes: Notes) -> None:
    denied = [clause for clause in tree.clauses if isinstance(clause, Not)]
    asked = set(tree.clauses) if denied else set()
    for clause in denied:
        inner = clause.clause
        parts = inner.clauses if isinstance(inner, And | Or) else (inner,)
        enough = all if isinstance(inner, And) else any
        if inner in asked or enough(part in asked for part in parts):
            message = _("This is both asked for and excluded, so nothing can match.")
            notes.add("contradiction", message, *span_of(clause))
    ranges = [clause for clause in tree.clauses if isinstance(clause, DateRange)]
    first = max((one.first for one in ranges if one.first), default=datetime.date.min)
    last = min((one.last for one in ranges if one.last), default=datetime.date.max)
    if len(ranges) > 1 and first > last:
        message = _("No day lies in all of these ranges of dates, so nothing can match.")
        notes.add("contradiction", message, *span_of(And(clauses=tuple(ranges))))


def fields_of(node: Positional) -> frozenset[str]:
    """Give the fields in which a side of a NEAR can be found."""
    found, sides = _ANY, [node]
    while sides:
        side = sides.pop()
        if isinstance(side, Near):
            sides += [side.left, side.right]
        elif isinstance(side, Or):
            found &= frozenset().union(*(fields_of(one) for one in side.clauses if isinstance(one, Positional)))
        else:
            found &= {side.field} if side.field else _BOTH
    return found
