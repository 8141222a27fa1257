"""Follow every link of a served archive from `/`: each must answer 200 at its own address, and no page may be large.

    python -m benchmarks.crawl --data-dir DIR [--depth 3] [--seconds 600]

Pages are made by the application itself (no network). A redirection is a fault: the link that led there is a second
address of one state. Prints a row for each depth, then every fault; ends with 1 where there is one.
"""

import argparse
import re
import sys
import time
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient

from index.settings import load_settings
from search.searcher import Searcher
from web.application import create_application

MOST_BYTES = 60_000
_LINK = re.compile(r'<(?:a|link) [^>]*href="(/[^"#]*)')


def crawl(client: FlaskClient, depth: int, until: float) -> list[str]:
    """Print a row for each depth, and give what is wrong; links not asked for by the time `until` are counted."""
    faults: list[str] = []
    seen, level = {"/"}, ["/"]
    print(f"{'depth':5}{'links':>9}{'asked':>9}{'pages':>9}{'largest kB':>12}")
    for at in range(depth + 1):
        asked = pages = largest = 0
        following: list[str] = []
        for address in level:
            if time.monotonic() > until:
                break
            asked += 1
            with client.get(address) as response:
                if response.status_code != 200:
                    faults.append(f"{response.status_code} {address} {response.location or ''}")
                if response.mimetype != "text/html":
                    continue
                pages += 1
                body = response.get_data(as_text=True)
            largest = max(largest, len(body.encode()))
            if len(body.encode()) > MOST_BYTES:
                faults.append(f"{len(body.encode()) / 1000:.1f} kB {address}")
            new = [one for link in _LINK.findall(body) if (one := unescape(link)) not in seen]
            seen.update(new)
            following += dict.fromkeys(new)
        print(f"{at:5}{len(level):>9,}{asked:>9,}{pages:>9,}{largest / 1000:>12.1f}", flush=True)
        level = following
    return faults


def main() -> int:
    """Crawl; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=600)
    given = parser.parse_args()
    settings = load_settings({"data_dir": given.data_dir})
    searcher = Searcher(settings.data_dir, settings)
    client = create_application(searcher, settings).test_client()
    faults = crawl(client, given.depth, time.monotonic() + given.seconds)
    print("\n".join(faults) or "nothing wrong")
    searcher.close()
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
