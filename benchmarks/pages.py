"""Time the pages of an archive: every address that a walk from `/` finds, by kind of page.

    python -m benchmarks.pages --data-dir bench-data [--each 40]

Each page is made once, anew, by the application itself (no network), after it prepared itself as a server does beside
its first requests. Besides the time by the clock stands that of the processor, which other work on the machine changes
little.
"""

import argparse
import re
import statistics
import time
from collections import defaultdict, deque
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient

from index.settings import load_settings
from search.searcher import Searcher
from web.application import create_application
from web.serving.preparing import prepare

HEADER = f"{'page':24}{'pages':>7}{'clock p50':>11}{'p95 ms':>8}{'cpu p50':>9}{'p95 ms':>8}{'largest kB':>12}"


def kind_of(address: str) -> str:
    """Name the kind of page of an address."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    if path == "/":
        return "search" if query else "first page"
    return "/".join([parts[0], *("…" for _ in parts[1:2]), *parts[2:]])


def walk(client: FlaskClient, each: int) -> dict[str, list[tuple[float, float, int]]]:
    """Ask for up to `each` pages of every kind; gives seconds by the clock and the processor, and bytes, of each."""
    found: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if len(found[kind]) >= each:
            continue
        clock, processor = time.perf_counter(), time.process_time()
        response = client.get(address)
        took = time.perf_counter() - clock, time.process_time() - processor
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        found[kind].append((*took, len(response.data)))
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)', response.text):
            following = unescape(link)
            if following not in seen and not following.startswith(("/api", "/feed", "/opensearch")):
                seen.add(following)
                waiting.append(following)
    return found


def row(name: str, timed: list[tuple[float, float, int]]) -> str:
    """Write one row of the table."""
    cells = f"{name:24}{len(timed):>7}"
    for place, width in ((0, 11), (1, 9)):
        values = sorted(one[place] * 1000 for one in timed)
        cells += f"{statistics.median(values):>{width}.0f}{values[int(0.95 * (len(values) - 1))]:>8.0f}"
    return f"{cells}{max(one[2] for one in timed) / 1000:>12.1f}"


def main() -> None:
    """Print a row for each kind of page, and one for all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--each", type=int, default=40)
    given = parser.parse_args()
    settings = load_settings({"data_dir": given.data_dir})
    searcher = Searcher(settings.data_dir, settings)
    app = create_application(searcher, settings)
    clock, processor = time.perf_counter(), time.process_time()
    prepare(app)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    found = walk(app.test_client(), given.each)
    print(f"prepared in {clock:.1f} s, {processor:.1f} s of the processor")
    print(HEADER)
    for name, timed in sorted(found.items()):
        print(row(name, timed))
    print(row("all", [one for timed in found.values() for one in timed]))
    searcher.close()


if __name__ == "__main__":
    main()
