"""Take quotes and distances away from a clause: what is left are its words, wherever they stand."""

import dataclasses

from index.words import words
from search.query.tree import (
    And,
    Exact,
    Near,
    Node,
    Or,
    Phrase,
    Quoted,
    Textual,
    Value,
    ValueField,
    Word,
    both,
    either,
    quoted,
)


def looser(node: Node) -> Node | None:
    """Give the clause without quotes and distances; None where it has neither, or is negated."""
    if isinstance(node, Phrase | Exact):
        return both([Word(text=word.form, field=node.field, span=node.span) for word in words(node.text)])
    if isinstance(node, Near):
        return both([looser(side) or side for side in (node.left, node.right)])
    if isinstance(node, Quoted):
        inner = looser(node.clause)
        return None if inner is None else Quoted(clause=inner)
    if isinstance(node, And | Or):
        loosened = [looser(clause) for clause in node.clauses]
        if not any(loosened):
            return None
        joined = [new or old for new, old in zip(loosened, node.clauses, strict=True)]
        return both(joined) if isinstance(node, And) else either(joined)
    return None


def outside(node: Node, *, speaker: ValueField = "speaker") -> Node:
    """Give a clause of quotations with its words looked for in all of a text, one by one.

    Who is quoted becomes a value of the field `speaker`.
    """
    if isinstance(node, Quoted):
        return outside(node.clause, speaker=speaker)
    if isinstance(node, And | Or):
        clauses = [outside(clause, speaker=speaker) for clause in node.clauses]
        return both(clauses) if isinstance(node, And) else either(clauses)
    if isinstance(node, Near):
        return both([outside(side, speaker=speaker) for side in (node.left, node.right)])
    if isinstance(node, Textual):
        return looser(dataclasses.replace(node, field="text")) or dataclasses.replace(node, field="text")
    return quoted(dataclasses.replace(node, field=speaker)) if isinstance(node, Value) else node
