"""A cluster beside the embedded engine, in one run over the same articles: indexing rate, and latency of whole pages.

    python -m benchmarks.cluster --archive DATA_DIR [--articles 10000] [--engine opensearch+http://HOST:9200/bench]

The articles are those of an archive that `newsmorgue index` made; where more are asked for than it has, they come again
under other ids. Without --engine, nodes are started on this machine (tests/opensearch/nodes.py), compiled as those of
users are: one, since several would but share the same cores. The figures say what an article and a page cost, not what
a cluster can do.
"""

import argparse
import contextlib
import dataclasses
import itertools
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.engines.opensearch.cluster import Cluster
from index.engines.registry import engine_writer
from index.settings import Settings
from index.store.commit import commit, prepare
from index.store.lock import WriterLock
from index.types import Tagged
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.nodes import cluster

QUESTIONS = {
    "one word": ["president", "senate", "economy", "pandemic", "border", "climate", "union", "verdict"],
    "two words": ["supreme court", "white house", "election fraud", "oil price", "school board", "gun control"],
    "phrase": ['"white house"', '"supreme court"', '"new york times"', '"attorney general"'],
    "proximity": ["biden NEAR/5 inflation", "court NEAR/3 ruling", '"border wall"~4'],
    "wildcard": ["immigr*", "vaccin*", "econom*"],
    "any of": ["trump OR biden OR harris", "senate OR congress", "police OR court"],
    "person": ['person:"Joe Biden"', 'person:"Donald Trump"', "person:harris"],
    "everything": [""],
}


def main() -> None:
    """Print a table, and a JSON line of the same figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True, help="a data directory")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each question is asked, after as often to warm"
    )
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--heap", default="2g", help="of each node that is started here")
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--replicas", type=int, default=0)
    parser.add_argument("--engine", help="a running cluster")
    options = parser.parse_args()
    with contextlib.ExitStack() as held:
        engine = options.engine
        if not engine:
            nodes = held.enter_context(cluster(options.nodes, heap=options.heap, figures=True))
            engine = f"opensearch+http://{nodes.hosts}/bench"
        root = Path(held.enter_context(tempfile.TemporaryDirectory()))
        plain = Settings(jobs=1, answer_cache_bytes=0, snippet_cache_bytes=0, query_seconds=60.0)
        both = {
            "embedded": dataclasses.replace(plain, data_dir=root / "embedded"),
            "cluster": dataclasses.replace(
                plain,
                data_dir=root / "cluster",
                engine=engine,
                opensearch_shards=options.shards,
                opensearch_replicas=options.replicas,
            ),
        }
        print(f"load {os.getloadavg()[0]:.1f} before", flush=True)
        figures = {name: measure(name, settings, options) for name, settings in both.items()}
        print(f"load {os.getloadavg()[0]:.1f} after\n")
        tell(figures, options.articles)


def measure(name: str, settings: Settings, options: argparse.Namespace) -> dict[str, object]:
    """Index, then ask."""
    began, spent, theirs = time.monotonic(), time.process_time(), worked(settings)
    index(settings, options.archive, options.articles)
    seconds, processor, theirs = time.monotonic() - began, time.process_time() - spent, worked(settings) - theirs
    searcher = Searcher(settings.data_dir, settings)
    for questions in QUESTIONS.values():
        ask(searcher, questions, options.rounds)  # until what is asked often is compiled, and what is read often cached
    written = worked(settings)
    latencies = {kind: ask(searcher, questions, options.rounds) for kind, questions in QUESTIONS.items()}
    pages = options.rounds * sum(map(len, QUESTIONS.values()))
    answered = worked(settings)
    searcher.close()
    size = stored(settings) if name == "cluster" else held_by(settings.data_dir)
    return {
        "articles a second": round(options.articles / seconds, 1),
        "our processor ms an article": round(1000 * processor / options.articles, 2),
        "the nodes' processor ms an article": round(theirs / options.articles, 2),
        "the nodes' processor ms a page": round((answered - written) / pages),
        "bytes an article": round(size / options.articles),
        "latency ms": latencies,
    }


def index(settings: Settings, source: Path, articles: int) -> None:
    """Commit a generation of so many articles."""
    prepare(settings.data_dir)
    writer = engine_writer(settings)
    with WriterLock(settings.data_dir) as lock, Archive(source / FILE_NAME, writable=False) as archive:
        commit(
            settings.data_dir,
            lock,
            base=None,
            write=lambda directory: (writer.write(directory, removed=(), added=some(archive, articles)), None)[1],
            form=writer.form,
            archive="benchmark",
            revision=1,
            articles=articles,
            keep=1,
        )


def some(archive: Archive, articles: int) -> Iterator[Tagged]:
    """Give so many articles, from the beginning again where the archive has no more."""
    for number in itertools.count():
        for change in archive.changes(since=0):
            if articles == 0:
                return
            if change.packed is not None:
                tagged = archive.unpacked(change.packed, story=change.story)
                article = dataclasses.replace(tagged.article, id=f"{int(tagged.article.id, 16) ^ number:016x}")
                yield dataclasses.replace(tagged, article=article) if number else tagged
                articles -= 1


def ask(searcher: Searcher, questions: list[str], rounds: int) -> list[float]:
    """Give the median and the 95th percentile of whole answers: ten hits with snippets, three facets, a timeline."""
    taken = []
    for question in questions * rounds:
        began = time.perf_counter()
        searcher.ask(SearchRequest(q=question))
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    return [round(statistics.median(taken), 1), round(taken[min(len(taken) - 1, int(0.95 * len(taken)))], 1)]


def worked(settings: Settings) -> float:
    """Give the milliseconds of processor time that all nodes have taken, which other work beside does not change."""
    if settings.engine == Settings().engine:
        return 0.0
    asked = Cluster(settings)
    nodes = asked.ask("GET", "/_nodes/stats/process")["nodes"].values()
    asked.close()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes))


def stored(settings: Settings) -> int:
    """Give what a cluster keeps of an archive, one copy of it."""
    asked = Cluster(settings)
    found = asked.ask("GET", f"/{asked.address.prefix}/_stats/store")
    asked.close()
    return int(found["_all"]["primaries"]["store"]["size_in_bytes"])


def held_by(data_dir: Path) -> int:
    """Give what the files of an index take."""
    return sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())


def tell(figures: dict[str, dict[str, object]], articles: int) -> None:
    """Print the figures side by side."""
    print(f"{articles:,} articles\n\n| | {' | '.join(figures)} |\n|---|{'---|' * len(figures)}")
    theirs = ("the nodes' processor ms an article", "the nodes' processor ms a page")
    for row in ("articles a second", "our processor ms an article", *theirs, "bytes an article"):
        print(f"| {row} | {' | '.join(str(one[row]) for one in figures.values())} |")
    for kind in QUESTIONS:
        cells = [one["latency ms"][kind] for one in figures.values()]  # type: ignore[index]
        print(f"| {kind}, ms p50 / p95 | {' | '.join(f'{half} / {most}' for half, most in cells)} |")
    print(json.dumps({"articles": articles, **figures}))


if __name__ == "__main__":
    main()
