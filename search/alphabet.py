"""Names in the order of an index at the end of a book: people by their last name, all without accents and articles."""

import string
from collections.abc import Iterable

from index.words import words
from search.answer import FacetValue

OTHERS = "#"
"""Stands for the names that begin with none of the letters A to Z."""

LETTERS = (*string.ascii_uppercase, OTHERS)

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ARTICLES = frozenset({"the", "a", "an"})


def sort_key(name: str, *, person: bool) -> str:
    """Give what a name is sorted by: *harris kamala* for a person, *new york times* for The New York Times."""
    parts = name.split()
    if person:
        if len(parts) > 2 and parts[-1].casefold().rstrip(".") in _SUFFIXES:
            parts.pop()
        parts = parts[-1:] + parts[:-1]
    elif len(parts) > 1 and parts[0].casefold() in _ARTICLES:
        parts = parts[1:]
    return " ".join(word.form for word in words(" ".join(parts))) or name


def initial(name: str, *, person: bool) -> str:
    """Give the letter under which a name stands."""
    first = sort_key(name, person=person)[:1].upper()
    return first if first in LETTERS[:-1] else OTHERS


def alphabetical(values: Iterable[FacetValue], *, person: bool) -> tuple[FacetValue, ...]:
    """Sort values as an index does; those under no letter come last."""
    return tuple(sorted(values, key=lambda one: _place(sort_key(one.value, person=person))))


def _place(key: str) -> tuple[bool, str]:
    return not ("a" <= key[:1] <= "z"), key
