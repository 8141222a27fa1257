"""How likely two names are one person's: what they share, how many others could bear it, and whom they stand with.

The sum of what speaks for and against, in nats (I. Fellegi and A. Sunter, "A Theory for Record Linkage", 1969), with
the frequency of what is shared in the archive itself: two of a rare surname are sooner one than two of a common one.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.identity.differing import Differing, differing, sounds_alike
from index.identity.naming import distance
from index.identity.people import People
from index.tag.lexicon import word_list

_BACKGROUND = 3_000
"""Names beside those of the archive that shares are of: in a small one, no given name is known to be common."""

_FEWEST_OTHERS = 0.003
_INITIAL_SHARE = 0.06
_COMPANY, _MANNER = 0.4, 0.75
_COMPANY_OF_KIN = 0.1
_MOST_COMPANY, _MOST_MANNER = 2.5, 6.0
_NOTHING_SHARED, _ENOUGH = 1.0, 16
_BORNE_BY_OTHERS = 3
_ANOTHERS = 6.0
_TWO_LETTERS = 4.0
_AGAIN = 1.0
_DOMINANCE = 0.25
_RELATIVES = frozenset(["son", "father", "parents", "dad", "eldest", "junior", "sons"])
_TOGETHER = 2.5
_TOGETHER_SLIPPED = 1.0
_TOGETHER_SUFFIXED = 4.0
_ENOUGH_TOGETHER = 4
_FAR_YEARS = 0.15
_SLIPS = frozenset([Differing.SLIP, Differing.SLIP_OF_SURNAME, Differing.SOUND])


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found of two names: in what they differ, the `score` in nats, and the evidence that it is the sum of."""

    how: Differing
    score: float
    others: float
    company: float
    manner: float
    together: int


class Judge:
    """Judges pairs of names of two words or more."""

    def __init__(self, people: People, full: Sequence[int]) -> None:
        self._people = people
        self._total = len(full) + _BACKGROUND
        bearers: dict[str, set[str]] = defaultdict(set)
        self.givens: Counter[str] = Counter()
        for number in full:
            first, _, rest = people.folded[number].partition(" ")
            self.givens[first] += 1
            bearers[rest.rpartition(" ")[2]].add(first)
        self._bearers = {last: len(found) for last, found in bearers.items()}

    def judge(self, one: int, other: int) -> Judgement | None:
        """Judge two names by number; None where they are two people's whatever the archive says."""
        people = self._people
        how = differing(people.name(one), people.name(other)) or self._born(one, other)
        if how is None or {people.sex(one), people.sex(other)} == {"m", "f"}:
            return None
        rare, often = sorted((one, other), key=lambda number: int(people.counts[number]))
        others = self._others(how, rare, often)
        together = people.together(one, other)
        company = min(_MOST_COMPANY, people.company(one, other) * (_COMPANY_OF_KIN if together else _COMPANY))
        manner = min(_MOST_MANNER, people.manner(one, other) * _MANNER)
        score = how.weight - math.log(max(others, _FEWEST_OTHERS)) + company + manner
        if how in _SLIPS:
            score += 0.4 * math.log((people.counts[often] + 1) / (people.counts[rare] + 1))
            score -= _TOGETHER_SLIPPED * together + self._unlike(rare, often, together)
        else:
            weight = _TOGETHER_SUFFIXED if how is Differing.SUFFIX else _TOGETHER
            score -= weight * min(together, _ENOUGH_TOGETHER) * together / people.counts[rare]
        if how is Differing.SUFFIX:
            score -= self._kin(one, other)
        elif how in (Differing.PART, Differing.INITIAL):
            score += _DOMINANCE * math.log(people.counts[often])
        if how in (Differing.MIDDLE, Differing.PART, Differing.MORE):
            score -= self._run_on(one, other, how)
        if not manner:
            score -= _NOTHING_SHARED * math.log2(min(people.counts[rare], _ENOUGH))
        score -= _FAR_YEARS * self._gap(one, other)
        return Judgement(how=how, score=score, others=others, company=company, manner=manner, together=together)

    def _born(self, one: int, other: int) -> Differing | None:
        """Tell whether a text says that the one is the other's name from before a marriage."""
        people = self._people
        for name, before in ((one, other), (other, one)):
            words = people.name(before).words
            lasts = {surname.casefold() for surname in people.born(name)}
            if words[0] == people.name(name).words[0] and words[-1] in lasts:
                return Differing.BORN
        return None

    def _others(self, how: Differing, rare: int, often: int) -> float:
        """Estimate how many others of the archive would bear a name that fits as well by chance."""
        one, other = self._people.name(rare).words, self._people.name(often).words
        given = self._share(one[0])
        if how in (Differing.ORDER, Differing.BORN):
            return 0.0
        if how in (Differing.SLIP_OF_SURNAME, Differing.SOUND) and one[-1] != other[-1]:
            return self._bearers[one[-1]] * given
        bearers = max(self._bearers[one[-1]], self._bearers[other[-1]])
        if how is Differing.FORM:
            return bearers * (given + self._share(other[0]))
        if how is Differing.INITIAL:
            return bearers * _INITIAL_SHARE
        return bearers * (min(given, self._share(other[0])) if how is Differing.PART else given)

    def _unlike(self, rare: int, often: int, together: int) -> float:
        """Tell what speaks against a slip: two letters, two names that others bear too, both in one article."""
        one, other = self._people.name(rare).words, self._people.name(often).words
        place = 0 if one[-1] == other[-1] else -1
        against = (
            _TWO_LETTERS
            if distance(one[place], other[place]) > 1 and not sounds_alike(one[place], other[place])
            else 0.0
        )
        borne = [self.givens[word] if place == 0 else self._bearers[word] for word in (one[place], other[place])]
        if place:
            against += _AGAIN * math.log2(self._people.counts[rare])  # nobody slips in the same way again and again
        if min(borne) >= _BORNE_BY_OTHERS:
            against += 2.0
        if together > 1 and 2 * together >= self._people.counts[rare]:
            against += 3.0
        return against

    def _kin(self, one: int, other: int) -> float:
        """Tell what speaks against a suffix left out: it is Sr., or a relative is named beside."""
        people = self._people
        marked = one if people.name(one).suffix else other
        if people.name(marked).suffix == "sr":
            return 6.0
        words = {people.words[word] for word in people.setting(marked)}
        return 6.0 if words & _RELATIVES else 0.0

    def _run_on(self, one: int, other: int, how: Differing) -> float:
        """Tell what speaks against a name with more words: that they are another's in the same article."""
        people = self._people
        short, full = sorted((one, other), key=lambda number: len(people.name(number).words))
        words = people.name(full).words
        doubled = _ANOTHERS if len(set(words)) < len(words) else 0.0
        if how is Differing.MIDDLE:
            return doubled
        more = [word for word in people.name(full).words if word not in people.name(short).words and len(word) > 1]
        lasts = {
            people.name(number).words[-1]
            for article in people.articles_of(full)[:_ENOUGH].tolist()
            for number in people.cast(article).tolist()
            if number not in (one, other)
        }
        if how is Differing.MORE:
            lasts |= word_list("heads") | word_list("surehead")  # Quill Road, Quill Foundation
        if how is Differing.PART:
            lasts |= {word for word in more if self._bearers.get(word, 0) > max(1, self.givens[word])}
        return 2.0 * max(0, len(more) - 1) + doubled + (_ANOTHERS if lasts.intersection(more) else 0.0)

    def _share(self, given: str) -> float:
        return _INITIAL_SHARE if len(given) == 1 else (self.givens[given] + 0.5) / self._total

    def _gap(self, one: int, other: int) -> float:
        """Give the years between the last article of the one and the first of the other; 0 where they overlap."""
        people = self._people
        spans = []
        for number in (one, other):
            years = people.years[people.articles_of(number)]
            years = years[years > 0]
            if not len(years):
                return 0.0
            spans.append((int(years.min()), int(years.max())))
        return float(max(0, spans[1][0] - spans[0][1], spans[0][0] - spans[1][1]))
