"""What a token is by itself: its shape and a coarse class, from word lists."""

import functools
import re
from dataclasses import dataclass

from index.tag.lexicon import word_list

PAD = "¶"
"""Stands before and after each sentence, so that no window crosses one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a token type is by itself: lower-case form, shape, coarse class, and whether it starts with a capital."""

    lower: str
    shape: str
    sort: str
    capital: bool


@functools.lru_cache(maxsize=200_000)
def kind_of(string: str) -> Kind:
    """Describe a token type."""
    lower = string.lower().replace("’", "'")
    first = next((c for c in string if c.isalpha()), "")
    capital = string != lower and (first.isupper() or (len(string) > 3 and string.isalpha()))
    return Kind(lower=lower, shape=_shape(string), sort=_sort(string, lower, capital=capital), capital=capital)


def _shape(string: str) -> str:
    shape = re.sub(r"\d+", "9", string)
    shape = "".join("X" if c.isupper() else "x" if c.isalpha() else c for c in shape[:24])
    return re.sub(r"x+", "x", re.sub(r"X{3,}", "XXX", shape))


def _sort(string: str, lower: str, *, capital: bool) -> str:
    """Give a coarse class, one or two letters."""
    if string == PAD:
        return "¶"
    if not string[0].isalpha():
        return "9" if string[0].isdigit() else lower if len(lower) < 3 else "@"
    if not capital:
        return next((name[0] for name in _LOWER_SORTS if lower in word_list(name)), "l")
    if len(string.replace(".", "")) * 2 == len(string) or len(string) == 1:
        return "I" if len(string) > 1 else "1"
    found = next((sort for name, sort in _CAPITAL_SORTS if lower in word_list(name)), "")
    return found or ("U" if string.isupper() else "C")


_LOWER_SORTS = ("speech", "titles", "particles", "organisers", "outletwords", "heads")
_CAPITAL_SORTS = (
    ("suffixes", "J"),
    ("months", "M"),
    ("titles", "T"),
    ("demonyms", "D"),
    ("first", "F"),
    ("outletwords", "N"),
    ("heads", "H"),
    ("particles", "P"),
)
