"""What each leaf of a query stands for in a source: its postings in a field, and its places."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from index.settings import Settings
from index.types import Article
from index.words import irregular_forms, joined, stem, words
from search.engines.arrays.places import (
    NOWHERE,
    Spans,
    count_pairs,
    merge,
    near,
    near_starts,
    per_row,
    phrase,
    spans_of,
    union,
    window,
)
from search.engines.arrays.plain import Places, Plain, Postings
from search.engines.engine import Cut
from search.query.patterns import neighbours, pattern_of
from search.query.tree import Exact, Fuzzy, Near, Node, Or, Phrase, Positional, Span, Wildcard, Word, leaves, span_of
from search.ranking import FUZZY_WEIGHT, form_fields, stem_fields, word_fields

NOTHING = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float64))


_Counted = Iterable[tuple[str, int]]


class DearError(Exception):
    """Raised where a NEAR would make more pairs of places than the query may."""


class Terms:
    """Looks up the leaves of one query; `cuts` gathers what was not searched in full."""

    def __init__(self, source: Plain, settings: Settings, tree: Node) -> None:
        self._source = source
        self._settings = settings
        self._share = expansion_share(tree, settings)
        self._pairs_left = settings.max_near_places
        self._expanded: dict[Wildcard | Fuzzy, list[str]] = {}
        self._cuts: dict[Cut, None] = {}

    def cuts(self) -> tuple[Cut, ...]:
        """Give what was not searched in full so far, each once."""
        return tuple(self._cuts)

    def word(self, node: Word) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of a word without quotes: as written in each field, and its inflections."""
        forms = _forms(node.text)
        compounds = list(dict.fromkeys(word.form for word in joined(node.text)))
        found = []
        for field, weight in word_fields(node.field).items():
            parts = [self._row(field, forms), *(self._source.postings(field, form) for form in compounds)]
            found.append((field, weight, _sum(parts)))
        stems = {stem(form) for form in (compounds if len(forms) > 1 else forms)}
        for field, weight in stem_fields(node.field).items():
            found.append((field, weight, _sum([self._source.postings(field, one) for one in sorted(stems)])))
        return found

    def phrase(self, node: Phrase) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of quoted words."""
        forms = _forms(node.text)
        return [(field, weight, self._row(field, forms, node.distance)) for field, weight in _weights(node.field)]

    def wildcard(self, node: Wildcard) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of all words of a pattern."""
        forms = self._matching(node)
        return [
            (field, weight, _sum([self._source.postings(field, form) for form in forms]))
            for field, weight in _weights(node.field)
        ]

    def fuzzy(self, node: Fuzzy) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of a word and its neighbours, which count half."""
        itself, *others = self._neighbours(node)
        return [
            row
            for field, weight in _weights(node.field)
            for row in (
                (field, weight, self._source.postings(field, itself)),
                (field, weight * FUZZY_WEIGHT, _sum([self._source.postings(field, form) for form in others])),
            )
        ]

    def exact(self, node: Exact) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of words as written; reads the articles that have them in some writing."""
        forms = _forms(node.text)
        fields = [(field, weight) for field, weight in _weights(node.field) if field != "names"]
        found = {field: self._row(field, forms) for field, _ in fields}
        rows = np.unique(np.concatenate([postings.rows for postings in found.values()]))
        if len(rows) > self._settings.max_exact_articles:
            message = f"More than {self._settings.max_exact_articles:,} articles have “{node.text}” in some writing; "
            self._cut("exact-ignored", message + "its case and accents were ignored.", node.span)
            return [(field, weight, found[field]) for field, weight in fields]
        counts: dict[str, dict[int, int]] = {field: {} for field, _ in fields}
        for row in rows.tolist():
            article = self._source.tagged(row).article
            for field, _ in fields:
                if count := count_exact(article, field, node.text):
                    counts[field][row] = count
        return [
            (field, weight, Postings(np.array([*counts[field]], np.int32), np.array([*counts[field].values()], float)))
            for field, weight in fields
        ]

    def near(self, node: Near) -> list[tuple[str, float, Postings]]:
        """Give (field, weight, postings) of both sides close together."""
        found = []
        for field, weight in _weights(""):
            left, right = self._spans(node.left, field), self._spans(node.right, field)
            if len(left.starts) and len(right.starts):
                found.append((field, weight, per_row(near_starts(left, right, node.distance))))
        return found

    def _dear(self, node: Near, pairs: int) -> str:
        """Note that the whole of a query's NEAR is searched as words, since a NEAR within it is too dear."""
        most = self._settings.max_near_places
        message = (
            f"“{node}” would make {pairs:,} pairs of places, and NEARs within NEARs may make {most:,} in a query; "
            "the words around were searched wherever they stand."
        )
        self._cut("near-cut", message, span_of(node))
        return message

    def _spans(self, node: Positional, field: str) -> Spans:
        if isinstance(node, Or):
            return merge([self._spans(clause, field) for clause in node.clauses])  # type: ignore[arg-type]  # by parser
        if isinstance(node, Near):
            left, right = self._spans(node.left, field), self._spans(node.right, field)
            pairs = count_pairs(left, right, node.distance)
            if pairs > self._pairs_left:
                raise DearError(self._dear(node, pairs))
            self._pairs_left -= pairs
            return near(left, right, node.distance)
        if field not in word_fields(node.field):
            return Spans(NOWHERE, NOWHERE)
        if isinstance(node, Phrase):
            forms = _forms(node.text)
            size = len(forms) + node.distance
            return spans_of(self._starts(field, forms, node.distance), size)
        if isinstance(node, Word) and len(forms := _forms(node.text)) > 1:
            compounds = [spans_of(self._source.places(field, word.form), 1) for word in joined(node.text)]
            return merge([spans_of(self._starts(field, forms), len(forms)), *compounds])
        return spans_of(union([self._source.places(field, form) for form in self._single(node, field)]), 1)

    def _single(self, node: Word | Wildcard | Fuzzy, field: str) -> Iterable[str]:
        if isinstance(node, Wildcard):
            return self._matching(node)
        if isinstance(node, Fuzzy):
            return self._neighbours(node)
        return self._inflections(field, _forms(node.text)[0])

    def _inflections(self, field: str, form: str) -> list[str]:
        """Give all forms of a field that share a form's stem."""
        root = stem(form)
        prefix = root[:-1] if len(root) > 2 else root
        found = [one for one, _ in self._source.forms(field, prefix) if stem(one) == root]
        return list(dict.fromkeys([form, *found, *irregular_forms(root)]))

    def _row(self, field: str, forms: list[str], distance: int = 0) -> Postings:
        if len(forms) == 1:
            return self._source.postings(field, forms[0])
        if not all(len(self._source.postings(field, form).rows) for form in forms):
            return NOTHING
        return per_row(self._starts(field, forms, distance))

    def _starts(self, field: str, forms: list[str], distance: int = 0) -> Places:
        places = {form: self._source.places(field, form) for form in forms}
        if not all(len(one) for one in places.values()):
            return NOWHERE
        if distance:
            return window(places, Counter(forms), len(forms) + distance)
        return phrase([places[form] for form in forms])

    def _matching(self, node: Wildcard) -> list[str]:
        pattern, prefix = pattern_of(node.pattern)
        return self._commonest(
            node, prefix, lambda forms: (one for one in forms if pattern.fullmatch(one[0]) is not None)
        )

    def _neighbours(self, node: Fuzzy) -> list[str]:
        wanted = _forms(node.text)[0]
        return [wanted, *self._commonest(node, "", lambda forms: neighbours(wanted, forms))]

    def _commonest(self, node: Wildcard | Fuzzy, prefix: str, pick: Callable[[_Counted], _Counted]) -> list[str]:
        """Give the commonest words that a pattern picks from all that begin with a prefix, as many as it may have."""
        if node not in self._expanded:
            counts: Counter[str] = Counter()
            for field, _ in _weights(node.field):
                for form, count in pick(self._source.forms(field, prefix)):
                    counts[form] += count
            most = self._share
            if len(counts) > most:
                message = f"“{node}” stands for {len(counts):,} words; only the {most:,} commonest were searched."
                self._cut("expansions-cut", message, node.span)
            self._expanded[node] = sorted(counts, key=lambda form: (-counts[form], form))[:most]
        return self._expanded[node]

    def _cut(self, code: str, message: str, span: Span) -> None:
        self._cuts[Cut(code=code, message=message, span=span)] = None


def expansion_share(tree: Node, settings: Settings) -> int:
    """Give how many words each wildcard and misspelt word of a query may stand for: an equal part of the limit."""
    return max(1, settings.max_expansions // max(1, sum(isinstance(leaf, Wildcard | Fuzzy) for leaf in leaves(tree))))


def count_exact(article: Article, field: str, text: str) -> int:
    """Count how often a field of an article has words just as written, whatever parts them."""
    content = _composed(article.title if field == "title" else article.text)
    text = _composed(text)
    wanted = [text[word.start : word.end] for word in words(text)]
    if not all(word in content for word in wanted):
        return 0
    if len(wanted) == 1:
        pieces = (piece for piece in content.split() if wanted[0] in piece)
        return sum(piece[word.start : word.end] == wanted[0] for piece in pieces for word in words(piece))
    found = [content[word.start : word.end] for word in words(content)]
    return sum(found[at : at + len(wanted)] == wanted for at in range(len(found) - len(wanted) + 1))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _weights(field: str) -> list[tuple[str, float]]:
    return list(form_fields(field).items())


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _sum(parts: list[Postings]) -> Postings:
    parts = [part for part in parts if len(part.rows)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    counts = np.bincount(
        np.concatenate([part.rows for part in parts]), weights=np.concatenate([part.counts for part in parts])
    ).astype(np.float64)
    found = np.flatnonzero(counts)
    return Postings(found.astype(np.int32), counts[found])
