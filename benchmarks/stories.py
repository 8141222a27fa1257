"""How well near copies are found: recall and precision against all pairs compared by brute force.

    python -m benchmarks.stories --data FILE.jsonl.gz [--articles 2000]

The articles of FILE as they are, and half of them with an edited copy each (a run of words replaced, from none to half
of them), go into an archive, and stories are told. A pair counts as true where it shares at least half of its distinct
shingles of three words, compared as texts, as told where both have the same story. Stories join what hangs together
through others, so that a told pair may share less than half; `links` leaves such pairs out. Then notices of one
template, which share up to half with thousands of others, are linked in growing numbers, to see what an article takes.
The tables are printed, the numbers are kept in `benchmarks/results/stories.json`.
"""

import argparse
import gzip
import itertools
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from index.archive.archive import Archive, Entry
from index.packing import pack
from index.stories.sketches import SHINGLE_WORDS, sketch_of
from index.stories.updating import link_stories
from index.types import Article, Tagged

RESULTS = Path(__file__).parent / "results" / "stories.json"
NEAR = 0.5
SIZES = (1_500, 3_000, 6_000, 12_000)

Pairs = set[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=2_000)
    arguments = parser.parse_args()
    with gzip.open(arguments.data, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in itertools.islice(lines, arguments.articles)]
    half = texts[: len(texts) // 2]
    results = {
        "as they are": measure(texts),
        "half of them with edited copies": measure(half + edited(half)),
        "notices of one template, half edited": measure(notices(len(half)) + edited(notices(len(half)))),
    }
    print(f"{'':<38}{'true':>7}{'told':>7}{'recall':>9}{'precision':>11}{'of links':>10}{'sketch':>9}{'link':>9}")
    for name, row in results.items():
        print(
            f"{name:<38}{row['true']:>7,}{row['told']:>7,}{row['recall']:>9.4f}{row['precision']:>11.4f}"
            f"{row['precision_of_links']:>10.4f}{row['sketch_ms']:>6.2f} ms{row['link_ms']:>6.2f} ms"
        )
    sizes = {count: measure(notices(count), by_brute=False)["link_ms"] for count in SIZES}
    print(f"\n{'notices':>10}{'link':>14}")
    for count, spent in sizes.items():
        print(f"{count:>10,}{spent:>6.2f} ms each")
    results["notices by number"] = {"link_ms": {str(count): spent for count, spent in sizes.items()}}
    RESULTS.write_text(json.dumps({"data": arguments.data.name, **results}, indent=1) + "\n", encoding="utf-8")


def edited(texts: list[str]) -> list[str]:
    chance = random.Random(8)
    copies = []
    for text in texts:
        words = text.split()
        count = int(len(words) * chance.uniform(0, 0.5))
        start = chance.randrange(len(words) - count + 1)
        words[start : start + count] = [f"other{chance.randrange(10_000)}" for _ in range(count)]
        copies.append(" ".join(words))
    return copies


def notices(count: int) -> list[str]:
    chance = random.Random(4)
    return [
        f"The council of town {number} voted on plan {chance.randrange(10**6)} on Tuesday, Mayor Smith said."
        for number in range(count)
    ]


def measure(texts: list[str], *, by_brute: bool = True) -> dict[str, Any]:
    true = brute(texts) if by_brute else set()
    began = time.process_time()
    sketches = [sketch_of(text) for text in texts]
    sketched = time.process_time()
    with tempfile.TemporaryDirectory() as scratch, Archive(Path(scratch) / "archive.sqlite") as archive:
        archive.put(
            [entry(number, text, data) for number, (text, data) in enumerate(zip(texts, sketches, strict=True))]
        )
        before = time.process_time()
        link_stories(archive)
        spent = time.process_time() - before
        stories = defaultdict(list)
        for change in archive.changes(since=0):
            if change.story:
                stories[change.story].append(int(change.id))
    told: Pairs = {pair for story in stories.values() for pair in itertools.combinations(sorted(story), 2)}
    linked = {pair for pair in told if pair in true}
    through = told - true - chained(told, true)
    return {
        "articles": len(texts),
        "true": len(true),
        "told": len(told),
        "recall": len(linked) / max(1, len(true)),
        "precision": len(linked) / max(1, len(told)),
        "precision_of_links": len(linked) / max(1, len(linked) + len(through)),
        "sketch_ms": 1000 * (sketched - began) / len(texts),
        "link_ms": 1000 * spent / len(texts),
    }


def chained(told: Pairs, true: Pairs) -> Pairs:
    """Give the told pairs that true pairs connect through others."""
    above: dict[int, int] = {}

    def first(number: int) -> int:
        while (upper := above.get(number, number)) != number:
            number = upper
        return number

    for one, other in true:
        low, high = sorted((first(one), first(other)))
        if low != high:
            above[high] = low
    return {pair for pair in told if pair not in true and first(pair[0]) == first(pair[1])}


def brute(texts: list[str]) -> Pairs:
    """Compare all pairs that share a shingle."""
    sets = []
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        sets.append({tuple(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1))})
    holders = defaultdict(list)
    true: Pairs = set()
    for number, shingles in enumerate(sets):
        shared: Counter[int] = Counter()
        for shingle in shingles:
            shared.update(holders[shingle])
            holders[shingle].append(number)
        true.update(
            (other, number)
            for other, count in shared.items()
            if count / (len(shingles) + len(sets[other]) - count) >= NEAR
        )
    return true


def entry(number: int, text: str, data: bytes) -> Entry:
    article = Article(id=str(number), source="", title="", text=text)
    return Entry(id=str(number), hash=b"-", packed=pack(Tagged(article=article, mentions=())), sketch=data)


if __name__ == "__main__":
    main()
