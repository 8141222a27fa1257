"""Outlets by the names that people type: AP, NYT, WSJ."""

import dataclasses

from index.tag.outlets.table import default_table
from search.engines.engine import Engine
from search.query.tree import And, Node, Not, Or, Value

_FIELDS = frozenset({"outlet", "publisher"})


def with_known_outlets(node: Node, engine: Engine) -> Node:
    """Give the tree with each outlet that no value is called by, but the outlet table knows, under its canonical name.

    What the archive itself has goes first: `outlet:times` still means every outlet with that word.
    """
    match node:
        case And() | Or():
            return dataclasses.replace(
                node, clauses=tuple(with_known_outlets(clause, engine) for clause in node.clauses)
            )
        case Not():
            return dataclasses.replace(node, clause=with_known_outlets(node.clause, engine))
        case Value() if node.field in _FIELDS and not engine.names(node.field, node.text, whole=node.whole):
            known = default_table().by_name(node.text)
            return dataclasses.replace(node, text=known.name, whole=True) if known else node
    return node
