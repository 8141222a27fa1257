"""The results of benchmarks/engines.py as a picture: medians by engine and class, and cost by size of the archive."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.peers.table import ANEW, COLD, GOALS, GROWTH, OURS, RIVAL, VARIANTS

_COLOURS = {
    "newsmorgue": "#1b6ca8",
    "inflected": "#7fb3d5",
    ANEW: "#4aa3a2",
    COLD: "#8fce9b",
    "tantivy": "#c0392b",
    "SQLite FTS5": "#7f8c8d",
    "Xapian": "#8e6bbf",
    "plain Whoosh": "#d4a017",
}
_WIDTH, _LABEL, _RIGHT = 860, 210, 30
_LEAST, _DECADES = 0.01, 6
"""Milliseconds at the left edge, and how many times tenfold the scale reaches."""


def draw(results: list[dict[str, Any]], path: Path) -> None:
    """Draw the largest archive's medians as dots on a logarithmic scale, and below them each size's search page."""
    results = sorted(results, key=lambda result: int(result["articles"]))
    largest = results[-1]
    keys = [key for key in GOALS if key in largest["peers"]["newsmorgue"]["times"]]
    parts: list[str] = []
    top = 60
    parts.append(_text(_LABEL, 24, f"Milliseconds (median) at {largest['articles']:,} articles", weight="bold"))
    known = [name for name in _COLOURS if any(name in result["peers"] for result in results)]
    for place, name in enumerate(known):
        parts.append(f'<circle cx="{_LABEL + 6 + place * 90}" cy="42" r="5" fill="{_COLOURS[name]}"/>')
        parts.append(_text(_LABEL + 16 + place * 90, 46, name, size=11))
    height = 24 * len(keys)
    parts += _grid(top, height)
    for row, key in enumerate(keys):
        y = top + 24 * row + 12
        parts.append(_text(_LABEL - 8, y + 4, GOALS[key].label, anchor="end", size=12))
        for name, figures in largest["peers"].items():
            if key in figures["times"] and name in _COLOURS:
                parts.append(
                    f'<circle cx="{_x(figures["times"][key][0]):.1f}" cy="{y}" r="5" fill="{_COLOURS[name]}"/>'
                )
    top += height + 70
    parts.append(_text(_LABEL, top - 22, "A search page by size of the archive", weight="bold"))
    parts += _grid(top, 24 * len(results))
    for row, result in enumerate(results):
        y = top + 24 * row + 12
        parts.append(_text(_LABEL - 8, y + 4, f"{result['articles']:,} articles", anchor="end", size=12))
        for name, figures in result["peers"].items():
            if "page" in figures["times"] and name not in VARIANTS:
                parts.append(
                    f'<circle cx="{_x(figures["times"]["page"][0]):.1f}" cy="{y}" r="5" fill="{_COLOURS[name]}"/>'
                )
    _write(parts, top + 24 * len(results) + 40, path)


def draw_growth(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Draw how cost, size, memory and times grow with the archive, a panel each: ours, and the rival where it was."""
    sizes = [int(result["articles"]) for result in results]
    columns, wide, high = 3, 270, 190
    parts = []
    for place, (label, measured) in enumerate(GROWTH.items()):
        left, top = 50 + place % columns * wide, 40 + place // columns * high
        series = {
            name: [
                (result["articles"], measured(result["peers"][name], result))
                for result in results
                if name in result["peers"]
            ]
            for name in (OURS, RIVAL)
        }
        most = max(value for points in series.values() for _, value in points)

        def at(
            articles: int, value: float, *, left: int = left, top: int = top, most: float = most
        ) -> tuple[float, float]:
            along = math.log10(articles / sizes[0]) / max(1e-9, math.log10(sizes[-1] / sizes[0]))
            return left + 200 * along, top + 110 - 110 * value / most

        parts.append(_text(left - 20, top - 12, label, size=12, weight="bold"))
        parts.append(f'<path d="M{left} {top}V{top + 110}H{left + 200}" fill="none" stroke="#bbb"/>')
        parts.append(_text(left - 6, top + 6, f"{most:,.0f}" if most >= 100 else f"{most:.3g}", anchor="end", size=10))
        parts.append(_text(left - 6, top + 112, "0", anchor="end", size=10))
        parts += [_text(at(size, 0)[0], top + 126, f"{size:,}", anchor="middle", size=10) for size in sizes]
        for name, points in series.items():
            places = [at(*point) for point in points]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{_COLOURS[name]}" stroke-width="2"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{_COLOURS[name]}"/>' for x, y in places]
    bottom = 40 + -(-len(GROWTH) // columns) * high
    for place, name in enumerate((OURS, RIVAL)):
        parts.append(f'<circle cx="{56 + place * 110}" cy="{bottom - 18}" r="4" fill="{_COLOURS[name]}"/>')
        parts.append(_text(66 + place * 110, bottom - 14, name, size=11))
    _write(parts, bottom, path)


def _write(parts: list[str], height: int, path: Path) -> None:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">'
    path.write_text("\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *parts, "</svg>", ""]), "utf-8")


def _x(milliseconds: float) -> float:
    decades = math.log10(max(milliseconds, _LEAST) / _LEAST)
    return _LABEL + (_WIDTH - _LABEL - _RIGHT) * decades / _DECADES


def _grid(top: int, height: int) -> list[str]:
    parts = []
    for decade in range(_DECADES + 1):
        x = _x(_LEAST * 10**decade)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + height}" stroke="#ddd"/>')
        parts.append(_text(x, top + height + 16, f"{_LEAST * 10**decade:g}", anchor="middle", size=11))
    return parts


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 14, weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" fill="#222">'
        f"{escape(text)}</text>"
    )
