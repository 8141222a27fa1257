"""What stands below `More from The Quayside Courier:`: links, which go with it, or what is quoted from there."""

import re
from collections.abc import Sequence
from typing import Final

from index.read.clean.furniture import is_furniture
from index.read.clean.titles import looks_like_title

_HEADING: Final = re.compile(r"\W{0,4}(?i:more from) (?i:the )?[A-Z0-9][^!?:]{1,80}: ?")
_LINK_CHARS: Final = 120
_LINK_WORDS: Final = 3
_MOST: Final = 12
"""How many links a list has at most; more lines are something else."""
_BULLETS: Final = "•▪●◦‣*-–> "
_ENDS: Final = (".", "!", "?", ":", ";", ",", '"', "”", "’", ")", "…")
_SENTENCE_ENDS: Final = (".", "!", "?", "”", '"')


def drop_linked(paragraphs: Sequence[str]) -> Sequence[str]:
    """Drop the links below a heading of links; the headings themselves are left to the search for furniture.

    Links are short lines that end no sentence. Where text goes on behind them, the last of them stays: it may be that
    text's own heading.
    """
    if not any(_is_heading(paragraph) for paragraph in paragraphs):
        return paragraphs
    kept: list[str] = []
    at = 0
    while at < len(paragraphs):
        kept.append(paragraphs[at])
        at += 1
        if _is_heading(kept[-1]):
            at = _end_of_links(paragraphs, at)
    return kept


def introduces(line: str, following: str) -> bool:
    """Tell whether such a line stands before text, a paragraph that ends a sentence: the article quotes from there."""
    return _is_heading(line) and following.endswith(_SENTENCE_ENDS) and not is_furniture(following)


def _is_heading(paragraph: str) -> bool:
    return _HEADING.fullmatch(paragraph) is not None


def _end_of_links(paragraphs: Sequence[str], begin: int) -> int:
    end = begin
    while end < len(paragraphs) and _is_link(paragraphs[end]):
        end += 1
    if end - begin > _MOST:
        return begin
    goes_on = any(not is_furniture(paragraph) for paragraph in paragraphs[end:])
    return max(begin, end - 1) if goes_on else end


def _is_link(paragraph: str) -> bool:
    line = paragraph.lstrip(_BULLETS)
    return (
        len(line) <= _LINK_CHARS
        and len(line.split()) >= _LINK_WORDS
        and not line[0].islower()
        and not line.endswith(_ENDS)
        and not _is_heading(line)
        and looks_like_title(line)
    )
