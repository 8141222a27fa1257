"""How fast a run is and how long it will take: the progress of `newsmorgue index --json`, for programs."""

import dataclasses
import json
import time
from collections.abc import Callable

from index.progress import Progress

EVERY_SECONDS = 1.0


class ProgressLines:
    """Writes the events of a run as JSON objects, one a line and about one a second, the last of each stage among them.

    Each has the members of `index.progress.Progress`, `rate` (articles a second of the stage so far, None before there
    are any) and `left` (seconds until the stage ends, None while that is unknown).
    """

    def __init__(self, write: Callable[[str], object], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._told = float("-inf")
        self._began: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Write one event, unless the last was just now."""
        if self._began is None or self._began.stage != progress.stage:
            self._began = progress
        over = progress.total is not None and progress.done >= progress.total
        if self._clock() - self._told < EVERY_SECONDS and not over:
            return
        self._told = self._clock()
        rate, left = pace(self._began, progress)
        self._write(json.dumps({**dataclasses.asdict(progress), "rate": rate, "left": left}))


def pace(began: Progress, now: Progress) -> tuple[float | None, float | None]:
    """Give the articles a second since a stage began, and the seconds that it will still take; None while unknown."""
    seconds = now.seconds - (0.0 if now.stage == "reading" else began.seconds)
    articles = now.articles if now.stage == "reading" else now.done
    if seconds <= 0 or not now.done:
        return None, None
    left = None if now.total is None else round(seconds * (now.total - now.done) / now.done, 1)
    return round(articles / seconds, 1), left
