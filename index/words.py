"""The words of a text: the one analysis that the index, the queries and the snippets share."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from nltk.stem.snowball import EnglishStemmer

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_stemmer = EnglishStemmer()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its folded `form`, its `position` (0, 1, ...), and where it stands, `start` to `end`."""

    form: str
    position: int
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Cut a text into words, folded, in order; offsets count code points of `text`."""
    for position, match in enumerate(_WORD.finditer(text)):
        form = fold(match.group())
        yield Word(form=form, position=position, start=match.start(), end=match.end())


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Give the form under which a word is found: case and accents folded, apostrophes straight, no possessive."""
    if word.isascii():
        text = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", text) or text


@functools.lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """Give the Snowball (English, Porter 2) stem of a folded form."""
    return str(_stemmer.stem(form))
