"""The words of texts as a cluster is sent them: each piece between blanks is cut, folded and stemmed once, then known.

No word of index/words.py has a blank in it, so that the words of a text are those of its pieces in a row.
"""

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.words import MAX_FORM, columns, stem

_KNOWN = 100_000
"""Pieces that are remembered, of some 500 bytes each."""

_LONGEST_KNOWN = 64

_ALONE = '"\u201c\u201d()[]:;!?'
"""Signs that are in no word, and part those on either side."""


class Wording(NamedTuple):
    """The words of a text, joined by blanks: folded, their stems, as they are written; and the `distinct` folded ones.

    The stems are those of the words, then of the forms of compounds (index/words.py). Words that are written are
    composed; of overlong ones there is the beginning, as of their forms.
    """

    forms: str
    stems: str
    written: str
    distinct: frozenset[str]


_NONE = Wording("", "", "", frozenset())


class _Piece(NamedTuple):
    forms: str
    stems: str
    compounds: str
    written: str
    distinct: tuple[str, ...]


def wording(text: str) -> Wording:
    """Give the words of a text."""
    pieces = _pieces(text)
    if not pieces:
        return _NONE
    forms, stems, compounds, written, distinct = zip(*pieces, strict=True)
    return Wording(
        forms=_row(forms),
        stems=_row((*stems, *compounds)),
        written=_row(written),
        distinct=frozenset().union(*distinct),
    )


def stretch(text: str, start: int, end: int) -> tuple[str, list[str]]:
    """Give the words of a text that begin from `start` before `end`, joined by blanks, and their distinct stems."""
    if _parted(text, start) and _parted(text, end):
        pieces = _pieces(text[start:end])
        stems = dict.fromkeys(one for piece in pieces for one in piece.stems.split(" ") if one)
        return _row(piece.forms for piece in pieces), [*stems]
    cut = columns(text)
    forms = [form for form, at in zip(cut.forms, cut.starts, strict=True) if start <= at < end]
    return " ".join(forms), [*dict.fromkeys(map(stem, forms))]


def written(text: str) -> Iterator[str]:
    """Give the words of a text as they are written; see `Wording`."""
    for piece in _pieces(text):
        yield from filter(None, piece.written.split(" "))


def _row(words: Iterable[str]) -> str:
    return " ".join(filter(None, words))


def _pieces(text: str) -> list[_Piece]:
    """Give the pieces of a text; some may have no words."""
    pieces = text.split()
    if max(map(len, pieces), default=0) <= _LONGEST_KNOWN:
        return list(map(_known, pieces))
    return [_known(piece) if len(piece) <= _LONGEST_KNOWN else _cut(piece) for piece in pieces]


@functools.lru_cache(maxsize=_KNOWN)
def _known(piece: str) -> _Piece:
    return _cut(piece)


def _cut(piece: str) -> _Piece:
    cut = columns(piece)
    words: Sequence[str] = [
        unicodedata.normalize("NFC", piece[start:end])[:MAX_FORM]
        for start, end in zip(cut.starts, cut.ends, strict=True)
    ]
    return _Piece(
        forms=" ".join(cut.forms),
        stems=" ".join(map(stem, cut.forms)),
        compounds=" ".join(stem(word.form) for word in cut.joined),
        written=" ".join(words),
        distinct=tuple(dict.fromkeys(cut.forms)),
    )


def _parted(text: str, place: int) -> bool:
    """Say whether no word of a text can go on over a place."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) < 2 or any(sign in _ALONE or sign.isspace() for sign in around)
