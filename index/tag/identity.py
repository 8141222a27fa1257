"""When two full names of an article are one person's: what the names share, and what the article says of their bearers.

Two different names that are both well formed are two people. A short form (`Bob` and `Robert`) or a slip of the pen
joins them unless the article sets them apart: names both in one sentence, or introduces both.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from index.tag.lexicon import word_list
from index.tag.names import PersonName, full_names_fit, middles_fit, near, short_form_numbers
from index.tag.tokens import Span
from index.tag.wordtable import shipped_words

_USUALLY_CAPITAL = 8
_INTRODUCED = re.compile(
    r",\s(?:an?|the|who|whose|aged?|\d{1,3}|his|her|their|from|of|then|now|former|formerly)\b|\s\((?:aged?\s)?\d{1,3}\)"
)
_ALIAS = re.compile(
    r"[(“\"]|\b(?:known|called|named|alias|aka|a\.k\.a\.|born|né|née|nicknamed|spelled|spelt|or|also)\b"
)


class Likeness(IntEnum):
    """In what two full names differ, the less the higher."""

    NOT = 0
    SLIP = 1
    FORM = 2
    SAME = 3

    @property
    def via(self) -> str:
        """What this says to a reader where the one stands and the other is shown."""
        return _VIAS[self]


_VIAS = {
    Likeness.NOT: "near spelling of a fuller name",
    Likeness.SLIP: "near spelling of a fuller name",
    Likeness.FORM: "short form of a given name",
    Likeness.SAME: "full name",
}


def likeness(name: PersonName, other: PersonName) -> Likeness:
    """Tell how alike two full names are, whichever is the fuller."""
    short, full = sorted((name, other), key=lambda one: len(one.words))
    if full_names_fit(short, full) or (len(short.words) == len(full.words) and full_names_fit(full, short)):
        given, others = short.words[0], full.words
        as_written = any(given == word or min(len(given), len(word)) == 1 for word in others)
        return Likeness.SAME if as_written or "".join(short.words) == "".join(others) else Likeness.FORM
    return Likeness.SLIP if slip(short, full) is not None else Likeness.NOT


def slip(short: PersonName, full: PersonName) -> tuple[str, str] | None:
    """Give the words, given names or surnames, that are a slip of the pen apart where all else fits; else None."""
    one, other = short.words, full.words
    if (short.suffix and full.suffix and short.suffix != full.suffix) or min(len(one), len(other)) < 2:
        return None
    if not middles_fit(one[1:-1], other[1:-1]):
        return None
    if one[-1] == other[-1] and near(one[0], other[0]):
        return one[0], other[0]
    return (one[-1], other[-1]) if one[0] == other[0] and len(one[0]) > 1 and near(one[-1], other[-1]) else None


class Identities:
    """What an article says of the full names in it, as far as it tells namesakes apart."""

    def __init__(self, named: Iterable[tuple[PersonName, Span]]) -> None:
        self._words: Counter[str] = Counter()
        self._introduced: set[PersonName] = set()
        self._spans: dict[PersonName, dict[tuple[str, int], Span]] = {}
        for name, span in named:
            self._words.update(name.words)
            tokens = span.tokens
            if len(name.words) > 1:
                self._spans.setdefault(name, {}).setdefault((tokens.field, tokens.sentences[span.first]), span)
                if _INTRODUCED.match(tokens.text, span.end):
                    self._introduced.add(name)

    def are_one(self, name: PersonName, other: PersonName) -> bool:
        """Tell whether two full names are one person's."""
        how = likeness(name, other)
        if how in (Likeness.NOT, Likeness.SAME):
            return how is Likeness.SAME
        if self._are_apart(name, other):
            return False
        return how is Likeness.FORM or self._is_misspelt(*sorted((name, other), key=lambda one: len(one.words)))

    def may_be_slip(self, surname: PersonName) -> bool:
        """Tell whether a surname alone may be misspelt: it stands once, or the press does not write it."""
        return self._words[surname.words[-1]] == 1 or not _is_known(surname.words[-1])

    def _is_misspelt(self, short: PersonName, full: PersonName) -> bool:
        """Tell whether one of two names is a slip: it stands once, and is no name that the press writes.

        One that the press writes is only a slip for another spelling of the same: Eliot, Elliott.
        """
        one, other = slip(short, full) or ("", "")
        alike = _single_letters(one) == _single_letters(other)
        return any(
            self._words[wrong] == 1
            and (alike or (not _is_known(wrong) and (_is_known(right) or self._words[right] > 1)))
            for wrong, right in ((one, other), (other, one))
        )

    def _are_apart(self, name: PersonName, other: PersonName) -> bool:
        """Tell whether the article introduces both, or names both in a sentence that makes the one no alias."""
        if name in self._introduced and other in self._introduced:
            return True
        here, there = self._spans.get(name, {}), self._spans.get(other, {})
        for sentence in here.keys() & there.keys():
            one, two = sorted((here[sentence], there[sentence]), key=lambda span: span.first)
            if not _ALIAS.search(one.tokens.text, one.end, two.start):
                return True
        return False


def _single_letters(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


_DOUBLED = re.compile(r"(.)\1")


def _is_known(word: str) -> bool:
    """Tell whether a folded word is a name that the press writes: a listed given name, or usually capitalised."""
    return (
        word in word_list("first")
        or bool(short_form_numbers(word))
        or shipped_words().case.get(word, 0) >= _USUALLY_CAPITAL
    )
