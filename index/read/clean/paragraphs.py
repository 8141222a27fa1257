"""Paragraphs: one line each, however the source broke its lines."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_BLANKS: Final = re.compile(r"  +")
_ENDS: Final = (".", "!", "?", ":", ";", '"', "”", "’", ")", "—")
_BULLETS: Final = ("•", "▪", "●", "◦", "‣", "* ", "- ", "– ")
_WRAPPED_WIDTH: Final = range(40, 101)
_WRAPPED_SHARE: Final = 0.6
_RAGGED: Final = 12
"""By how much lines broken at a margin may fall short of it."""


def split_paragraphs(text: str) -> list[str]:
    """Cut a tidy text into paragraphs without blanks at their ends.

    Each line is a paragraph, save in texts whose lines were broken at a margin: there those breaks are undone.
    """
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    lines = [line.strip() for line in text.split("\n")]
    if _is_wrapped(lines):
        lines = _unwrap(lines)
    return [line for line in lines if line]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether most line breaks stand in the middle of a sentence, near the right margin."""
    breaks = [line for line, following in pairwise(lines) if line and following]
    if len(breaks) < 3 or max(map(len, lines)) > _WRAPPED_WIDTH.stop:
        return False
    inside = sum(len(line) in _WRAPPED_WIDTH and not line.endswith(_ENDS) for line in breaks)
    return inside >= _WRAPPED_SHARE * len(breaks)


def _unwrap(lines: Sequence[str]) -> list[str]:
    """Join each line to the last where its first word would have gone over the margin there."""
    margin = max(map(len, lines)) - _RAGGED
    blocks: list[str] = []
    last = ""
    for line in lines:
        joins = last and line and not line.startswith(_BULLETS) and len(last) + 1 + len(line.split(" ", 1)[0]) > margin
        if joins:
            blocks[-1] += line if last.endswith("-") and line[0].islower() else f" {line}"
        else:
            blocks.append(line)
        last = line
    return blocks
