"""What indexing survives: kill -9, failing system calls, damaged files.

    python -m benchmarks.reliability [--kills 200] [--faults 300] [--flips 300]

Each line is one experiment of tests/hostile/durability_runs.py on a small archive (60 articles in 6 files, batches of
5; from nothing, or on top of a first generation); after each disturbance the last generation must open whole,
`check` must find nothing (or, for damage, find it), and resuming must give the archive of an undisturbed run without
tagging an archived article again and without leaving a file over. An experiment that fails ends with a traceback.
The faults are made by a library that a C compiler builds from tests/hostile/durability_faults.c. The table is printed,
the numbers are kept in `benchmarks/results/reliability.json`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "reliability.json"
SHIM = ROOT / "tests" / "hostile" / "durability_faults.c"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=300, help="0 for each call with each error")
    parser.add_argument("--flips", type=int, default=300)
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch) / "faults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True)
        for what, times in (("kill", arguments.kills), ("faults", arguments.faults), ("flips", arguments.flips)):
            root = Path(scratch) / what
            root.mkdir()
            results[what] = run(what, root, times, library=library)
            show(what, results[what])
            RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def run(what: str, root: Path, times: int, *, library: Path) -> dict[str, int]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if what == "faults":
        environment["LD_PRELOAD"] = str(library)
    command = [sys.executable, "-m", "tests.hostile.durability_runs", what, str(root), str(times)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    counts: dict[str, int] = json.loads(ended.stdout)
    return counts


def show(what: str, counts: dict[str, int]) -> None:
    for name, count in sorted(counts.items()):
        print(f"{what:<8}{name:<55}{count:>6}", flush=True)


if __name__ == "__main__":
    main()
