"""What a typed name means: the values of a facet that have its words, asked of the keys of values."""

from collections.abc import Iterable, Sequence

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.documents import folded, plain_value
from index.engines.opensearch.mapping import BETWEEN, KEYS
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.opensearch.expressions import literally
from search.engines.opensearch.view import Asking

MOST_NAMES = 10_000
"""Values that one word may lead to; of more, the commonest are meant."""

_REGULAR_LETTERS = 200
"""So much of a key is asked for by a regular expression, whose length a cluster limits; the rest is compared here."""

Found = dict[str, int]
"""Values, and how many articles have each."""


def meant(asking: Asking, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
    """Give the values that a typed name means; see `Engine.names`."""
    asked = asked_of(text)
    starts = [_all_words(text), *asked.forms, *asked.compounds]
    by_start = dict(zip(starts, lookup(asking, field, [one + BETWEEN for one in starts]), strict=True))
    if whole:
        same = by_start[_all_words(text)]
        if text in same:
            return (text,)
        if same:
            return tuple(sorted(same))
    found: set[str] = set()
    if asked.forms:
        found |= set.intersection(*(set(by_start[form]) for form in asked.forms))
    for compound in asked.compounds:
        found |= set(by_start[compound])
    return tuple(sorted(found))


def alike(asking: Asking, field: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Give for each name the value that it is, else those that are it but for case, accents and signs."""
    found = lookup(asking, field, [_all_words(name) + BETWEEN for name in names])
    return [(name,) if name in same else tuple(sorted(same)) for name, same in zip(names, found, strict=True)]


def lookup(asking: Asking, field: str, starts: Sequence[str], within: Json | None = None) -> list[Found]:
    """Give for each beginning of keys the values that such keys lead to, among the articles that match `within`."""
    if not starts:
        return []
    aggregations = {
        f"k{number}": {
            "filter": {"prefix": {KEYS[field]: {"value": plain_value(start)}}},
            "aggs": {
                "keys": {
                    "terms": {
                        "field": KEYS[field],
                        "include": literally(plain_value(start)[:_REGULAR_LETTERS]) + ".*",
                        "size": MOST_NAMES,
                        "shard_size": 2 * MOST_NAMES,
                    }
                }
            },
        }
        for number, start in enumerate(dict.fromkeys(starts))
    }
    prefixes = [{"prefix": {KEYS[field]: {"value": plain_value(start)}}} for start in dict.fromkeys(starts)]
    query: Json = {"bool": {"should": prefixes, "minimum_should_match": 1, "filter": [within] if within else []}}
    answer = asking.search({"size": 0, "query": query, "aggs": aggregations})["aggregations"]
    by_start = {
        start: _values(answer[f"k{number}"]["keys"]["buckets"], plain_value(start))
        for number, start in enumerate(dict.fromkeys(starts))
    }
    return [by_start[start] for start in starts]


def containing(asking: Asking, field: str, text: str, within: Json) -> Found:
    """Give the values that have words which begin with the words of a text, and how many of some articles have each."""
    begun = forms_of(text)
    found = lookup(asking, field, begun, within)
    counts = found[0] if found else {}
    for other in found[1:]:
        counts = {name: count for name, count in counts.items() if name in other}
    return {name: count for name, count in counts.items() if _begins(name, begun)}


def _begins(name: str, begun: Iterable[str]) -> bool:
    return all(any(form.startswith(one) for form in forms_of(name)) for one in begun)


def _all_words(text: str) -> str:
    return "=" + folded(text)


def _values(buckets: list[Json], start: str) -> Found:
    found: Found = {}
    for bucket in buckets:
        if bucket["key"].startswith(start):
            value = bucket["key"].partition(BETWEEN)[2]
            found[value] = max(found.get(value, 0), bucket["doc_count"])
    return found
