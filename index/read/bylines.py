"""Bylines: told from sentences that begin with the same word (`By the sea, a town waits`)."""

import re
from typing import Final

_BYLINE: Final = re.compile(
    r"(?P<label>(?:(?:written|posted|reported) )?by(?P<colon>:?)) "
    r"(?P<names>[^\W\d_][^.!?|•·0-9]*(?:\b[A-Z]\.[^.!?|•·0-9]*){0,4})",
    re.IGNORECASE,
)
_JOB_WORDS: Final = """
editor editors reporter reporters correspondent correspondents writer writers columnist columnists critic critics staff
contributor contributors chief producer producers analyst bureau desk agencies agency photographer photographers
journalist journalists author professor press wire service services team newsroom reporting
"""
_JOBS: Final = frozenset(_JOB_WORDS.split())
_JOINING_WORDS: Final = """
and for in of at with the to de da del della der van von bin al el la le di dos du ter den y e und et af av zu
"""
_JOINING: Final = frozenset(_JOINING_WORDS.split())
"""What has no capital within or between names and newspapers."""
_WORDS: Final = 16


def read_byline(line: str) -> str | None:
    """Give the names in a byline (`By Ada Brook and Tom Quay, political editors`); None for any other line.

    After a bare `By` the first word has a capital, and so has every other but those that join names; what follows a
    comma may also be a job. A colon after `By` leaves no doubt.
    """
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    names = match["names"].strip(" ,")
    if len(names.split()) > _WORDS:
        return None
    return names if match["colon"] or _are_names(names) else None


def _are_names(names: str) -> bool:
    first, *others = names.split(",")
    return not first[0].islower() and _is_named(first) and all(_is_named(part) or _is_job(part) for part in others)


def _is_named(part: str) -> bool:
    words = part.split()
    small = [word for word in words if word[0].islower() and word not in _JOINING]
    return not small or (len(words) > 1 and words[-1] in _JOBS and words[0] not in _JOINING and not words[0].islower())


def _is_job(part: str) -> bool:
    words = part.split()
    return not _JOBS.isdisjoint(words) and words[0] not in ("the", "a", "an")
