"""Figures for Prometheus, in its text format (version 0.0.4): a page of lines, too little for a dependency."""

import bisect
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from web.serving.board import Board

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the classes of times, in seconds: the client libraries' own."""

_PARTS = "\x1f"
Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


@dataclass(slots=True, kw_only=True)
class Metrics:
    """Counts requests by route, method and status, and their times by route, over all processes of a board."""

    board: Board
    started: float = field(default_factory=time.time)

    def begin(self) -> None:
        """Count a request as running."""
        self.board.add("running", 1)

    def end(self, route: str, method: str, status: int, *, seconds: float, size: int) -> None:
        """Count a request as answered."""
        board = self.board
        board.add("running", -1)
        board.add(_PARTS.join(("requests", route, method, str(status))), 1)
        board.add(_PARTS.join(("bytes", route)), size)
        board.add(_PARTS.join(("times", route, str(bisect.bisect_left(BOUNDS, seconds)))), 1)
        board.add(_PARTS.join(("seconds", route)), seconds)

    def refuse(self) -> None:
        """Count a request as turned away."""
        self.board.add("refused", 1)

    def text(self, more: Iterable[tuple[str, str, str, float]] = ()) -> str:
        """Give all figures; `more` are others: name, kind, help and value."""
        return "\n".join(self._lines(more)) + "\n"

    def _lines(self, more: Iterable[tuple[str, str, str, float]]) -> Iterator[str]:
        sums = self.board.sums()
        by_kind: dict[str, list[tuple[list[str], float]]] = defaultdict(list)
        for name, value in sorted(sums.items()):
            kind, *labels = name.split(_PARTS)
            by_kind[kind].append((labels, value))
        requests = [
            ((("route", route), ("method", method), ("status", status)), count)
            for (route, method, status), count in by_kind["requests"]
        ]
        yield from _family("newsmorgue_requests_total", "counter", "Requests answered.", requests)
        sent = [((("route", route),), size) for (route,), size in by_kind["bytes"]]
        yield from _family("newsmorgue_response_bytes_total", "counter", "Bytes of bodies sent.", sent)
        yield from _histogram(by_kind["seconds"], sums)
        processes = [int(one) for one in self.board.each("process") if one]
        resident = float(sum(map(resident_bytes, processes)) if processes else resident_bytes())
        told = "Memory that the processes have; what they share counts in each."
        single = (
            ("newsmorgue_requests_running", "gauge", "Requests being answered.", sums.get("running", 0.0)),
            ("newsmorgue_requests_refused_total", "counter", "Requests turned away.", sums.get("refused", 0.0)),
            ("newsmorgue_processes", "gauge", "Processes that answer.", float(len(processes) or 1)),
            ("process_start_time_seconds", "gauge", "When this server began.", self.started),
            ("process_resident_memory_bytes", "gauge", told, resident),
            *more,
        )
        for name, kind, told, value in single:
            yield from _family(name, kind, told, [((), value)])


def resident_bytes(process: int | None = None) -> int:
    """Give the memory that a process has now (this one); where the system does not tell, the most that this one had."""
    statm = Path(f"/proc/{process or 'self'}/statm")
    try:
        return int(statm.read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _histogram(seconds: list[tuple[list[str], float]], sums: Mapping[str, float]) -> Iterator[str]:
    name = "newsmorgue_request_seconds"
    yield f"# HELP {name} Time until a request was answered in full."
    yield f"# TYPE {name} histogram"
    for (route,), took in seconds:
        total = 0
        for number, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            total += int(sums.get(_PARTS.join(("times", route, str(number))), 0.0))
            yield _sample(f"{name}_bucket", (("route", route), ("le", bound)), total)
        yield _sample(f"{name}_sum", (("route", route),), took)
        yield _sample(f"{name}_count", (("route", route),), total)


def _family(name: str, kind: str, told: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield _sample(name, labels, value)


def _sample(name: str, labels: Labels, value: float) -> str:
    escaped = ((label, text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")) for label, text in labels)
    inner = ",".join(f'{label}="{text}"' for label, text in escaped)
    return f"{name}{{{inner}}} {value!r}" if inner else f"{name} {value!r}"
