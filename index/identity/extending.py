"""Between two computations of a whole archive: what is new is judged by what is known, at a cost of what is new."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from index.authority.types import Identities, NameKind, Resolution
from index.identity.bearers import Bearer, Bearers
from index.identity.columns import Columns
from index.identity.computing import ONE_PERSON, SURE, bearers_of, candidates_of, usual, verdicts
from index.identity.figures import figures
from index.identity.judging import Judge, Judgement
from index.identity.meaning import Meanings
from index.identity.people import People
from index.identity.telling import tell_meaning, tell_variant
from index.tag.names import without_article


def extended(columns: Columns, known: Identities, *, first: int) -> Identities:
    """Give what is known of an archive and of its new articles, from the number `first` on.

    A new name becomes one of those known where `identities` would join the two, names that were known stay as they are;
    surnames alone are told in the new articles. What was known of articles that are gone goes.
    """
    people = People(columns)
    full = people.full()
    judge = Judge(people, full)
    rows = np.flatnonzero(columns.of_article >= first)
    fresh = np.unique(columns.of_name[rows])
    before = np.bincount(columns.of_name[columns.of_article < first], minlength=len(columns.names))
    names = dict(known.names)
    near = _neighbours(people, full)
    for number in fresh.tolist():
        value = columns.names[number]
        if not people.folded[number] or before[number] or ("person", value) in names:
            continue
        if resolution := _variant(people, judge, names, number, near):
            names["person", value] = resolution
    articles = set(columns.articles[:first])
    exceptions = {key: one for key, one in known.exceptions.items() if key[0] in articles}
    for one in _meanings(people, judge, names, known, rows.tolist()):
        exceptions[str(one.article), one.kind, one.value] = one
    return Identities(names=names, exceptions=exceptions)


_Names = dict[tuple[NameKind, str], Resolution]


def _variant(
    people: People, judge: Judge, names: _Names, number: int, near: Mapping[str, Sequence[int]]
) -> Resolution | None:
    """Tell whose variant a new name is, if anybody's."""
    numbers = {value: one for one, value in enumerate(people.names)}
    best: tuple[float, str] | None = None
    heads: dict[str, Judgement] = {}
    for other in sorted({one for key in _keys(people, number) for one in near.get(key, ())} - {number}):
        found = judge.judge(min(number, other), max(number, other))
        if found and found.score >= ONE_PERSON:
            resolution = names.get(("person", people.names[other]))
            head = str(resolution.to) if resolution else people.names[other]
            heads.setdefault(head, found)
            if best is None or (-found.score, head) < best:
                best = (-found.score, head)
    if best is None or best[1] not in numbers:
        return None
    return tell_variant(people, numbers[best[1]], number, heads[best[1]])


def _neighbours(people: People, full: Iterable[int]) -> Mapping[str, Sequence[int]]:
    """Give the names by what a new one may share with them."""
    found: dict[str, list[int]] = defaultdict(list)
    for number in full:
        for key in _keys(people, number):
            found[key].append(number)
    return found


def _keys(people: People, number: int) -> set[str]:
    """Give what near names share: surname, given name and an end of it, all letters, or whom all know by them."""
    words = people.folded[number]
    figure = figures().of(people.name(number))
    first, _, rest = words.partition(" ")
    last = rest.rpartition(" ")[2]
    return {
        f"last {last}",
        f"{first} {last[:3]}~",
        f"{first} ~{last[-3:]}",
        words.replace(" ", ""),
        f"figure {figure}" if figure else words,
    }


def _meanings(
    people: People, judge: Judge, names: _Names, known: Identities, rows: Iterable[int]
) -> Iterator[Resolution]:
    """Tell the surnames alone of new articles."""
    alone: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        number = int(people.of_name[row])
        if not people.folded[number]:
            alone[number].append(row)
    lasts = {word for number in alone for word in (without_article(people.name(number).words) or ("",))[-1:]}
    lasts |= {people.name(number).compact for number in alone}
    several: dict[str, list[int]] = defaultdict(list)
    for number in people.full():
        words = people.folded[number]
        first, _, rest = words.partition(" ")
        if first in lasts or rest.rpartition(" ")[2] in lasts or rest.replace(" ", "") in lasts:
            resolution = names.get(("person", people.names[number]))
            several[str(resolution.to) if resolution else people.names[number]].append(number)
    groups = [_headed(people, head, members) for head, members in several.items()]
    everybody: list[Bearer] = bearers_of(groups, ())
    meanings = Meanings(Bearers(people, everybody, _told(people, everybody, known, alone)), judge.givens)
    for number, found in alone.items():
        candidates = candidates_of(people, meanings.bearers, number)
        for row, verdict in verdicts(meanings, number, found, candidates):
            yield tell_meaning(people, number, row, verdict)


def _told(
    people: People, everybody: Iterable[Bearer], known: Identities, alone: Iterable[int]
) -> Mapping[int, Sequence[int]]:
    """Give the namings of surnames alone that were told before, by whom they mean."""
    heads = {people.names[bearer.head]: bearer.head for bearer in everybody}
    told: dict[int, list[int]] = defaultdict(list)
    for number in alone:
        for row in people.rows(number).tolist():
            article = people.articles[int(people.of_row[row])]
            resolution = known.exceptions.get((article, "person", people.names[number]))
            if resolution and resolution.confidence >= SURE and str(resolution.to) in heads:
                told[heads[str(resolution.to)]].append(row)
    return usual(told)


def _headed(people: People, head: str, members: Sequence[int]) -> list[int]:
    return sorted(members, key=lambda number: (people.names[number] != head, -int(people.counts[number])))
