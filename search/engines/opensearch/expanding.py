"""Which words of an archive a pattern or a misspelt word stands for, asked of the cluster's dictionary."""

import re
from collections.abc import Iterator, Sequence

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.mapping import FORMS
from index.words import fold, irregular_forms, stem
from search.engines.arrays.forms import forms_of
from search.engines.engine import Cut
from search.engines.opensearch.expressions import ANYTHING, literally, some
from search.engines.opensearch.view import Asking
from search.language import _, number
from search.query.patterns import alike, pattern_of
from search.query.tree import Fuzzy, Wildcard
from search.ranking import WORD_WEIGHTS

_MOST_LETTERS = 900
"""The longest regular expression: a cluster refuses those of more than 1,000 characters."""

_DICTIONARY = 2_000
"""Words that are looked through for those that share a stem."""


class Expansions:
    """The words that the patterns of one query stand for: each for `share` at most, the commonest."""

    def __init__(self, asking: Asking, share: int) -> None:
        self._asking = asking
        self._share = share
        self._known: dict[Wildcard | Fuzzy, list[str]] = {}

    def of(self, node: Wildcard | Fuzzy) -> list[str]:
        """Give the commonest words that a pattern stands for; a misspelt word's begin with itself."""
        if node not in self._known:
            expressions = _wildcard(node) if isinstance(node, Wildcard) else list(_fuzzy(_word(node)))
            found = [form for form in self._listed(expressions, self._share + 2) if _fits(node, form)]
            if len(found) > self._share:
                found = self._commonest(node, expressions)
            self._known[node] = found if isinstance(node, Wildcard) else [_word(node), *found]
        return self._known[node]

    def inflections(self, form: str) -> list[str]:
        """Give all forms that share a form's stem."""
        root = stem(form)
        prefix = root[:-1] if len(root) > 2 else root
        found = [one for one in self._listed([literally(prefix) + ANYTHING], _DICTIONARY) if stem(one) == root]
        return list(dict.fromkeys([form, *found, *irregular_forms(root)]))

    def _listed(self, expressions: Sequence[str], size: int) -> list[str]:
        """List words from the dictionary, in its order; no article is looked at, so that it costs little."""
        aggregations = {
            f"a{number}": {
                "terms": {
                    "field": FORMS,
                    "include": expression,
                    "size": size,
                    "min_doc_count": 0,
                    "order": {"_key": "asc"},
                }
            }
            for number, expression in enumerate(expressions)
        }
        answer = self._asking.search({"size": 0, "query": {"match_none": {}}, "aggs": aggregations})
        return list(dict.fromkeys(_keys(answer)))

    def _commonest(self, node: Wildcard | Fuzzy, expressions: Sequence[str]) -> list[str]:
        """Count the articles that have each word; those first that have most."""
        query = some([{"regexp": {field: {"value": one}}} for field in WORD_WEIGHTS for one in expressions])
        size = self._share + 2
        aggregations: Json = {
            f"a{number}": {"terms": {"field": FORMS, "include": one, "size": size, "shard_size": 10 * size}}
            for number, one in enumerate(expressions)
        }
        answer = self._asking.search({"size": 0, "query": query, "aggs": aggregations})
        counts = {
            bucket["key"]: bucket["doc_count"]
            for one in answer["aggregations"].values()
            for bucket in one["buckets"]
            if _fits(node, bucket["key"])
        }
        message = _(
            "“%(node)s” stands for more than %(share)s words; only the %(share)s commonest were searched.",
            node=node,
            share=number(self._share),
        )
        self._asking.note(Cut(code="expansions-cut", message=message, span=node.span))
        return sorted(counts, key=lambda form: (-counts[form], form))[: self._share]


def _keys(answer: Json) -> Iterator[str]:
    for one in answer["aggregations"].values():
        yield from (bucket["key"] for bucket in one["buckets"])


def _fits(node: Wildcard | Fuzzy, form: str) -> bool:
    if isinstance(node, Wildcard):
        return pattern_of(node.pattern)[0].fullmatch(form) is not None
    return form != _word(node) and alike(form, _word(node))


def _word(node: Fuzzy) -> str:
    return forms_of(node.text)[0]


def _wildcard(node: Wildcard) -> list[str]:
    pieces = re.split(r"([*?])", node.pattern)
    signs = {"*": ANYTHING, "?": "."}
    return ["".join(signs.get(piece) or literally(fold(piece)) for piece in pieces)]


def _fuzzy(word: str) -> Iterator[str]:
    """Give expressions of all words one letter away, several where one would be too long.

    At each place, what stands before it is as typed, then one letter is changed, missing, added or swapped with the
    next, and what stands behind is as typed.
    """
    ways: list[str] = []
    for at in range(len(word) + 1):
        before, behind = literally(word[:at]), word[at:]
        here = [f".{literally(behind)}"]
        if behind:
            here += [f".{literally(behind[1:])}", literally(behind[1:])]
        if len(behind) > 1:
            here.append(literally(behind[1] + behind[0] + behind[2:]))
        way = f"{before}({'|'.join(one or '()' for one in here)})"
        if ways and sum(map(len, ways)) + len(ways) + len(way) > _MOST_LETTERS:
            yield "|".join(ways)
            ways = []
        ways.append(way)
    yield "|".join(ways)
