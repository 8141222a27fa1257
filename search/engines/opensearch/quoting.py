"""Clauses of one quotation as a query of the documents within articles, of which each quotation is one."""

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.mapping import QUOTES, SAID, SAID_STEMS
from index.words import stem
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.opensearch.expanding import Expansions
from search.engines.opensearch.expressions import every, row, some, term, terms
from search.engines.opensearch.meanings import Meanings
from search.engines.opensearch.spans import near, window
from search.query.tree import And, Everything, Fuzzy, Near, Node, Or, Phrase, Quoted, Value, Wildcard, Word


def quoting(node: Quoted, expansions: Expansions, meanings: Meanings) -> Json | None:
    """Match the articles with a quotation of which a clause is true; None where queries cannot say so."""
    said = _said(node.clause, expansions, meanings)
    return None if said is None else {"nested": {"path": QUOTES, "query": said, "score_mode": "none"}}


def spoken_names(meanings: Meanings, value: Value) -> frozenset[str]:
    """Give the people that the name of a speaker means."""
    return frozenset(meanings.of(value.field, value.text, whole=value.whole))


def _said(node: Node, expansions: Expansions, meanings: Meanings) -> Json | None:  # noqa: PLR0911  # one a kind
    match node:
        case Everything():
            return every([])
        case And() | Or():
            found = [_said(clause, expansions, meanings) for clause in node.clauses]
            said = [one for one in found if one is not None]
            if len(said) < len(found):
                return None
            return every([], said) if isinstance(node, And) else some(said)
        case Value():
            return meanings.said_by(node.text, whole=node.whole)
        case Word():
            asked = asked_of(node.text)
            if len(asked.forms) == 1:
                return term(SAID_STEMS, stem(asked.forms[0]))
            return some([row(SAID, asked.forms), *(term(SAID, form) for form in asked.compounds)])
        case Phrase():
            forms = forms_of(node.text)
            return window(SAID, forms, node.distance, 1.0) if node.distance else row(SAID, forms)
        case Wildcard() | Fuzzy():
            return terms(SAID, expansions.of(node))
        case Near():
            return near(node, "text", expansions, placed=SAID)
    raise TypeError(node)
