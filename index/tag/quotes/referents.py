"""Whom a pronoun or an office means: the one person it can mean where it stands, or nobody."""

import re
from collections.abc import Iterable, Sequence

from index.tag.quotes.frames import Item
from index.tag.quotes.function_words import NO_CLAUSE, OFFICES, ONE_UNNAMED, OTHER_SEX, SUBORDINATE
from index.tag.quotes.subjects import Subject, is_modifier, of_sentence
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
_LONGEST_PHRASE = 6
_OF_STATE = frozenset(["US", "S", "American", "the", "The", "and", "that", "by", "with", "to", "of", "when", "said"])
_NOT_NOW = frozenset(["Vice", "vice", "former", "Former", "then", "ex", "Ex", "late"])


def _is_introduced(item: Item) -> bool:
    """Tell whether a sentence opens by what its subject speaks of: `Asked about Ann Quill, he`, `Of Ann Quill, he`."""
    return item.kind == "word" and (item.word in NO_CLAUSE or item.word == "asked" or item.word.endswith("ing"))


def _is_of_somebody(subject: Subject, sentence: Sequence[Item]) -> bool:
    """Tell whether a sentence is about one person without a name: `a Harbour official`, `a spokesman for Harbour`."""
    phrase = [one.word for one in sentence if one.start <= subject.item.start]
    return subject.who != "person" and any(word in ONE_UNNAMED for word in phrase[-_LONGEST_PHRASE:])


class Referents:
    """The people whom a text mentions outside its quotations, in order, and what it says of them."""

    def __init__(self, text: str, outside: Sequence[Mention]) -> None:
        self._text = text
        self._outside = outside
        self._sexes: dict[str, set[Sex]] | None = None
        self._offices: dict[str, dict[str, list[bool]]] | None = None

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
                people = (at for at in range(first, end) if items[at].kind == "person" and not is_modifier(items, at))
                named = {items[at].word for at in people if self._may_be(items[at].word, sex)}
                found = self._subject(subject, sex, named, own=own)
                if found is None and subject is not None and _is_of_somebody(subject, items[first:end]):
                    return None
                if found is None and own and len(named) == 1 and items[first].word in SUBORDINATE:
                    return named.pop()
                if found is not None and self._is_of_other_sex(found, pronoun, items[first:end]):
                    return None
                if found is not None or (named and not (own and _is_introduced(items[first]))):
                    return found
            own = False
        return None

    def _is_of_other_sex(self, value: str, pronoun: Item, sentence: Sequence[Item]) -> bool:
        """Tell whether a sentence calls somebody by a pronoun that does not fit: `Kim met his mother. She`."""
        alone = {one.word for one in sentence if one.kind == "person"} == {value}
        return alone and not self._known(value) and any(one.word in OTHER_SEX[pronoun.word] for one in sentence)

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
                match = self._before(mention)
                if match is not None and match.group(1) not in _NOT_NOW:
                    of_what = bool(match.group(1)) and match.group(1) not in _OF_STATE
                    self._offices.setdefault(match.group(2), {}).setdefault(mention.value, []).append(of_what)
        holders: dict[str, list[bool]] = {}
        for word in OFFICES.get(office.word, "").split():
            holders |= self._offices.get(word, {})
        found = set(holders)
        if len(found) > 1 and office.word == "president":  # the Harbour Club President is not the one meant, mostly
            found = {value for value, of_what in holders.items() if not all(of_what)} or found
        if len(found) == 1:
            return found.pop()
        return last[0] if last is not None and last[0] in found else None

    def _may_be(self, value: str, sex: Sex) -> bool:
        """Tell whether nothing says otherwise; nobody whom the text calls both Mr. and Mrs., for those are two."""
        return self._known(value) in (set(), {sex})

    def _known(self, value: str) -> set[Sex]:
        """Give the sexes that honorifics, else the given name, tell of somebody."""
        if self._sexes is None:
            self._sexes = {}
            for mention in self._outside:
                known = _HONORIFICS.get(self._word_before(mention) or "")
                self._sexes.setdefault(mention.value, set()).update([known] if known else [])
            for name, sexes in self._sexes.items():
                given = sex_of_given(name.split(" ")[0].casefold())
                if not sexes and given is not None:
                    sexes.add(given)
        return self._sexes.get(value, set())

    def _word_before(self, mention: Mention) -> str | None:
        match = self._before(mention)
        return match.group(2) if match and match.group(1) not in _NOT_NOW else None

    def _before(self, mention: Mention) -> re.Match[str] | None:
        """Give the word before a mention, and the one before that."""
        return _LAST_WORD.search(self._text, max(0, mention.start - 20), mention.start)
