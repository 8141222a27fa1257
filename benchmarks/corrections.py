"""What corrections cost: `python -m benchmarks.corrections --data-dir D`, of which a copy is corrected.

First a server runs, corrections are made one after the other, and the time is taken from before each is written until
an answer shows it. Then the same questions are asked, in turn, of the archive without corrections and with 1,000 of
all kinds (`--corrections`): their medians are compared, by processor time, as the machine may do other things. Prints
both, and the time until an edition with them all answers.
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

QUESTIONS = 150
_PROBE = 0.005


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--corrections", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        plain, corrected = Path(scratch) / "plain", Path(scratch) / "corrected"
        for copy in (plain, corrected):
            shutil.copytree(options.data_dir, copy)
        settings = load_settings({"data_dir": plain})
        seen = visible(corrected, dataclasses.replace(settings, data_dir=corrected))
        print(f"seen after {statistics.median(seen):.3f} s, the last of {len(seen)} after {max(seen):.3f} s")
        searchers = {name: Searcher(path, settings) for name, path in (("none", plain), ("corrected", corrected))}
        made = corrections_of(searchers["none"], options.corrections)
        append(corrected, made)
        began = time.perf_counter()
        searchers["corrected"].ask(SearchRequest(q="warm"))
        print(f"the edition of {len(made):,} corrections answers {time.perf_counter() - began:.3f} s after opening")
        compare(searchers, options.rounds)
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


def compare(searchers: dict[str, Searcher], rounds: int) -> None:
    """Ask all the same questions in turn, and print the medians."""
    chance = random.Random(7)
    facet = searchers["none"].values(SearchRequest(), "person")[1].values
    words = ["trump", "senate", "climate", "police", "market", "court", "health", "russia", "school", "election"]
    questions = [SearchRequest(q=" ".join(chance.sample(words, 2))) for _ in range(QUESTIONS // 3)]
    questions += [SearchRequest(q=chance.choice(words), person=(one.value,)) for one in facet[: QUESTIONS // 3]]
    questions += [SearchRequest(q=f'person:"{one.value}"', sort="newest") for one in facet[: QUESTIONS // 3]]
    times: dict[str, list[float]] = {name: [] for name in searchers}
    for question in questions:
        for searcher in searchers.values():
            searcher.ask(question)  # what both read and make ready at first is no matter here
        for number in range(2 * rounds):
            order = list(searchers.items())
            for name, searcher in order if number % 2 else reversed(order):
                began = time.process_time()
                searcher.ask(question)
                times[name].append((time.process_time() - began) * 1_000)
    p50 = {name: statistics.median(found) for name, found in times.items()}
    print(f"{len(questions)} questions, {2 * rounds} times each: p50 in ms of processor time")
    for name, median in p50.items():
        print(f"{name:>12} {median:8.2f}")
    print(f"{'ratio':>12} {p50['corrected'] / p50['none']:8.2f}")


def _facet(address: str) -> set[str]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        found = json.load(answer)["facets"]["person"]["values"]
    return {one["value"] for one in found if one["count"]}


if __name__ == "__main__":
    main()
