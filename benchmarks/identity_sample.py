"""How the names of `benchmarks/judgements/identity` were drawn, from an indexed archive.

    python -m benchmarks.identity_sample --data-dir DIR pairs|periods|alone

The population of pairs is laxer than anything that the identity layer would join, and does not use its code: each two
names of two words or more that share the last word and the first letter or a short form of a given name; the first
word and all but a letter or two of the last; or of which the one has all words of the other. Each pair is in
the first of the `STRATA` that holds for it, and as many of each stratum are drawn by a fixed seed. `periods` draws one
name in two articles at least two years apart, of given names and surnames that many bear. `alone` draws names of one
word with an article, half of them evenly over all occurrences, half of them at most once for each name.
"""

import argparse
import hashlib
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.archive.archive import FILE_NAME, Archive
from index.tag.names import PersonName, parse_name, same_given

SEED = 9
A_STRATUM = 50
OF_PERIODS = 60
ALONE = 300
_GAP_YEARS = 2

Names = dict[str, PersonName]


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


def part_of(value: str) -> str:
    """Tell whether cases of a name are for development or for the test, by its last word: relatives stay together."""
    last = parse_name(value).words[-1:] or ("",)
    return "test" if hashlib.sha256(last[0].encode()).digest()[0] % 2 else "dev"


def draw_pairs(counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """Draw pairs of each stratum, and say how many there are."""
    names = {value: parse_name(value) for value in counts}
    names = {value: name for value, name in names.items() if len(name.words) > 1}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in STRATA}
    for one, other in population(names):
        if kind := stratum(names[one], names[other]):
            found[kind].append((one, other))
    chance = random.Random(SEED)
    for kind, pairs in found.items():
        for one, other in sorted(chance.sample(sorted(pairs), min(A_STRATUM, len(pairs)))):
            yield {"part": part_of(one), "stratum": kind, "of": len(pairs), "a": one, "b": other}


def draw_periods(places: dict[str, list[tuple[str, str]]]) -> Iterator[dict[str, Any]]:
    """Draw names in two articles far apart in time, of given names and surnames that many bear."""
    words = {value: parse_name(value).words for value in places}
    givens = Counter(one[0] for one in words.values() if len(one) > 1)
    lasts = Counter(one[-1] for one in words.values() if len(one) > 1)
    chance = random.Random(SEED)
    common = [value for value, one in words.items() if len(one) == 2 and givens[one[0]] > 50 and lasts[one[-1]] > 8]
    chance.shuffle(common)
    drawn = 0
    for value in common:
        dated = sorted((day, article) for article, day in places[value] if day)
        far = [
            pair for pair in itertools.combinations(dated, 2) if int(pair[1][0][:4]) - int(pair[0][0][:4]) >= _GAP_YEARS
        ]
        if far and drawn < OF_PERIODS:
            drawn += 1
            (_, one), (_, other) = chance.choice(far[:1000])
            yield {"part": part_of(value), "name": value, "articles": [one, other]}


def draw_alone(places: dict[str, list[tuple[str, str]]]) -> Iterator[dict[str, Any]]:
    """Draw names of one word, each in an article."""
    single = sorted(value for value in places if len(parse_name(value).words) == 1)
    chance = random.Random(SEED)
    all_cases = [(value, article) for value in single for article, _ in sorted(places[value])]
    cases = dict.fromkeys(chance.sample(all_cases, min(ALONE // 2, len(all_cases))))
    often = [value for value in single if len(places[value]) > 1]
    cases |= dict.fromkeys(
        (value, chance.choice(sorted(places[value]))[0]) for value in chance.sample(often, ALONE // 2)
    )
    for value, article in cases:
        yield {"part": part_of(value), "name": value, "article": article}


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
    parser.add_argument("what", choices=["pairs", "periods", "alone"])
    arguments = parser.parse_args()
    with Archive(arguments.data_dir / FILE_NAME, writable=False) as archive:
        places = places_of(archive)
    draw: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "pairs": lambda: draw_pairs(Counter({value: len(found) for value, found in places.items()})),
        "periods": lambda: draw_periods(places),
        "alone": lambda: draw_alone(places),
    }
    lines: Sequence[dict[str, Any]] = list(draw[arguments.what]())
    for line in lines:
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
