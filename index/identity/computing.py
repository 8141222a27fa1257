"""From the casts of all articles of an archive to whom its names mean: no text, and the same each time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.authority.types import Identities, NameKind, Resolution
from index.identity.bearers import Bearer, Bearers
from index.identity.clustering import cluster
from index.identity.columns import Columns
from index.identity.differing import Differing
from index.identity.figures import figures
from index.identity.judging import SLIPS, Judge, Judgement
from index.identity.meaning import Meanings, Verdict
from index.identity.pairing import keys_of, pairs
from index.identity.people import People
from index.identity.telling import tell_meaning, tell_variant

ONE_PERSON = 4.0
"""From so many nats on two names are one person's: the least that joins nothing wrongly where rules were made."""

MEANT = 0.7
"""As sure as this must it be whom a surname alone means."""

SURE = 0.9
"""As sure must it be where others are told by it."""

_APART = -1.0
_PASSES = 2
_USUAL = 8
_ALSO = 1.0
_ALSO_PART = 0.1
_RARER = 0.5
_SURE_ALONE = 7.0
"""Where two names are so likely one person's, a rare one of them need fit no third spelling: it is cut, or run on."""

_SHORTENED = frozenset([Differing.MIDDLE, Differing.SUFFIX, Differing.PART, Differing.INITIAL])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    pairs: dict[tuple[int, int], Judgement]
    judge: Judge

    def of(self, one: int, other: int) -> Judgement | None:
        pair = (min(one, other), max(one, other))
        return self.pairs.get(pair) or self.judge.judge(*pair)

    def parted(self, group: Sequence[int]) -> Iterator[list[int]]:
        """Yield the names of a group that are one person's not by a chain alone, and of those left over the same.

        Slips may be far from what is shown, whole names may not; names of the same letters stay together.
        """
        usual: dict[str, int] = {}
        for one in group:
            usual.setdefault(self.judge.letters(one), one)
        left, chained = list(group), True
        while left:
            kept: list[int] = []
            for one in left:
                known = usual[self.judge.letters(one)]
                fits = self._fits(usual[self.judge.letters(left[0])], known, chained=chained)
                if fits and not any(self._suffixes_part(known, other) for other in kept):
                    kept.append(one)
            yield kept
            left, chained = [one for one in left if one not in kept], False

    def _suffixes_part(self, one: int, other: int) -> bool:
        found = self.of(one, other) if one != other else None
        return found is not None and found.how is Differing.SUFFIX and found.score < _APART

    def _fits(self, head: int, member: int, *, chained: bool) -> bool:
        if head == member:
            return True
        found = self.of(head, member)
        if found is None or found.how in SLIPS or (found.score > _APART and self.judge.is_rare(member)):
            return chained
        return found.score >= ONE_PERSON

    def apart(self, one: int, other: int) -> bool:
        found = self.of(one, other)
        return found is None or found.score < _APART


Watch = Callable[[People, Sequence[Bearer], Mapping[int, Sequence[int]], Mapping[str, int]], None]


def identities(columns: Columns, *, watch: Watch | None = None) -> Identities:
    """Tell whom each name of an archive means; `watch` sees what the last pass over single articles goes by."""
    people = People(columns)
    full = people.full()
    judge = Judge(people, full)
    keys = ((number, keys_of(people.name(number), people.born(number))) for number in full)
    found = {pair: judgement for pair in pairs(keys) if (judgement := judge.judge(*pair)) is not None}
    judged = _Judged(pairs=found, judge=judge)
    scores = {pair: one.score for pair, one in found.items()}
    slips = {pair for pair, one in found.items() if one.how in SLIPS or one.score >= _SURE_ALONE}
    groups = cluster(
        scores, people.counts.tolist(), at_least=ONE_PERSON, apart=judged.apart, slips=slips, never=judge.two_figures
    )
    groups = [kept for group in groups for kept in judged.parted(_headed(people, group))]
    shared = _shared(people, groups, judged)
    groups = [kept for group in groups if (kept := [one for one in group if one not in shared])]
    names: dict[tuple[NameKind, str], Resolution] = {}
    for group in groups:
        for member in group[1:]:
            resolution = tell_variant(people, group[0], member, judged.of(group[0], member))
            names["person", resolution.value] = resolution
    everybody = bearers_of(groups, [number for number in full if number not in shared])
    exceptions = _exceptions(people, everybody, shared, judge.givens, watch)
    return Identities(names=names, exceptions=exceptions)


def _headed(people: People, group: Sequence[int]) -> list[int]:
    """Give the names of a group, the most frequent first, of two as frequent rather the usual one of the well known."""
    return sorted(
        group, key=lambda one: (-int(people.counts[one]), not figures().is_usual(people.name(one)), group.index(one))
    )


def _exceptions(
    people: People,
    everybody: Sequence[Bearer],
    shared: Mapping[int, Sequence[int]],
    givens: Mapping[str, int],
    watch: Watch | None,
) -> dict[tuple[str, NameKind, str], Resolution]:
    """Tell whom names mean that several bear: twice, since what is clear at once tells how a surname alone is used."""
    by_head = {bearer.head: bearer for bearer in everybody}
    told: dict[int, list[int]] = defaultdict(list)
    for _ in range(_PASSES):
        bearers = Bearers(people, everybody, usual(told))
        meanings = Meanings(bearers, givens)
        if watch:
            watch(people, everybody, usual(told), givens)
        told, found = defaultdict(list), {}
        for number in range(len(people.names)):
            if number in shared:
                candidates = [by_head[head] for head in shared[number] if head in by_head]
            else:
                candidates = candidates_of(people, bearers, number)
            for row, verdict in verdicts(meanings, number, people.rows(number).tolist(), candidates):
                if verdict.confidence >= SURE:
                    told[verdict.bearer.head].append(row)
                one = tell_meaning(people, number, row, verdict)
                found[str(one.article), one.kind, one.value] = one
    return found


def usual(told: Mapping[int, Sequence[int]]) -> dict[int, Sequence[int]]:
    """Give those of the namings told that are enough to say how a surname alone is used."""
    return {head: rows for head, rows in told.items() if len(rows) >= _USUAL}


def bearers_of(groups: Iterable[Sequence[int]], full: Iterable[int]) -> list[Bearer]:
    """Give the people whom these groups of names are, and those with one name only."""
    several = [Bearer(names=tuple(group)) for group in groups]
    grouped = {member for bearer in several for member in bearer.names}
    return several + [Bearer(names=(number,)) for number in full if number not in grouped]


def candidates_of(people: People, bearers: Bearers, number: int) -> list[Bearer]:
    """Give those whom a surname alone may mean; nobody for another name."""
    if people.folded[number] or not people.counts[number]:
        return []
    name = people.name(number)
    return [] if name.suffix else bearers.of(name)


def verdicts(
    meanings: Meanings, number: int, rows: Iterable[int], candidates: Sequence[Bearer]
) -> Iterator[tuple[int, Verdict]]:
    """Yield those of some namings of a name in which it is sure enough whom it means, and whom."""
    if candidates:
        for row in rows:
            if verdict := meanings.decide(number, row, candidates, least=MEANT):
                yield row, verdict


def _shared(people: People, groups: list[list[int]], judged: _Judged) -> dict[int, list[int]]:
    """Give the names that fit longer ones of two people who are kept apart (George Bush), with the names to show."""
    counts = people.counts.tolist()
    head = {member: group[0] for group in groups for member in group}
    weight = {group[0]: sum(counts[member] for member in group) for group in groups}
    fits: dict[int, list[int]] = {}
    for (one, other), found in judged.pairs.items():
        if found.score >= _ALSO and found.how in _SHORTENED and people.name(one) != people.name(other):
            short, full = sorted((one, other), key=lambda number: len(people.name(number).words))
            if head.get(full, full) == full or head.get(full) == short:
                fits.setdefault(short, []).append(full)
    shared = {}
    for name, found_names in fits.items():
        largest = max(weight.get(one, counts[one]) for one in found_names)
        bearers = [one for one in found_names if weight.get(one, counts[one]) >= _ALSO_PART * largest]
        if len(bearers) > 1 and counts[name] < _RARER * largest and _all_apart(bearers, judged):
            shared[name] = bearers
    return shared


def _all_apart(heads: list[int], judged: _Judged) -> bool:
    return all(judged.apart(one, other) for place, one in enumerate(heads) for other in heads[:place])
