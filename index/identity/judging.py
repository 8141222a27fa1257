"""How likely two names are one person's: what they share, how many others could bear it, and whom they stand with.

The sum of what speaks for and against, in nats (I. Fellegi and A. Sunter, "A Theory for Record Linkage", 1969), with
the frequency of what is shared in the archive itself: two of a rare surname are sooner one than two of a common one.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.identity.differing import Differing, differing, sounds_alike
from index.identity.doubting import against, against_slip, offices_of, offices_part, run_on
from index.identity.figures import figures
from index.identity.naming import common_surnames, distance, doubled, same_form
from index.identity.people import People
from index.tag.lexicon import word_list

_BACKGROUND = 3_000
"""Names beside those of the archive that shares are of: in a small one, no given name is known to be common."""

_FEWEST_OTHERS = 0.003
_INITIAL_SHARE = 0.06
_COMPANY, _MANNER = 0.4, 0.75
_COMPANY_OF_KIN = 0.1
_SUBJECT, _MOST_SUBJECT = 0.25, 1.8
_AT_ONCE, _DAYS, _FEW_ARTICLES = 1.0, 7, 3
_MOST_COMPANY, _MOST_MANNER = 2.5, 6.0
_NOTHING_SHARED, _ENOUGH = 1.0, 16
_BORNE_BY_OTHERS = 3
_ANOTHERS = 6.0
_TWO_LETTERS = 4.0
_BOTH_BORNE = 2.0
_PLURAL, _WELL_KNOWN = 1.5, 5
_SAME_SUFFIX = 1.5
_NEAR = 1.2
_FEW_NAMINGS = 2
_NO_COMMON_SURNAME = 1.0
_ANYBODY, _MANY = 3.5, 300
_RARE_NAME, _FEW = 0.005, 3
_FAMOUS, _NOTHING_OF_THEM, _LITTLE = 100, 1.0, 1.0
_ENOUGH_MANNER = 3.0
_SUFFIX_ALONE = 1.0
_A_SIGN = 0.5
"""So many nats of the words beside both and of the people about both are a sign that two names are one person's."""
_BY_CHANCE, _MOST_BY_CHANCE, _SLIP_ALONE = 0.02, 2.5, 0.4
_ONE_OF_THE_PAST, _OF_THE_PAST, _LONG_AGO = 2.0, 0.3, 40
_OFFICES_PART = 4.0
_KIN, _EACH_MORE, _NAMED_AFTER, _NAMED_AFTER_PART, _SAME_OFFICE = 10.0, 2.5, 4.0, 20, 5.0
_AGAIN = 1.0
_DOMINANCE = 0.25
_RELATIVES = frozenset(["son", "father", "parents", "dad", "eldest", "junior", "sons"])
_TOGETHER = 2.5
_TOGETHER_SLIPPED = 1.0
_TOGETHER_SUFFIXED = 4.0
_ENOUGH_TOGETHER = 4
_FAR_YEARS = 0.15

SLIPS = frozenset([Differing.SLIP, Differing.SLIP_OF_SURNAME, Differing.SOUND])
"""Differences that are mistakes, or other spellings, of what is written."""


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
        self._by_initial: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.givens: Counter[str] = Counter()
        self._known = {people.name(number).words: int(people.counts[number]) for number in reversed(full)}
        for number in full:
            first, _, rest = people.folded[number].partition(" ")
            self.givens[first] += 1
            last = rest.rpartition(" ")[2]
            bearers[last].add(first)
            if len(first) > 1:
                self._by_initial[last, first[0]].add(first)
        first_year = min((year for year in people.years.tolist() if year), default=0)
        self._long_ago = {word for word in people.words if word.isdigit() and int(word) <= first_year - _LONG_AGO}
        self._bearers = {last: len(found) for last, found in bearers.items()}
        self._related = {key for number in full if (key := self._related_by(number))}

    def _related_by(self, number: int) -> tuple[str, str, str] | None:
        """Give initial, surname and suffix of a name where a relative stands beside: the word, or it without suffix."""
        people = self._people
        name = people.name(number)
        if not name.suffix:
            return None
        near = {people.words[word] for word in people.setting(number)}
        articles = people.articles_of(number).tolist()
        beside = {other for article in articles for other in people.cast(article).tolist() if other != number}
        fathers = {
            other
            for other in beside
            if people.folded[other]
            and not (words := people.name(other)).suffix
            and (words.words[0], words.words[-1]) == (name.words[0], name.words[-1])
        }
        both = sum(1 for article in articles if fathers.intersection(people.cast(article).tolist()))
        related = near & _RELATIVES or 2 * both > len(articles)
        return (name.words[0][0], name.words[-1], name.suffix) if related else None

    def letters(self, number: int) -> str:
        """Give the letters of a name, and its suffix."""
        name = self._people.name(number)
        return f"{name.compact} {name.suffix}"

    def is_rare(self, number: int) -> bool:
        """Tell whether a name stands in so few articles that it may be a mistake of one of them."""
        return int(self._people.counts[number]) <= _FEW_NAMINGS

    def two_figures(self, one: int, other: int) -> bool:
        """Tell whether two names are known to be two people's, of whom one is well known."""
        return figures().same(self._people.name(one), self._people.name(other)) is False

    def judge(self, one: int, other: int) -> Judgement | None:
        """Judge two names by number; None where they are two people's whatever the archive says."""
        people = self._people
        known = figures().same(people.name(one), people.name(other))
        if known:
            return self._well_known(one, other)
        how = differing(people.name(one), people.name(other)) or self._born(one, other)
        if known is False or how is None or {people.sex(one), people.sex(other)} == {"m", "f"}:
            return None
        if any(run_on(people.name(number).words, self._known) for number in (one, other)):
            return None
        rare, often = sorted((one, other), key=lambda number: int(people.counts[number]))
        others = self._others(how, rare, often)
        together = people.together(one, other)
        company = min(_MOST_COMPANY, people.company(one, other) * (_COMPANY_OF_KIN if together else _COMPANY))
        contrary = offices_part(self._offices(one), self._offices(other))
        manner = 0.0 if contrary else min(_MOST_MANNER, people.manner(one, other) * _MANNER)
        subject = (
            min(_MOST_SUBJECT, people.subject(one, other) * _SUBJECT) * (how is not Differing.SUFFIX) * (not contrary)
        )
        missing = max(0.0, 1 - (manner + subject) / _ENOUGH_MANNER)
        score = how.weight - math.log(max(others, _FEWEST_OTHERS)) + company + manner + subject
        if how in SLIPS:
            score += self._slipped(how, rare, often, together, others)
        else:
            weight = _TOGETHER_SUFFIXED if how is Differing.SUFFIX else _TOGETHER
            score -= weight * min(together, _ENOUGH_TOGETHER) * together / people.counts[rare]
        score += self._suffixed(how, one, other, missing)
        if how in (Differing.PART, Differing.INITIAL):
            score += _DOMINANCE * math.log(people.counts[often])
        if how in (Differing.MIDDLE, Differing.PART, Differing.MORE):
            score -= self._run_on(one, other, how)
        expected = float(not manner) if how is Differing.SUFFIX else missing  # a full name stands in other company
        score -= _NOTHING_SHARED * expected * math.log2(min(people.counts[rare], _ENOUGH))
        if how not in SLIPS:
            score -= missing * against(how, people.name(rare).words, people.name(often).words, self.givens)
            if people.counts[often] >= _FAMOUS and company + manner < _LITTLE:
                score -= _NOTHING_OF_THEM  # a variant of somebody so well known would have something of all the others
        if company + manner < _A_SIGN:
            score -= self._unsupported(how, rare, often, others)
        score -= _OFFICES_PART * contrary + _FAR_YEARS * self._gap(one, other)
        return Judgement(how=how, score=score, others=others, company=company, manner=manner, together=together)

    def _suffixed(self, how: Differing, one: int, other: int, missing: float) -> float:
        """Tell what the suffixes of two names speak for; `missing` is how much less else than enough is in common."""
        suffixes = {self._people.name(one).suffix, self._people.name(other).suffix}
        if how is Differing.MIDDLE and "" not in suffixes:
            return _SAME_SUFFIX
        if how is Differing.FORM and len(suffixes) > 1:
            return -_SUFFIX_ALONE * missing
        return -(self._kin(one, other) + _SUFFIX_ALONE * missing) if how is Differing.SUFFIX else 0.0

    def _slipped(self, how: Differing, rare: int, often: int, together: int, others: float) -> float:
        """Tell what speaks for a slip: the one is rare and the other is not, both at once, few have the surname."""
        people = self._people
        surnames = people.name(rare).words[-1], people.name(often).words[-1]
        return (
            0.4 * math.log((people.counts[often] + 1) / (people.counts[rare] + 1))
            + self._at_once(rare, often, together)
            + _NO_COMMON_SURNAME * common_surnames().isdisjoint(surnames)
            - _TOGETHER_SLIPPED * (2 if how is Differing.SLIP else 1) * together
            - self._unlike(rare, often, together, others)
        )

    def _well_known(self, one: int, other: int) -> Judgement:
        """Judge two names of somebody well known.

        They are one person's unless an office tells of a namesake; a form that many bear needs some evidence, too.
        """
        people = self._people
        company, manner = people.company(one, other), people.manner(one, other)
        contrary = company + manner < _A_SIGN and offices_part(self._offices(one), self._offices(other))
        return Judgement(
            how=Differing.FIGURE,
            score=Differing.FIGURE.weight - _OFFICES_PART * contrary - self._borne_by_many(one, other),
            others=0.0,
            company=company,
            manner=manner,
            together=people.together(one, other),
        )

    def _borne_by_many(self, one: int, other: int) -> float:
        """Tell what speaks against a well-known person's two names of which one is many people's: Scott Brown."""
        people = self._people
        words = [people.name(number).words for number in (one, other)]
        if not any(
            len(name) == 2 and name[0] in word_list("first") and name[1] in common_surnames(_MANY) for name in words
        ):
            return 0.0
        manner = min(_MOST_MANNER, people.manner(one, other) * _MANNER)
        subject = min(_MOST_SUBJECT, people.subject(one, other) * _SUBJECT)
        return _ANYBODY * max(0.0, 1 - (manner + subject) / _ENOUGH_MANNER)

    def _unsupported(self, how: Differing, rare: int, often: int, others: float) -> float:
        """Tell what speaks against two names of which nothing but the names themselves speaks for one person.

        The more, the more others could bear it by chance; and where only one is of the distant past.
        """
        if how in SLIPS:
            return _SLIP_ALONE * (how is Differing.SOUND)
        if how in (
            Differing.ORDER,
            Differing.BORN,
            Differing.EXTRA,
            Differing.INITIAL,
            Differing.CUT,
        ) or self._same_letters(rare, often):
            return 0.0
        past = _ONE_OF_THE_PAST * (self._past(rare) != self._past(often))
        return past + max(0.0, min(_MOST_BY_CHANCE, math.log(max(others, _FEWEST_OTHERS) / _BY_CHANCE)))

    def _same_letters(self, one: int, other: int) -> bool:
        """Tell whether two names differ in capitals, blanks and full stops only, no accent and no suffix."""
        first, second = ("".join(filter(str.isalnum, self._people.names[one])).casefold() for one in (one, other))
        return first == second

    def _past(self, number: int) -> bool:
        """Tell whether sentences about somebody often have years long before the archive's."""
        people = self._people
        old = sum(part for word, part in people.surroundings(number).items() if people.words[word] in self._long_ago)
        return old >= _OF_THE_PAST

    def _offices(self, number: int) -> frozenset[str]:
        """Give the kinds of offices that mostly stand beside a name."""
        people = self._people
        return offices_of({people.words[word]: part for word, part in people.setting(number).items()})

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
        given = self._share(one)
        if how in (Differing.ORDER, Differing.BORN):
            return 0.0
        if how in (Differing.SLIP_OF_SURNAME, Differing.SOUND) and one[-1] != other[-1]:
            return self._bearers[one[-1]] * given
        bearers = max(self._bearers[one[-1]], self._bearers[other[-1]])
        if how is Differing.FORM:
            return bearers * (given + self._share(other))
        if how in (Differing.INITIAL, Differing.CUT):
            likely = max(one[0], other[0], key=len)
            givens = self._by_initial[one[-1], one[0][0]]
            return _INITIAL_SHARE + sum(
                1 for word in givens if distance(word, likely) > 2 and not same_form(word, likely)
            )
        return bearers * (min(given, self._share(other)) if how is Differing.PART else given)

    def _at_once(self, rare: int, often: int, together: int) -> float:
        """Tell what speaks for one person where a rare name stands in the same week as the other, in other articles."""
        people = self._people
        if together or people.counts[often] > _FEW_ARTICLES * _FEW_ARTICLES or people.counts[rare] > _FEW_ARTICLES:
            return 0.0
        apart = people.days_apart(rare, often)
        return _AT_ONCE if apart is not None and apart <= _DAYS else 0.0

    def _unlike(self, rare: int, often: int, together: int, others: float) -> float:
        """Tell what speaks against a slip: two letters, two names that others bear too, both in one article."""
        one, other = self._people.name(rare).words, self._people.name(often).words
        place = 0 if one[-1] == other[-1] else -1
        doubt = (
            _TWO_LETTERS
            if distance(one[place], other[place]) > 1
            and not sounds_alike(one[place], other[place])
            and sorted(one[place]) != sorted(other[place])
            else 0.0
        )
        borne = [self.givens[word] if place == 0 else self._bearers[word] for word in (one[place], other[place])]
        if place:
            doubt += _AGAIN * math.log2(self._people.counts[rare])  # nobody slips in the same way again and again
        doubt += against_slip(one[place], other[place], given=place == 0)
        if doubled(one[place]) != doubled(other[place]):
            doubt += _BOTH_BORNE * ((min(borne) >= _BORNE_BY_OTHERS) + (place == -1 and min(borne) > 1))
        elif len(one) == len(other) and others < _RARE_NAME and self._rare(one, other):
            doubt -= _NEAR
        longer, shorter = sorted((one[-1], other[-1]), key=len, reverse=True)
        if longer == shorter + "s" and self._bearers[longer] == 1:
            doubt -= _PLURAL * (1 + (self._people.counts[often] >= _WELL_KNOWN))
        if together > 1 and 2 * together >= self._people.counts[rare]:
            doubt += 3.0
        return doubt

    def _rare(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Tell whether hardly anybody else has the surname, and the given names are not two that many have."""
        bearers = max(self._bearers[one[-1]], self._bearers[other[-1]])
        return bearers <= _FEW and not {one[0], other[0]} <= word_list("first")

    def _kin(self, one: int, other: int) -> float:
        """Tell what speaks against a suffix left out: it is Sr., or a relative is named beside."""
        people = self._people
        marked = one if people.name(one).suffix else other
        plain = other if marked == one else one
        name, words = people.name(marked), people.name(plain).words
        if name.suffix == "sr" or (name.words[0][0], name.words[-1], name.suffix) in self._related:
            return _KIN
        famous = people.counts[plain] >= _NAMED_AFTER_PART * people.counts[marked] and len(name.words) == len(words)
        likely = people.manner(one, other) * _MANNER < _SAME_OFFICE
        return _EACH_MORE * (len(words) > len(name.words)) + _NAMED_AFTER * (famous and likely)

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

    def _share(self, words: tuple[str, ...]) -> float:
        """Estimate the part of all people who have a given name, or these initials."""
        initials = sum(1 for _ in itertools.takewhile(lambda word: len(word) == 1, words))
        return float(_INITIAL_SHARE**initials) if initials else (self.givens[words[0]] + 0.5) / self._total

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
