"""What an archive in PostgreSQL costs beside one in SQLite, in one run.

    python -m benchmarks.archives --data FILE.jsonl.gz [--articles 2000]

Indexes the same articles into both, by one worker; then the same again, which finds them unchanged; writes what is
tagged already to the archive alone, reads it, and removes a tenth one by one; asks pages for words of the texts while
each archive's corrections are followed; and tells how long a correction that another machine makes takes to reach a
server's readers. PostgreSQL is Debian's, on loopback, with its own defaults: each commit is on disk, as in SQLite.
The table is printed, the numbers are kept in `benchmarks/results/archives.json`.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.indexing import children, first_lines
from index.archive.archive import Archive, Entry
from index.archive.places import place_of
from index.authority.log import signal
from index.authority.types import Correction
from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from tests.postgresql.server import started
from web.application import create_application

RESULTS = Path(__file__).parent / "results" / "archives.json"
PAGES = 100
CORRECTIONS = 10
ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=2_000)
    arguments = parser.parse_args()
    server = started(durable=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        data = first_lines(arguments.data, arguments.articles, scratch)
        both = {
            "sqlite": Settings(data_dir=scratch / "sqlite", jobs=1),
            "postgresql": server.settings(scratch / "postgresql", server.database()),
        }
        found: dict[str, dict[str, float]] = {kind: {} for kind in both}
        steps: tuple[Callable[[Settings, Path], dict[str, float]], ...] = (indexed, written, paged, corrected)
        for step in steps:
            for kind, settings in both.items():
                found[kind] |= step(settings, data)
                print(step.__name__, kind, found[kind], file=sys.stderr)
    version = server.ask("SHOW server_version")
    show(found, version)
    kept: dict[str, Any] = {"data": arguments.data.name, "articles": arguments.articles, "server": version}
    kept |= {"load": os.getloadavg()[0], "found": found}
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def indexed(settings: Settings, data: Path) -> dict[str, float]:
    """Index, and once more."""
    rates = {}
    for name in ("index", "index again, unchanged"):
        began = time.process_time() + children()
        report = build_index([data], settings=settings, options=read_options(settings), again=True)
        rates[f"{name}: articles/s by the clock"] = report.articles / report.seconds
        rates[f"{name}: ours, ms of processor an article"] = (
            (time.process_time() + children() - began) * 1_000 / report.articles
        )
    return rates


def written(settings: Settings, data: Path) -> dict[str, float]:
    """Read an archive, write as many articles to it again (the best of some rounds), and remove a tenth one by one."""
    with Archive(place_of(settings), writable=False) as archive:
        changes = [change for change in archive.changes(since=0) if change.packed is not None]
        began = time.perf_counter()
        read = sum(1 for _ in archive.changes(since=0))
        reading = read / (time.perf_counter() - began)
    entries = [Entry(id=f"x{one.id}", hash=b"1" * 16, packed=one.packed or b"") for one in changes]
    writing = 0.0
    with Archive(place_of(settings)) as archive:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            archive.put(entries)
            writing = max(writing, len(entries) / (time.perf_counter() - began))
        gone = [one.id for one in entries[::10]]
        began = time.perf_counter()
        for one in gone:
            archive.remove([one])
        removing = len(gone) / (time.perf_counter() - began)
        archive.remove([one.id for one in entries])
    return {
        "archive alone, written: articles/s": writing,
        "read: articles/s": reading,
        "changes of one: a second": removing,
    }


def paged(settings: Settings, data: Path) -> dict[str, float]:
    """Ask for pages of one word, each for the first time."""
    words: Counter[str] = Counter()
    for line in data.read_text("utf-8").splitlines()[:300]:
        words.update(set(str(json.loads(line).get("text", "")).lower().split()))
    chosen = random.Random(1).sample(sorted(one for one, count in words.items() if one.isalpha() and count > 1), PAGES)
    searcher = Searcher(settings.data_dir, settings)
    client = create_application(searcher, settings).test_client()
    follower = searcher.follower()
    follower.start()
    times = []
    for word in ["the", *chosen]:
        began = time.perf_counter()
        assert client.get(f"/?q={word}", headers={"Host": "localhost"}).status_code == 200
        times.append((time.perf_counter() - began) * 1_000)
    follower.stop()
    follower.join(5)
    searcher.close()
    cuts = statistics.quantiles(times[1:], n=20)
    return {"page of a word, ms p50": cuts[9], "p95": cuts[18]}


def corrected(settings: Settings, data: Path) -> dict[str, float]:
    """Correct from another machine, and wait until the readers of a data directory are told."""
    if settings.archive == "sqlite":
        return {}
    follower = Searcher(settings.data_dir, settings).follower()
    follower.start()
    times = []
    with Archive(place_of(settings)) as archive:
        for number in range(CORRECTIONS):
            before = signal(settings.data_dir)
            time.sleep(random.Random(number).random())
            began = time.perf_counter()
            archive.corrections.append([Correction(what="hide", names=(f"Nobody {number}",), raw=True)])
            while signal(settings.data_dir) == before:
                time.sleep(0.005)
            times.append((time.perf_counter() - began) * 1_000)
    follower.stop()
    follower.join(5)
    return {"a correction elsewhere, ms p50": statistics.median(times), "at most": max(times)}


def show(found: dict[str, dict[str, float]], version: str) -> None:
    print(f"{'':<40}{'SQLite':>10}{'PostgreSQL':>12}   ({version})")
    for name, value in found["postgresql"].items():
        beside = f"{found['sqlite'][name]:,.0f}" if name in found["sqlite"] else ""
        print(f"{name:<40}{beside:>10}{value:>12,.0f}")


if __name__ == "__main__":
    main()
