"""The values of a facet that have some words, asked of the keys of values."""

from collections.abc import Sequence

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.documents import plain_value
from index.engines.opensearch.mapping import BETWEEN, KEYS
from search.engines.opensearch.expressions import ANYTHING, literally
from search.engines.opensearch.view import Asking

MOST_NAMES = 10_000
"""Values that one word may lead to; of more, the commonest are meant."""

_REGULAR_LETTERS = 200
"""So much of a key is asked for by a regular expression, whose length a cluster limits; the rest is compared here."""

Found = dict[str, int]
"""Values, and how many articles have each."""


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
                        "include": literally(plain_value(start)[:_REGULAR_LETTERS]) + ANYTHING,
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


def _values(buckets: list[Json], start: str) -> Found:
    found: Found = {}
    for bucket in buckets:
        if bucket["key"].startswith(start):
            value = bucket["key"].partition(BETWEEN)[2]
            found[value] = max(found.get(value, 0), bucket["doc_count"])
    return found
