"""Figures for Prometheus, in its text format (version 0.0.4): a page of lines, too little for a dependency."""

import bisect
import resource
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the classes of times, in seconds: the client libraries' own."""

_STATM = Path("/proc/self/statm")
Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


@dataclass(slots=True, kw_only=True)
class Metrics:
    """Counts requests by route, method and status, and their times by route; safe for threads."""

    started: float = field(default_factory=time.time)
    running: int = 0
    refused: int = 0
    _requests: "Counter[tuple[str, str, int]]" = field(default_factory=Counter)
    _bytes: "Counter[str]" = field(default_factory=Counter)
    _times: dict[str, list[int]] = field(default_factory=dict)
    _sums: "Counter[str]" = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Count a request as running."""
        with self._lock:
            self.running += 1

    def end(self, route: str, method: str, status: int, *, seconds: float, size: int) -> None:
        """Count a request as answered."""
        with self._lock:
            self.running -= 1
            self._requests[route, method, status] += 1
            self._bytes[route] += size
            times = self._times.setdefault(route, [0] * (len(BOUNDS) + 1))
            times[bisect.bisect_left(BOUNDS, seconds)] += 1
            self._sums[route] += seconds  # type: ignore[assignment]  # a Counter may count parts of seconds

    def refuse(self) -> None:
        """Count a request as turned away."""
        with self._lock:
            self.refused += 1

    def text(self, more: Iterable[tuple[str, str, str, float]] = ()) -> str:
        """Give all figures; `more` are others: name, kind, help and value."""
        with self._lock:
            lines = list(self._lines(more))
        return "\n".join(lines) + "\n"

    def _lines(self, more: Iterable[tuple[str, str, str, float]]) -> Iterator[str]:
        requests = [
            ((("route", route), ("method", method), ("status", str(status))), float(count))
            for (route, method, status), count in sorted(self._requests.items())
        ]
        yield from _family("newsmorgue_requests_total", "counter", "Requests answered.", requests)
        sent = [((("route", route),), float(size)) for route, size in sorted(self._bytes.items())]
        yield from _family("newsmorgue_response_bytes_total", "counter", "Bytes of bodies sent.", sent)
        yield from self._histogram()
        single = (
            ("newsmorgue_requests_running", "gauge", "Requests being answered.", float(self.running)),
            ("newsmorgue_requests_refused_total", "counter", "Requests turned away.", float(self.refused)),
            ("process_start_time_seconds", "gauge", "When this process began.", self.started),
            ("process_resident_memory_bytes", "gauge", "Memory that this process has.", float(resident_bytes())),
            *more,
        )
        for name, kind, told, value in single:
            yield from _family(name, kind, told, [((), value)])

    def _histogram(self) -> Iterator[str]:
        name = "newsmorgue_request_seconds"
        yield f"# HELP {name} Time until a request was answered in full."
        yield f"# TYPE {name} histogram"
        for route, counts in sorted(self._times.items()):
            total = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                total += count
                yield _sample(f"{name}_bucket", (("route", route), ("le", bound)), total)
            yield _sample(f"{name}_sum", (("route", route),), self._sums[route])
            yield _sample(f"{name}_count", (("route", route),), total)


def resident_bytes() -> int:
    """Give the memory that this process has now; where the system does not tell, the most that it had."""
    if _STATM.exists():
        return int(_STATM.read_text("ascii").split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _family(name: str, kind: str, told: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield _sample(name, labels, value)


def _sample(name: str, labels: Labels, value: float) -> str:
    escaped = ((label, text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")) for label, text in labels)
    inner = ",".join(f'{label}="{text}"' for label, text in escaped)
    return f"{name}{{{inner}}} {value!r}" if inner else f"{name} {value!r}"
