"""Names in the order of an index at the end of a book: people by their last name, all without accents and articles."""

import re
import string
from collections.abc import Iterable, Iterator

from index.words import words
from search.answer import FacetValue

OTHERS = "#"
"""Stands for the names that begin with none of the letters A to Z."""

LETTERS = (*string.ascii_uppercase, OTHERS)

_PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
"""Names without any sign, whose words are seen at once: most of them."""

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
    plain = " ".join(parts)
    if _PLAIN.fullmatch(plain):
        return plain.lower()
    return " ".join(word.form for word in words(plain)) or name


def initial(name: str, *, person: bool) -> str:
    """Give the letter under which a name stands."""
    return _letter(sort_key(name, person=person))


def alphabetical(values: Iterable[FacetValue], *, person: bool) -> Iterator[tuple[FacetValue, str]]:
    """Give values sorted as an index has them, each with its letter; those under no letter come last."""
    keyed = [(sort_key(one.value, person=person), one) for one in values]
    keyed.sort(key=lambda pair: (not "a" <= pair[0][:1] <= "z", pair[0], pair[1].value))
    for key, one in keyed:
        yield one, _letter(key)


def _letter(key: str) -> str:
    first = key[:1].upper()
    return first if first in LETTERS[:-1] else OTHERS
