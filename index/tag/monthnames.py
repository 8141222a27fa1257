"""Months that are given names too: June Carter is somebody, June in `in June` is none."""

from index.tag.lexicon import word_list
from index.tag.tokens import FieldTokens

GIVEN_MONTHS = frozenset(["april", "may", "june", "august"])
"""The months, in lower case, that people are called."""

_WHEN = (
    "in of since on last this next by until till from to early late mid before after for through during between every "
    "each past ending the"
)
_WHEN_BEFORE = frozenset(_WHEN.split())
_MADE = (
    "play plays book books novel novels film films song songs album drama poem poems painting paintings story stories "
    "written directed composed produced painted designed played sung"
)
_MADE_BY = frozenset(_MADE.split())


def tells_when(tokens: FieldTokens, month: int) -> bool:
    """Tell whether the token is a month by what stands before it: `in June`, `5 June`, `May and June`."""
    strings = tokens.strings
    before = strings[month - 1].lower() if month else ""
    if before in ("and", "or", "-", "–"):
        before = strings[month - 2].lower() if month > 1 else ""
    if before == "by" and month > 1 and strings[month - 2].lower() in _MADE_BY:
        return False
    return before in _WHEN_BEFORE or before[:1].isdigit() or before in word_list("months")
