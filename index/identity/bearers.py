"""Whom a surname alone, or a name that several bear, means in an article: the bearers weighed by what the archive has.

Bayes' rule over the bearers of the surname and somebody whom the archive never names in full: how often each stands in
articles of those years, the words beside, and the people about (naive, with the sums held down: articles repeat
themselves).
"""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.identity.casts import EMPTY_WORDS
from index.identity.naming import Name
from index.identity.people import People, Profile
from index.tag.lexicon import word_list
from index.tag.names import without_article
from index.tag.titles import Sex, sex_of_given

_SAMPLE = 400
_NEAR_YEARS = 1
_ALWAYS = 0.25
_UNKNOWN, _UNKNOWN_EACH, _UNKNOWN_GIVEN = 0.8, 0.15, 0.3
_UNKNOWN_ALONE = 0.15
_UNKNOWN_LISTED = 4.0
_SUPPORTED, _UNSUPPORTED = 0.3, 0.85
_SOLE = 0.1
"""Where an archive has one bearer of a surname only, less is enough: a small archive has no more to go by."""

_RARE_BEARER = 2
_LEAST, _MOST = -1.0, 3.0
_RAREST = 0.002
"""A word or a name that is rarer tells no more: once may be chance."""

_BESIDE_LEAST, _BESIDE_MOST = -4.0, 5.0
_ABOUT, _ABOUT_MOST, _ABOUT_TELLING = 0.5, 3.0, 3
_NO_SUCH_SEX = -6.0
_IN_OFFICE, _NEVER_IN_OFFICE = 0.08, -4.0
"""An administration is of those beside whose name `president` stands in such a part of the namings."""

_OWN_SURNAME = 0.2
_OF_OFFICE = frozenset(["administration", "administrations", "presidency", "appointee", "appointees", "era", "cabinet"])
_OFFICE = "president"
_TITLES_OF_GIVEN = "king queen pope prince princess prophet saint st uncle aunt hurricane storm"
_RELATIVES = "wife husband son daughter mother sister brother named nicknamed"
_PLACES = "fort forts camp county counties cities city avenue street college university school park parks v vs heist"
_NO_SURNAME = frozenset(f"{_TITLES_OF_GIVEN} {_RELATIVES} {_PLACES}".split())
"""Beside these stands a given name (King Abdullah, his wife, Ann, Hurricane Andrew), or a place's or a case's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Somebody who may be meant: the numbers of their names, the most frequent first."""

    names: tuple[int, ...]

    @property
    def head(self) -> int:
        """The number of the name to show."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who is meant, how sure that is (0 to 1), and what it rests on."""

    bearer: Bearer
    confidence: float
    year: int
    bearers: int
    word: str
    company: int | None


class Bearers:
    """All whom an archive names in full, by what a short name may be of them."""

    def __init__(
        self,
        people: People,
        bearers: Iterable[Bearer],
        givens: Mapping[str, int],
        told: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        """`givens` counts given names; `told` has namings in short that are known to mean a bearer, by the head."""
        self._told = told or {}
        self._people = people
        self._by_last: dict[str, list[Bearer]] = defaultdict(list)
        self._givens = givens
        self._office = people.words.index(_OFFICE) if _OFFICE in people.words else -1
        for bearer in bearers:
            least = _OWN_SURNAME * self._count(bearer)
            names = [people.name(number) for number in bearer.names if people.counts[number] >= least]
            for last in {name.words[-1] for name in names} | {_joined(name) for name in names}:
                self._by_last[last].append(bearer)
        self._facts = functools.lru_cache(4096)(self._facts_of)

    def of(self, short: Name) -> list[Bearer]:
        """Give those whose surname a short name is, the most frequent first."""
        words = without_article(short.words)
        found = self._by_last.get(words[-1], [])
        if len(words) == 1 and len(short.words) > 1:
            found = found or self._by_last.get(short.compact, [])
        return sorted(found, key=self._order)

    def decide(self, number: int, row: int, candidates: Sequence[Bearer], *, least: float) -> Verdict | None:
        """Tell who is meant by a name (a number) in a naming of it; None where that is less sure than `least`."""
        people = self._people
        article = int(people.of_row[row])
        year = int(people.years[article])
        cast = set(people.cast(article).tolist())
        near = {people.words[word] for word in people.beside(row).tolist()}
        sex = people.sex_here(row)
        office = bool(near & _OF_OFFICE)
        possible = [bearer for bearer in candidates if not (sex and self._sex(bearer) not in ("", sex))]
        if office:
            possible = [one for one in possible if self._facts(one.head, one.names).part(self._office) >= _IN_OFFICE]
        if any(not cast.isdisjoint(bearer.names) for bearer in possible):
            return None  # the article has one of them in full, and the tagger saw that this is another
        candidates = [bearer for bearer in candidates if cast.isdisjoint(bearer.names)]
        word = people.name(number).words[-1]
        if not people.folded[number] and (near & _NO_SURNAME or word in EMPTY_WORDS):
            return None
        rare = sum(1 for one in candidates if self._count(one) <= _RARE_BEARER)
        scores = [
            math.log(
                _UNKNOWN
                + _UNKNOWN_EACH * rare
                + _UNKNOWN_GIVEN * self._givens.get(word, 0)
                + _UNKNOWN_ALONE * int(people.counts[number] - 1)
                + _UNKNOWN_LISTED * (word in word_list("first"))
            )
        ]
        supports = [0.0]
        everybody = [self._facts(bearer.head, bearer.names) for bearer in candidates]
        beside = [
            word
            for word in people.beside(row).tolist()
            if people.words[word] in _OF_OFFICE or any(word in facts.words for facts in everybody)
        ]
        for bearer, facts in zip(candidates, everybody, strict=True):
            support = facts.beside(people, beside) + facts.about(people, cast)
            supports.append(support)
            score = math.log(facts.weight(year)) + support
            if sex and (known := self._sex(bearer)) and sex != known:
                score += _NO_SUCH_SEX
            if office and facts.part(self._office) < _IN_OFFICE:
                score += _NEVER_IN_OFFICE
            scores.append(score)
        most = max(scores)
        total = sum(math.exp(score - most) for score in scores)
        place = scores.index(most)
        confidence = 1 / total
        if supports[place] < _SUPPORTED and len(candidates) > 1:
            confidence *= _UNSUPPORTED
        if place == 0 or confidence < (least if len(candidates) > 1 else least - _SOLE):
            return None
        bearer = candidates[place - 1]
        facts = self._facts(bearer.head, bearer.names)
        return Verdict(
            bearer=bearer,
            confidence=confidence,
            year=year if facts.years.get(year) else 0,
            bearers=len(candidates),
            word=facts.telling_word(people, beside),
            company=facts.telling_company(people, cast),
        )

    def _order(self, bearer: Bearer) -> tuple[int, int]:
        return -self._count(bearer), bearer.head

    def _count(self, bearer: Bearer) -> int:
        return sum(int(self._people.counts[number]) for number in bearer.names)

    def _sex(self, bearer: Bearer) -> str:
        told = "".join(self._people.sex(number) for number in bearer.names)
        given = sex_of_given(self._people.name(bearer.head).words[0])
        return told[:1] or {Sex.FEMALE: "f", Sex.MALE: "m", None: ""}[given]

    def _facts_of(self, head: int, names: tuple[int, ...]) -> "_Facts":
        people = self._people
        rows = [row for number in names for row in people.rows(number).tolist()]
        rows += self._told.get(head, ())
        years = Counter(people.years[people.of_row[rows]].tolist())
        sample = rows[:: -(-len(rows) // _SAMPLE)]
        words = Counter(word for row in sample for word in people.beside(row).tolist())
        about = Counter(other for row in sample for other in people.cast(int(people.of_row[row])).tolist())
        for number in names:
            about.pop(number, None)
        return _Facts(count=len(rows), sample=len(sample), years=years, words=words, others=about, office=self._office)


def _joined(name: Name) -> str:
    """Give a surname of several words as one: al-Assad, de Blasio."""
    return "".join(name.words[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    count: int
    sample: int
    years: Mapping[int, int]
    words: Mapping[int, int]
    others: Mapping[int, int]
    office: int

    def part(self, word: int) -> float:
        """Give the part of the namings that a word stands beside."""
        return self.words.get(word, 0) / max(1, self.sample)

    def weight(self, year: int) -> float:
        near = sum(self.years.get(year + step, 0) for step in range(-_NEAR_YEARS, _NEAR_YEARS + 1)) if year else 0
        return near + _ALWAYS * self.count if year else float(self.count)

    def beside(self, people: People, words: Iterable[int]) -> float:
        ratios = self._words(people, words).values()
        return min(_BESIDE_MOST, max(_BESIDE_LEAST, sum(min(_MOST, max(_LEAST, ratio)) for ratio in ratios)))

    def about(self, people: People, cast: Iterable[int]) -> float:
        ratios = sorted(self._company(people, cast).values(), reverse=True)
        return min(_ABOUT_MOST, _ABOUT * sum(min(_MOST, ratio) for ratio in ratios[:_ABOUT_TELLING]))

    def telling_word(self, people: People, words: Iterable[int]) -> str:
        ratios = self._words(people, words)
        best = max(ratios, key=lambda word: (ratios[word], -word), default=None)
        return people.words[best] if best is not None and ratios[best] > 1 else ""

    def telling_company(self, people: People, cast: Iterable[int]) -> int | None:
        ratios = self._company(people, cast)
        best = max(ratios, key=lambda other: (ratios[other], -other), default=None)
        return best if best is not None and ratios[best] > 1 else None

    def _words(self, people: People, words: Iterable[int]) -> Profile:
        found = {}
        office = self.office
        for word in words:
            alike = (word, office) if people.words[word] in _OF_OFFICE and office >= 0 else (word,)
            chance = max(_RAREST, sum(math.exp(-people.word_rarity[one]) for one in alike))
            times = sum(self.words.get(one, 0) for one in alike)
            found[word] = math.log((times + chance) / ((self.sample + 1) * chance))
        return found

    def _company(self, people: People, cast: Iterable[int]) -> Profile:
        found = {}
        for other in cast:
            if times := self.others.get(other, 0):
                chance = max(_RAREST, math.exp(-people.rarity[other]))
                found[other] = math.log((times + chance) / ((self.sample + 1) * chance))
        return found
