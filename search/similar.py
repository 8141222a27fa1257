"""More like this: the question that an article would ask, made of the words that tell it from others."""

import math
from collections import Counter

from index.types import Tagged
from index.words import words
from search.engines.engine import Engine
from search.query.tree import Node, Word, either
from search.ranking import rarity

WORDS = 25
"""Words asked for: more make it slower and hardly better."""

TITLE = 3
"""How many times a word of the title counts."""

MIN_LETTERS = 3
"""Shorter words say little."""


def question(engine: Engine, tagged: Tagged) -> Node:
    """Give the tree of an article's telling words, joined by OR; everything where it has none.

    A word tells the more, the more often it stands here and the fewer texts have it; a word that no other has is none.
    """
    article = tagged.article
    counts = Counter(word.form for word in words(article.text))
    for word in words(article.title):
        counts[word.form] += TITLE
    forms = [form for form in counts if len(form) >= MIN_LETTERS and form.isalpha()]
    known = engine.frequencies(forms)
    worth = {
        form: math.log1p(counts[form]) * rarity(texts, engine.articles)
        for form, texts in zip(forms, known, strict=True)
        if texts > 1
    }
    best = sorted(worth, key=lambda form: (-worth[form], form))[:WORDS]
    return either([Word(text=form) for form in best])
