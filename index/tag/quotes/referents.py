"""Whom a surname, a pronoun or an office means: the one person it can mean where it stands, or nobody."""

from collections.abc import Iterable, Sequence

from index.tag.quotes.families import Families, is_bare, words_before
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
_LONGEST_PHRASE = 6
_OF_STATE = frozenset(["US", "S", "American", "the", "The", "and", "that", "by", "with", "to", "of", "when", "said"])


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
        self._family: Families | None = None
        self._named: dict[int, str | None] = {}
        self._sure: dict[str, set[Sex]] | None = None
        self._told: dict[str, set[Sex]] | None = None
        self._offices: dict[str, dict[str, list[bool]]] | None = None

    def by_name(self, name: Item) -> str | None:
        """Tell whom a name means: nobody where it is the surname of two, or where `Mrs.` before it fits none or two."""
        if name.start not in self._named:
            bare = is_bare(self._text[name.start : name.end], name.word)
            self._named[name.start] = self._by_name(name.word, name.start, bare=bare)
        return self._named[name.start]

    def _by_name(self, value: str, start: int, *, bare: bool) -> str | None:
        sex = self._honorific(start)
        if sex is None:
            return None if self._families().is_unclear(start) else value
        family = self._families().members(value) if bare else (value,)
        known = self._known()
        sure = [one for one in family if known.get(one) == {sex}]
        fitting = sure or [one for one in family if not known.get(one)]
        return fitting[0] if len(fitting) == 1 else None

    def by_pronoun(
        self, pronoun: Item, sentences: Iterable[Sentence], last: tuple[str, int] | None, *, replies: bool = False
    ) -> str | None:
        """Tell whom `he` or `she` means; who `replies` is not the one of two who spoke before.

        Whoever has been meant by `he` is not meant by `she` afterwards. `sentences` are those before it, its own up to
        it first, then ever farther ones. `last` is who spoke last, and up to where. It means whom the nearest sentence
        is about that names a person of its sex, but for what opens its own (`Asked about Ann Quill, he`); nobody where
        that sentence is about none of them.
        """
        found = self._by_pronoun(pronoun, sentences, last, replies=replies)
        if found is not None:
            self._sexes().setdefault(found, set()).add(_SEX[pronoun.word])
        return found

    def _by_pronoun(
        self, pronoun: Item, sentences: Iterable[Sentence], last: tuple[str, int] | None, *, replies: bool
    ) -> str | None:
        sex = _SEX[pronoun.word]
        own = True
        for items, first, end in sentences:
            if last is not None and end > first and last[1] > items[end - 1].end and self._may_be(last[0], sex):
                return last[0]
            subject = of_sentence(items, first, end)
            if subject is None or subject.who != "pronoun" or subject.item.word != pronoun.word:
                people = (at for at in range(first, end) if items[at].kind == "person" and not is_modifier(items, at))
                meant = (self.by_name(items[at]) for at in people)
                named = {value for value in meant if value is not None and self._may_be(value, sex)}
                found = self._subject(subject, sex, named, own=own)
                if found is None and subject is not None and _is_of_somebody(subject, items[first:end]):
                    return None
                if found is None and own and len(named) == 1 and items[first].word in SUBORDINATE:
                    return named.pop()
                if found is not None and (
                    self._is_of_other_sex(found, pronoun, items[first:end])
                    or (replies and len(named) > 1 and last is not None and last[0] == found)
                ):
                    return None
                if found is not None or (named and not (own and _is_introduced(items[first]))):
                    return found
            own = False
        return None

    def _is_of_other_sex(self, value: str, pronoun: Item, sentence: Sequence[Item]) -> bool:
        """Tell whether a sentence calls somebody by a pronoun that does not fit: `Kim met his mother. She`."""
        alone = {one.word for one in sentence if one.kind == "person"} == {value}
        return alone and not self._sexes().get(value) and any(one.word in OTHER_SEX[pronoun.word] for one in sentence)

    def _subject(self, subject: Subject | None, sex: Sex, named: set[str], *, own: bool) -> str | None:
        """Give the person whom a sentence is about, if of this sex; in the pronoun's `own`, only if alone there."""
        if subject is None:
            return None
        if subject.who == "person":
            meant = self.by_name(subject.item)
            return meant if meant in named and (not own or len(named) == 1) else None
        found = self.by_office(subject.item) if subject.who == "office" and not own else None
        return found if found is not None and self._may_be(found, sex) else None

    def by_office(self, office: Item, last: tuple[str, int] | None = None) -> str | None:
        """Tell whom `the senator` means: whom alone the text calls so before the name, or who of them spoke `last`."""
        if self._offices is None:
            self._offices = {}
            for mention in self._outside:
                before = words_before(self._text, mention.start)
                if before is not None:
                    of_what = bool(before[1]) and before[1] not in _OF_STATE
                    self._offices.setdefault(before[0], {}).setdefault(mention.value, []).append(of_what)
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
        return self._sexes().get(value, set()) in (set(), {sex})

    def _sexes(self) -> dict[str, set[Sex]]:
        """Give the sexes that full and given names tell of people, and of the others what honorifics do."""
        if self._told is None:
            known = self._known()
            self._told = {value: set(sexes) for value, sexes in known.items()}
            for one in self._outside:
                sex = self._honorific(one.start) if is_bare(one.surface, one.value) else None
                if sex is not None:
                    value = self._by_name(one.value, one.start, bare=True) or one.value
                    if not known.get(value):
                        self._told.setdefault(value, set()).add(sex)
        return self._told

    def _known(self) -> dict[str, set[Sex]]:
        """Give the sexes that honorifics before full names, else the given names, tell of."""
        if self._sure is None:
            self._sure = {}
            for one in self._outside:
                sex = None if is_bare(one.surface, one.value) else self._honorific(one.start)
                self._sure.setdefault(one.value, set()).update([sex] if sex else [])
            for name, sexes in self._sure.items():
                given = sex_of_given(name.split(" ")[0].casefold())
                if not sexes and given is not None:
                    sexes.add(given)
        return self._sure

    def _honorific(self, start: int) -> Sex | None:
        before = words_before(self._text, start)
        return None if before is None else _HONORIFICS.get(before[0])

    def _families(self) -> Families:
        if self._family is None:
            self._family = Families(self._text, self._outside)
        return self._family
