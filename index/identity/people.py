"""Everybody whom an archive names, as columns: who stands where, with whom, and beside which words."""

import functools
import heapq
import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.identity.casts import Cast, Named
from index.identity.naming import Name, name_of

Ids = NDArray[np.int64]
Profile = dict[int, float]

Weights = NDArray[np.float64]

_SAMPLE = 40
"""Articles of a name that its profile is made of, evenly from all: more change no decision, and cost time."""

_PROFILES = 20_000
_LIST = 60
"""A longer cast is a list, of which no two need to know each other."""

_MOST_OFTEN = 0.03
"""Who stands in more of all articles is no company that tells anything."""

_COMMON = 0.2
_MOST = 4.0
_TELLING = 3


class Interned:
    """Strings by number, from 0."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.strings: list[str] = []

    def __call__(self, string: str) -> int:
        number = self.numbers.get(string)
        if number is None:
            number = self.numbers[string] = len(self.strings)
            self.strings.append(string)
        return number

    def __len__(self) -> int:
        return len(self.strings)


@dataclass(slots=True)
class _Columns:
    names: "array[int]" = field(default_factory=lambda: array("i"))
    articles: "array[int]" = field(default_factory=lambda: array("i"))
    times: "array[int]" = field(default_factory=lambda: array("i"))
    beside: "array[int]" = field(default_factory=lambda: array("i"))
    beside_ends: "array[int]" = field(default_factory=lambda: array("i"))


class People:
    """The people of some articles by number: a name is one number, whoever bears it; takes some 60 bytes a naming."""

    def __init__(self, casts: Iterable[tuple[str, Cast]]) -> None:
        self.names = Interned()
        self.words = Interned()
        self.publishers = Interned()
        self.articles: list[str] = []
        self.sexes: dict[int, str] = {}
        self.born: dict[int, set[str]] = {}
        days: list[str] = []
        published = array("i")
        columns = _Columns()
        for article, cast in casts:
            for named in cast.people:
                self._take(columns, len(self.articles), named)
            self.articles.append(article)
            days.append(cast.day)
            published.append(self.publishers(cast.publisher))
        self.years = np.array([int(day[:4]) if day[:4].isdigit() else 0 for day in days], dtype=np.int32)
        self.publisher = np.frombuffer(published, dtype=np.int32) if published else np.zeros(0, np.int32)
        self._arrange(columns)

    def _take(self, columns: _Columns, article: int, named: Named) -> None:
        number = self.names(named.value)
        columns.names.append(number)
        columns.articles.append(article)
        columns.times.append(named.times)
        columns.beside.extend([self.words(word) for word in named.beside])
        columns.beside_ends.append(len(columns.beside))
        if named.sexes:
            self.sexes[number] = self.sexes.get(number, "") + named.sexes
        if named.born:
            self.born.setdefault(number, set()).add(named.born)

    def _arrange(self, columns: _Columns) -> None:
        names = np.array(columns.names, dtype=np.int64)
        self.of_row = np.array(columns.articles, dtype=np.int64)
        self.times = np.array(columns.times, dtype=np.int64)
        self._row_names = names
        self._beside = np.array(columns.beside, dtype=np.int64)
        self._beside_ends = np.concatenate([[0], np.array(columns.beside_ends, dtype=np.int64)])
        self._order = np.argsort(names, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(names, minlength=len(self.names)))])
        self._article_starts = np.searchsorted(self.of_row, np.arange(len(self.articles) + 1))
        self.counts = np.diff(self._starts)
        total = max(1, len(self.articles))
        self.rarity = np.log(total / np.maximum(1, self.counts))
        self.word_rarity = np.log(max(1, len(names)) / np.maximum(1, np.bincount(self._beside, minlength=len(self.words))))
        self.profile = functools.lru_cache(_PROFILES)(self._profile)
        self.setting = functools.lru_cache(_PROFILES)(self._setting)
        self.of = functools.lru_cache(len(self.names) + 1)(lambda number: name_of(self.names.strings[number]))

    def name(self, number: int) -> Name:
        """Give a name taken apart."""
        return self.of(number)

    def rows(self, number: int) -> Ids:
        """Give the namings of a name."""
        return self._order[self._starts[number] : self._starts[number + 1]]

    def articles_of(self, number: int) -> Ids:
        """Give the articles that have a name, in order."""
        return self.of_row[self.rows(number)]

    def cast(self, article: int) -> Ids:
        """Give the names of an article."""
        return self._row_names[self._article_starts[article] : self._article_starts[article + 1]]

    def beside(self, row: int) -> Ids:
        """Give the words beside a naming."""
        return self._beside[self._beside_ends[row] : self._beside_ends[row + 1]]

    def row_of(self, article: int, number: int) -> int:
        """Give the naming of a name in an article that has it."""
        start = int(self._article_starts[article])
        return start + int(np.flatnonzero(self.cast(article) == number)[0])

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

    def _sample(self, number: int) -> Ids:
        rows = self.rows(number)
        return rows[:: -(-len(rows) // _SAMPLE)]

    def company(self, one: int, other: int) -> float:
        """Tell how much more often than by chance two names have the same people about them; about 0 for strangers."""
        return self._alike((self.profile(one), self.profile(other)), self.rarity, one, other, most=_MOST_OFTEN)

    def manner(self, one: int, other: int) -> float:
        """Tell how much more often than by chance the same words stand beside two names; about 0 for strangers."""
        return self._alike((self.setting(one), self.setting(other)), self.word_rarity, one, other, most=_COMMON)

    def _alike(self, profiles: tuple[Profile, Profile], rarity: Weights, one: int, other: int, *, most: float) -> float:
        many = min(_SAMPLE, int(max(self.counts[one], self.counts[other])))
        small, large = profiles if self.counts[one] <= self.counts[other] else profiles[::-1]
        shared = [
            part * (math.log((large[key] * many + chance) / ((many + 1) * chance)))
            for key, part in small.items()
            if key in large and (chance := math.exp(-rarity[key])) < most
        ]
        return sum(min(_MOST, one) for one in heapq.nlargest(_TELLING, shared))

    def sex(self, number: int) -> str:
        """Give `m` or `f` where honorifics say so, mostly; else nothing."""
        told = self.sexes.get(number, "")
        men, women = told.count("m"), told.count("f")
        return "m" if men > 2 * women else "f" if women > 2 * men else ""
