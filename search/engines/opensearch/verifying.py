"""Clauses of places that a cluster's queries cannot say: the articles that have all their words are read.

An article costs a part of a millisecond, so that only so many are read as the setting `max_exact_articles` says.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from index.engines.opensearch.cluster import Json
from index.engines.values import NAME_GAP, values_of
from index.types import Tagged
from index.words import stem
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.opensearch.articles import SOURCE, tagged_of
from search.engines.opensearch.expanding import Expansions
from search.engines.opensearch.view import Asking
from search.query.tree import Fuzzy, Near, Or, Phrase, Positional, Span, Wildcard, Word
from search.ranking import word_fields

_AT_A_TIME = 500


def verified(asking: Asking, fits: Callable[[Tagged], bool], candidates: Json, *, most: int) -> list[str] | None:
    """Give the ids of the articles that fit, among candidates; None where these are more than `most`."""
    found: list[str] = []
    after: list[object] | None = None
    body: Json = {"size": _AT_A_TIME, "query": candidates, "sort": [{"id": "asc"}], "_source": SOURCE}
    while True:
        answer = asking.search({**body, "track_total_hits": most + 1, **({"search_after": after} if after else {})})
        if answer["hits"]["total"]["value"] > most:
            return None
        hits = answer["hits"]["hits"]
        found += [hit["sort"][0] for hit in hits if fits(tagged_of(hit))]
        if len(hits) < _AT_A_TIME:
            return found
        after = hits[-1]["sort"]


def matches(node: Near | Phrase, tagged: Tagged, expansions: Expansions) -> bool:
    """Say whether an article has a clause in its title, its text or its names."""
    values = values_of(tagged)
    names = [form for name in values.names for form in (*forms_of(name), *[""] * NAME_GAP)]
    fields = {"title": forms_of(values.title), "text": forms_of(values.text), "names": names}
    return any(_Places(forms, field, expansions).spans(node) for field, forms in fields.items())


class _Places:
    """The words of one field of one article."""

    def __init__(self, forms: Sequence[str], field: str, expansions: Expansions) -> None:
        self._forms = forms
        self._field = field
        self._expansions = expansions

    def spans(self, node: Positional) -> set[Span]:  # noqa: PLR0911  # one a kind
        """Give where a clause stands, as (first word, behind the last)."""
        if isinstance(node, Or):
            return {span for clause in node.clauses for span in self.spans(clause)}  # type: ignore[arg-type]  # parser
        if isinstance(node, Near):
            return set(self._near(self.spans(node.left), self.spans(node.right), node.distance))
        if self._field not in word_fields(node.field):
            return set()
        match node:
            case Phrase():
                return set(self._windows(forms_of(node.text), node.distance))
            case Word():
                asked = asked_of(node.text)
                if len(asked.forms) == 1:
                    root = stem(asked.forms[0])
                    return {(at, at + 1) for at, form in enumerate(self._forms) if form and stem(form) == root}
                return {*self._windows(asked.forms, 0), *self._single(asked.compounds)}
            case Wildcard() | Fuzzy():
                return self._single(self._expansions.of(node))

    def _near(self, left: set[Span], right: set[Span], distance: int) -> Iterator[Span]:
        for first, second in ((left, right), (right, left)):
            for one in first:
                yield from ((one[0], two[1]) for two in second if 0 <= two[0] - one[1] <= distance)

    def _single(self, forms: Sequence[str]) -> set[Span]:
        asked = set(forms)
        return {(at, at + 1) for at, form in enumerate(self._forms) if form in asked}

    def _windows(self, wanted: Sequence[str], distance: int) -> Iterator[Span]:
        size, need = len(wanted) + distance, Counter(wanted)
        for at, form in enumerate(self._forms):
            if form in need:
                here = self._forms[at : at + size]
                if tuple(here) == tuple(wanted) if not distance else not need - Counter(here):
                    yield at, at + size
