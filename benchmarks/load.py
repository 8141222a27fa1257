"""Load a server with mixed searches: `python -m benchmarks.load --data-dir D [--rate 300] [--seconds 60] [--turns 2]`.

Serves the data directory in a process of its own and asks at a fixed rate, whatever the answers (an open loop: a slow
server is not asked less). Questions are drawn from the archive's own names and words, common ones more often (Zipf):
words, phrases, filters, facets, and some with the validator of an earlier answer. A line a turn: answers by status,
times from when a question was due (for 503: was sent), and the server's memory. Then `--overload` times as much for
`--overload-seconds`, and once more gently: what was turned away, how fast, and whether it recovered. `--different`
draws all questions evenly, so that few come twice.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.hosting import Served, served
from index.settings import load_settings
from search.request import SearchRequest
from search.searcher import Searcher

CONNECTIONS = 64
QUESTIONS = 5_000
EXPECTED = {200, 304, 503}


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
    with served(options.data_dir, verify_on_open="false") as server:
        print(f"{'turn':<10}{'asked':>8}{'200':>8}{'304':>7}{'503':>8}{'errors':>8}", end="")
        print(f"{'p50 ms':>8}{'p99 ms':>8}{'503 p99':>9}{'MiB':>11}")

        def run(name: str, rate: int, seconds: int) -> None:
            asked = draw.choices(addresses, weights, k=rate * seconds)
            before = server.resident()
            show(name, len(asked), asyncio.run(ask(server, asked, rate)), before, server.resident())

        run("warm up", options.rate // 3, 5)
        for number in range(1, options.turns + 1):
            run(f"turn {number}", options.rate, options.seconds)
        run("overload", options.rate * options.overload, options.overload_seconds)
        run("after", options.rate // 3, 5)


def questions(data_dir: Path) -> list[str]:
    """Draw addresses of all kinds from what the archive has."""
    settings = load_settings({"data_dir": data_dir})
    searcher = Searcher(settings.data_dir, settings)
    people = [one.value for one in searcher.values(SearchRequest(), "person")[1].values[:800]]
    outlets = [one.value for one in searcher.values(SearchRequest(), "outlet")[1].values[:100]]
    suggested = [one for letter in "abcdefghilmnoprstw" for one in searcher.suggest(letter + "o", 20)]
    words = [one.text for one in suggested if one.kind == "word"]
    searcher.close()
    draw, found = random.Random(1), []
    while len(found) < QUESTIONS:
        kinds = (
            {"q": draw.choice(people)},
            {"q": f'"{draw.choice(people)}"'},
            {"q": f"{draw.choice(words)} {draw.choice(words)}"},
            {"q": f"{draw.choice(words)} OR {draw.choice(words)}", "sort": "newest"},
            {"q": draw.choice(words), "person": draw.choice(people[:60])},
            {"outlet": draw.choice(outlets), "from": f"{draw.randrange(2012, 2020)}"},
            {"q": draw.choice(words), "size": "20", "facets": ""},
        )
        found.append(f"/api/v1/search?{urlencode(draw.choice(kinds))}")
    return found


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
            known = f"If-None-Match: {tags[address]}\r\n" if address in tags and hash(address) % 4 == 0 else ""
            writer.write(f"GET {address} HTTP/1.1\r\nHost: {place.netloc}\r\n{known}\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            if has_body := int(head[9:12]) != 304:
                await reader.readexactly(int(headers["content-length"]))
            if has_body and "etag" in headers:
                tags[address] = headers["etag"].replace("w/", "W/")
            if headers.get("connection") == "close":
                writer.close()
                reader, writer = await asyncio.open_connection(place.hostname, place.port)
            status = int(head[9:12])
            turn.times.setdefault(status, []).append(time.perf_counter() - (sent if status == 503 else when))
        except (OSError, asyncio.IncompleteReadError, KeyError, ValueError) as error:
            turn.errors[type(error).__name__] += 1
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
        finally:
            due.task_done()


def show(name: str, asked: int, turn: Turn, before: int, after: int) -> None:
    """Print a line about a turn."""
    good = sorted([*turn.times.get(200, []), *turn.times.get(304, [])])
    counts = [len(turn.times.get(status, [])) for status in (200, 304, 503)]
    errors = sum(turn.errors.values()) + sum(
        len(times) for status, times in turn.times.items() if status not in EXPECTED
    )
    print(f"{name:<10}{asked:>8,}{counts[0]:>8,}{counts[1]:>7,}{counts[2]:>8,}{errors:>8,}", end="")
    print(f"{middle(good):>8.1f}{late(good):>8.1f}{late(sorted(turn.times.get(503, []))):>9.1f}", end="")
    odd = {**turn.errors, **{status: len(times) for status, times in turn.times.items() if status not in EXPECTED}}
    print(f"{before / 2**20:>6.0f}→{after / 2**20:.0f}", *(f"{kind}: {count}" for kind, count in odd.items()))


def middle(times: list[float]) -> float:
    """Give the median in ms."""
    return statistics.median(times) * 1000 if times else 0.0


def late(times: list[float]) -> float:
    """Give the 99th percentile in ms."""
    return times[int(len(times) * 0.99)] * 1000 if times else 0.0


if __name__ == "__main__":
    main()
