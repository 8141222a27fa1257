"""What is measured in a process of its own: what writing costs, and what a server that has answered holds.

    python -m benchmarks.peers.child write|serve --peer NAME --index DIR --data DIR --articles N [--questions FILE]

Prints one JSON object. What drawing the articles and cutting their words costs is left out: all peers are given both.
"""

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.peers.corpus import Corpus
from benchmarks.peers.question import Question
from benchmarks.peers.table import PEERS

MOST_SECONDS = 60
"""Processor seconds that the searches of a server may take: a slow engine is asked fewer."""

T = TypeVar("T")


class Aside:
    """Sums up the processor seconds of what is no part of the work."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """Give items; what it takes to make them is aside."""
        iterator = iter(items)
        while True:
            began = time.thread_time()
            try:
                item = next(iterator)
            except StopIteration:
                return
            finally:
                self.seconds += time.thread_time() - began
            yield item

    def calls(self, function: Callable[[str], str]) -> Callable[[str], str]:
        """Give a function whose work is aside."""

        def call(text: str) -> str:
            began = time.thread_time()
            found = function(text)
            self.seconds += time.thread_time() - began
            return found

        return call


def main() -> None:
    """Do one of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["write", "serve"])
    parser.add_argument("--peer", choices=list(PEERS), required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--questions", type=Path, help="a file of questions as JSON, for serve")
    options = parser.parse_args()
    if options.what == "write":
        result = write(options.peer, options.index, Corpus(options.data), options.articles)
    else:
        rows = json.loads(options.questions.read_text(encoding="utf-8"))
        result = serve(options.peer, options.index, [Question(**row | {"words": tuple(row["words"])}) for row in rows])
    print(json.dumps(result))


def write(name: str, directory: Path, corpus: Corpus, articles: int) -> dict[str, Any]:
    """Write an index; give its cost and size, and the peak of memory beside what the articles took before."""
    peer = PEERS[name]()
    assert peer is not None
    directory.mkdir(parents=True)
    before = _memory("status", "VmRSS")
    aside = Aside()
    began, clock = _spent(), time.perf_counter()
    peer.write(directory, aside.each(corpus.articles(articles)), aside.calls(corpus.joined))
    spent = _spent() - began - aside.seconds
    return {
        "ms_per_article": spent / articles * 1000,
        "seconds": time.perf_counter() - clock,
        "bytes": sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()),
        "peak_memory": _memory("status", "VmHWM") - before,
    }


def serve(name: str, directory: Path, asked: list[Question]) -> dict[str, Any]:
    """Open an index, answer pages, each question once, and give what that cost and what the process holds then.

    Memory is the proportional set size (PSS): pages of the process's own, and its share of mapped pages of files, which
    are its own alone as long as no other process maps them; without what it held before, which is Python and libraries.
    Of several servers on one machine each has `anonymous` for itself, and they share `file`.
    """
    peer = PEERS[name]()
    assert peer is not None
    before = {entry: _memory("smaps_rollup", entry) for entry in ("Pss", "Pss_Anon", "Pss_File")}
    clock, spent = time.perf_counter(), _spent()
    peer.open(directory)
    peer.ask(peer.prepare(asked[0], "page"), "page")
    first = {"wall": time.perf_counter() - clock, "cpu": _spent() - spent}
    searches, spent = 0, _spent()
    for question in asked:
        peer.ask(peer.prepare(question, "page"), "page")
        searches += 1
        if _spent() - spent > MOST_SECONDS:
            break
    gc.collect()
    held = {entry: _memory("smaps_rollup", entry) - was for entry, was in before.items()}
    return {
        "first_answer_ms": {clock: seconds * 1000 for clock, seconds in first.items()},
        "searches": searches,
        "page_cpu_ms": (_spent() - spent) / searches * 1000,
        "pss": held["Pss"],
        "anonymous": held["Pss_Anon"],
        "file": held["Pss_File"],
        "rss": _memory("smaps_rollup", "Rss"),
    }


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _memory(file: str, entry: str) -> int:
    for line in Path(f"/proc/self/{file}").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{entry}:"):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
