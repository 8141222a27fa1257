"""Queries of the cluster's language, by what they mean, and its regular expressions."""

import re
from collections.abc import Iterable, Sequence

from index.engines.opensearch.cluster import Json
from search.ranking import K1

NOTHING: Json = {"match_none": {}}

ANYTHING = "[^\u0000]*"
"""The regular expression of any letters. OpenSearch 2.19 has a short cut for what ends in `.*`, which fails with an
IndexOutOfBoundsException (in IncludeExclude.PrefixBackedOrdinalsFilter) where all values sort before the beginning."""

_CLAUSES = 60_000
"""Values in one clause: Lucene's own limit is 65,536."""


def term(field: str, value: object, boost: float = 1.0) -> Json:
    """Match a word or value."""
    return {"term": {field: {"value": value, "boost": boost}}}


def terms(field: str, values: Iterable[object]) -> Json:
    """Match any of some values."""
    found = list(values)[:_CLAUSES]
    return {"terms": {field: found}} if found else NOTHING


def row(field: str, forms: Sequence[str], boost: float = 1.0) -> Json:
    """Match words in a row."""
    if len(forms) == 1:
        return term(field, forms[0], boost)
    return {"match_phrase": {field: {"query": " ".join(forms), "boost": boost}}}


def constant(query: Json, boost: float = 0.0) -> Json:
    """Match what a query does, with one score for all."""
    return {"constant_score": {"filter": query, "boost": boost}}


def every(scored: Sequence[Json], filters: Sequence[Json] = (), without: Sequence[Json] = ()) -> Json:
    """Match what all of some queries do, and none of others; those that filter add no score."""
    if not scored and not filters and not without:
        return constant({"match_all": {}})
    parts = {"must": list(scored), "filter": list(filters), "must_not": list(without)}
    return {"bool": {name: clauses for name, clauses in parts.items() if clauses}}


def some(queries: Sequence[Json]) -> Json:
    """Match what any of some queries does; scores add up."""
    if not queries:
        return NOTHING
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries), "minimum_should_match": 1}}


def without(query: Json) -> Json:
    """Match what a query does not."""
    return {"bool": {"must_not": [query]}}


def present(field: str) -> Json:
    """Match articles that have any value."""
    return {"exists": {"field": field}}


def dated(first: int | None, last: int | None) -> Json:
    """Match articles whose whole date lies between two days; None is open."""
    low: Json = {"gt": 0} if first is None else {"gte": max(first, 1)}
    ranges: list[Json] = [{"range": {"date": low}}]
    if last is not None:
        ranges.append({"range": {"date_last": {"lte": last}}})
    return every([], ranges)


def once(weight: float) -> float:
    """Give what one occurrence in a field of average length counts under BM25F, rarity aside."""
    return (K1 + 1) * weight / (weight + K1)


def literally(text: str) -> str:
    """Give the regular expression that matches just a text."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", text)
