"""How well identity tells who is one person, on labelled names of an archive of 12,000 articles.

    python -m benchmarks.identity --data ../shared/data [--data-dir D] [--show] [--part PART] [--times N]

Labels (`benchmarks/judgements/identity/`, how they were drawn: docs/identity.md) are of the articles of
`DATA/articles/us-politics-12k.jsonl.gz`, which are indexed first unless `--data-dir` has them. A pair of names counts
as joined where most of the articles of both show one name; names that the tagger finds no more are left out, and a
surname alone that it tells itself is told. Recall is over all pairs of the population that are one person's: `weighted`
counts each labelled pair as often as its stratum has pairs for each one drawn. `--times` (with `--data-dir`) measures
nothing but the time: an archive so many times as large, whole and when 20 articles come.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.identity_sample import JUDGEMENTS, PARTS, places_of
from index.archive.archive import FILE_NAME, Archive
from index.authority.types import Identities
from index.identity.casts import Cast, cast_of
from index.identity.columns import Columns
from index.identity.computing import identities
from index.identity.extending import extended
from index.pipeline.indexing import build_index
from index.processes import peak_memory
from index.read.options import ReadOptions
from index.settings import Settings
from index.words import words

FEW = 20
ARTICLES = Path("articles") / "us-politics-12k.jsonl.gz"

Label = dict[str, Any]
Tell = Callable[[str], None]


@dataclass(slots=True)
class Score:
    """Right, wrong and missed decisions, each with its weight."""

    right: float = 0.0
    wrong: float = 0.0
    missed: float = 0.0

    def __str__(self) -> str:
        precision = self.right / max(1e-9, self.right + self.wrong)
        recall = self.right / max(1e-9, self.right + self.missed)
        return f"{precision:9.3f}{recall:9.3f}{self.right:10,.0f}{self.wrong:8,.0f}{self.missed:8,.0f}"

    def add(self, *, told: bool, true: bool, weight: float = 1.0) -> None:
        """Count a decision."""
        self.right += weight * (told and true)
        self.wrong += weight * (told and not true)
        self.missed += weight * (true and not told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--part", choices=list(PARTS))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--times", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.data_dir and arguments.times:
        spend(arguments.data_dir, arguments.times)
        return
    tell: Tell = print if arguments.show else lambda line: None
    if arguments.data_dir:
        measure(arguments.data_dir, arguments.part, tell)
        return
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(data_dir=Path(scratch))
        build_index([arguments.data / ARTICLES], settings=settings, options=ReadOptions())
        measure(settings.data_dir, arguments.part, tell)


def measure(data_dir: Path, only: str | None, tell: Tell) -> None:
    with Archive(data_dir / FILE_NAME, writable=False) as archive:
        casts = list(casts_of(archive))
        places = {value: [article for article, _ in found] for value, found in places_of(archive).items()}
    began, before = time.process_time(), peak_memory()
    columns = Columns().changed((), casts)
    found = identities(columns)
    spent = time.process_time() - began
    variants, meant = len(found.names), len(found.exceptions)
    print(
        f"{len(casts):,} articles, {len(places):,} names: {variants:,} are others' variants, {meant:,} namings told; "
        f"{spent:.1f} s, {(peak_memory() - before) / 2**20:.0f} MB more\n"
    )
    print(f"{'':<38}{'precision':>9}{'recall':>9}{'right':>10}{'wrong':>8}{'missed':>8}")
    for part in [only] if only else PARTS:
        for name, score in tables(part, found, places, tell):
            print(f"{part + ': ' + name:<38}{score}")


def spend(data_dir: Path, times: int) -> None:
    """Print the processor time of computing a larger archive whole, and of a commit of a few articles to it."""
    with Archive(data_dir / FILE_NAME, writable=False) as archive:
        casts = list(casts_of(archive))
    every = [(f"{copy}-{article}", renamed(cast, copy)) for copy in range(times) for article, cast in casts]
    old, new = every[:-FEW], every[-FEW:]
    columns = Columns().changed((), old)
    began = time.process_time()
    known = identities(columns)
    print(f"{len(old):,} articles, {len(columns.names):,} names, whole: {time.process_time() - began:.1f} s")
    data = columns.encode()
    began = time.process_time()
    decoded = Columns.decode(data)
    assert decoded
    print(f"kept: {len(data) / 2**20:.1f} MB, read in {time.process_time() - began:.1f} s")
    began = time.process_time()
    more = decoded.changed((), new)
    extended(more, known, first=len(old))
    print(f"{FEW} new articles: {time.process_time() - began:.1f} s")
    began = time.process_time()
    more.encode()
    print(f"packed again in {time.process_time() - began:.1f} s; {peak_memory() / 2**20:.0f} MB in all")


def renamed(cast: Cast, copy: int) -> Cast:
    """Give a cast with other surnames."""
    if copy == 0:
        return cast
    end = "ov" * copy
    people = tuple(
        named._replace(
            value=named.value + end,
            stated=tuple(name + end for name in named.stated),
            alone=tuple(word + end for word in named.alone),
        )
        for named in cast.people
    )
    return cast._replace(people=people)


def casts_of(archive: Archive) -> Iterator[tuple[str, Cast]]:
    for change in archive.changes(since=0):
        if change.packed is not None:
            yield change.id, cast_of(archive.unpacked(change.packed))


def tables(part: str, found: Identities, places: dict[str, list[str]], tell: Tell) -> Iterator[tuple[str, Score]]:
    def shown(value: str) -> str | None:
        counts = Counter(found.of(article, "person", value) for article in places[value])
        return max(counts, key=lambda name: (counts[name], str(name)))

    pairs, weighted = Score(), Score()
    strata: dict[str, Score] = {}
    for label in read("pairs", part):
        if label["a"] not in places or label["b"] not in places:
            tell(f"  left out, since the tagger finds it no more: {label['a']} | {label['b']}")
            continue
        told, true = shown(label["a"]) == shown(label["b"]), label["same"]
        pairs.add(told=told, true=true)
        weighted.add(told=told, true=true, weight=label["of"] / label["drawn"])
        strata.setdefault(label["stratum"], Score()).add(told=told, true=true)
        if told != true:
            tell(f"  {'wrongly joined' if told else 'missed'} ({label['stratum']}): {label['a']} | {label['b']}")
    periods = Score()
    for label in read("periods", part):
        told = len({found.of(article, "person", label["name"]) for article in label["articles"]}) == 1
        periods.add(told=told, true=label["same"])
        if told != label["same"]:
            tell(f"  {'one' if told else 'split'}: {label['name']} {label['articles']}")
    yield "pairs of names", pairs
    yield "pairs of names, weighted", weighted
    yield from ((f"  {name}", score) for name, score in strata.items())
    yield "one name, years apart", periods
    surnames, given, others = Score(), Score(), Score()
    for label in read("alone", part):
        to = found.of(label["article"], "person", label["name"])
        if label["article"] not in places.get(label["name"], ()):  # the tagger has told it itself, or finds it no more
            named = (value for value, articles in places.items() if label["article"] in articles)
            to = next((value for value in named if fits(value, label["means"], found)), label["name"])
        told = to != label["name"]
        right = told and fits(str(to), label["means"], found)
        score = {"surname": surnames, "given": given, "other": others}[label["sort"]]
        required = label["sort"] == "surname" and label["known"]
        score.right += right
        score.wrong += told and not right
        score.missed += required and not right
        if (told or required) and not right:
            tell(f"  {label['name']} in {label['article']}: {to} instead of {label['means']}")
    surnames.wrong += others.wrong + given.wrong
    yield "surname alone (wrong: any word)", surnames
    yield "  of these no surname of anybody", others
    yield "  of these given names", given


def fits(to: str, means: list[str], found: Identities) -> bool:
    """Tell whether a name is among those meant, or is what one of them is shown as."""
    return any(key(to) in (key(one), key(str(found.of("", "person", one)))) for one in means)


def key(name: str) -> list[str]:
    return [word.form for word in words(name)]


def read(name: str, part: str) -> Iterator[Label]:
    for line in (JUDGEMENTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["part"] == part and label.get("same", True) is not None:
            yield label


if __name__ == "__main__":
    main()
