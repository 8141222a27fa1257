"""Names that an article has of a firm, though somebody bears them: `Wimpey said`, of the housebuilder George Wimpey."""

import re
from collections import Counter
from collections.abc import Sequence

from index.types import Mention

_ANY = re.compile(
    r"\b(?:plc|Ltd|Inc|shares?|shareholders|profits?|firm|company|\w+(?:builder|maker)|retailer|lender)\b", re.I
)
_BEFORE = re.compile(
    r"\b(?:(?:shares|stake|investors) in|firm|company|group|bank|lender|retailer|insurer|chain|supermarket|airline"
    r"|operator|(?:house|car|drug|chip|ship)-?(?:builder|maker))\s$",
    re.I,
)
_AFTER = re.compile(
    r"(?:['’]s?)?\s(?:plc|shares|shareholders|share price|profits?|sales)\b"
    r"|,?\s(?:Ltd|Inc|Corp|PLC|LLC)\b|,\sthe company\b|\s(?:said|reported|announced|saw)\s(?:that\s)?its\b"
)
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Prof)\.?\s$")
_SIGNS = 2
_REACH_BEFORE, _REACH_AFTER = 24, 32


def without_firms(text: str, people: Sequence[Mention]) -> list[Mention]:
    """Leave out whoever is a firm in a text: two signs of one beside the name (for a single word one), no honorific."""
    if _ANY.search(text) is None:
        return list(people)
    signs: Counter[str] = Counter()
    titled = set()
    for one in people:
        begin = max(0, one.start - _REACH_BEFORE)
        signs[one.value] += _BEFORE.search(text, begin, one.start) is not None
        signs[one.value] += _AFTER.match(text, one.end, one.end + _REACH_AFTER) is not None
        if _HONORIFIC.search(text, begin, one.start):
            titled.add(one.value)
    return [one for one in people if signs[one.value] < (_SIGNS if " " in one.value else 1) or one.value in titled]
