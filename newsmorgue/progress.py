"""The progress bar: drawn by tqdm on a terminal, silent elsewhere."""

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm

from index.progress import Progress

_BYTES = {"unit": "B", "unit_scale": True, "unit_divisor": 1024}


class ProgressBar:
    """Draws the events of a run; use it in a `with` statement and pass its `show` on."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def show(self, progress: Progress) -> None:
        """Draw one event: how much is done, the rate of articles and the time left."""
        if not sys.stderr.isatty():
            return
        if progress.stage != self._stage or self._bar is None:
            self._close()
            self._stage = progress.stage
            form = _BYTES if progress.stage == "reading" else {"unit": " articles"}
            self._bar = tqdm(desc=progress.stage, total=progress.total, file=sys.stderr, leave=False, **form)
        self._bar.total = progress.total
        self._bar.update(progress.done - self._bar.n)
        if progress.stage == "reading" and progress.seconds:
            rate = f"{progress.articles:,} articles, {progress.articles / progress.seconds:,.0f}/s"
            self._bar.set_postfix_str(f"{rate}, {progress.rejected} rejected" if progress.rejected else rate)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
