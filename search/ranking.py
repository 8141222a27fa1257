"""How relevance is counted: BM25F over the fields of index/schema.py.

Each leaf of a query is one term, whatever stands behind it (a word with its inflections, a phrase, all words of a
wildcard): its frequencies in the fields are divided by their lengths, weighted and added, and saturate once (Robertson,
Zaragoza, Taylor: Simple BM25 Extension to Multiple Weighted Fields, 2004). Its rarity is that of the articles that it
matches. The score of an article is the sum over the leaves that it matches.
"""

import math

from index.schema import FIELDS

K1 = 4.0
"""How soon more of the same word stops counting; high, since a word in a title alone weighs as much already."""

B = 0.75
"""How much longer fields count less: 0 not at all, 1 in full."""

WORD_WEIGHTS: dict[str, float] = {field.name: field.weight for field in FIELDS if field.kind == "words"}
"""The weights of fields that hold words."""

RARITY_POWER = 1.3
"""How much more rare words count than BM25 lets them: in a question of many words, these are what it is about."""

STEM_WEIGHTS: dict[str, float] = {field.name: field.weight for field in FIELDS if field.kind == "stems"}
"""The weights of fields that hold stems."""

MOST_COUNTED = 255
"""A term that stands in a field more often counts as if it stood there so often: one byte holds it in an index."""

SCORE_DECIMALS = 6
"""Scores are rounded to so many decimals, so that ties are ties in whatever order an engine adds up."""

FUZZY_WEIGHT = 0.5
"""What a word that differs by a letter counts, beside 1 for the word itself."""


def word_fields(field: str) -> dict[str, float]:
    """Give the fields of words, with weights, that a leaf's field means; "" means all, and what is said is in texts."""
    field = "text" if field == "said" else field
    return {field: WORD_WEIGHTS[field]} if field else WORD_WEIGHTS


def form_fields(field: str) -> dict[str, float]:
    """Give the fields of words for leaves that have no stems: each weighs what a word and its stem weigh together."""
    return {name: weight + STEM_WEIGHTS.get(f"{name}_stems", 0.0) for name, weight in word_fields(field).items()}


def stem_fields(field: str) -> dict[str, float]:
    """Give the fields of stems, with weights, that a leaf's field means; "" means all."""
    return {f"{field}_stems": STEM_WEIGHTS[f"{field}_stems"]} if field else STEM_WEIGHTS


def rarity(matches: int, articles: int) -> float:
    """Give the inverse document frequency to the power RARITY_POWER; it is always above 0."""
    return float(math.log1p((articles - matches + 0.5) / (matches + 0.5)) ** RARITY_POWER)
