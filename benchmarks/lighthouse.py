"""Ask Lighthouse (npm) about the pages of the sample archive: its four scores, of 100, in the median of three runs.

make lighthouse
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

from benchmarks.serving import ROOT, sample_archive

COMMAND = ROOT / "tests" / "browser" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "/",
    "/?q=president",
    "/people",
    "/people/kamala-harris",
    "/outlets",
    "/facets/person?q=president",
    "/help",
    "/about",
)
FLOOR = 98
RUNS = 3


def scores(url: str) -> dict[str, float]:
    """Run Lighthouse once; gives each category's score of 100."""
    chromium = shutil.which("chromium") or ""
    done = subprocess.run(
        [
            str(COMMAND),
            url,
            *("--quiet", "--output=json", "--output-path=stdout", f"--only-categories={','.join(CATEGORIES)}"),
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(done.stdout)["categories"]
    return {name: round(found[name]["score"] * 100) for name in CATEGORIES}


def main() -> int:
    """Print a row a page; 1 where a score is below the floor."""
    print(f"{'page':32}" + "".join(f"{name:>16}" for name in CATEGORIES))
    low = False
    with sample_archive() as address:
        for path in PAGES:
            runs = [scores(address + path) for _ in range(RUNS)]
            medians = {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}
            low = low or min(medians.values()) < FLOOR
            print(f"{path:32}" + "".join(f"{medians[name]:>16.0f}" for name in CATEGORIES), flush=True)
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
