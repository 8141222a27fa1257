"""From our tree to the cluster's queries: what matches is the same in every engine.

Words, stems and written forms were cut by our own analysis before they were sent, so that each leaf is the same terms
here as in the arrays. How much a match counts is BM25 of each field, added up; see docs/decisions/0012-opensearch.md.
"""

import functools
from collections.abc import Callable

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.mapping import WRITTEN
from index.engines.opensearch.wording import written
from index.settings import Settings
from index.types import Tagged
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.engine import Cut
from search.engines.opensearch.expanding import Expansions
from search.engines.opensearch.expressions import (
    NOTHING,
    constant,
    dated,
    every,
    once,
    row,
    some,
    term,
    terms,
    without,
)
from search.engines.opensearch.meanings import Meanings
from search.engines.opensearch.quoting import quoting, spoken_names
from search.engines.opensearch.spans import near, window
from search.engines.opensearch.verifying import matches, verified
from search.engines.opensearch.view import Asking
from search.language import _, number
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
    Quoted,
    Textual,
    Value,
    Wildcard,
    Word,
    span_of,
    worded,
)
from search.quotations import sayings, spoken_of
from search.ranking import FUZZY_WEIGHT, K1, STEM_WEIGHTS, WORD_WEIGHTS, form_fields, stem_fields, word_fields

_PLAIN = K1 + 1


def scored(node: Node) -> bool:
    """Say whether a tree has any clause that is scored."""
    if isinstance(node, And | Or):
        return any(scored(clause) for clause in node.clauses)
    return worded(node) if isinstance(node, Quoted) else isinstance(node, Textual | Near)


class Clauses:
    """Says the clauses of one query."""

    def __init__(self, asking: Asking, expansions: Expansions, meanings: Meanings, settings: Settings) -> None:
        self._asking = asking
        self._expansions = expansions
        self._meanings = meanings
        self._most_read = settings.max_exact_articles
        self._most_pairs = settings.max_near_places

    def query(self, node: Node) -> Json:  # noqa: PLR0911, PLR0912  # one a kind
        """Say a clause, whose depth the parser bounds."""
        match node:
            case And():
                sure = [one for one in node.clauses if not isinstance(one, Not)]
                filters = [self.query(one) for one in sure if not scored(one)]
                denied = [self.query(one.clause) for one in node.clauses if isinstance(one, Not)]
                return every([self.query(one) for one in sure if scored(one)], filters, denied)
            case Or():
                return some([self.query(one) for one in node.clauses])
            case Not():
                return constant(without(self.query(node.clause)))
            case Everything():
                return every([])
            case DateRange():
                first = node.first.toordinal() if node.first else None
                return constant(dated(first, node.last.toordinal() if node.last else None))
            case Value():
                return constant(self.value(node))
            case Word():
                return some(self._word(node))
            case Phrase():
                return self._phrase(node)
            case Exact():
                return some(self._exact(node))
            case Wildcard():
                forms = self._expansions.of(node)
                return some([constant(terms(field, forms), once(w)) for field, w in form_fields(node.field).items()])
            case Fuzzy():
                return some(self._fuzzy(node))
            case Near():
                return self._near(node)
            case Quoted():
                return self._quoted(node)

    def value(self, node: Value) -> Json:
        """Say that an article has a value that a name means."""
        return self._meanings.having(node.field, node.text, whole=node.whole)

    def _word(self, node: Word) -> list[Json]:
        asked = asked_of(node.text)
        found = []
        for field in word_fields(node.field):
            found.append(row(field, asked.forms, _PLAIN))
            found += [term(field, form, _PLAIN) for form in asked.compounds]
        for field in stem_fields(node.field):
            found += [term(field, one, _PLAIN) for one in asked.stems]
        return found

    def _phrase(self, node: Phrase) -> Json:
        forms = forms_of(node.text)
        found = []
        for field in form_fields(node.field):
            boost = _boost(field)
            said = window(field, forms, node.distance, boost) if node.distance else row(field, forms, boost)
            if said is None:
                return self._read(node)
            found.append(said)
        return some(found)

    def _exact(self, node: Exact) -> list[Json]:
        words = list(written(node.text))
        weights = form_fields(node.field)
        return [constant(row(field, words), once(weights[name])) for name, field in WRITTEN.items() if name in weights]

    def _fuzzy(self, node: Fuzzy) -> list[Json]:
        itself, *others = self._expansions.of(node)
        found = []
        for field, weight in form_fields(node.field).items():
            found.append(term(field, itself, _boost(field)))
            if others:
                found.append(constant(terms(field, others), FUZZY_WEIGHT * once(weight)))
        return found

    def _near(self, node: Near) -> Json:
        found = []
        for field, weight in form_fields("").items():
            said = near(node, field, self._expansions)
            if said is None:
                return self._read(node)
            if said != NOTHING:
                found.append(constant(said, once(weight)))
        return some(found)

    def _quoted(self, node: Quoted) -> Json:
        said = quoting(node, self._expansions, self._meanings)
        if said is None:
            return self._read(node)
        return constant(said, once(form_fields("text")["text"]) if worded(node) else 0.0)

    def _read(self, node: Near | Phrase | Quoted) -> Json:
        """Read the articles that have all words of a clause; where they are too many, those words must do."""
        loose = looser(node) or Everything()
        candidates = self.query(loose)
        ids = verified(self._asking, self._fits(node), candidates, most=self._most_read)
        if ids is not None:
            return constant(terms("id", ids), once(1.0))
        message = _(
            "“%(node)s” would need more than %(most_read)s articles to be read; its words were "
            "searched wherever they stand.",
            node=node,
            most_read=number(self._most_read),
        )
        self._asking.note(Cut(code="near-cut", message=message, span=span_of(node)))
        return candidates

    def _fits(self, node: Near | Phrase | Quoted) -> Callable[[Tagged], bool]:
        """Give what says of an article whether a clause is true of it."""
        if not isinstance(node, Quoted):
            return lambda tagged: matches(node, tagged, self._expansions)
        names = functools.partial(spoken_names, self._meanings)
        spoken = spoken_of(node, names, self._most_pairs)

        def says(tagged: Tagged) -> bool:
            return bool(sayings(spoken, self._meanings.renaming.quotes(tagged), tagged.article.text))

        return says


def _boost(field: str) -> float:
    """Give by what a word's score in a field is to be multiplied where stems, which weigh as well, are not asked."""
    weight = WORD_WEIGHTS[field]
    both = weight + STEM_WEIGHTS.get(f"{field}_stems", 0.0)
    return _PLAIN * once(both) / once(weight)
