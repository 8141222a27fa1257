"""What MaxScore and block maxima would spare an OR: `python -m benchmarks.pruning --data DIR --index DIR --articles N`.

INDEX is an archive that `benchmarks.engines --keep` wrote of so many articles. Prints, over the benchmark's ORs, the
medians in microseconds and the mean shares that docs/decisions/0007-searching-by-arrays.md gives. The lists are weighed
and kept; the floor (the score of the tenth best) is told beforehand, which no search knows.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np

from benchmarks.peers.corpus import Corpus
from benchmarks.peers.question import questions
from index.settings import Settings
from index.store.generations import current
from search.engines.arrays.parts import Matches
from search.engines.arrays.rowsets import Scratch
from search.engines.engine import Engine, Plan, Window
from search.engines.registry import open_engine
from search.query.parser import parse
from search.query.tree import Everything, Node, Or

BEST, ROUNDS = 10, 30
WIDTHS = (64, 256, 1_024)
"""Rows of a block."""

Scored = list[tuple[Any, Any]]
"""Lists of rows int32[n] and their scores float64[n]."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--articles", type=int, required=True)
    options = parser.parse_args()
    settings = Settings(verify_on_open=False)
    engine = open_engine(current(options.index), settings)
    scratch = Scratch(np.arange(engine.articles, dtype=np.int32))
    everything = engine.run(Plan(tree=Everything(), window=Window(size=engine.articles))).rows
    numbers = {key.id: number for number, key in enumerate(everything)}
    rows: list[dict[str, float]] = []
    for question in questions(Corpus(options.data), options.articles)["or"]:
        tree = parse(str(question), settings).tree
        assert isinstance(tree, Or)
        lists = [_list(engine, clause, numbers) for clause in tree.clauses]
        rows.append(_measured(sorted(lists, key=lambda one: float(one[1].max())), scratch, engine.articles))
    for name in rows[0]:
        values = [row[name] for row in rows]
        print(f"{name:60} {median(values) if name.startswith('us') else mean(values):10.2f}")


def _list(engine: Engine, clause: Node, numbers: dict[str, int]) -> tuple[Any, Any]:
    """Give all matches of a clause, numbered by their ids, with their scores."""
    outcome = engine.run(Plan(tree=clause, window=Window(size=engine.articles)))
    rows = np.array([numbers[key.id] for key in outcome.rows], dtype=np.int32)
    order = rows.argsort()
    return rows[order], np.array([key.score for key in outcome.rows])[order]


def _measured(lists: Scored, scratch: Scratch, articles: int) -> dict[str, float]:
    """Measure one OR, whose lists come by their highest score."""
    highest = [float(scores.max()) for _, scores in lists]
    rows, scores = scratch.add_lists(lists)
    floor = float(np.partition(scores, -BEST)[-BEST])
    spared = sum(sum(highest[: number + 1]) < floor for number in range(len(lists) - 1))
    found = {
        "us, all added up": _spent(lambda: scratch.add_lists(lists)),
        "us, the total alone": _spent(lambda: scratch.union([one for one, _ in lists])),
        "us, MaxScore told the floor, without the total": _spent(lambda: _max_score(lists, spared, floor, scratch)),
        "share of postings in lists that MaxScore must read": sum(len(one) for one, _ in lists[spared:])
        / sum(len(one) for one, _ in lists),
        "highest score of a list to its median": highest[-1] / float(np.median(lists[-1][1])),
    }
    best = _max_score(lists, spared, floor, scratch)
    assert best.scores is not None
    assert abs(float(np.partition(best.scores, -BEST)[-BEST]) - floor) < 1e-9, "MaxScore finds other best"
    for width in WIDTHS:
        bounds = np.zeros(articles // width + 1)
        for one, its in lists:
            blocks = np.zeros(len(bounds))
            np.maximum.at(blocks, one // width, its)
            bounds += blocks
        found[f"share of matches in blocks of {width} that may reach the floor"] = float(
            (bounds >= floor).take(rows // width).mean()
        )
    return found


def _max_score(lists: Scored, spared: int, floor: float, scratch: Scratch) -> Matches:
    """Add up the lists without which no row reaches the floor, and look what may reach it up in those spared."""
    rows, scores = scratch.add_lists(lists[spared:])
    near = (scores >= floor - sum(float(its.max()) for _, its in lists[:spared])).nonzero()[0]
    rows, scores = rows.take(near), scores.take(near)
    for one, its in lists[:spared]:
        sought = scratch.seek(rows, one)
        scores += its.take(sought.places) * sought.there
    return Matches(rows, scores)


def _spent(call: Callable[[], Any]) -> float:
    """Give the median microseconds of processor time of some calls."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return median(times) * 1e6


if __name__ == "__main__":
    main()
