"""The time that one question may take."""

import time

from search.engines.engine import Cut
from search.language import _
from search.partial import miss
from search.query.tree import Near, Quoted, Textual, span_of


class Deadline:
    """Runs from its making; says which clauses it left out."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._cuts: list[Cut] = []

    def over(self) -> bool:
        """Say whether there is no time left, and note that the answer is partial."""
        if time.monotonic() < self._end:
            return False
        message = _(
            "The query took longer than %(seconds)s seconds. The answer is partial.", seconds=f"{self._seconds:g}"
        )
        if not self._cuts:
            self._cuts.append(Cut(code="deadline", message=message, span=(0, 0)))
            miss("deadline")
        return True

    def passed(self, clause: Textual | Near | Quoted) -> bool:
        """Say whether there is no time left for a clause, and note that it was left out."""
        if time.monotonic() < self._end:
            return False
        message = _(
            "“%(clause)s” was left out: the query took longer than %(seconds)s seconds. The answer is partial.",
            clause=clause,
            seconds=f"{self._seconds:g}",
        )
        self._cuts.append(Cut(code="deadline", message=message, span=span_of(clause)))
        miss("deadline")
        return True

    def cuts(self) -> tuple[Cut, ...]:
        """Give what was left out so far."""
        return tuple(self._cuts)
