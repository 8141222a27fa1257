"""Where sentences end: at full stops, but not at those of abbreviations, initials and figures."""

import functools
import re

from index.tag.cutting import abbreviations

_END = re.compile(r"[.!?…\n](?:(?<!\n)[.!?…]*[\"'”’)\]]*(?=\s)|(?<=\n)\s*\n)")
"""Begins with one class of characters, which makes the search fast."""

_EDGE = re.compile("[ \t\n\u00a0\"'“‘([—–-]")
_AFTER = re.compile(r"\s+[\"'“‘(\[]*(\w+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST = 30
_OPENER_WORDS = (
    "The This That These Those He She It They We You His Her Its Their Our But And In On At For As If When While After "
    "Before There Some Many Most All Not No So Also However Yet Then With By From What Who Why How"
)
_OPENERS = frozenset(_OPENER_WORDS.split())
"""Words that begin a sentence even behind an abbreviation."""


def last_sentence_end(text: str, low: int, high: int, least: int) -> int:
    """Give the last offset, `least` to `high`, behind which a sentence ends, its closing marks included; 0 for none.

    Ends of paragraphs are such too. Nothing before `low` is looked at but what says whether a full stop ends something.
    """
    for match in reversed(list(_END.finditer(text, low, high + 1))):
        if match.end() < least:
            break
        if _closes(text, match):
            return match.end()
    return 0


def _closes(text: str, match: re.Match[str]) -> bool:
    stop = match.group()
    return not stop.startswith(".") or stop.startswith("..") or _ends(text, match.start(), match.end())


def _ends(text: str, stop: int, end: int) -> bool:
    """Say whether a lone full stop ends a sentence."""
    after = _AFTER.match(text, end)
    if after is None:
        return True
    if after[1][0].islower():
        return False
    before = text[max(0, stop - _LONGEST) : stop].rpartition(" ")[2]
    if not before.isalnum():
        before = _EDGE.split(before)[-1]
    if before.lower() in _shortened() or (not before[1:].isalpha() and _INITIALS.fullmatch(before)):
        return after[1] in _OPENERS
    return True


@functools.cache
def _shortened() -> frozenset[str]:
    return frozenset(one.lower() for one in abbreviations())
