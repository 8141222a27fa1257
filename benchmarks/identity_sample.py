"""How the names of `benchmarks/judgements/identity` were drawn, from an indexed archive.

    python -m benchmarks.identity_sample --data-dir DIR --part PART pairs|periods|alone

The population of pairs is laxer than anything that the identity layer would join, and does not use its code: each two
names of two words or more that share the last word and the first letter or a short form of a given name; the first
word and all but a letter or two of the last; or of which the one has all words of the other. Each pair is in
the first of the `STRATA` that holds for it, and as many of each stratum are drawn by a fixed seed. `periods` draws one
name in two articles at least two years apart, of given names and surnames that many bear. `alone` draws names of one
word with an article, half of them evenly over all occurrences, half of them at most once for each name; the later parts
only words that end a longer name of the archive, since no others can be told or missed. Each part was drawn by another
seed, without the cases of those before it.
"""

import argparse
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.archive.archive import FILE_NAME, Archive
from index.tag.names import PersonName, parse_name, same_given

JUDGEMENTS = Path(__file__).parent / "judgements" / "identity"
_GAP_YEARS = 2

Names = dict[str, PersonName]
Case = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """By which seed a part was drawn, and how many cases of each kind."""

    seed: int
    a_stratum: int
    periods: int
    alone: int
    borne: bool = True
    """Whether single words are only drawn that end a longer name somewhere."""


PARTS = {
    "dev-1": Draw(seed=9, a_stratum=50, periods=60, alone=300, borne=False),
    "dev-2": Draw(seed=2026, a_stratum=26, periods=40, alone=170, borne=False),
    "dev-3": Draw(seed=31, a_stratum=24, periods=40, alone=170),
    "test": Draw(seed=5081, a_stratum=26, periods=50, alone=220),
    "test-2": Draw(seed=60217, a_stratum=16, periods=0, alone=80),
    "test-3": Draw(seed=70921, a_stratum=24, periods=0, alone=120),
}
"""In the order in which they were drawn; `dev-2` was the test until its mistakes were read."""


def distance(one: str, other: str) -> int:
    """Give the letters to change, add or drop that make the one the other."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        above, row[0] = row[0], place
        for at, against in enumerate(other, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (letter != against))
    return row[-1]


def _slip(one: str, other: str) -> bool:
    """Tell whether two words are near: one letter apart or two swapped, or two apart in words of seven or more."""
    shorter = min(len(one), len(other))
    apart = distance(one, other) if shorter > 3 and abs(len(one) - len(other)) < 3 else 9
    return apart == 1 or (apart == 2 and (shorter > 6 or sorted(one) == sorted(other)))


def _fits_initial(one: PersonName, other: PersonName) -> bool:
    short, full = sorted((one.words[:-1], other.words[:-1]), key=lambda words: len(words[0]))
    return len(short[0]) == 1 and short[0] in {word[0] for word in full}


STRATA: dict[str, Callable[[PersonName, PersonName], bool]] = {
    "marks": lambda a, b: "".join(a.words) == "".join(b.words) and a.suffix == b.suffix,
    "suffix": lambda a, b: a.suffix != b.suffix and (a.words[0], a.words[-1]) == (b.words[0], b.words[-1]),
    "middle": lambda a, b: (a.words[0], a.words[-1]) == (b.words[0], b.words[-1]),
    "initial": lambda a, b: a.words[-1] == b.words[-1] and _fits_initial(a, b),
    "short form": lambda a, b: a.words[-1] == b.words[-1] and same_given(a.words[0], b.words[0]),
    "near given": lambda a, b: a.words[-1] == b.words[-1] and _slip(a.words[0], b.words[0]),
    "near surname": lambda a, b: a.words[0] == b.words[0] and _slip(a.words[-1], b.words[-1]),
    "contained": lambda a, b: set(a.words) <= set(b.words) or set(b.words) <= set(a.words),
    "letter": lambda a, b: a.words[-1] == b.words[-1] and a.words[0][0] == b.words[0][0],
}
"""The kinds of pairs, the first that holds counting."""


def stratum(one: PersonName, other: PersonName) -> str | None:
    """Tell the kind of a pair; None for a pair out of the population."""
    return next((name for name, holds in STRATA.items() if holds(one, other)), None)


def population(names: Names) -> Iterator[tuple[str, str]]:
    """Yield all pairs that may be in the population, each once."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for value, name in names.items():
        for key in {f"last {name.words[-1]}", f"first {name.words[0]}", "".join(name.words)}:
            blocks[key].append(value)
        for word in set(name.words[1:]):
            blocks[f"has {word}"].append(value)
    seen = set()
    for key, values in blocks.items():
        for one, other in itertools.combinations(sorted(values), 2):
            if key.startswith("first ") and not _slip(names[one].words[-1], names[other].words[-1]):
                continue
            if (one, other) not in seen:
                seen.add((one, other))
                yield one, other


def case_of(label: dict[str, Any]) -> Case:
    """Give what a case is of, whoever labelled it."""
    if "a" in label:
        return (label["a"], label["b"])
    return (label["name"], label["article"]) if "article" in label else (label["name"], *label["articles"])


def draw_pairs(counts: Counter[str], draw: Draw, known: Container[Case]) -> Iterator[dict[str, Any]]:
    """Draw pairs of each stratum, and say of how many, and how many were drawn."""
    names = {value: parse_name(value) for value in counts}
    names = {value: name for value, name in names.items() if len(name.words) > 1}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in STRATA}
    for one, other in population(names):
        if kind := stratum(names[one], names[other]):
            found[kind].append((one, other))
    chance = random.Random(draw.seed)
    for kind, pairs in found.items():
        fresh = [pair for pair in sorted(pairs) if pair not in known]
        drawn = sorted(chance.sample(fresh, min(draw.a_stratum, len(fresh))))
        for one, other in drawn:
            yield {"stratum": kind, "of": len(pairs), "drawn": len(drawn), "a": one, "b": other}


def draw_periods(
    places: dict[str, list[tuple[str, str]]], draw: Draw, known: Container[Case]
) -> Iterator[dict[str, Any]]:
    """Draw names in two articles far apart in time, of given names and surnames that many bear."""
    words = {value: parse_name(value).words for value in places}
    givens = Counter(one[0] for one in words.values() if len(one) > 1)
    lasts = Counter(one[-1] for one in words.values() if len(one) > 1)
    chance = random.Random(draw.seed)
    common = [value for value, one in words.items() if len(one) == 2 and givens[one[0]] > 50 and lasts[one[-1]] > 8]
    chance.shuffle(common)
    drawn = 0
    for value in common:
        dated = sorted((day, article) for article, day in places[value] if day)
        far = [
            pair for pair in itertools.combinations(dated, 2) if int(pair[1][0][:4]) - int(pair[0][0][:4]) >= _GAP_YEARS
        ]
        if far and drawn < draw.periods:
            (_, one), (_, other) = chance.choice(far[:1000])
            if (value, one, other) not in known:
                drawn += 1
                yield {"name": value, "articles": [one, other]}


def draw_alone(
    places: dict[str, list[tuple[str, str]]], draw: Draw, known: Container[Case]
) -> Iterator[dict[str, Any]]:
    """Draw names of one word, each in an article."""
    words = {value: parse_name(value).words for value in places}
    lasts = {one[-1] for one in words.values() if len(one) > 1}
    single = sorted(value for value, one in words.items() if len(one) == 1 and (not draw.borne or one[0] in lasts))
    chance = random.Random(draw.seed)
    all_cases = [(value, article) for value in single for article, _ in sorted(places[value])]
    all_cases = [case for case in all_cases if case not in known]
    cases = dict.fromkeys(chance.sample(all_cases, min(draw.alone // 2, len(all_cases))))
    often = [value for value in single if len(places[value]) > 1]
    cases |= dict.fromkeys(
        (value, chance.choice(sorted(places[value]))[0]) for value in chance.sample(often, draw.alone // 2)
    )
    for value, article in cases:
        if (value, article) not in known:
            yield {"name": value, "article": article}


def places_of(archive: Archive) -> dict[str, list[tuple[str, str]]]:
    """Give for each person's name the articles that have it, with the day of each or nothing."""
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for change in archive.changes(since=0):
        if change.packed is not None:
            tagged = archive.unpacked(change.packed)
            day = tagged.article.published.value if tagged.article.published else ""
            for value in sorted({mention.value for mention in tagged.mentions if mention.kind == "person"}):
                places[value].append((tagged.article.id, day))
    return places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--part", choices=list(PARTS), required=True)
    parser.add_argument("what", choices=["pairs", "periods", "alone"])
    arguments = parser.parse_args()
    with Archive(arguments.data_dir / FILE_NAME, writable=False) as archive:
        places = places_of(archive)
    judged = (JUDGEMENTS / f"{arguments.what}.jsonl").read_text(encoding="utf-8").splitlines()
    earlier = list(PARTS)[: list(PARTS).index(arguments.part)]
    known = {case_of(label) for label in map(json.loads, judged) if label["part"] in earlier}
    counts = Counter({value: len(found) for value, found in places.items()})
    draw: dict[str, Callable[[Draw], Iterable[dict[str, Any]]]] = {
        "pairs": lambda draw: draw_pairs(counts, draw, known),
        "periods": lambda draw: draw_periods(places, draw, known),
        "alone": lambda draw: draw_alone(places, draw, known),
    }
    lines: Sequence[dict[str, Any]] = list(draw[arguments.what](PARTS[arguments.part]))
    for line in lines:
        print(json.dumps({"part": arguments.part, **line}, ensure_ascii=False))


if __name__ == "__main__":
    main()
