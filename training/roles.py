"""What a first model takes the capitalised words of unlabelled articles for: the roles that the shipped model knows."""

from collections import Counter
from collections.abc import Iterable

from index.tag.model import SequenceModel
from index.tag.tokens import Document

MIN_COUNT = 3
"""A word that the articles hold less often is left out."""


def count_roles(model: SequenceModel, documents: Iterable[Document]) -> dict[str, int]:
    """Give each capitalised word its code of roles (see `index.tag.features.role_features`)."""
    total: Counter[str] = Counter()
    person: Counter[str] = Counter()
    first: Counter[str] = Counter()
    outlet: Counter[str] = Counter()
    for document in documents:
        for tokens in document.fields:
            total.update(string for string in tokens.strings if string[0].isupper())
        for span in model.spans(document):
            strings = span.tokens.strings[span.first : span.last]
            (person if span.kind == "person" else outlet).update(strings)
            if span.kind == "person" and len(strings) > 1:
                first[strings[0]] += 1
    return {
        word: 100 * _bucket(person[word] / count, (0.05, 0.3, 0.7, 0.95))
        + 10 * _bucket(first[word] / max(person[word], 1), (0.2, 0.5, 0.8))
        + _bucket(outlet[word] / count, (0.05, 0.3, 0.7, 0.95))
        for word, count in total.items()
        if count >= MIN_COUNT
    }


def _bucket(share: float, edges: tuple[float, ...]) -> int:
    return sum(share >= edge for edge in edges)
