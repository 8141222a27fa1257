"""Everybody whom an archive names, as columns: who stands where, with whom, and beside which words."""

import functools
import heapq
import math
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.identity.columns import Columns
from index.identity.naming import Name, name_of

Ids = NDArray[np.integer[Any]]
Profile = dict[int, float]

Weights = NDArray[np.float64]

_SAMPLE = 40
"""Articles of a name that its profile is made of, evenly from all: more change no decision, and cost time."""

_PROFILES = 20_000
_MAN, _WOMAN = 1, 2
_YEAR = 365.2425
_LIST = 60
"""A longer cast is a list, of which no two need to know each other."""

_MOST_OFTEN = 0.03
"""Who stands in more of all articles is no company that tells anything."""

_COMMON, _COMMON_AROUND = 0.2, 0.02
_MOST = 4.0
_TELLING = 3


class People:
    """The people of some articles by number: a name is one number, whoever bears it."""

    def __init__(self, columns: Columns) -> None:
        self.names = columns.names
        self.words = columns.words
        self.articles = columns.articles
        self.days = columns.days
        self.years = np.where(columns.days > 0, ((columns.days - 1) / _YEAR).astype(np.int64) + 1, 0)
        self.outlets = columns.of_outlet
        self.of_row = columns.of_article
        self.of_name = columns.of_name
        self.folded = columns.folded
        self._born = columns.born
        self._columns = columns
        self._order = np.argsort(columns.of_name, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(columns.of_name, minlength=len(self.names)))])
        self._article_starts = np.searchsorted(columns.of_article, np.arange(len(self.articles) + 1))
        self.counts = np.diff(self._starts)
        namings = max(1, len(columns.of_name))
        beside = np.bincount(columns.beside, minlength=len(self.words))
        self.rarity = np.log(max(1, len(self.articles)) / np.maximum(1, self.counts))
        self.word_rarity = np.log(namings / np.maximum(1, beside))
        around = np.bincount(columns.around, minlength=len(self.words))
        self.around_rarity = np.log(namings / np.maximum(1, around))
        self.profile = functools.lru_cache(_PROFILES)(self._profile)
        self.surroundings = functools.lru_cache(_PROFILES)(self._surroundings)
        self.setting = functools.lru_cache(_PROFILES)(self._setting)
        self.name = functools.lru_cache(None)(self._name)

    def _name(self, number: int) -> Name:
        """Give a name taken apart."""
        return name_of(self.names[number])

    def born(self, number: int) -> list[str]:
        """Give the surnames that somebody had before a marriage, as texts say."""
        return self._born.get(self.names[number], [])

    def full(self) -> list[int]:
        """Give the names that are no surname alone, the most frequent first."""
        found = [number for number, words in enumerate(self.folded) if words and self.counts[number]]
        return sorted(found, key=lambda number: (-int(self.counts[number]), self.names[number]))

    def rows(self, number: int) -> Ids:
        """Give the namings of a name."""
        return self._order[self._starts[number] : self._starts[number + 1]]

    def articles_of(self, number: int) -> Ids:
        """Give the articles that have a name, in order."""
        return self.of_row[self.rows(number)]

    def cast(self, article: int) -> Ids:
        """Give the names of an article."""
        return self.of_name[self._article_starts[article] : self._article_starts[article + 1]]

    def beside(self, row: int) -> Ids:
        """Give the words beside a naming."""
        return self._columns.beside[self._columns.beside_ends[row] : self._columns.beside_ends[row + 1]]

    def stated(self, row: int) -> Ids:
        """Give the names in full that the text of a naming has of its surname, whatever the tagger took them for."""
        return self._columns.stated[self._columns.stated_ends[row] : self._columns.stated_ends[row + 1]]

    def alone(self, row: int) -> Ids:
        """Give the single words that stand for somebody in an article."""
        return self._columns.alone[self._columns.alone_ends[row] : self._columns.alone_ends[row + 1]]

    def around(self, row: int) -> Ids:
        """Give the words of the sentences about a naming."""
        return self._columns.around[self._columns.around_ends[row] : self._columns.around_ends[row + 1]]

    def together(self, one: int, other: int) -> int:
        """Give the number of articles that have both names."""
        return int(np.intersect1d(self.articles_of(one), self.articles_of(other), assume_unique=True).size)

    def _profile(self, number: int) -> Profile:
        """Give in what part of the articles of a name each other name stands."""
        rows = self._sample(number)
        found = Counter(
            other
            for article in self.of_row[rows].tolist()
            if len(cast := self.cast(article)) <= _LIST
            for other in cast.tolist()
        )
        found.pop(number, None)
        return {other: times / len(rows) for other, times in found.items()}

    def _setting(self, number: int) -> Profile:
        """Give beside what part of the namings of a name each word stands."""
        rows = self._sample(number)
        found = Counter(word for row in rows.tolist() for word in self.beside(row).tolist())
        return {word: times / len(rows) for word, times in found.items()}

    def _surroundings(self, number: int) -> Profile:
        """Give in what part of the sentences about a name each word stands."""
        rows = self._sample(number)
        found = Counter(word for row in rows.tolist() for word in self.around(row).tolist())
        return {word: times / len(rows) for word, times in found.items()}

    def _sample(self, number: int) -> Ids:
        rows = self.rows(number)
        return rows[:: -(-len(rows) // _SAMPLE)]

    def company(self, one: int, other: int) -> float:
        """Tell how much more often than by chance two names have the same people about them; about 0 for strangers."""
        return self._alike((self.profile(one), self.profile(other)), self.rarity, one, other, most=_MOST_OFTEN)

    def manner(self, one: int, other: int) -> float:
        """Tell how much more often than by chance the same words stand beside two names; about 0 for strangers."""
        return self._alike((self.setting(one), self.setting(other)), self.word_rarity, one, other, most=_COMMON)

    def subject(self, one: int, other: int) -> float:
        """Tell how much more often than by chance sentences about two names have the same words."""
        profiles = self.surroundings(one), self.surroundings(other)
        return self._alike(profiles, self.around_rarity, one, other, most=_COMMON_AROUND)

    def days_apart(self, one: int, other: int) -> int | None:
        """Give the days between the nearest articles of two names; None where no day is known."""
        first, second = (np.unique(self.days[self.articles_of(number)]) for number in (one, other))
        first, second = first[first > 0], second[second > 0]
        if not len(first) or not len(second):
            return None
        places = np.searchsorted(first, second)
        below = np.abs(second - first[np.maximum(0, places - 1)])
        above = np.abs(first[np.minimum(len(first) - 1, places)] - second)
        return int(np.minimum(below, above).min())

    def _alike(self, profiles: tuple[Profile, Profile], rarity: Weights, one: int, other: int, *, most: float) -> float:
        many = min(_SAMPLE, int(max(self.counts[one], self.counts[other])))
        small, large = profiles if self.counts[one] <= self.counts[other] else profiles[::-1]
        shared = [
            part * (math.log((large[key] * many + chance) / ((many + 1) * chance)))
            for key, part in small.items()
            if key in large and (chance := math.exp(-rarity[key])) < most
        ]
        return sum(min(_MOST, one) for one in heapq.nlargest(_TELLING, shared))

    def sex_here(self, row: int) -> str:
        """Give `m` or `f` where an honorific stands before a name in one article."""
        return {_MAN: "m", _WOMAN: "f"}.get(int(self._columns.sexes[row]), "")

    def sex(self, number: int) -> str:
        """Give `m` or `f` where honorifics say so, mostly; else nothing."""
        told = self._columns.sexes[self.rows(number)]
        men, women = int((told == _MAN).sum()), int((told == _WOMAN).sum())
        return "m" if men > 2 * women else "f" if women > 2 * men else ""
