"""Time searches with facets, timeline and snippets on an index: `python benchmarks/latency.py --data-dir D`.

With `--hostile`, ask what is meant to hurt: patterns, piled operators, distances over the commonest words.

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


_COMMON = "the of and to a in is was that for on with"
HOSTILE = tuple(
    SearchRequest(q=query)
    for query in (
        "?*",
        "*",
        "[a TO z]",
        "word " * 5_000,
        "NOT " * 400 + "a",
        "+a -b",
        '"a b" ~7',
        "(a OR b) " * 30,
        "-(" * 20 + "a" + ")" * 20,
        "co* in* re* pr* st* de* un* di*",
        "c?? a?? b?? d??",
        "an*n*s*t*e*",
        "kamalla~1 obbama~1 trumpp~1 clintonn~1 bidden~1 sandars~1",
        '"the of"~49',
        '"the of and to a in"~49',
        '"' + "of the " * 30 + '"',
        "the NEAR/49 of",
        "(the NEAR/49 of) NEAR/49 to",
        "the NEAR/49 of NEAR/49 and NEAR/49 to NEAR/49 a NEAR/49 in",
        "(the OR of OR and OR to OR in OR a) NEAR/49 (is OR was OR that OR for OR on OR with)",
        " ".join([_COMMON] * 5),
        " OR ".join(_COMMON.split() * 5),
        "person:a",
        "outlet:the",
        "=The =Of",
        "=Harris",
    )
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hostile", action="store_true")
    options = parser.parse_args()
    settings = load_settings({"data_dir": options.data_dir})
    began = time.perf_counter()
    searcher = Searcher(settings.data_dir, settings)
    status = searcher.status()
    print(f"{status.articles:,} articles, generation {status.generation}, opened in {_ms(began):.0f} ms")
    print(f"{'first ms':>9} {'then ms':>9} {'cpu ms':>9} {'hits':>8}  search")
    firsts, laters, works = [], [], []
    for request in HOSTILE if options.hostile else SEARCHES:
        times, work = [], []
        for _ in range(options.rounds + 1):
            began, busy = time.perf_counter(), time.process_time()
            answer = searcher.ask(request)
            times.append(_ms(began))
            work.append((time.process_time() - busy) * 1000)
        firsts.append(times[0])
        laters.append(statistics.median(times[1:]))
        works.append(statistics.median(work[1:]))
        codes = ", ".join(sorted({notice.code for notice in answer.notices}))
        shown = (request.q[:50] or "(everything)") + (f"   [{codes}]" if codes else "")
        print(f"{firsts[-1]:9.1f} {laters[-1]:9.1f} {works[-1]:9.1f} {answer.total:8,}  {shown}")
    print(" ".join(f"{statistics.median(column):9.1f}" for column in (firsts, laters, works)), " " * 9, "median")
    print(" ".join(f"{max(column):9.1f}" for column in (firsts, laters, works)), " " * 9, "longest")


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
