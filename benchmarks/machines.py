"""Several machines on one index: how long what one commits takes until the others show it.

    python -m benchmarks.machines [--articles 200] [--commits 15]

Starts three nodes of OpenSearch and a server of PostgreSQL here (as the tests do), indexes articles of 30 words,
then commits one more at a time on one machine, and asks the servers of three until all of them show it.
"""

import argparse
import contextlib
import dataclasses
import os
import statistics
import tempfile
import time
from pathlib import Path

from index.archive.archive import Archive
from index.archive.places import place_of
from index.pipeline.rebuilding import index_archive
from index.settings import Settings
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import keep, tagged
from tests.opensearch.nodes import cluster
from tests.postgresql.server import started

MACHINES = 3
EVERYTHING = SearchRequest(q="oak", facets=(), size=1)


def main() -> None:
    """Print how long commits take, and what comes after them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--commits", type=int, default=15)
    options = parser.parse_args()
    server = started()
    with contextlib.ExitStack() as held:
        nodes = held.enter_context(cluster(3))
        root = Path(held.enter_context(tempfile.TemporaryDirectory()))
        common = dataclasses.replace(
            server.settings(root, server.database()), engine=f"opensearch+http://{nodes.hosts}/machines"
        )
        machines = [dataclasses.replace(common, data_dir=root / str(number)) for number in range(MACHINES)]
        put(machines[0], range(options.articles))
        index_archive(machines[0])
        searchers = [served(held, machine) for machine in machines]
        commits, shown = [], []
        for number in range(options.articles, options.articles + options.commits):
            put(machines[0], range(number, number + 1))
            began = time.monotonic()
            index_archive(machines[0])
            ended = time.monotonic()
            while {searcher.ask(EVERYTHING).total for searcher in searchers} != {number + 1}:
                time.sleep(0.01)
            commits.append(ended - began)
            shown.append(time.monotonic() - ended)
        print(f"load {os.getloadavg()[0]:.1f}, {options.commits} commits, {MACHINES} machines, ms p50 / at most")
        for name, found in (("a commit", commits), ("from its end until all show it", shown)):
            print(f"{name}: {1000 * statistics.median(found):.0f} / {1000 * max(found):.0f}")


def put(settings: Settings, numbers: range) -> None:
    """Archive some articles."""
    with Archive(place_of(settings)) as archive:
        keep(archive, (tagged(number) for number in numbers))


def served(held: contextlib.ExitStack, settings: Settings) -> Searcher:
    """Give what a server of a machine asks, with what follows the others."""
    searcher = Searcher(settings.data_dir, settings)
    follower = searcher.follower()
    follower.start()
    for end in (searcher.close, lambda: follower.join(10), follower.stop):
        held.callback(end)
    return searcher


if __name__ == "__main__":
    main()
