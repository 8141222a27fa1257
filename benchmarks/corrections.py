"""What corrections cost: `python -m benchmarks.corrections --data-dir D`, of which a copy is corrected.

First a server runs, corrections are made one after the other, and the time is taken from before each is written until
an answer shows it. Then questions are asked, each for the first time, so that no answer to it is kept: by turns of the
archive without corrections, with 1,000 of all kinds (`--corrections`), and of another without, as a control. Processor
time is compared, as the machine may do other things; a ratio is the median of the questions' own ratios. Prints these,
and the time until an edition with all corrections answers.
"""

import argparse
import dataclasses
import json
import random
import shutil
import statistics
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from waitress.server import create_server

from index.authority.log import append
from index.authority.types import Correction
from index.settings import Settings, load_settings
from search.request import SearchRequest
from search.searcher import Searcher
from web.application import create_application

SEEN = 10
"""Corrections that are waited for."""

WORDS: tuple[str, ...] = (
    "trump",
    "senate",
    "climate",
    "police",
    "market",
    "court",
    "health",
    "russia",
    "school",
    "election",
)
WORDS += ("tax", "war", "vote", "bill", "oil", "jobs", "church", "army", "china", "iran")
_COMMON, _KNOWN = 60, 200
"""The people by whom is filtered, and those who are sought: so many with most articles."""

_PROBE = 0.005


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--corrections", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=110, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        plain, corrected, control = (Path(scratch) / name for name in ("none", "corrected", "control"))
        for copy in (plain, corrected, control):
            shutil.copytree(options.data_dir, copy)
        settings = load_settings({"data_dir": plain})
        seen = visible(corrected, dataclasses.replace(settings, data_dir=corrected))
        print(f"seen after {statistics.median(seen):.3f} s, the last of {len(seen)} after {max(seen):.3f} s")
        searchers = {path.name: Searcher(path, settings) for path in (plain, corrected, control)}
        made = corrections_of(searchers["none"], options.corrections)
        append(corrected, made)
        began = time.perf_counter()
        searchers["corrected"].ask(SearchRequest(q="warm"))
        print(f"the edition of {len(made):,} corrections answers {time.perf_counter() - began:.3f} s after opening")
        compare(searchers, options.questions)
        for searcher in searchers.values():
            searcher.close()


def visible(data_dir: Path, settings: Settings) -> list[float]:
    """Correct while a server runs; give the seconds until each correction is in its answers."""
    searcher = Searcher(data_dir, settings)
    people = [one.value for one in searcher.values(SearchRequest(), "person")[1].values]
    server = create_server(create_application(searcher, settings), host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}/api/v1/search?facet_size=10&size=1&q="
    times = []
    try:
        _facet(address)
        for number, name in enumerate(people[1 : SEEN + 1]):
            new = f"Somebody {number}"
            began = time.perf_counter()
            append(data_dir, [Correction(what="rename", names=(name,), to=new)])
            query = urllib.parse.quote(f'person:"{new}"')
            while new not in _facet(address + query):
                time.sleep(_PROBE)
            times.append(time.perf_counter() - began)
    finally:
        server.close()
        thread.join(timeout=5)
        searcher.close()
    return times


def corrections_of(searcher: Searcher, count: int) -> list[Correction]:
    """Draw corrections of all kinds, about people as often as they are mentioned and as rare as most are."""
    chance = random.Random(9)
    facet = searcher.values(SearchRequest(), "person")[1].values
    common, names = [one.value for one in facet[:500]], [one.value for one in facet]
    ids = [hit.shown.article.id for hit in searcher.ask(SearchRequest(size=100)).hits]
    made = []
    for number in range(count):
        one, other = chance.choice(common), chance.choice(names)
        what = ("merge", "merge", "merge", "rename", "hide", "nobody", "alias", "split")[number % 8]
        match what:
            case "rename":
                made.append(Correction(what="rename", names=(other,), to=f"{other} {number}"))
            case "hide" | "nobody":
                made.append(Correction(what=what, names=(other,)))
            case "alias":
                made.append(Correction(what="alias", names=(f"alias {number}",), to=one))
            case "split":
                made.append(Correction(what="split", names=(one,), to=f"{one} ({number})", articles=tuple(ids[:9])))
            case _:
                made.append(Correction(what="merge", names=(other,), to=one))
    return made


def compare(searchers: dict[str, Searcher], count: int) -> None:
    """Ask all the same questions, so many of each kind and each once, and print the medians and their ratios."""
    for searcher in searchers.values():
        searcher.ask(SearchRequest(q="warm"))
    every: dict[str, list[float]] = {name: [] for name in searchers}
    print("p50 of processor time in ms, questions asked for the first time; ratios to the archive without corrections")
    for kind, questions in questions_of(searchers["none"], count).items():
        times: dict[str, list[float]] = {name: [] for name in searchers}
        for number, question in enumerate(questions):
            order = list(searchers.items())
            first = number % len(order)
            for name, searcher in (*order[first:], *order[:first]):
                began = time.process_time()
                searcher.ask(question)
                times[name].append((time.process_time() - began) * 1_000)
        p50 = ", ".join(f"{name} {statistics.median(found):.2f}" for name, found in times.items())
        ratios = {
            name: [one / base for one, base in zip(found, times["none"], strict=True)] for name, found in times.items()
        }
        print(f"{kind:>24}: {p50}; {_ratios(ratios)}")
        for name, found in ratios.items():
            every[name] += found
    print(f"{'all':>24}: {len(every['none'])} questions; {_ratios(every)}")


def questions_of(searcher: Searcher, count: int) -> dict[str, list[SearchRequest]]:
    """Draw questions of each kind, up to so many, none of them twice."""
    chance = random.Random(11)
    people = [one.value for one in searcher.values(SearchRequest(), "person")[1].values]
    kinds: dict[str, Callable[[], SearchRequest]] = {
        "three words": lambda: SearchRequest(q=" ".join(chance.sample(WORDS, 3))),
        "two words and a person": lambda: SearchRequest(
            q=" ".join(chance.sample(WORDS, 2)), person=(chance.choice(people[:_COMMON]),)
        ),
        "a person and a word": lambda: SearchRequest(
            q=f'person:"{chance.choice(people[:_KNOWN])}" {chance.choice(WORDS)}', sort="newest"
        ),
        "one word, less another": lambda: SearchRequest(q=" -".join(chance.sample(WORDS, 2))),
    }
    return {kind: list(dict.fromkeys(make() for _ in range(count))) for kind, make in kinds.items()}


def _ratios(found: dict[str, list[float]]) -> str:
    return ", ".join(f"{name} {statistics.median(ratios):.2f}" for name, ratios in found.items() if name != "none")


def _facet(address: str) -> set[str]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        found = json.load(answer)["facets"]["person"]["values"]
    return {one["value"] for one in found if one["count"]}


if __name__ == "__main__":
    main()
