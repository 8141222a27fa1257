"""Read random strings of operators, words and signs: `python benchmarks/parsing.py --strings 200000`.

Each must be read without an exception, give notices within its bounds, and have a normal form that reads back to the
same tree. Prints the seed, and the median and the longest time that reading one took, in processor time, so that what
else the machine does counts little, and without the pauses of the garbage collector, which are as long as the process's
heap is large. What seems the longest so far is read twice more and its shortest time counts: a busy machine adds to one
reading, not to three. Exits with 1 where anything failed.
"""

import argparse
import gc
import random
import statistics
import sys
import time

from index.settings import Settings
from search.query.parser import Parsed, parse

PIECES = (
    *('"', "“", "”", "«", "(", ")", "-", "−", "!", "+", "=", ":", "*", "?", "~", "~1", "~5", "^2", "..", ".", ",", "/"),
    *("_", "|", "[", "]", "{", "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/x", "near/5", "&&", "||", "&", "or", "Or"),
    *("TO", "title:", "text:", "person:", "outlet:", "publisher:", "date:", "before:", "after:", "foo:", "(none)"),
    *(" ", " ", " ", " ", " ", "\n", "\t", "a", "biden", "White House", "2021", "2021-11", "-11", "1,000", "U.S."),
    *("O'Brien", "'s", "’", "ʼ", "#", "@", "é", "ß", "İ", "习近平", "\u00ad", "\u0301", "\u200d", "٣", "²", "🙂"),
    *(
        "»",
        "＂",
        "「",
        "’",
        "‘",
        "'",
        "`",
        "–",
        "—",
        "‐",
        "w/5",
        "/s",
        "pre/3",
        "AROUND(5)",
        "near5",
        "BUT",
        "XOR",
        "\\",
    ),
    *("intitle:", "site:", "title=", "HEADLINE(", "date:[", ">=", "<", "5 Nov. ", "11/05/2021", "yesterday", "++"),
    *("\ud800", "\x00", "AaB", "％", "＂", "　", "covid-19", "kamala", "immigra"),
)
MOST_PIECES = 400


def timed(query: str, settings: Settings) -> tuple[Parsed, float]:
    """Read a query; give what it was read as and the milliseconds of processor time that it took."""
    began = time.process_time()
    parsed = parse(query, settings)
    return parsed, (time.process_time() - began) * 1000


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    chance, settings = random.Random(options.seed), Settings()
    longer = Settings(max_query_chars=100 * settings.max_query_chars)  # normal forms name the field of each word
    times: list[float] = []
    failures, longest, slowest = 0, 0.0, ""
    for _ in range(options.strings):
        size = chance.randint(1, 20) if chance.random() < 0.95 else chance.randint(20, MOST_PIECES)
        query = "".join(chance.choices(PIECES, k=size))
        gc.disable()
        parsed, took = timed(query, settings)
        if took > longest:
            took = min(took, timed(query, settings)[1], timed(query, settings)[1])
        gc.enable()
        if took > longest:
            longest, slowest = took, query
        times.append(took)
        bounded = all(0 <= notice.start <= notice.end <= len(query) for notice in parsed.notices)
        if not bounded or parse(str(parsed.tree), longer).tree != parsed.tree:
            failures += 1
            print(f"failed: {query!r}")
    print(f"{options.strings:,} strings, {failures} failed; median {statistics.median(times):.3f} ms,", end=" ")
    print(f"longest {longest:.2f} ms of processor time: {slowest[:60]!r}")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
