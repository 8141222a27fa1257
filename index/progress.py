"""What a long run tells whoever watches it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "linking", "writing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run has come; each event replaces the last.

    In the stage `reading` (which includes tagging) `done` and `total` are bytes of the input, in the stage `linking`
    articles that are compared with others, in the stage `writing` articles of the index; `total` is None where it is
    unknown. `articles` counts those read so far, `rejected` what could not be read, `seconds` the time since the run
    began.
    """

    stage: Stage
    done: int
    total: int | None
    articles: int
    rejected: int
    seconds: float


OnProgress = Callable[[Progress], None]
"""Called in the thread of the run, after every few articles."""
