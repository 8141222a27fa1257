"""Gathering of notices while a query is read: one for each kind of fault, however often it was made."""

from dataclasses import dataclass

from search.answer import Notice
from search.language import ngettext

SHOWN = 3
"""Faults of one kind that are told apart; further ones are counted."""

MAX_SAID = 40
"""Characters of what was typed that a message repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    message: str
    advice: str
    start: int
    end: int


class Notes:
    """The notices of one query, in the order of their positions when read out."""

    def __init__(self) -> None:
        self._faults: dict[str, list[_Fault]] = {}

    def add(self, code: str, message: str, start: int, end: int, *, advice: str = "") -> None:
        """Note what was repaired, ignored or could not be read between two offsets of the query.

        `message` tells of this place; `advice`, what to type instead, is told once, however many places it holds for.
        """
        self._faults.setdefault(code, []).append(_Fault(message=message, advice=advice, start=start, end=end))

    def all(self) -> tuple[Notice, ...]:
        """Give one notice a code, at its first position, by position."""
        notices = [_notice(code, faults) for code, faults in self._faults.items()]
        return tuple(sorted(notices, key=lambda notice: (notice.start, notice.end)))


def said(text: str) -> str:
    """Quote what was typed, shortened, for a message."""
    return f"“{text}”" if len(text) <= MAX_SAID else f"“{text[:MAX_SAID]}…”"


def _notice(code: str, faults: list[_Fault]) -> Notice:
    faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.start, fault.end))
    first = faults[0]
    told = list(dict.fromkeys(fault.message for fault in faults))[:SHOWN]
    more = len(faults) - len(told)
    times = [ngettext("The same in %(n)s more place.", "The same in %(n)s more places.", more)] if more else []
    advice = list(dict.fromkeys(fault.advice for fault in faults if fault.advice))[:SHOWN]
    parts = [*told, *times, *advice]
    return Notice(code=code, message=" ".join(parts), start=first.start, end=first.end)
