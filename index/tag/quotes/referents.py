"""Whom a pronoun or an office means: the one person it can mean where it stands, or nobody."""

import re
from collections.abc import Iterable, Sequence

from index.tag.quotes.frames import Item
from index.tag.quotes.function_words import NO_CLAUSE, OFFICES, SUBORDINATE
from index.tag.quotes.subjects import Subject, of_sentence
from index.tag.titles import Sex, sex_of_given
from index.types import Mention

Sentence = tuple[Sequence[Item], int, int]
"""The items of a paragraph, and the first and the end of those of one sentence."""

_SEX = {"he": Sex.MALE, "she": Sex.FEMALE}
_HONORIFICS = {
    "Mr": Sex.MALE,
    "Sir": Sex.MALE,
    "Mrs": Sex.FEMALE,
    "Ms": Sex.FEMALE,
    "Miss": Sex.FEMALE,
    "Lady": Sex.FEMALE,
}
_LAST_WORD = re.compile(r"(?:(\w+)[\s-])?\b(\w+)\.?\s$")
_NOT_NOW = frozenset(["Vice", "vice", "former", "Former", "then", "ex", "Ex", "late"])


def _is_introduced(item: Item) -> bool:
    """Tell whether a sentence opens by what its subject speaks of: `Asked about Ann Quill, he`, `Of Ann Quill, he`."""
    return item.kind == "word" and (item.word in NO_CLAUSE or item.word == "asked" or item.word.endswith("ing"))


class Referents:
    """The people whom a text mentions outside its quotations, in order, and what it says of them."""

    def __init__(self, text: str, outside: Sequence[Mention]) -> None:
        self._text = text
        self._outside = outside
        self._sexes: dict[str, set[Sex]] | None = None
        self._offices: dict[str, set[str]] | None = None

    def by_pronoun(self, pronoun: Item, sentences: Iterable[Sentence], last: tuple[str, int] | None) -> str | None:
        """Tell whom `he` or `she` means.

        `sentences` are those before it, its own up to it first, then ever farther ones. `last` is who spoke last, and
        up to where. It means whom the nearest sentence is about that names a person of its sex, but for what opens its
        own (`Asked about Ann Quill, he`); nobody where that sentence is about none of them.
        """
        sex = _SEX[pronoun.word]
        own = True
        for items, first, end in sentences:
            if last is not None and end > first and last[1] > items[end - 1].end and self._may_be(last[0], sex):
                return last[0]
            subject = of_sentence(items, first, end)
            if subject is None or subject.who != "pronoun" or subject.item.word != pronoun.word:
                named = {one.word for one in items[first:end] if one.kind == "person" and self._may_be(one.word, sex)}
                found = self._subject(subject, sex, named, own=own)
                if found is None and subject is not None and subject.item.word in OFFICES:
                    return None
                if found is None and own and len(named) == 1 and items[first].word in SUBORDINATE:
                    return named.pop()
                if found is not None or (named and not (own and _is_introduced(items[first]))):
                    return found
            own = False
        return None

    def _subject(self, subject: Subject | None, sex: Sex, named: set[str], *, own: bool) -> str | None:
        """Give the person whom a sentence is about, if of this sex; in the pronoun's `own`, only if alone there."""
        if subject is None:
            return None
        if subject.who == "person":
            return subject.item.word if subject.item.word in named and (not own or len(named) == 1) else None
        found = self.by_office(subject.item) if subject.who == "office" and not own else None
        return found if found is not None and self._may_be(found, sex) else None

    def by_office(self, office: Item, last: tuple[str, int] | None = None) -> str | None:
        """Tell whom `the senator` means: whom alone the text calls so before the name, or who of them spoke `last`."""
        if self._offices is None:
            self._offices = {}
            for mention in self._outside:
                if (word := self._word_before(mention)) is not None:
                    self._offices.setdefault(word, set()).add(mention.value)
        found: set[str] = set()
        for word in OFFICES.get(office.word, "").split():
            found |= self._offices.get(word, set())
        if len(found) == 1:
            return found.pop()
        return last[0] if last is not None and last[0] in found else None

    def _may_be(self, value: str, sex: Sex) -> bool:
        """Tell whether nothing says otherwise; nobody whom the text calls both Mr. and Mrs., for those are two."""
        if self._sexes is None:
            self._sexes = {}
            for mention in self._outside:
                known = _HONORIFICS.get(self._word_before(mention) or "")
                self._sexes.setdefault(mention.value, set()).update([known] if known else [])
            for name, sexes in self._sexes.items():
                given = sex_of_given(name.split(" ")[0].casefold())
                if not sexes and given is not None:
                    sexes.add(given)
        return self._sexes.get(value, set()) in (set(), {sex})

    def _word_before(self, mention: Mention) -> str | None:
        match = _LAST_WORD.search(self._text, max(0, mention.start - 20), mention.start)
        return match.group(2) if match and match.group(1) not in _NOT_NOW else None
