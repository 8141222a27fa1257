"""A paragraph as the rules of attribution read it: the words and marks outside quotations.

What is quoted is one item, so that no name within it can be taken for a speaker; so is a person by any name.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from index.tag.cutting import abbreviations
from index.tag.quotes.marks import Paragraph, Stretch
from index.types import Mention

Kind = Literal["word", "person", "quote", "mark", "end"]

_TOKEN = re.compile(r"\w+(?:['’.&-]\w+)*\.?|[,;:()\[\]]|[.!?…]+|[—–]+|-+|['’](?:s\b|(?=\s))")
_SHORTENED = frozenset(abbreviations())
_INITIALS = re.compile(r"(?:[A-Z]-)?(?:[A-Za-z]\.)+|[A-Z]-[A-Z][a-z]{1,4}\.")
_ENDS = re.compile(r"[\s)\]”\"’']*(?:$|\n|(?<=\s)[^a-z\s])")
_FULL_STOPS = frozenset(".!?…")


class Item(NamedTuple):
    """A word (in lower case), a person, a quotation (its number in the paragraph), a mark, or a sentence's end.

    `start` and `end` are offsets in the text. `word` is the canonical name of a person, the last sign of a quotation.
    """

    kind: Kind
    word: str
    start: int
    end: int
    capital: bool = False
    number: int = -1


def frame(text: str, paragraph: Paragraph, people: Sequence[Mention]) -> list[Item]:
    """Give the items of a paragraph; `people` are the persons mentioned in it, in order."""
    items: list[Item] = []
    at = paragraph.start
    waiting = iter(people)
    person = next(waiting, None)
    for number, stretch in enumerate((*paragraph.stretches, None)):
        end = paragraph.end if stretch is None else stretch.start
        while person is not None and person.start < end:
            if person.start >= at and person.end <= end:
                _add_words(text, at, person.start, end, items)
                items.append(Item("person", person.value, person.start, person.end, capital=True))
                at = person.end
            person = next(waiting, None)
        _add_words(text, at, end, end, items)
        if stretch is not None:
            _add_quote(text, stretch, number, paragraph.end, items)
            at = stretch.end
    return items


def _add_quote(text: str, stretch: Stretch, number: int, limit: int, items: list[Item]) -> None:
    """Add a quotation, and the sentence's end before or after it, where there is one."""
    if items and items[-1].word.endswith(".") and items[-1].kind == "word" and not text[stretch.first].islower():
        items.append(Item("end", ".", items[-1].end, items[-1].end))  # in Washington, D.C. “One
    items.append(Item("quote", text[stretch.last - 1], stretch.first, stretch.last, number=number))
    if _ends_sentence(text, stretch.first, stretch.last, stretch.end, limit):
        items.append(Item("end", ".", stretch.end, stretch.end))


def _add_words(text: str, start: int, end: int, limit: int, items: list[Item]) -> None:
    """Add the words and marks of a part; a full stop before `limit` may end no sentence."""
    make, add = tuple.__new__, items.append  # as Item(…), in half the time: most of the finder's is spent here
    for match in _TOKEN.finditer(text, start, end):
        string = match.group()
        at, after = match.span()
        first = string[0]
        if first.isalnum() and string[-1] == "." and not _is_shortened(string):
            add(make(Item, ("word", string[:-1].lower(), at, after - 1, first.isupper(), -1)))
            at, string, first = after - 1, ".", "."
        if first.isalnum():
            add(make(Item, ("word", string.lower(), at, after, first.isupper(), -1)))
        elif first in _FULL_STOPS:
            add(Item("end" if after >= limit or _ENDS.match(text, after) else "mark", string, at, after))
        else:
            add(make(Item, ("mark", "'s" if string[-1] == "s" else string, at, after, False, -1)))


def _is_shortened(string: str) -> bool:
    return string[:-1] in _SHORTENED or _INITIALS.fullmatch(string) is not None


def _ends_sentence(text: str, first: int, last: int, after: int, limit: int) -> bool:
    """Tell whether a sentence ends with a quotation: its full stop is within, and what follows begins a new one."""
    if text[last - 1] not in _FULL_STOPS and not (text[last - 1] in "’'”\")" and text[last - 2 : last - 1] in ".!?…"):
        return False
    following = text[after : min(after + 3, limit)].lstrip()
    return not following or not (following[0].islower() or following[0] in ",;:)—–-")
