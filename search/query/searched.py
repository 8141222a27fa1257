"""The tree that was searched, where limits left out or loosened a part of what was asked."""

from collections.abc import Iterable
from typing import Literal

from search.engines.engine import Cut
from search.query.loosen import looser, outside
from search.query.tree import (
    And,
    DateRange,
    Everything,
    Exact,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Quoted,
    Span,
    Value,
    both,
    either,
    negated,
    span_of,
)

_Found = Node | Literal["nothing"] | None
"""A clause as searched: "nothing" matches no article, None was left out."""


def searched(tree: Node, cuts: Iterable[Cut]) -> Node:
    """Give a tree as an engine searched it, by the cuts that it noted: what a reading is to say.

    Words whose writing was not read stand in any writing; an exclusion of such excludes nothing. A phrase or NEAR that
    was too dear stands as its words. What time did not suffice for is gone.
    """
    spans: dict[str, list[Span]] = {}
    for cut in cuts:
        spans.setdefault(cut.code, []).append(cut.span)
    found = _read(tree, spans, denied=False) if spans else tree
    return tree if found is None or found == "nothing" else found


def _read(node: Node, cuts: dict[str, list[Span]], *, denied: bool) -> _Found:  # noqa: PLR0911  # one line a kind
    match node:
        case And():
            return _all([_read(one, cuts, denied=denied) for one in node.clauses])
        case Or():
            return _any([_read(one, cuts, denied=denied) for one in node.clauses])
        case Not():
            inner = _read(node.clause, cuts, denied=not denied)
            if inner is None or inner == "nothing":
                return Everything() if inner else None
            return "nothing" if isinstance(inner, Everything) else negated(inner)
        case Value() | DateRange() | Everything():
            return node
    start, end = span = span_of(node)
    if isinstance(node, Exact) and span in cuts.get("exact-ignored", ()):
        return "nothing" if denied else Phrase(text=node.text, field=node.field, span=node.span)
    if span in cuts.get("deadline", ()):
        return None
    if isinstance(node, Quoted) and span in cuts.get("too-costly", ()):
        return outside(node)
    dear = isinstance(node, Near | Quoted) and any(
        start <= low and high <= end for low, high in cuts.get("near-cut", ())
    )
    return (looser(node) or node) if dear or span in cuts.get("too-costly", ()) else node


def _all(clauses: list[_Found]) -> _Found:
    if "nothing" in clauses:
        return "nothing"
    kept = [one for one in clauses if one is not None and one != "nothing"]
    return both([one for one in kept if not isinstance(one, Everything)]) if kept else None


def _any(clauses: list[_Found]) -> _Found:
    kept = [one for one in clauses if one is not None and one != "nothing"]
    if any(isinstance(one, Everything) for one in kept):
        return Everything()
    return either(kept) if kept else "nothing" if "nothing" in clauses else None
