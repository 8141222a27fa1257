"""Names as identity compares them: folded words without slips of typesetting, and what sounds alike."""

import functools
import itertools
import re
from dataclasses import dataclass
from importlib import resources

from index.tag.lexicon import word_list
from index.tag.names import may_begin_with_given, parse_name, short_form_numbers, without_article

_CREDIT = re.compile(r"^[\s'’\"“(\[]+|[\s'’\"“)\]]+$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,3}|(?<![\w.])(?!II\b|IV\b|JR\b|SR\b)[A-Z]{2}(?![\w.])(?=\s)")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (
    (re.compile(r"^[aeiou]+"), "a"),
    (re.compile(r"(?<=.)[aeiouyw]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LETTERS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"sch|tsch|tch|tj"), "ch"),
    (re.compile(r"ck|qu?|kh|c(?![hiey])"), "k"),
    (re.compile(r"^(?:gh|kh|k|q|g)(?=[aou]dd?[ah]?[a-z]*f)"), "g"),
    (re.compile(r"dh|th(?=[aeiou])"), "d"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(?:iy|yy|ij|ii)$"), "y"),
    (re.compile(r"^ye|^je(?=[vlk])"), "e"),
    (re.compile(r"(?<=[^aeiou])h(?=[aeiou])"), ""),
)

_EMPTY = (
    "a an the and or but of in on at to for from by with as is was were are be been has have had he she it his her its "
    "they their who whom whose which that this these those not no than then when while after before also said says "
    "told tells added will would could should may might can did does do i we you our your my me us them him if so "
    "about into over out up down more most just like such some any all both each other one two three first last new "
    "because what how where why there here now only even still during between against under since until among very "
    "according called asked wrote including s"
)
EMPTY_WORDS = frozenset(_EMPTY.split())
"""Words that tell nothing, in lower case."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: folded `words`, an Arabic article in front of a word left out; `suffix` as jr or iii.

    `junk` is how much of the name as it stands is no name: what a title, a bracket or a word said twice adds.
    """

    words: tuple[str, ...]
    suffix: str
    nickname: str
    junk: int

    @property
    def compact(self) -> str:
        """The letters in a row."""
        return "".join(self.words)


def name_of(value: str) -> Name:
    """Take the tagger's value apart."""
    spaced = _CREDIT.sub("", value.replace("(", " ").replace(")", " "))
    spaced = spaced if spaced.isupper() else _INITIALS.sub(lambda found: " ".join(found[0].replace(".", "")), spaced)
    parsed = parse_name(spaced)
    words = [word for place, word in enumerate(parsed.words) if place == 0 or word != parsed.words[place - 1]]
    while len(words) > 2 and words[0] in titles() and words[0] not in word_list("first"):
        words = words[1:]
    kept = [word for place, word in enumerate(words) if not (word in ("al", "el", "ul") and 0 < place < len(words) - 1)]
    junk = len(parsed.words) - len(words) + any(mark in value for mark in "()[]|/@")
    return Name(tuple(kept if len(kept) > 1 else words), parsed.suffix, parsed.nickname, junk)


@functools.cache
def titles() -> frozenset[str]:
    """Give the words that stand before a name and are none, in lower case without points."""
    words = word_list("titles") | word_list("honorifics")
    return frozenset(word.replace(".", "") for word in words)


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Give what is left of a folded word across transliterations: Mohammed and Muhammad, Gadhafi and Qaddafi."""
    for pattern, letters in _LETTERS:
        word = pattern.sub(letters, word)
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def is_full(value: str) -> bool:
    """Tell a name with a given name from a surname alone, which may have particles (de Blasio, al-Assad)."""
    words = name_of(value).words
    return len(words) > 1 and (len(without_article(words)) > 1 or may_begin_with_given(parse_name(value)))


def same_form(one: str, other: str) -> bool:
    """Tell whether two given names may be one: a name and its short form, or short forms of one that begin alike."""
    shared = forms(one) & forms(other)
    return one == other or (
        bool(shared) and (one[0] == other[0] or any(_heads()[line] in (one, other) for line in shared))
    )


def is_usual_form(one: str, other: str) -> bool:
    """Tell whether one of two given names is the full name of a family that both are of: Michael and Mike."""
    return one == other or any(_heads()[line] in (one, other) for line in forms(one) & forms(other))


@functools.lru_cache(maxsize=100_000)
def doubled(word: str) -> str:
    """Give a folded word as it is without what is most often written wrongly: doubled letters, and y for i or ie."""
    return _DOUBLED.sub(
        r"\1",
        word.replace("ey", "i")
        .replace("ei", "i")
        .replace("ie", "i")
        .replace("y", "i")
        .replace("ph", "f")
        .replace("ck", "k"),
    )


@functools.cache
def common_surnames(most: int = 3_000) -> frozenset[str]:
    """Give the commonest surnames of a large country, in lower case: two people of one tell little."""
    text = (resources.files("index.identity") / "data" / "surnames.txt").read_text(encoding="utf-8")
    found = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return frozenset(itertools.islice(found, most))


@functools.cache
def _heads() -> list[str]:
    """Give the full name of each family of given names, the first of its line, by the line's number."""
    text = (resources.files("index.tag") / "data" / "nicknames.txt").read_text(encoding="utf-8")
    return [line.partition(" ")[0] for line in text.splitlines()]


def forms(word: str) -> frozenset[int]:
    """Give the families of short forms of a given name."""
    return short_form_numbers(word)


def distance(one: str, other: str) -> int:
    """Give the letters to change, add, drop or swap with their neighbours that make the one the other; 3 for more."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        following = [place]
        for at, against in enumerate(other, 1):
            cost = min(row[at] + 1, following[at - 1] + 1, row[at - 1] + (letter != against))
            if at > 1 and place > 1 and letter == other[at - 2] and one[place - 2] == against:
                cost = min(cost, before[at - 2] + 1)
            following.append(cost)
        before, row = row, following
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
