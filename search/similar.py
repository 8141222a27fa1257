"""More like this: the question that an article would ask, made of the words and names that tell it from others."""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.types import Tagged
from index.words import words
from search.candidates import Flat, Sought, sought_of
from search.engines.engine import Engine, Shown
from search.query.tree import Node, Phrase, Word, either
from search.ranking import rarity

WORDS = 25
"""Words that articles are compared by: more make it slower and hardly better."""

ASKED = 12
"""The words and names that tell most: articles without any of them are not compared."""

NAMES = 5
"""People and outlets asked for, those mentioned most."""

TITLE = 2.0
"""How much more a word counts that stands in the title."""

NAMED = 1.5
"""How much more the name of a person or outlet counts than a word as rare."""

MIN_LETTERS = 3
"""Shorter words say little."""

SHARED = 2
"""Telling words or names that two articles share at least."""

TRIED = 4
"""How many times as many articles as wanted are compared closely."""

READ = 6_000
"""Characters of a text that are read: they tell what it is about, the rest says it again or goes on to more."""

SAME = 0.8
"""Texts that share so much of their runs of words are the same article, told again."""

_FORMS = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A word or name that tells an article from others, and how much it does."""

    clause: Word | Phrase
    worth: float
    sought: tuple[Sought, ...]


class Likeness:
    """Compares articles with one.

    A word tells the more, the more often it stands there and the fewer texts have it; but one that stands there once,
    and not in the title, or that no other text has, tells nothing: it may be a slip of the pen.
    """

    def __init__(self, engine: Engine, tagged: Tagged) -> None:
        self._runs = _runs(tagged.article.text)
        worth = _words(engine, tagged) | _names(engine, tagged)
        self._terms = [
            _Term(clause=clause, worth=value, sought=tuple(sought_of(clause))) for clause, value in worth.items()
        ]

    def question(self) -> Node:
        """Give the tree of what tells most about the article, joined by OR; everything where nothing does."""
        return either([term.clause for term in heapq.nlargest(ASKED, self._terms, key=lambda term: term.worth)])

    def best(self, found: Sequence[Shown], size: int) -> list[Shown]:
        """Give those most like it, best first; what is the same text comes last."""
        ranked = []
        for one in found:
            flat = Flat(f"{one.article.title}\n{one.article.text[:READ]}")
            shared = [term.worth for term in self._terms if _has(flat, term.sought)]
            if len(shared) >= min(SHARED, len(self._terms)):
                ranked.append((-sum(shared) / _length(one), one.article.id, one))
        others: list[Shown] = []
        same: list[Shown] = []
        for _, _, one in sorted(ranked, key=lambda row: row[:2]):
            if len(others) == size:
                break
            (same if self._same(one) else others).append(one)
        return [*others, *same][:size]

    def _same(self, other: Shown) -> bool:
        runs = _runs(other.article.text)
        return len(runs & self._runs) >= SAME * max(1, min(len(runs), len(self._runs)))


def _words(engine: Engine, tagged: Tagged) -> dict[Word | Phrase, float]:
    counts = Counter(word.form for word in words(tagged.article.text[:READ]))
    title = {word.form for word in words(tagged.article.title)}
    forms = [
        form
        for form in {**counts, **dict.fromkeys(title)}
        if len(form) >= MIN_LETTERS and form.isalpha() and (counts[form] > 1 or form in title)
    ]
    worth = {
        form: math.log1p(max(1, counts[form])) * weight * (TITLE if form in title else 1.0)
        for form, weight in zip(forms, _rarities(engine, forms), strict=True)
    }
    best = sorted(worth, key=lambda form: (-worth[form], form))[:WORDS]
    return {Word(text=form): worth[form] for form in best if worth[form]}


def _names(engine: Engine, tagged: Tagged) -> dict[Word | Phrase, float]:
    """Give the full names of people and cited outlets; one is as rare as its rarest word."""
    named = Counter(
        one.value for one in tagged.mentions if one.kind == "person" or (one.kind == "outlet" and one.role == "cited")
    )
    found: dict[Word | Phrase, float] = {}
    for name, count in named.most_common(NAMES):
        forms = [word.form for word in words(name)]
        if len(forms) > 1:
            found[Phrase(text=" ".join(forms))] = NAMED * math.log1p(count) * max(_rarities(engine, forms))
    return {clause: worth for clause, worth in found.items() if worth}


def _rarities(engine: Engine, forms: Sequence[str]) -> list[float]:
    """Give how rare words are, 0 for those that no other text has."""
    articles = engine.articles  # which frequencies may exceed: they count what was removed or replaced since
    return [rarity(min(texts, articles), articles) if texts > 1 else 0.0 for texts in engine.frequencies(forms)]


def _has(flat: Flat, sought: Iterable[Sought]) -> bool:
    return any(next(one.runs(flat), None) is not None for one in sought)


def _length(shown: Shown) -> float:
    """Long texts have more of all words: what they share counts less."""
    return math.log(200 + min(len(shown.article.text), READ))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    forms = _FORMS.findall(text[:READ].lower())
    return frozenset(zip(*(forms[at:] for at in range(_RUN)), strict=False))
