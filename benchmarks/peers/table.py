"""The peers by name, and the goals that the comparison is held against."""

from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.peers.peer import Peer
from benchmarks.peers.with_newsmorgue import Newsmorgue
from benchmarks.peers.with_sqlite import Sqlite
from benchmarks.peers.with_tantivy import Tantivy
from benchmarks.peers.with_whoosh import PlainWhoosh
from benchmarks.peers.with_xapian import Xapian, load

OURS, RIVAL = "newsmorgue", "tantivy"


def _xapian() -> Peer | None:
    found = load()
    return None if found is None else Xapian(found)


VARIANTS: dict[str, Callable[[], Peer | None]] = {
    "inflected": lambda: Newsmorgue("inflected", exact=False),
    "nothing kept": lambda: Newsmorgue("nothing kept", exact=True, keeping=False),
}
"""Ours asked otherwise: for words with their inflections, and with all caches off."""

PEERS: dict[str, Callable[[], Peer | None]] = {
    OURS: lambda: Newsmorgue(OURS, exact=True),
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
    "writing": Goal("writing, articles per CPU second", 1, 0.5),
    "bytes": Goal("index size", 1, 1 / 1.5),
    "memory": Goal("memory after 1,000 searches", 1, 0.5),
}
"""Classes of the comparison, by their key in the results."""

OPENING_GOAL, OPENING_FLOOR = 300.0, 800.0
"""Milliseconds from opening an index to its first answer."""


def verdict(value: float | None, goal: float | None, floor: float | None) -> str:
    """Say what a ratio reaches."""
    if value is None or goal is None or floor is None:
        return ""
    return "goal" if value >= goal else "floor" if value >= floor else "BELOW"


def show(result: dict[str, Any]) -> list[str]:
    """Write the table of one result: ratios against goals, then all peers' figures."""
    lines = [f"{result['articles']:,} articles; {', '.join(f'{k} {v}' for k, v in result['versions'].items())}"]
    lines += [f"{name}: skipped, not installed" for name in result["skipped"]]
    lines.append(f"{'ours against tantivy (> 1: ours is better)':<44}{'p50':>8}{'goal [floor]':>14}{'':>7}{'p99':>8}")
    for key, goal in GOALS.items():
        ratio = result["ratios"].get(key)
        if ratio is None:
            continue
        one, two = ratio.get("p50"), ratio.get("p99")
        text = f"{goal.label:<44}{one:>8.2f}{f'{goal.p50:g} [{goal.floor50:.2g}]':>14}"
        text += f" {verdict(one, goal.p50, goal.floor50):<6}"
        if two is not None:
            text += f"{two:>8.2f}{f'{goal.p99:g} [{goal.floor99:g}]':>12} {verdict(two, goal.p99, goal.floor99)}"
        lines.append(text)
    opening = result["peers"][OURS]["serving"]["first_answer_ms"]
    reached = "goal" if opening <= OPENING_GOAL else "floor" if opening <= OPENING_FLOOR else "BELOW"
    lines.append(f"{'opening an index to its first answer, ms':<44}{opening:>8.0f}{'300 [800]':>14} {reached}")
    lines.append("")
    names = list(result["peers"])
    lines.append(
        f"{'milliseconds (' + result['clock'] + '), p50 / p99':<30}" + "".join(f"{name:>22}" for name in names)
    )
    for key in [key for key in GOALS if key in result["peers"][OURS]["times"]]:
        cells = (result["peers"][name]["times"].get(key) for name in names)
        shown = "".join(f"{'-' if cell is None else '{:.3f} / {:.2f}'.format(*cell):>22}" for cell in cells)
        lines.append(f"{key:<30}{shown}")
    for key, scale, label in (
        ("ms_per_article", 1, "writing, CPU ms an article"),
        ("bytes", 2**20, "index, MiB"),
        ("pss", 2**20, "memory (PSS), MiB"),
        ("rss", 2**20, "whole process (RSS), MiB"),
        ("first_answer_ms", 1, "first answer, ms"),
    ):
        cells = ({**result["peers"][name]["writing"], **result["peers"][name]["serving"]}[key] for name in names)
        lines.append(f"{label:<30}" + "".join(f"{cell / scale:>22.2f}" for cell in cells))
    for name, (equal, asked) in result["equal"].items():
        lines.append(f"{name}: totals and facet counts equal to tantivy's for {equal} of {asked} questions")
    return lines
