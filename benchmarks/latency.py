"""Time searches with facets, timeline and snippets on an index: `python benchmarks/latency.py --data-dir D`.

Prints one line a search: the first answer (postings read from disk), the median of the later ones (postings in memory)
and the processor time of these, then the medians over all searches. Times depend on the machine and on what else it
does; compare within one run only.
"""

import argparse
import statistics
import time
from pathlib import Path

from index.settings import load_settings
from search.request import SearchRequest
from search.searcher import Searcher

SEARCHES = (
    SearchRequest(q="trump"),
    SearchRequest(q="white house"),
    SearchRequest(q='"supreme court"'),
    SearchRequest(q="health care -obamacare"),
    SearchRequest(q="(senate OR congress) vote tax"),
    SearchRequest(q="russia investigation NEAR/10 election"),
    SearchRequest(q="immigra*"),
    SearchRequest(q='title:police OR "body camera"', sort="newest"),
    SearchRequest(q="climate change", person=("Donald Trump",)),
    SearchRequest(q=""),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    settings = load_settings({"data_dir": options.data_dir})
    began = time.perf_counter()
    searcher = Searcher(settings.data_dir, settings)
    status = searcher.status()
    print(f"{status.articles:,} articles, generation {status.generation}, opened in {_ms(began):.0f} ms")
    print(f"{'first ms':>9} {'then ms':>9} {'cpu ms':>9} {'hits':>8}  search")
    firsts, laters, works = [], [], []
    for request in SEARCHES:
        times, work = [], []
        for _ in range(options.rounds + 1):
            began, busy = time.perf_counter(), time.process_time()
            answer = searcher.ask(request)
            times.append(_ms(began))
            work.append((time.process_time() - busy) * 1000)
        firsts.append(times[0])
        laters.append(statistics.median(times[1:]))
        works.append(statistics.median(work[1:]))
        shown = request.q or "(everything)"
        print(f"{firsts[-1]:9.1f} {laters[-1]:9.1f} {works[-1]:9.1f} {answer.total:8,}  {shown}")
    print(" ".join(f"{statistics.median(column):9.1f}" for column in (firsts, laters, works)), " " * 9, "median")


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
