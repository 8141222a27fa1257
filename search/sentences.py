"""Where sentences end: at full stops, but not at those of abbreviations, initials and figures."""

import functools
import re
from collections.abc import Iterator

from index.tag.tokens import abbreviations

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n\s*\n")
_EDGES = frozenset(" \t\n\u00a0\"'“‘([—–-")
_AFTER = re.compile(r"\s+[\"'“‘(\[]*(\w+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST = 30
_OPENER_WORDS = (
    "The This That These Those He She It They We You His Her Its Their Our But And In On At For As If When While After "
    "Before There Some Many Most All Not No So Also However Yet Then With By From What Who Why How"
)
_OPENERS = frozenset(_OPENER_WORDS.split())
"""Words that begin a sentence even behind an abbreviation."""


def sentence_ends(text: str, low: int = 0, high: int | None = None) -> Iterator[int]:
    """Give the offsets behind which a sentence ends, its closing marks included; the ends of paragraphs too.

    With `low` and `high` only those that lie between the two.
    """
    for match in _END.finditer(text, low) if high is None else _END.finditer(text, low, high + 1):
        stop = match.group()
        if not stop.startswith(".") or stop.startswith("..") or _ends(text, match.start(), match.end()):
            yield match.end()


def _ends(text: str, stop: int, end: int) -> bool:
    """Say whether a lone full stop ends a sentence."""
    after = _AFTER.match(text, end)
    if after is None:
        return True
    if after[1][0].islower():
        return False
    start = stop
    while start > max(0, stop - _LONGEST) and text[start - 1] not in _EDGES:
        start -= 1
    before = text[start:stop]
    if before.lower() in _shortened() or _INITIALS.fullmatch(before):
        return after[1] in _OPENERS
    return True


@functools.cache
def _shortened() -> frozenset[str]:
    return frozenset(one.lower() for one in abbreviations())
