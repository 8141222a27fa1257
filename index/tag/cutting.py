"""Cut a text into the pieces of which tokens are made: strings with their offsets, as index/tag/tokens.py says.

Apart from it, since who only cuts names (index/tag/outlets/table.py) needs no sentences and none of what finds them.
"""

import functools
import re
from collections.abc import Iterator
from importlib import resources

Piece = tuple[str, int, int]
"""A string, and where it starts and ends in the text; offsets count code points."""

_GLUED = re.compile(r"\b[A-Z](?:c[A-Z])?[a-z]{2,}(?=[A-Z])")
_GLUED_WITHIN = 60


def pieces(text: str) -> list[Piece]:
    """Give the pieces of a text, in order."""
    found = [(match.group(), *match.span()) for match in _pattern().finditer(text)]
    glued = set(_glued(text))
    return list(_cut(found, glued)) if glued else found


@functools.cache
def abbreviations() -> tuple[str, ...]:
    """Read the words that are written with a full stop which ends no sentence, as written, without it."""
    lines = (resources.files("index.tag") / "data" / "abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _glued(text: str) -> Iterator[int]:
    """Yield where a word is glued to a name that stands shortly before: Ted Cruz Rafael Edward Cruz|Republicans."""
    for match in _GLUED.finditer(text):
        before = text[max(0, match.start() - _GLUED_WITHIN) : match.start()]
        if match.group() + " " in before:
            yield match.end()


def _cut(found: list[Piece], places: set[int]) -> Iterator[Piece]:
    for string, start, end in found:
        place = next((place for place in range(start + 1, end) if place in places), end)
        yield string[: place - start], start, place
        if place < end:
            yield string[place - start :], place, end


@functools.cache
def _pattern() -> re.Pattern[str]:
    shortened = "|".join(re.escape(word) for word in sorted(abbreviations(), key=len, reverse=True) if "." not in word)
    return re.compile(
        rf"""
          [A-Za-z]+(?=[\s,;!?)”"])                                           # most words: the forms below need more
        | https?://[^\s<>"]+ | [\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.-]{{0,189}}\w | [@\#]\w+  # addresses, handles
        | \w{{1,63}}(?:\.\w{{1,63}}){{0,8}}\.(?:com|org|net|gov|edu|info|news|tv|co\.\w\w|com\.\w\w)\b     # host names
        | \b(?:{shortened})\.(?!\w)                                          # Sen.
        | (?:[^\W\d_]\.){{2,}} | [A-Z]\.                                     # U.S., J.
        | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|am|pm|m|bn|k)?\b                  # 3,000 1990s 5th
        | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*                                 # words, O’Brien
        | ['’]s\b                                                            # possessive
        | \w+ | \.\.+ | [^\w\s]
        """,
        re.VERBOSE,
    )
