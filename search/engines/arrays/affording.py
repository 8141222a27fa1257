"""What a question costs, counted before any of it is looked up: the places of words that phrases and NEAR read.

A clause that would read more than its share is searched as its single words, wherever they stand, and a cut says so.
"""

from index.settings import Settings
from index.words import words
from search.engines.arrays.forms import forms_of
from search.engines.arrays.source import Source
from search.engines.engine import Cut
from search.language import _, number
from search.query.loosen import looser, outside
from search.query.tree import And, Near, Node, Not, Or, Phrase, Quoted, Word, both, leaves, negated, span_of
from search.ranking import word_fields


def affordable(tree: Node, source: Source, settings: Settings) -> tuple[Node, tuple[Cut, ...]]:
    """Give a tree that stays within `max_query_places`, and what was loosened for it."""
    known: set[tuple[str, str]] = set()
    cuts: list[Cut] = []
    left = settings.max_query_places

    def afford(node: Node) -> Node:
        nonlocal left
        if isinstance(node, And | Or):
            clauses = tuple([afford(clause) for clause in node.clauses])
            return node if clauses == node.clauses else type(node)(clauses=clauses)
        if isinstance(node, Not):
            return negated(afford(node.clause))
        if not isinstance(node, Near | Phrase | Quoted | Word) or not (terms := _terms(node)):
            return node
        wanted = terms - known
        cost = sum(source.occurrences(field, form) for field, form in wanted)
        if cost <= left:
            left -= cost
            known.update(wanted)
            return node
        message = _(
            "“%(node)s” would read %(cost)s places, and a query may read %(max_query_places)s; its "
            "words were searched wherever they stand.",
            node=node,
            cost=number(cost),
            max_query_places=number(settings.max_query_places),
        )
        cuts.append(Cut(code="too-costly", message=message, span=span_of(node)))
        return _single(node)

    return afford(tree), tuple(cuts)


def _terms(node: Node) -> set[tuple[str, str]]:
    """Give the (field, form) whose places a clause reads; a word alone that is one form reads none."""
    found: set[tuple[str, str]] = set()
    alone = isinstance(node, Word | Phrase)
    for leaf in (node,) if isinstance(node, Word | Phrase) else leaves(node):
        if isinstance(leaf, Word | Phrase):
            forms = forms_of(leaf.text)
            if len(forms) > 1 or not alone:
                found |= {(field, form) for form in forms for field in word_fields(leaf.field)}
    return found


def _single(node: Near | Phrase | Quoted | Word) -> Node:
    if isinstance(node, Quoted):
        return outside(node)
    if isinstance(node, Word):
        return both([Word(text=word.form, field=node.field, span=node.span) for word in words(node.text)])
    return looser(node) or node
