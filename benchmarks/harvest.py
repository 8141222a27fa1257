"""Harvest and export a large archive while an indexer commits: `python -m benchmarks.harvest [--articles N]`.

Makes an archive of N drawn articles (50,000), serves it, commits one article more every second, and meanwhile walks all
hits of a question by cursor. Says how many came, how often one was missing or came twice, and how many generations were
committed. Then exports all articles twice and says what memory the server had before, at most meanwhile, and after:
without mapped files, which the system takes back where it needs the room. `--only` does one of the two.
"""

import argparse
import json
import random
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from benchmarks.hosting import Served, served
from index.engines.whoosh import WhooshWriter
from index.settings import Settings
from index.store.commit import commit, prepare
from index.store.generations import current
from index.store.lock import WriterLock
from index.types import Article, PublicationDate, Tagged

WORDS = [f"{first}{last}" for first in ("ba", "ke", "lo", "mi", "nu", "ra", "so", "ti") for last in "bdfgklmnprstvz"]
BATCH = 10_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--only", choices=("harvest", "export"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data_dir = Path(scratch)
        for start in range(0, options.articles, BATCH):
            add(data_dir, [drawn(number) for number in range(start, min(start + BATCH, options.articles))])
        with served(data_dir, verify_on_open="false") as server:
            server.wait_until_ready()
            if options.only != "export":
                harvest(server, data_dir, options.articles)
            if options.only != "harvest":
                export(server)


def drawn(number: int) -> Tagged:
    """Draw an article."""
    draw = random.Random(number)
    text = "A ferry. " + " ".join(draw.choices(WORDS, k=120))
    date = PublicationDate(value=f"20{number % 20:02}-{number % 12 + 1:02}", precision="month", origin="page")
    article = Article(
        id=f"{number:016x}", source=f"drawn:{number}", title=f"Crossing {number}", text=text, published=date
    )
    return Tagged(article=article, mentions=())


def add(data_dir: Path, articles: list[Tagged], *, removed: tuple[str, ...] = ()) -> None:
    """Commit some articles more, and some less."""
    prepare(data_dir)
    base = current(data_dir) if (data_dir / "CURRENT").exists() else None
    writer = WhooshWriter(Settings())
    with WriterLock(data_dir) as lock:
        commit(
            data_dir,
            lock,
            base=base,
            write=lambda directory: writer.write(directory, removed=removed, added=articles),
            form=WhooshWriter.form,
            archive="drawn",
            revision=1,
            articles=len(articles),
            keep=2,
        )


def harvest(server: Served, data_dir: Path, articles: int) -> None:
    """Walk all hits while articles are added."""
    stop, commits = threading.Event(), 0

    def index() -> None:
        nonlocal commits
        while not stop.wait(1):
            add(data_dir, [drawn(articles + commits)])
            commits += 1

    indexer = threading.Thread(target=index)
    indexer.start()
    began, seen, generations = time.perf_counter(), [], set()
    address = "/api/v1/search?q=ferry&size=100&facets="
    while address:
        with urllib.request.urlopen(server.url + address) as response:
            page = json.load(response)
        seen += [hit["id"] for hit in page["results"]]
        generations.add(page["generation"])
        address = page["next"]
    stop.set()
    indexer.join()
    whole = {f"{number:016x}" for number in range(articles)}
    print(f"harvest: {len(seen):,} articles in {time.perf_counter() - began:.0f} s, {commits} commits meanwhile")
    print(f"missing {len(whole - set(seen))}, twice {len(seen) - len(set(seen))}, generations {len(generations)}")


def export(server: Served) -> None:
    """Stream all articles with their texts, twice."""
    for turn in ("first", "second"):
        before, most, lines, began = server.private(), 0, 0, time.perf_counter()
        with urllib.request.urlopen(f"{server.url}/api/v1/export.ndjson?fields=id,title,text") as response:
            for lines, _ in enumerate(response, 1):
                if lines % 5_000 == 0:
                    most = max(most, server.private())
        seconds, after = time.perf_counter() - began, server.private()
        sizes = ", ".join(
            f"{name} {size / 2**20:.0f} MiB"
            for name, size in zip(("before", "most", "after"), (before, most, after), strict=True)
        )
        print(f"{turn} export: {lines:,} articles in {seconds:.0f} s; server's memory {sizes}")


if __name__ == "__main__":
    main()
