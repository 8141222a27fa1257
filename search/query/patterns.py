"""Patterns of words: wildcards, and words that are one letter apart."""

import functools
import re
from collections.abc import Iterable, Iterator

from index.words import fold


@functools.lru_cache(maxsize=1_000)
def pattern_of(wildcard: str) -> tuple[re.Pattern[str], str]:
    """Give the expression that matches a wildcard's folded forms, and the letters that all of them begin with."""
    pieces = re.split(r"([*?])", wildcard)
    literal = [piece if piece in {"*", "?"} else fold(piece) for piece in pieces]
    text = "".join({"*": ".*", "?": "."}.get(piece) or re.escape(piece) for piece in literal)
    return re.compile(text, re.DOTALL), literal[0]


def alike(one: str, two: str) -> bool:
    """Say whether two different words are one letter apart: changed, missing, added, or swapped with its neighbour."""
    if not -1 <= len(one) - len(two) <= 1:
        return False
    start = 0
    least = min(len(one), len(two))
    while start < least and one[start] == two[start]:
        start += 1
    if len(one) == len(two):
        rest = one[start + 1 :] == two[start + 1 :]
        return rest or (one[start : start + 2] == two[start : start + 2][::-1] and one[start + 2 :] == two[start + 2 :])
    long, short = (one, two) if len(one) > len(two) else (two, one)
    return long[start + 1 :] == short[start:]


def neighbours(wanted: str, forms: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Give the words that are one letter from another, with their counts; itself is none.

    Whatever the one letter is, what stands before the middle or behind it is the same: that is looked at first.
    """
    middle = len(wanted) // 2
    head, tail = wanted[:middle], wanted[middle + 1 :]
    for form, count in forms:
        if (form.startswith(head) or form.endswith(tail)) and form != wanted and alike(form, wanted):
            yield form, count
