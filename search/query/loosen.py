"""Take quotes and distances away from a clause: what is left are its words, wherever they stand."""

from index.words import words
from search.query.tree import And, Exact, Near, Node, Or, Phrase, Word, both, either


def looser(node: Node) -> Node | None:
    """Give the clause without quotes and distances; None where it has neither, or is negated."""
    if isinstance(node, Phrase | Exact):
        return both([Word(text=word.form, field=node.field, span=node.span) for word in words(node.text)])
    if isinstance(node, Near):
        return both([looser(side) or side for side in (node.left, node.right)])
    if isinstance(node, And | Or):
        loosened = [looser(clause) for clause in node.clauses]
        if not any(loosened):
            return None
        joined = [new or old for new, old in zip(loosened, node.clauses, strict=True)]
        return both(joined) if isinstance(node, And) else either(joined)
    return None
