"""What indexing costs: articles a second by stage, memory, and size on disk.

    python -m benchmarks.indexing --data PATH [--jobs N] [--keep DIRECTORY] [--articles N]
    python -m benchmarks.indexing --data PATH --compare [--ceiling] [--articles N]

PATH is anything that `newsmorgue index` takes. Two runs are measured: into an empty data directory, then the same
again, which finds everything unchanged. Rates of stages are articles by seconds of processor time, over all processes;
the last one is by the clock. `--keep` leaves the index in DIRECTORY. The table is printed, the numbers are kept in
`benchmarks/results/indexing.json`. `--articles` takes the first lines of a JSONL file alone.

`--compare` indexes with one worker and with two, and tells how much sooner two are done: by the clock, and, as a busy
machine has no two cores to give, by processor time: that of the one, over that of the parent and half of that of the
other processes, as if the parent did nothing while these work.

With `--ceiling`, which takes a JSONL file, it tells as well how much sooner two indexers are done that share nothing:
started at once, of one worker each, each with every other article and a data directory of its own. Cores that are two
in name, and share units, caches and memory, give no more than that, whatever a program does. How much longer two
workers take than two apart is what sharing one archive and index costs: it holds whatever else kept the machine busy
while the one worked, which ratios to the one do not.
"""

import argparse
import gzip
import itertools
import json
import multiprocessing
import os
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from index.pipeline.indexing import build_index
from index.pipeline.report import Report
from index.read.options import read_options
from index.settings import Settings

RESULTS = Path(__file__).parent / "results" / "indexing.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--ceiling", action="store_true")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        parser.error(f"there is nothing at {arguments.data}")
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.articles:
            arguments.data = first_lines(arguments.data, arguments.articles, Path(scratch))
        if arguments.compare:
            compare(arguments.data, Path(scratch), ceiling=arguments.ceiling)
            return
        settings = Settings(data_dir=arguments.keep or Path(scratch) / "data", jobs=arguments.jobs)
        runs = {}
        for name in ("first run", "again"):
            report = build_index([arguments.data], settings=settings, options=read_options(settings))
            runs[name] = measure(report)
        sizes = measure_sizes(settings.data_dir)
    show(runs, sizes)
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "load": os.getloadavg()[0], "python": platform.python_version()}
    result = {"data": arguments.data.name, "jobs": arguments.jobs, "machine": machine, "runs": runs, "bytes": sizes}
    if RESULTS.is_file() and (two := json.loads(RESULTS.read_text("utf-8")).get("two workers")):
        result["two workers"] = two
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def first_lines(path: Path, count: int, scratch: Path) -> Path:
    """Give a file of the first lines of another, which may be packed."""
    shortened = scratch / f"{path.name.split('.')[0]}-{count}.jsonl"
    with lines_of(path) as lines:
        shortened.write_text("".join(itertools.islice(lines, count)), encoding="utf-8")
    return shortened


def halves(path: Path, scratch: Path) -> list[Path]:
    """Give two files of every other line of another each."""
    with lines_of(path) as lines:
        everything = list(lines)
    made = [scratch / f"half-{number}.jsonl" for number in (0, 1)]
    for number, half in enumerate(made):
        half.write_text("".join(everything[number::2]), encoding="utf-8")
    return made


@contextmanager
def lines_of(path: Path) -> Iterator[TextIO]:
    """Open a file of lines, which may be packed."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield lines


def compare(data: Path, scratch: Path, *, ceiling: bool) -> None:
    """Index with one worker and with two, and print and keep how much sooner two are done."""
    runs = {jobs: timed(data, Settings(data_dir=scratch / f"with-{jobs}", jobs=jobs)) for jobs in (1, 2)}
    for jobs, run in runs.items():
        processor = f"parent {run['parent']:.1f} s, others {run['others']:.1f} s"
        print(f"{jobs} at work: {run['seconds']:.1f} s; of the processor: {processor}")
    needed = {jobs: run["parent"] + run["others"] / jobs for jobs, run in runs.items()}
    ratios = {"clock": runs[1]["seconds"] / runs[2]["seconds"], "processor": needed[1] / needed[2]}
    print(f"two are done {ratios['clock']:.2f} times as soon by the clock, {ratios['processor']:.2f} by processor time")
    result = {"data": data.name, "load": os.getloadavg()[0], "runs": runs, "times as soon": ratios}
    if ceiling:
        result["ceiling"] = apart(data, scratch, one=runs[1], two=runs[2])
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    RESULTS.write_text(json.dumps(kept | {"two workers": result}, indent=1) + "\n", encoding="utf-8")


def apart(data: Path, scratch: Path, *, one: dict[str, float], two: dict[str, float]) -> dict[str, Any]:
    """Index each half alone, both at once; print and give how it compares with runs of `one` and `two` over all."""
    files = halves(data, scratch)
    desks = [Settings(data_dir=scratch / f"apart-{number}", jobs=1) for number in range(len(files))]
    with ProcessPoolExecutor(len(files), mp_context=multiprocessing.get_context("spawn")) as both:
        list(both.map(time.sleep, [1.0] * len(files)))  # so that both have started
        began = time.monotonic()
        runs = list(both.map(timed, files, desks))
        seconds = time.monotonic() - began
    ratio, processor = one["seconds"] / seconds, sum(run["parent"] for run in runs)
    longer = two["seconds"] / seconds
    print(f"two apart: {seconds:.1f} s; of the processor: {processor:.1f} s, {processor / one['parent']:.2f} of one's")
    print(f"two apart are done {ratio:.2f} times as soon as one by the clock, the most that this machine gave")
    print(f"two workers of one archive take {longer:.2f} times as long as two apart")
    ratios = {"times as soon": ratio, "processor": processor / one["parent"], "longer together": longer}
    return {"runs": runs, "seconds": seconds, **ratios}


def timed(data: Path, settings: Settings) -> dict[str, float]:
    """Index once; give the seconds by the clock, and of processor time of this process and of those it started."""
    before = time.monotonic(), time.process_time(), children()
    report = build_index([data], settings=settings, options=read_options(settings))
    after = time.monotonic(), time.process_time(), children()
    seconds, parent, others = (then - now for now, then in zip(before, after, strict=True))
    return {"articles": report.articles, "seconds": seconds, "parent": parent, "others": others}


def children() -> float:
    """Give the processor time of the processes that this one started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(report: Report) -> dict[str, Any]:
    """Give the numbers of one run, rates in articles a second."""
    spent = report.spent
    stages = {"reading": spent.reading, "tagging": spent.tagging, "writing": spent.writing}
    new = report.added + report.changed
    worked = {"reading": report.articles, "tagging": new, "writing": new}
    return {
        "articles": report.articles,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "seconds": round(report.seconds, 2),
        "rate": rate(report.articles, report.seconds),
        "processor_seconds": {name: round(seconds, 2) for name, seconds in stages.items()},
        "rates": {name: rate(worked[name], seconds) for name, seconds in stages.items()},
        "parent_memory": spent.parent_memory,
        "worker_memory": spent.worker_memory,
    }


def rate(articles: int, seconds: float) -> float:
    return round(articles / seconds, 1) if seconds else 0.0


def measure_sizes(data_dir: Path) -> dict[str, int]:
    """Add up what lies in the data directory, files with several names once."""
    sizes: dict[str, int] = {}
    seen = set()
    for path in sorted(data_dir.rglob("*")):
        status = path.stat()
        if path.is_file() and status.st_ino not in seen:
            seen.add(status.st_ino)
            part = "archive" if path.name.startswith("archive") else "index"
            sizes[part] = sizes.get(part, 0) + status.st_size
    return sizes


def show(runs: dict[str, dict[str, Any]], sizes: dict[str, int]) -> None:
    print(
        f"{'':<10}{'articles':>10}{'seconds':>10}{'reading/s':>11}{'tagging/s':>11}{'writing/s':>11}{'all/s':>8}",
        end="",
    )
    print(f"{'parent':>10}{'worker':>10}")
    for name, run in runs.items():
        rates = "".join(f"{run['rates'][stage]:>11,.0f}" for stage in ("reading", "tagging", "writing"))
        memory = f"{run['parent_memory'] / 2**20:>6,.0f} MiB{run['worker_memory'] / 2**20:>6,.0f} MiB"
        print(f"{name:<10}{run['articles']:>10,}{run['seconds']:>10,.1f}{rates}{run['rate']:>8,.0f}{memory}")
    articles = max(1, runs["first run"]["articles"])
    for part, size in sizes.items():
        print(f"{part}: {size / 2**20:,.1f} MiB, {size / articles / 1024:,.1f} KiB an article")


if __name__ == "__main__":
    main()
