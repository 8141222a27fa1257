"""Whom a name means where several may be meant: how likely each bearer is, and how likely it is any of them.

Two logistic models over the evidence of `index.identity.bearers`: the first tells the bearers apart, the second whether
the likeliest is meant rather than somebody whom the archive never names in full, or nobody. Their weights were fitted
to the labelled namings of `benchmarks/judgements/identity` that are no test (`benchmarks/identity_fit.py`).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.identity.bearers import OF_OFFICE, Bearer, Bearers, Evidence
from index.identity.casts import THING
from index.identity.naming import EMPTY_WORDS, titles
from index.tag.lexicon import word_list
from index.tag.wordtable import shipped_words

_STATED = 0.97
"""As sure is it where the text has the name in full, though the tagger did not take it for this person's."""

_RARE = 2
_IN_OFFICE = 0.08
"""An administration is of those beside whose name `president` stands in such a part of the namings."""

_TITLES_OF_GIVEN = "king queen pope prince princess prophet saint st uncle aunt hurricane storm"
_RELATIVES = "wife husband son daughter mother sister brother named nicknamed"
_PLACES = "fort forts camp county counties cities city avenue street college university school park parks v vs heist"
_NO_SURNAME = frozenset(f"{_TITLES_OF_GIVEN} {_RELATIVES} {_PLACES} {THING}".split())
"""Beside these stands a given name (King Abdullah, his wife, Ann), a place's, a thing's or a case's."""

_SMALL, _SOLE = 1_000, 0.2
"""The weights are of a large archive; in a small one with one bearer less is enough, since it has no more to go by."""

_GIVEN = 0.9
"""As sure must it be whom a given name alone means."""

_OF_TWO_NAMES = 0.97
"""As sure is it that a name in full which two people bear means one of the two."""

_USUALLY_CAPITAL, _ALWAYS = 8, 9
"""In so many of ten places the press writes a name with a capital."""

Features = tuple[float, ...]

WEIGHTS_OF_BEARERS = (0.74, 0.456, 0.24, 0.307, 0.398, 0.704, 0.082, -2.6)
WEIGHTS_OF_ANY = (
    0.521,
    0.422,
    0.253,
    0.197,
    0.176,
    0.361,
    0.178,
    0.443,
    -0.032,
    -0.621,
    -0.454,
    -0.654,
    0.987,
    0.215,
    0.028,
    -0.523,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who is meant, how sure that is (0 to 1), and what it rests on; `stated` where the text has the name in full."""

    bearer: Bearer
    confidence: float
    year: int = 0
    bearers: int
    word: str = ""
    company: int | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The columns of both models: of each bearer who is `possible`, and of whether any of them is meant."""

    possible: Sequence[Bearer]
    features: Sequence[Features]
    features_of_any: Features


class Meanings:
    """Tells whom names mean in single articles."""

    def __init__(self, bearers: Bearers, givens: Mapping[str, int]) -> None:
        """`givens` counts given names."""
        self.bearers = bearers
        self._people = bearers.people
        self._givens = givens

    def decide(self, number: int, row: int, candidates: Sequence[Bearer], *, least: float) -> Verdict | None:
        """Tell who is meant by a name (a number) in a naming of it; None where that is less sure than `least`."""
        people, bearers = self._people, self.bearers
        if not people.folded[number] and (found := self._stated(number, row, candidates)):
            return found
        weighed = self.weighed(number, row, candidates)
        if weighed is None:
            return None
        chances = _chances(weighed.features)
        place = max(range(len(chances)), key=lambda one: (chances[one], -one))
        confidence = chances[place] * (_OF_TWO_NAMES if people.folded[number] else _logistic(weighed.features_of_any))
        bearer = weighed.possible[place]
        if self._is_given(number, bearer):
            least = max(least, _GIVEN)
        if confidence < (least - _SOLE if len(chances) == 1 and len(people.articles) < _SMALL else least):
            return None
        year = int(people.years[int(people.of_row[row])])
        telling, company = bearers.telling(bearer, row)
        return Verdict(
            bearer=bearer,
            confidence=confidence,
            year=year if year and bearers.stands_in(bearer, year) else 0,
            bearers=len(candidates),
            word=telling,
            company=company,
        )

    def _is_given(self, number: int, bearer: Bearer) -> bool:
        """Tell whether a word alone is a given name and not the surname of who may be meant: many have it."""
        word = self._people.name(number).words[-1]
        return word in word_list("first") and word != self._people.name(bearer.head).words[-1]

    def weighed(self, number: int, row: int, candidates: Sequence[Bearer]) -> "Weighed | None":
        """Give the columns of both models for a naming; None where the article says that nobody is to be told."""
        people, bearers = self._people, self.bearers
        word = people.name(number).words[-1]
        near = {people.words[one] for one in people.beside(row).tolist()}
        if not people.folded[number] and (near & _NO_SURNAME or word in EMPTY_WORDS or self._states_another(row, word)):
            return None
        possible = self._possible(row, candidates, near)
        cast = bearers.cast(int(people.of_row[row]))
        if not possible or any(bearer.head in cast for bearer in possible):
            return None  # the article has one of them in full, and the tagger saw that this is another
        evidence = [bearers.evidence(bearer, row, word) for bearer in possible]
        features = self._features(word, possible, evidence)
        chances = _chances(features)
        top = max(range(len(chances)), key=lambda one: (chances[one], -one))
        return Weighed(
            possible=possible,
            features=features,
            features_of_any=self._features_of_any(number, row, evidence, possible[top]),
        )

    def _possible(self, row: int, candidates: Sequence[Bearer], near: Collection[str]) -> list[Bearer]:
        """Give those whose sex and office fit."""
        sex = self._people.sex_here(row)
        possible = [one for one in candidates if not (sex and self.bearers.sex(one) not in ("", sex))]
        if OF_OFFICE.intersection(near):
            possible = [one for one in possible if self.bearers.part(one, self.bearers.office) >= _IN_OFFICE]
        return possible

    def _stated(self, number: int, row: int, candidates: Sequence[Bearer]) -> Verdict | None:
        """Tell who is meant where the text has the name of one bearer in full, or of one whom it misspells."""
        people = self._people
        word = people.name(number).words[-1]
        possible = self._possible(row, candidates, ())
        article = set(people.cast(int(people.of_row[row])).tolist())
        full = {people.name(one).words for one in people.stated(row).tolist()}
        known = [
            bearer
            for bearer in possible
            if any(people.name(one).words in full for one in bearer.names)
            or any(one in article and people.name(one).words[-1] != word for one in bearer.names)
        ]
        if len(known) != 1:
            return None
        return Verdict(bearer=known[0], confidence=_STATED, bearers=len(possible), stated=True)

    def _states_another(self, row: int, word: str) -> bool:
        """Tell whether the text has a name in full that ends with a word: it is theirs, whoever that is."""
        full = (self._people.name(one).words for one in self._people.stated(row).tolist())
        return any(len(one) > 1 and one[-1] == word and one[0] in word_list("first") for one in full)

    def _features(self, word: str, possible: Sequence[Bearer], evidence: Sequence[Evidence]) -> list[Features]:
        return [
            (
                math.log(one.near + one.count / 4 + 0.1),
                math.log(one.count),
                one.beside,
                one.around,
                one.company,
                one.outlet,
                one.called,
                float(self._people.name(bearer.head).words[-1] != word),
            )
            for bearer, one in zip(possible, evidence, strict=True)
        ]

    def _features_of_any(self, number: int, row: int, evidence: Sequence[Evidence], likeliest: Bearer) -> Features:
        people = self._people
        word = people.name(number).words[-1]
        near = {people.words[one] for one in people.beside(row).tolist()}
        top = self.bearers.evidence(likeliest, row, word)
        return (
            1.0,
            math.log(top.near + top.count / 4 + 0.1),
            math.log(top.count),
            top.beside,
            top.around,
            top.company,
            top.outlet,
            top.called,
            float(people.name(likeliest.head).words[-1] != word),
            math.log1p(sum(1 for one in evidence if one.count <= _RARE)),
            math.log1p(self._givens.get(word, 0)),
            float(word in word_list("first")),
            float(bool(titles().intersection(near)) or bool(people.sex_here(row))),
            math.log(int(people.counts[number])),
            math.log(len(evidence)),
            float(shipped_words().case.get(word, _ALWAYS) < _USUALLY_CAPITAL),
        )


def _chances(features: Sequence[Features]) -> list[float]:
    """Tell how likely each bearer is, if any of them is meant."""
    scores = [sum(weight * one for weight, one in zip(WEIGHTS_OF_BEARERS, row, strict=True)) for row in features]
    most = max(scores)
    shares = [math.exp(score - most) for score in scores]
    return [share / sum(shares) for share in shares]


def _logistic(features: Features) -> float:
    """Tell how likely it is that any of the bearers is meant."""
    score = sum(weight * one for weight, one in zip(WEIGHTS_OF_ANY, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, score)))
