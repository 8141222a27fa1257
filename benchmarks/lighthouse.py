"""Ask Lighthouse (npm) about the pages of the sample archive: its four scores, of 100, in the median of three runs.

    make lighthouse
    python -m benchmarks.lighthouse [--runs 3] [PAGE...]

A page is an address, or what another page leads to first: see `FOLLOWED`.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from html import unescape
from urllib.request import urlopen

from benchmarks.serving import ROOT, sample_archive

COMMAND = ROOT / "tests" / "browser" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "/",
    "/?q=president",
    "/?q=watergatte+mccord",
    "article",
    "similar",
    "comparison",
    "/people",
    "/people/kamala-harris",
    "/people/kamala-harris/correct",
    "/outlets",
    "/outlets/cnn",
    "/facets/person?q=president",
    "/quotes",
    "/corrections",
    "/help",
    "/about",
    "/api",
)
FOLLOWED = {
    "article": ("/?q=president", r"/articles/[^\"]*"),
    "similar": ("/?q=president", r"/articles/[^\"]*/similar"),
    "comparison": ("/?q=cameron&group=story", r"/articles/[^\"]*/copies/[^\"]*"),
}
"""Pages whose addresses are not known beforehand: the page that leads there, and what the address is like."""
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
    told = json.loads(done.stdout)["categories"]
    return {name: round((told[name]["score"] or 0) * 100) for name in CATEGORIES}


def found(address: str, page: str) -> str:
    """Give the whole address of a page of the served archive."""
    if page not in FOLLOWED:
        return address + page
    path, like = FOLLOWED[page]
    with urlopen(address + path) as response:
        return address + unescape(re.findall(f'href="({like})"', response.read().decode())[0])


def main() -> int:
    """Print a row a page; 1 where a score is below the floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("pages", nargs="*", default=PAGES, metavar="PAGE")
    given = parser.parse_args()
    print(f"{'page':32}" + "".join(f"{name:>16}" for name in CATEGORIES))
    low = False
    with sample_archive() as address:
        for path in given.pages:
            runs = [scores(found(address, path)) for _ in range(given.runs)]
            medians = {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}
            low = low or min(medians.values()) < FLOOR
            print(f"{path:32}" + "".join(f"{medians[name]:>16.0f}" for name in CATEGORIES), flush=True)
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
