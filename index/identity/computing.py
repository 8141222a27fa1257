"""From the casts of all articles of an archive to whom its names mean: one pass, no text, the same each time."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.authority.types import Identities, Resolution
from index.identity.bearers import Bearer, Bearers
from index.identity.casts import Cast
from index.identity.clustering import cluster
from index.identity.judging import Judge, Judgement
from index.identity.naming import is_full
from index.identity.pairing import keys_of, pairs
from index.identity.people import People
from index.identity.telling import tell_meaning, tell_variant

ONE_PERSON = 3.0
"""From so many nats on two names are one person's: measured by `benchmarks.identity`."""

MEANT = 0.85
"""As sure as this must it be whom a surname alone means."""

_APART = -1.0
_ALSO = 1.0
_ALSO_PART = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    pairs: dict[tuple[int, int], Judgement]
    judge: Judge

    def of(self, one: int, other: int) -> Judgement | None:
        pair = (min(one, other), max(one, other))
        return self.pairs.get(pair) or self.judge.judge(*pair)

    def apart(self, one: int, other: int) -> bool:
        found = self.of(one, other)
        return found is None or found.score < _APART


def identities(casts: Iterable[tuple[str, Cast]]) -> Identities:
    """Tell whom each name of an archive means; `casts` are by the article's id."""
    people = People(casts)
    full = [number for number, value in enumerate(people.names.strings) if is_full(value)]
    full.sort(key=lambda number: (-int(people.counts[number]), people.names.strings[number]))
    judged = _judge(people, full)
    counts = people.counts.tolist()
    scores = {pair: found.score for pair, found in judged.pairs.items()}
    groups = cluster(scores, counts, at_least=ONE_PERSON, apart=judged.apart)
    shared = _shared(groups, judged, counts)
    groups = [kept for group in groups if len(kept := [one for one in group if one not in shared]) > 0]
    names = {}
    for group in groups:
        for member in group[1:]:
            resolution = tell_variant(people, group, member, judged.of(group[0], member))
            names["person", resolution.value] = resolution
    bearers = _bearers(groups, [number for number in full if number not in shared])
    exceptions = {
        (str(one.article), one.kind, one.value): one for one in _meanings(people, bearers, shared, full=set(full))
    }
    return Identities(names=names, exceptions=exceptions)


def _judge(people: People, full: list[int]) -> _Judged:
    judge = Judge(people, full)
    keys = ((number, keys_of(people.name(number), people.born.get(number, ()))) for number in full)
    found = {pair: judgement for pair in pairs(keys) if (judgement := judge.judge(*pair)) is not None}
    return _Judged(pairs=found, judge=judge)


def _shared(groups: list[list[int]], judged: _Judged, counts: list[int]) -> dict[int, list[int]]:
    """Give the names that fit two people who are kept apart (George Bush), with the most frequent name of each."""
    head = {member: group[0] for group in groups for member in group}
    weight = {group[0]: sum(counts[member] for member in group) for group in groups}
    fits: dict[int, dict[int, None]] = {}
    for (one, other), found in judged.pairs.items():
        if found.score >= _ALSO:
            for name, bearer in ((one, other), (other, one)):
                fits.setdefault(name, {}).setdefault(head.get(bearer, bearer))
    shared = {}
    for name, heads in fits.items():
        own = head.get(name, name)
        largest = max(weight.get(one, counts[one]) for one in heads)
        others = [one for one in heads if one != name and weight.get(one, counts[one]) >= _ALSO_PART * largest]
        if len(others) > 1 and own != name and counts[name] < largest and _all_apart(others, judged):
            shared[name] = others
    return shared


def _all_apart(heads: list[int], judged: _Judged) -> bool:
    return all(judged.apart(one, other) for place, one in enumerate(heads) for other in heads[:place])


def _bearers(groups: list[list[int]], full: list[int]) -> list[Bearer]:
    grouped = {member for group in groups for member in group}
    alone = [Bearer(names=(number,)) for number in full if number not in grouped]
    return [Bearer(names=tuple(group)) for group in groups] + alone


def _meanings(
    people: People, everybody: list[Bearer], shared: dict[int, list[int]], *, full: set[int]
) -> Iterable[Resolution]:
    bearers = Bearers(people, everybody)
    by_head = {bearer.head: bearer for bearer in everybody}
    for number in range(len(people.names)):
        if number in shared:
            candidates = [by_head[head] for head in shared[number] if head in by_head]
        elif number not in full and not people.name(number).suffix:
            candidates = bearers.of(people.name(number))
        else:
            continue
        if not candidates:
            continue
        for row in people.rows(number).tolist():
            if verdict := bearers.decide(number, row, candidates, least=MEANT):
                yield tell_meaning(people, number, row, verdict)
