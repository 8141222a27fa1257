"""Newsmorgue beside other engines, on the same articles and questions: `python -m benchmarks.engines --data DIR`.

DIR holds `*.jsonl.gz` of articles with `title` and `text`; from these as many are made as `--articles` says (several
sizes one after the other: `--articles 10000 100000`). People, outlets, publishers and dates are drawn, so that their
frequencies follow Zipf's law. All search title, text and names, weighed alike. The others are given our folded words
parted by blanks, so that all find the same; they have no stems, so ours is asked for words in quotes, which is the same
work; besides for words with their inflections, with snippets found anew each time (of one passage a hit, as tantivy
makes, and of three, as ours shows), and with all its caches off. Totals and facet counts are compared in the same run.

Times are those of questions asked before (all but the first of `--rounds`), peers in turn. `--clock cpu` counts
processor time, for machines that do something else as well. Writing, memory and opening are measured in processes of
their own: memory after 1,000 search pages, each of another question. Prints the table with goals and floors; keeps
`benchmarks/results/engines-N.json`, and draws from all results `docs/images/engines.svg`, `docs/images/growth.svg` and
the tables of `docs/performance.md`. `--only-ours` leaves the peers out: for archives that take long to write.
"""

import argparse
import dataclasses
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.peers.corpus import Corpus
from benchmarks.peers.drawing import draw, draw_growth
from benchmarks.peers.peer import WORKS, Found, Peer, Work
from benchmarks.peers.question import Question, mixed, questions
from benchmarks.peers.table import GOALS, OURS, PEERS, RIVAL, VARIANTS, report, show
from benchmarks.peers.with_newsmorgue import verifying

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
IMAGES = PAGE.parent / "images"
QUESTIONS = "questions.json"
PAGES = 1_000
"""Search pages that a server has answered when its memory is measured."""

PLAIN = "plain Whoosh"
MOST_OF_PLAIN = 20_000
"""Articles beyond which plain Whoosh is left out unless it is asked for: it writes a hundred a second."""


def main() -> None:
    """Measure, print, keep and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, nargs="*", default=[10_000], help="none: draw what was kept")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS))
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--keep", type=Path, help="where the indexes are kept, and found again")
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as scratch:
            folder = (options.keep or Path(scratch)) / f"engines-{articles}"
            names = options.peers or [name for name in PEERS if name != PLAIN or articles <= MOST_OF_PLAIN]
            names = [OURS, *VARIANTS] if options.only_ours else list(dict.fromkeys((OURS, RIVAL, *names)))
            result = compare(options.data, folder, articles, names, rounds=options.rounds, clock=options.clock)
        print("\n".join(show(result)), flush=True)
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"engines-{articles}.json"
        path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    results = [json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("engines-*.json")]
    results.sort(key=lambda result: int(result["articles"]))
    draw([result for result in results if RIVAL in result["peers"]], IMAGES / "engines.svg")
    draw_growth(results, IMAGES / "growth.svg")
    report(results, PAGE)


def compare(data: Path, folder: Path, articles: int, names: list[str], *, rounds: int, clock: str) -> dict[str, Any]:
    """Measure some peers with so many articles."""
    made = {name: PEERS[name]() for name in names}
    peers = {name: peer for name, peer in made.items() if peer is not None}
    figures: dict[str, dict[str, Any]] = {name: {} for name in peers}
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(data)
    asked = questions(corpus, articles)
    many = mixed(questions(corpus, articles, each=PAGES // 4), times=PAGES // 20)
    (folder / QUESTIONS).write_text(json.dumps([dataclasses.asdict(one) for one in many]), encoding="utf-8")
    for name, peer in peers.items():
        writer = OURS if name in VARIANTS else name
        index = folder / writer.replace(" ", "-")
        note = index.with_suffix(".json")
        if not note.exists():
            note.write_text(json.dumps(_child("write", writer, index, data, articles)))
        figures[name]["writing"] = json.loads(note.read_text())
        figures[name]["serving"] = _child("serve", name, index, data, articles)
        peer.open(index)
    for name, times in measure(peers, classes(asked), rounds=rounds, clock=clock).items():
        figures[name]["times"] = times
    everything = [question for several in asked.values() for question in several]
    rival = peers.get(RIVAL)
    return {
        "articles": articles,
        "clock": clock,
        "measured": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0], "python": platform.python_version()},
        "versions": {name: peer.version for name, peer in peers.items() if name not in VARIANTS},
        "skipped": [name for name, peer in made.items() if peer is None],
        "verifying_cpu_ms": verifying(folder / OURS),
        "peers": figures,
        "ratios": {name: ratios(figures[name], figures[RIVAL]) for name in (OURS, *VARIANTS) if rival},
        "equal": {
            name: equal(rival, peer, everything)
            for name, peer in peers.items()
            if rival and name not in {RIVAL, *VARIANTS}
        },
    }


def classes(asked: dict[Any, list[Question]]) -> dict[str, tuple[Work, list[Question]]]:
    """Give what is timed: each kind of work on questions of many kinds, and the ten best alone on each kind."""
    several = mixed(asked)
    found: dict[str, tuple[Work, list[Question]]] = {work: (work, several) for work in WORKS if work != "top"}
    return found | {f"top, {kind}": ("top", questions) for kind, questions in asked.items()}


def measure(
    peers: dict[str, Peer], timed: dict[str, tuple[Work, list[Question]]], *, rounds: int, clock: str
) -> dict[str, dict[str, tuple[float, float]]]:
    """Give each peer's milliseconds, median and 99th percentile, by class; what it cannot answer is left out."""
    tick = time.perf_counter if clock == "wall" else time.process_time
    found: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in peers}
    top: dict[str, list[float]] = {name: [] for name in peers}
    for key, (work, several) in timed.items():
        prepared = {name: [peer.prepare(one, work) for one in several] for name, peer in peers.items()}
        samples: dict[str, list[float]] = {name: [] for name in peers if None not in prepared[name]}
        for number in range(rounds):
            for name, times in samples.items():
                peer = peers[name]
                for one in prepared[name]:
                    began = tick()
                    peer.ask(one, work)
                    spent = tick() - began
                    if number:
                        times.append(spent * 1000)
        for name, times in samples.items():
            found[name][key] = percentiles(times)
            top[name] += times if work == "top" else []
    for name, times in top.items():
        if times:
            found[name]["top, all"] = percentiles(times)
    return found


def percentiles(times: list[float]) -> tuple[float, float]:
    """Give the median and the 99th percentile."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(0.99 * (len(ordered) - 1))]


def ratios(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Give how many times better ours is, by class."""
    found = {
        key: {"p50": theirs["times"][key][0] / times[0], "p99": theirs["times"][key][1] / times[1]}
        for key, times in ours["times"].items()
        if key in GOALS
    }
    found["writing"] = {"p50": theirs["writing"]["ms_per_article"] / ours["writing"]["ms_per_article"]}
    found["bytes"] = {"p50": theirs["writing"]["bytes"] / ours["writing"]["bytes"]}
    found["memory"] = {"p50": theirs["serving"]["pss"] / ours["serving"]["pss"]}
    return found


def equal(rival: Peer, peer: Peer, asked: list[Question]) -> tuple[int, int]:
    """Count the questions to which both give the same total and the same counts of the commonest values."""
    same = comparable = 0
    for question in asked:
        one, two = (_found(each, question) for each in (rival, peer))
        if one is None or two is None:
            continue
        comparable += 1
        same += one.total == two.total and _counts(one) == _counts(two)
    return same, comparable


def _found(peer: Peer, question: Question) -> Found | None:
    prepared = peer.prepare(question, "facets")
    return None if prepared is None else peer.found(peer.ask(prepared, "facets"), "facets")


def _counts(found: Found) -> dict[str, list[int]]:
    """Give the counts alone: which of some equals comes tenth, each engine decides for itself."""
    facets = found.facets or {}
    return {
        field: sorted((count for value, count in one.items() if value), reverse=True)[:9]
        for field, one in facets.items()
    }


def _child(what: str, name: str, index: Path, data: Path, articles: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.peers.child", what, "--peer", name, "--index", str(index)]
    command += ["--data", str(data), "--articles", str(articles), "--questions", str(index.parent / QUESTIONS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
