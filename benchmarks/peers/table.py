"""The peers by name, and the goals that the comparison is held against."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peers.peer import Peer, Work
from benchmarks.peers.with_newsmorgue import Newsmorgue
from benchmarks.peers.with_sqlite import Sqlite
from benchmarks.peers.with_tantivy import Tantivy
from benchmarks.peers.with_whoosh import PlainWhoosh
from benchmarks.peers.with_xapian import Xapian, load

OURS, RIVAL = "newsmorgue", "tantivy"


def _xapian() -> Peer | None:
    found = load()
    return None if found is None else Xapian(found)


_SHOWING: tuple[Work, ...] = ("page", "snippets")

ANEW, COLD = "found anew", "nothing kept"

VARIANTS: dict[str, Callable[[], Peer | None]] = {
    "inflected": lambda: Newsmorgue("inflected", exact=False),
    ANEW: lambda: Newsmorgue(ANEW, works=_SHOWING, snippet_cache_bytes=0, passages=1),
    "three anew": lambda: Newsmorgue("three anew", works=_SHOWING, snippet_cache_bytes=0),
    COLD: lambda: Newsmorgue(
        COLD,
        search_cache_bytes=0,
        leaf_cache_bytes=0,
        filter_cache_bytes=0,
        shown_cache_bytes=0,
        snippet_cache_bytes=0,
    ),
}
"""Ours asked otherwise: for words with their inflections; with all snippets found anew, of one passage a hit (as many
as tantivy shows) or of three (as many as ours shows unless told otherwise); and with all caches off."""

PEERS: dict[str, Callable[[], Peer | None]] = {
    OURS: lambda: Newsmorgue(OURS),
    **VARIANTS,
    RIVAL: Tantivy,
    "SQLite FTS5": Sqlite,
    "Xapian": _xapian,
    "plain Whoosh": PlainWhoosh,
}
"""What makes each peer; None where it is not installed."""


class Goal(NamedTuple):
    """One row of the table: ratios to tantivy, above 1 where ours is faster or smaller; a floor below each goal."""

    label: str
    p50: float
    floor50: float
    p99: float | None = None
    floor99: float | None = None


GOALS: dict[str, Goal] = {
    "page": Goal("what a search page needs", 3, 1.5, 2, 1.2),
    "facets": Goal("top 10 + total + three facets", 3, 1.5, 2, 1.2),
    "snippets": Goal("top 10 + snippets", 2, 1.5, 1.5, 1),
    **{
        f"top, {kind}": Goal(f"top 10 alone: {kind}", 1, 0.6, 1, 0.6)
        for kind in ("common", "rare", "and", "or", "phrase", "prefix", "fuzzy", "date range", "person")
    },
    "top, all": Goal("top 10 alone, all of these", 1, 0.9, 1, 0.6),
    "another": Goal("a page of another question each, mean", 3, 1.5),
    "writing": Goal("writing, articles per CPU second", 1, 0.5),
    "bytes": Goal("index size", 1, 1 / 1.5),
    "memory": Goal("memory after 1,000 searches", 1, 0.5),
}
"""Classes of the comparison, by their key in the results; *another* is held against the goal of a page."""

OPENING_GOAL, OPENING_FLOOR = 300.0, 800.0
"""Milliseconds from opening an index to its first answer."""

OPENING = "opening an index to its first answer, ms"
_ALONE = {"another", "memory"}
"""Rows with one ratio, which a server with all caches off has, too."""

BEGIN, END = "<!-- made by benchmarks/engines.py -->", "<!-- end of what is made -->"
"""Between these lines of a page stands what `report` makes."""


def verdict(value: float | None, goal: float | None, floor: float | None) -> str:
    """Say what a ratio reaches."""
    if value is None or goal is None or floor is None:
        return ""
    return "goal" if value >= goal else "floor" if value >= floor else "BELOW"


def opening(result: dict[str, Any]) -> tuple[float, str]:
    """Give how long ours took to its first answer, by the result's clock, and what that reaches."""
    spent = float(result["peers"][OURS]["serving"]["first_answer_ms"][result["clock"]])
    return spent, "goal" if spent <= OPENING_GOAL else "floor" if spent <= OPENING_FLOOR else "BELOW"


def show(result: dict[str, Any]) -> list[str]:
    """Write the tables of one result: ratios against goals, then all peers' figures."""
    lines = [f"{result['articles']:,} articles; {', '.join(f'{k} {v}' for k, v in result['versions'].items())}"]
    lines += [f"{name}: skipped, not installed" for name in result["skipped"]]
    lines += [*_aligned(_against(result)), *_aligned(_figures(result))]
    for name, (equal, asked) in result["equal"].items():
        lines.append(f"{name}: totals and facet counts equal to tantivy's for {equal} of {asked} questions")
    return lines


def report(results: Sequence[dict[str, Any]], page: Path) -> None:
    """Put the tables of some results, by size, into a page."""
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    parts = [_markdown(_growth(results))]
    for result in sorted(results, key=lambda result: -int(result["articles"])):
        machine = result["machine"]
        made = f"Measured {result['measured']}. " if "measured" in result else ""
        load, cores = machine["load"], machine["cores"]
        times = f"{made}Times by the {result['clock']} clock, under a load of {load:.0f} on {cores} cores."
        parts.append(f"## {result['articles']:,} articles\n\n{times}")
        if result["ratios"]:
            parts.append(_markdown(_against(result)))
        parts.append(_markdown(_figures(result)))
    page.write_text("\n\n".join([head + BEGIN, *parts, END + tail]), encoding="utf-8")


def _against(result: dict[str, Any]) -> list[list[str]]:
    """Make the table of goals: ratios to the rival, above 1 where ours is better."""
    rows = [
        [
            "ours to tantivy, > 1 is better",
            "asked before, p50",
            "goal [floor]",
            "",
            "p99",
            "goal [floor]",
            "",
            ANEW,
            COLD,
        ],
    ]
    for key, goal in GOALS.items():
        ratio = _ratios(result, OURS).get(key)
        if ratio is None:
            continue
        one, two = ratio["p50"], ratio.get("p99")
        row = [goal.label, f"{one:.2f}", f"{goal.p50:g} [{goal.floor50:.2g}]", verdict(one, goal.p50, goal.floor50)]
        if two is None:
            row += ["", "", "", "", _both(result, COLD, key) if key in _ALONE else ""]
        else:
            row += [f"{two:.2f}", f"{goal.p99:g} [{goal.floor99:g}]", verdict(two, goal.p99, goal.floor99)]
            row += [_both(result, ANEW, key), _both(result, COLD, key)]
        rows.append(row)
    spent, reached = opening(result)
    rows.append([OPENING, f"{spent:.0f}", f"{OPENING_GOAL:g} [{OPENING_FLOOR:g}]", reached, *[""] * 5])
    rows.append(["the same with checksums verified", f"{spent + result['verifying_cpu_ms']:.0f}", *[""] * 7])
    return rows


def _ratios(result: dict[str, Any], name: str) -> dict[str, dict[str, float]]:
    """Give the ratios of a variant to the rival, that of pages of another question each among them."""
    if RIVAL not in result["peers"] or name not in result["ratios"]:
        return {}
    theirs, own = (result["peers"][one]["serving"]["page_cpu_ms"] for one in (RIVAL, name))
    return {**result["ratios"][name], "another": {"p50": theirs / own}}


def _both(result: dict[str, Any], variant: str, key: str) -> str:
    """Write the ratios of a variant: the median's, and the 99th percentile's where there is one."""
    ratio = _ratios(result, variant).get(key, {})
    return " / ".join(f"{ratio[name]:.2f}" for name in ("p50", "p99") if name in ratio)


def _figures(result: dict[str, Any]) -> list[list[str]]:
    """Make the table of all peers' figures."""
    peers = result["peers"]
    rows = [[f"ms ({result['clock']}), p50 / p99", *peers]]
    for key in [key for key in GOALS if key in peers[OURS]["times"]]:
        cells = (figures["times"].get(key) for figures in peers.values())
        rows.append([GOALS[key].label, *("-" if cell is None else "{:.3f} / {:.2f}".format(*cell) for cell in cells)])
    for part, key, scale, label in _PLAIN:
        rows.append([label, *(f"{figures[part][key] / scale:.2f}" for figures in peers.values())])
    for clock, label in (("cpu", "first answer, CPU ms"), ("wall", "- as one waits for it, other work beside it, ms")):
        firsts = (figures["serving"]["first_answer_ms"][clock] for figures in peers.values())
        rows.append([label, *(f"{first:.0f}" for first in firsts)])
    return rows


def _growth(results: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Make the table of ours by size."""
    rows = [["articles", *(f"{result['articles']:,}" for result in results)]]
    for label, measured in GROWTH.items():
        rows.append([label, *(_written(measured(result["peers"][OURS], result)) for result in results)])
    return rows


GROWTH: dict[str, Callable[[dict[str, Any], dict[str, Any]], float]] = {
    "writing, CPU ms an article": lambda figures, _: float(figures["writing"]["ms_per_article"]),
    "index, bytes an article": lambda figures, result: float(figures["writing"]["bytes"] / result["articles"]),
    "writer's memory, MiB": lambda figures, _: float(figures["writing"]["peak_memory"] / 2**20),
    "server's memory (PSS), MiB": lambda figures, _: float(figures["serving"]["pss"] / 2**20),
    "first answer, ms": lambda figures, result: float(figures["serving"]["first_answer_ms"][result["clock"]]),
    "search page, median ms": lambda figures, _: float(figures["times"]["page"][0]),
}
"""What is drawn and listed by the size of the archive: of one peer's figures, and the result they are from."""

_PLAIN = (
    ("writing", "ms_per_article", 1, "writing, CPU ms an article"),
    ("writing", "bytes", 2**20, "index, MiB"),
    ("writing", "peak_memory", 2**20, "writer's memory beside the articles, MiB"),
    ("serving", "pss", 2**20, "server's memory (PSS), MiB"),
    ("serving", "anonymous", 2**20, "- of it its own"),
    ("serving", "file", 2**20, "- of it mapped files"),
    ("serving", "page_cpu_ms", 1, "a page of another question each, CPU ms"),
    ("serving", "searches", 1, "- how many were asked"),
)


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["", *("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows)]


def _markdown(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join(lines)
