"""Who may be meant by a surname alone, or by a name that several bear, and what an archive knows of each of them."""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.identity.naming import Name
from index.identity.people import Ids, People, Profile
from index.tag.names import without_article
from index.tag.titles import Sex, sex_of_given

_SAMPLE = 400
_OWN_SURNAME = 0.2
_CALLED_SO = 2
"""Somebody whom so many articles call by another word of their name alone may be meant by it: Xi for Xi Jinping."""

_RAREST = 0.002
"""A word or a name that is rarer tells no more: once may be chance."""

OF_OFFICE = frozenset(["administration", "administrations", "presidency", "appointee", "appointees", "era", "cabinet"])
"""Words beside the name of somebody of whom the archive says `president`, whether it ever says these."""

OFFICE = "president"

_NEAR_YEAR, _NEAR = 400, 25.0
_AS_IF = 5.0
"""So many more articles like all others are added to what is known of somebody."""

_TELLING = 3
_WORD_LEAST, _WORD_MOST, _WORDS_LEAST, _WORDS_MOST = -1.0, 3.0, -4.0, 5.0
_AROUND_LEAST, _AROUND_MOST, _ALL_AROUND = -0.7, 2.0, 8.0
_OUTLET_MOST = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Somebody who may be meant: the numbers of their names, the most frequent first."""

    names: tuple[int, ...]

    @property
    def head(self) -> int:
        """The number of the name to show."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a bearer in a naming, in nats each: `beside` the name, `around` it, the `company`, the `outlet`.

    `near` is in how many articles of that time the bearer stands, of `count` in all; `called` how usual it is that the
    word alone stands for them.
    """

    count: int
    near: float
    beside: float
    around: float
    company: float
    outlet: float
    called: float


class Bearers:
    """All whom an archive names in full, by the words that stand for them alone."""

    def __init__(
        self, people: People, bearers: Iterable[Bearer], told: Mapping[int, Sequence[int]] | None = None
    ) -> None:
        """`told` has namings in short that are known to mean a bearer, by the head."""
        self.people = people
        self._told = told or {}
        self.office = people.words.index(OFFICE) if OFFICE in people.words else -1
        self._by_word: dict[str, list[Bearer]] = defaultdict(list)
        self._by_joined: dict[str, list[Bearer]] = defaultdict(list)
        self._heads = np.arange(len(people.names))
        for bearer in bearers:
            self._heads[list(bearer.names)] = bearer.head
            least = _OWN_SURNAME * self.count(bearer)
            names = [people.name(number) for number in bearer.names if people.counts[number] >= least]
            words = {name.words[-1] for name in names}
            words |= {word for word, times in self.called(bearer).items() if times >= _CALLED_SO}
            for word in words:
                self._by_word[word].append(bearer)
            for joined in {_joined(name) for name in names}:
                self._by_joined[joined].append(bearer)
        self._common = np.bincount(self._heads[people.of_name], minlength=len(people.names)) / max(
            1, len(people.articles)
        )
        self._outlets = np.bincount(people.outlets) / max(1, len(people.outlets))
        self._facts = functools.lru_cache(4096)(self._facts_of)

    def of(self, short: Name) -> list[Bearer]:
        """Give those whom a name of one word may mean, the most frequent first."""
        words = without_article(short.words)
        found = self._by_word.get(words[-1], []) or self._by_joined.get(words[-1], [])
        if len(words) == 1 and len(short.words) > 1:
            found = found or self._by_joined.get(short.compact, [])
        return sorted(found, key=self._order)

    def count(self, bearer: Bearer) -> int:
        """Give the number of articles that name somebody in full."""
        return sum(int(self.people.counts[number]) for number in bearer.names)

    def sex(self, bearer: Bearer) -> str:
        """Give `m` or `f` where honorifics or the given name say so."""
        told = "".join(self.people.sex(number) for number in bearer.names)
        given = sex_of_given(self.people.name(bearer.head).words[0])
        return told[:1] or {Sex.FEMALE: "f", Sex.MALE: "m", None: ""}[given]

    def called(self, bearer: Bearer) -> Counter[str]:
        """Count the articles in which each single word stands for somebody."""
        people = self.people
        rows = (row for number in bearer.names for row in people.rows(number).tolist())
        return Counter(people.words[word] for row in rows for word in people.alone(row).tolist())

    def part(self, bearer: Bearer, word: int) -> float:
        """Give the part of the namings of somebody that a word stands beside."""
        facts = self._facts(bearer.head, bearer.names)
        return facts.words.get(word, 0) / max(1, facts.sample)

    def stands_in(self, bearer: Bearer, year: int) -> bool:
        """Tell whether articles of a year name somebody in full."""
        return bool((self._facts(bearer.head, bearer.names).years == year).any())

    def evidence(self, bearer: Bearer, row: int, word: str) -> Evidence:
        """Tell what speaks for a bearer where a row of the archive has a word alone."""
        people = self.people
        facts = self._facts(bearer.head, bearer.names)
        article = int(people.of_row[row])
        beside = [min(_WORD_MOST, max(_WORD_LEAST, one)) for one in self._words(facts, row).values()]
        around = [
            min(_AROUND_MOST, max(_AROUND_LEAST, _ratio(facts.around.get(one, 0), facts.sample, chance)))
            for one in people.around(row).tolist()
            for chance in [max(_RAREST, math.exp(-people.around_rarity[one]))]
        ]
        company = sorted(self._company(facts, article).values(), reverse=True)[:_TELLING]
        outlet = int(people.outlets[article])
        published = _ratio(facts.outlets.get(outlet, 0), facts.count, float(self._outlets[outlet]))
        return Evidence(
            count=facts.count,
            near=facts.near(int(people.days[article])),
            beside=min(_WORDS_MOST, max(_WORDS_LEAST, sum(beside))),
            around=min(_ALL_AROUND, max(-_ALL_AROUND, sum(around))),
            company=sum(min(_WORD_MOST, one) for one in company),
            outlet=min(_OUTLET_MOST, max(-_OUTLET_MOST, published)),
            called=math.log((facts.called.get(word, 0) + 0.5) / (facts.count + 1)),
        )

    def telling(self, bearer: Bearer, row: int) -> tuple[str, int | None]:
        """Give the word beside and the name about that speak most for a bearer; nothing where none does."""
        people = self.people
        facts = self._facts(bearer.head, bearer.names)
        words = self._words(facts, row)
        word = max(words, key=lambda one: (words[one], -one), default=None)
        company = self._company(facts, int(people.of_row[row]))
        full = [one for one in company if people.folded[one]]  # a surname alone would be evidence for itself
        other = max(full, key=lambda one: (company[one], -one), default=None)
        return (
            people.words[word] if word is not None and words[word] > 1 else "",
            other if other is not None and company[other] > 1 else None,
        )

    def cast(self, article: int) -> set[int]:
        """Give the people of an article, each by the number of the name to show."""
        return set(self._heads[self.people.cast(article)].tolist())

    def _words(self, facts: "_Facts", row: int) -> Profile:
        people = self.people
        found = {}
        for word in people.beside(row).tolist():
            alike = [word, self.office] if self.office >= 0 and people.words[word] in OF_OFFICE else [word]
            chance = max(_RAREST, sum(math.exp(-people.word_rarity[one]) for one in alike))
            found[word] = _ratio(sum(facts.words.get(one, 0) for one in alike), facts.sample, chance)
        return found

    def _company(self, facts: "_Facts", article: int) -> Profile:
        return {
            other: _ratio(times, facts.sample, max(_RAREST, float(self._common[other])))
            for other in self.cast(article)
            if (times := facts.others.get(other, 0))
        }

    def _order(self, bearer: Bearer) -> tuple[int, int]:
        return -self.count(bearer), bearer.head

    def _facts_of(self, head: int, names: tuple[int, ...]) -> "_Facts":
        people = self.people
        full = [row for number in names for row in people.rows(number).tolist()]
        rows = full + list(self._told.get(head, ()))
        articles = people.of_row[rows]
        sample = rows[:: -(-len(rows) // _SAMPLE)]
        words = Counter(word for row in sample for word in people.beside(row).tolist())
        around = Counter(word for row in sample for word in people.around(row).tolist())
        others = Counter(other for row in sample for other in self.cast(int(people.of_row[row])))
        others.pop(head, None)
        return _Facts(
            count=len(full),
            sample=len(sample),
            days=people.days[articles],
            years=people.years[articles],
            words=words,
            around=around,
            others=others,
            outlets=Counter(people.outlets[articles].tolist()),
            called=self.called(Bearer(names=names)),
        )


def _joined(name: Name) -> str:
    """Give a surname of several words as one: al-Assad, de Blasio."""
    return "".join(name.words[1:])


def _ratio(times: float, of: int, chance: float) -> float:
    """Tell how much more often than by chance something stands with somebody, in nats."""
    return math.log((times + _AS_IF * chance) / ((of + _AS_IF) * chance))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    count: int
    sample: int
    days: Ids
    years: Ids
    words: Mapping[int, int]
    around: Mapping[int, int]
    others: Mapping[int, int]
    outlets: Mapping[int, int]
    called: Mapping[str, int]

    def near(self, day: int) -> float:
        """Give the articles of about a day, those of the same weeks twice; a part of all where no day is known."""
        days = self.days[self.days > 0]
        if not day or not len(days):
            return len(self.days) / 4
        gaps = np.abs(days - day)
        return float((gaps < _NEAR_YEAR).sum() + np.exp(-gaps / _NEAR).sum())
