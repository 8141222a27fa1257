"""Load a server with mixed searches: `python -m benchmarks.load --data-dir D [--rate 300] [--seconds 60] [--turns 2]`.

Serves the data directory in processes of its own and asks at a fixed rate, whatever the answers (an open loop: a slow
server is not asked less). Questions are drawn from `MIX`, with the archive's own names and words: words in proportion
to how many articles have them (those that more than a fifth have are left out: nobody asks for *the*), names likewise.
Of 5,000 questions the n-th is asked 1/n as often as the first (Zipf): pages that many read, and many that one does.
Some are misspelt, some ask with the validator of an earlier answer, half want gzip as browsers and libraries do.

A line a turn: answers by status, times from when a question was due (for 503: was sent), processor time of the server's
processes and of this client in cores, and the server's memory (what its processes share counted once; in parentheses
without mapped files). Then `--overload` times as much for `--overload-seconds`, and once more gently: what was turned
away, how fast, and whether it recovered. `--different` draws all questions evenly, so that few come twice.
"""

import argparse
import asyncio
import os
import random
import statistics
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.hosting import Served, served
from index.settings import load_settings
from index.store.generations import current
from search.engines.registry import open_engine
from search.request import SearchRequest
from search.searcher import Searcher

CONNECTIONS = 64
QUESTIONS = 5_000
EXPECTED = {200, 304, 503}

MIX = (
    (20, "a name"),
    (10, "a name in quotes"),
    (20, "two words"),
    (10, "one word"),
    (10, "any of two words, newest first"),
    (10, "a word by a person"),
    (7, "an outlet since a year"),
    (10, "a word, twenty hits without facets"),
    (3, "two words, one misspelt"),
)
"""Kinds of questions, and how many of a hundred are of each."""

COMMON = 5
"""Words that more than one in so many articles has are no questions."""


@dataclass(slots=True)
class Turn:
    """What came of one turn: times in seconds by status."""

    times: dict[int, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--overload", type=int, default=10)
    parser.add_argument("--overload-seconds", type=int, default=10)
    parser.add_argument("--different", action="store_true")
    options = parser.parse_args()
    addresses = questions(options.data_dir)
    weights = [1.0 if options.different else 1 / rank for rank in range(1, len(addresses) + 1)]
    draw = random.Random(7)
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}; {options.data_dir.name}", end=": ")
    print(", ".join(f"{share} % {kind}" for share, kind in MIX))
    with served(options.data_dir, verify_on_open="false") as server:
        print(f"{'turn':<10}{'asked':>8}{'200':>8}{'304':>7}{'503':>8}{'errors':>8}{'p50 ms':>8}{'p95 ms':>8}", end="")
        print(f"{'p99 ms':>8}{'503 p99':>9}{'server':>8}{'client':>8}  MiB")

        def run(name: str, rate: int, seconds: int) -> None:
            asked = draw.choices(addresses, weights, k=rate * seconds)
            before, busy, own, began = memory(server), server.seconds(), time.process_time(), time.perf_counter()
            turn = asyncio.run(ask(server, asked, rate))
            took = time.perf_counter() - began
            cores = (server.seconds() - busy) / took, (time.process_time() - own) / took
            show(name, len(asked), turn, cores, f"{before} -> {memory(server)}")

        server.wait_until_ready()
        print(
            f"{len(server.processes())} processes of the server, with the parent of the others where there are several"
        )
        run("warm up", options.rate // 3, 5)
        for number in range(1, options.turns + 1):
            run(f"turn {number}", options.rate, options.seconds)
        run("overload", options.rate * options.overload, options.overload_seconds)
        run("after", options.rate // 3, 5)


def memory(server: Served) -> str:
    """Write the memory of a server, and how much of it is no mapped file."""
    return f"{server.memory() / 2**20:.0f} ({server.private() / 2**20:.0f})"


def questions(data_dir: Path) -> list[str]:
    """Draw addresses of all kinds from what the archive has."""
    settings = load_settings({"data_dir": data_dir, "verify_on_open": False})
    searcher = Searcher(settings.data_dir, settings)
    articles = searcher.status().articles
    names = {
        kind: {one.value: one.count for one in searcher.values(SearchRequest(), kind)[1].values}
        for kind in ("person", "outlet")
    }
    searcher.close()
    engine = open_engine(current(data_dir), settings)
    words = {form: count for form, count in engine.forms("") if form.isalpha() and count * COMMON <= articles}
    engine.close()
    draw = random.Random(1)
    drawn = {
        kind: iter(draw.choices(list(table), list(table.values()), k=4 * QUESTIONS))
        for kind, table in {"word": words, **names}.items()
    }
    kinds = draw.choices([kind for _, kind in MIX], [share for share, _ in MIX], k=QUESTIONS)
    return [f"/api/v1/search?{urlencode(question(kind, drawn, draw))}" for kind in kinds]


def question(kind: str, drawn: dict[str, Iterator[str]], draw: random.Random) -> dict[str, str]:
    """Give the parameters of a question of a kind."""
    word, other, person = next(drawn["word"]), next(drawn["word"]), next(drawn["person"])
    return {
        "a name": {"q": person},
        "a name in quotes": {"q": f'"{person}"'},
        "two words": {"q": f"{word} {other}"},
        "one word": {"q": word},
        "any of two words, newest first": {"q": f"{word} OR {other}", "sort": "newest"},
        "a word by a person": {"q": word, "person": person},
        "an outlet since a year": {"outlet": next(drawn["outlet"]), "from": str(draw.randrange(2012, 2020))},
        "a word, twenty hits without facets": {"q": word, "size": "20", "facets": ""},
        "two words, one misspelt": {"q": f"{word} {misspelt(other, draw)}"},
    }[kind]


def misspelt(word: str, draw: random.Random) -> str:
    """Swap two letters of a word, or leave one out."""
    at = draw.randrange(max(1, len(word) - 1))
    swapped = draw.random() < 0.5
    return word[:at] + (word[at + 1 : at + 2] + word[at] if swapped else "") + word[at + 1 + swapped :]


async def ask(server: Served, addresses: list[str], rate: int) -> Turn:
    """Ask one after the other at a rate over some connections."""
    turn, due = Turn(), asyncio.Queue[tuple[float, str]]()
    tags: dict[str, str] = {}
    workers = [asyncio.create_task(work(server, due, turn, tags)) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for number, address in enumerate(addresses):
        when = began + number / rate
        if (wait := when - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait((when, address))
    await due.join()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    return turn


async def work(server: Served, due: asyncio.Queue[tuple[float, str]], turn: Turn, tags: dict[str, str]) -> None:
    """Ask what is due over one connection."""
    place = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    while True:
        when, address = await due.get()
        sent = time.perf_counter()
        try:
            kind = zlib.crc32(address.encode())
            more = f"If-None-Match: {tags[address]}\r\n" if address in tags and kind % 4 == 0 else ""
            more += "Accept-Encoding: gzip\r\n" if kind % 8 < 4 else ""
            writer.write(f"GET {address} HTTP/1.1\r\nHost: {place.netloc}\r\n{more}\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            status = int(head[9:12])
            if has_body := status != 304:
                await reader.readexactly(int(headers["content-length"]))
            if has_body and "etag" in headers:
                tags[address] = headers["etag"].replace("w/", "W/")
            if headers.get("connection") == "close":
                writer.close()
                reader, writer = await asyncio.open_connection(place.hostname, place.port)
            turn.times.setdefault(status, []).append(time.perf_counter() - (sent if status == 503 else when))
        except (OSError, asyncio.IncompleteReadError, KeyError, ValueError) as error:
            turn.errors[type(error).__name__] += 1
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
        finally:
            due.task_done()


def show(name: str, asked: int, turn: Turn, cores: tuple[float, float], memory: str) -> None:
    """Print a line about a turn."""
    good = sorted([*turn.times.get(200, []), *turn.times.get(304, [])])
    counts = [len(turn.times.get(status, [])) for status in (200, 304, 503)]
    errors = sum(turn.errors.values()) + sum(
        len(times) for status, times in turn.times.items() if status not in EXPECTED
    )
    print(f"{name:<10}{asked:>8,}{counts[0]:>8,}{counts[1]:>7,}{counts[2]:>8,}{errors:>8,}", end="")
    print(f"{statistics.median(good or [0]) * 1000:>8.1f}{late(good, 0.95):>8.1f}{late(good):>8.1f}", end="")
    print(f"{late(sorted(turn.times.get(503, []))):>9.1f}{cores[0]:>8.2f}{cores[1]:>8.2f}  {memory}", end="")
    odd = {**turn.errors, **{status: len(times) for status, times in turn.times.items() if status not in EXPECTED}}
    print("", *(f"{kind}: {count}" for kind, count in odd.items()), flush=True)


def late(times: list[float], share: float = 0.99) -> float:
    """Give the 99th percentile in ms, or another."""
    return times[int(len(times) * share)] * 1000 if times else 0.0


if __name__ == "__main__":
    main()
