"""Lists of key points above an article: what only repeats the text goes, what says more stays as text."""

import re
from collections.abc import Sequence
from typing import Final

_HEADINGS: Final = frozenset(
    {
        "what you need to know",
        "what to know",
        "key points",
        "key takeaways",
        "story highlights",
        "highlights",
        "at a glance",
    }
)
_BULLET: Final = re.compile(r"[•▪●◦‣∙·*–-]\s*(?=\S)")
_MARKS: Final = "•▪●◦‣∙"
_WORD: Final = re.compile(r"\w+")
_RUN: Final = 3
_REPEATED_SHARE: Final = 0.75


def drop_repeated_points(paragraphs: Sequence[str]) -> list[str]:
    """Drop the points under a heading such as "What You Need To Know" that the text repeats, and the heading.

    A point repeats the text when three quarters of its runs of three words stand there too. Other bullets lose their
    sign only.
    """
    at = next(
        (i for i, text in enumerate(paragraphs) if len(text) < 25 and text.strip(" :").lower() in _HEADINGS), None
    )
    if at is None:
        return [text[1:].lstrip() or text if text[0] in _MARKS else text for text in paragraphs]
    end = at + 1
    while end < len(paragraphs) and _BULLET.match(paragraphs[end]):
        end += 1
    if end == at + 1:
        return list(paragraphs)
    others = [*paragraphs[:at], *paragraphs[end:]]
    known = {run for text in others for run in _runs(text)}
    points = [_BULLET.sub("", point, count=1) for point in paragraphs[at + 1 : end]]
    kept = [point for point in points if not _repeats(point, known)]
    return [*paragraphs[:at], *kept, *drop_repeated_points(paragraphs[end:])]


def _repeats(point: str, known: set[tuple[str, ...]]) -> bool:
    runs = _runs(point)
    return bool(runs) and sum(run in known for run in runs) >= _REPEATED_SHARE * len(runs)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
