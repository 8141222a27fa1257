"""The cast of an article: whom it names, how often, and the words beside; all that identity goes by, and no text."""

import itertools
import json
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from index.identity.naming import EMPTY_WORDS, name_of, titles
from index.types import Mention, Tagged

_VERSION = 3
_BESIDE = 12
_BEFORE, _AFTER = 48, 72
_WORD = re.compile(r"[^\W\d_](?:[\w&'’-]*\w)?")
_STOP = re.compile(r"[;:!?“”\"()\[\]|•\n]|[a-z]{3}\.\s|,\s")
_APPOSITION = re.compile(r"\s?(?:,\s|\()((?!and\b|but\b|who\b|which\b)(?:(?<=[A-Z])\.|[^.;:!?“”\"()\[\]\n])*)")
_NOUN = re.compile(r"\s([a-z][a-z-]+)\b")
_BORN = re.compile(r",?\s\(?(?:née|nee)\s(?:[A-Z][\w’'-]+\s)?([A-Z][\w’'-]+)")
_GIVENS = re.compile(r"(?:(?<![\w’'-])[A-Z][\w’'-]*\.?\s){1,2}\Z")
_MORE_NAMES = re.compile(r"(?:\s[A-Z][\w-]+){1,2}")
_THING_NOUNS = (
    "center centre foundation institute university college school hospital clinic museum library hall house tower "
    "towers building plaza hotel resort casino street avenue road boulevard drive lane highway bridge tunnel airport "
    "station park county river lake island theater theatre stadium arena company corporation group bank empire firm "
    "store stores chain family clan household brothers sisters siblings dynasty estate trust fund"
)
_THINGS = frozenset(_THING_NOUNS.split())
THING = "(thing)"
"""Stands among the words beside a surname alone that mostly makes another thing's name: the Quill center."""

_TELLING = re.compile(r"(?<![\w’'-])(?:[a-z]{3,}|\d{4})(?!\w)")
_AROUND = 90
_OF_ONE_WORD, _OF_MORE = (3, 30), (1, 10)
"""In how many places the words around a name are kept, and how many: more of those that are to be told."""

_STATED = 6
"""So many names in full are kept of a surname alone; more are a list."""

_SEXES = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m"}


class Named(NamedTuple):
    """Somebody whom an article names: the tagger's `value`, how many `times`, the folded words `beside`.

    `sexes` has `m` for a Mr., `f` for a Mrs. or Ms.; `born` the surname that the article says was theirs before.
    `alone` are the single words, folded, by which the article calls somebody whom it names in full; `stated` the longer
    names that the text has of a value of one word, whatever the tagger took them for; `around` are telling words of the
    sentences about the name.
    """

    value: str
    times: int
    beside: tuple[str, ...]
    sexes: str
    born: str
    alone: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


class Cast(NamedTuple):
    """What identity knows of an article: its `day` (ISO, as precise as known, or empty), `publisher`, and `people`."""

    day: str
    publisher: str
    people: tuple[Named, ...]


def cast_of(tagged: Tagged) -> Cast:
    """Give the cast of a tagged article, in the order in which it names people first."""
    article = tagged.article
    places: dict[str, list[Mention]] = {}
    for mention in tagged.mentions:
        if mention.kind == "person":
            places.setdefault(mention.value, []).append(mention)
    return Cast(
        day=article.published.value[:10] if article.published else "",
        publisher=article.publisher or "",
        people=tuple(_named(value, found, article.title, article.text) for value, found in places.items()),
    )


def _named(value: str, mentions: Sequence[Mention], title: str, text: str) -> Named:
    beside: Counter[str] = Counter()
    sexes: set[str] = set()
    born = ""
    things = 0
    own = {word.lower() for word in _WORD.findall(value)}
    for mention in mentions:
        field = title if mention.field == "title" else text
        before = words_before(field, mention.start)
        sexes.update(_SEXES[word] for word in before[-1:] if word in _SEXES)
        words = dict.fromkeys((*before, *_words_after(field, mention.end)))
        beside.update(word for word in words if word not in EMPTY_WORDS and word not in own and word not in _SEXES)
        noun = _NOUN.match(field, mention.end)
        things += noun is not None and noun[1] in _THINGS
        found = _BORN.match(field, mention.end)
        born = found[1] if found else born
    marks = [THING] if " " not in value and 2 * things > len(mentions) else []
    return Named(
        value=value,
        times=len(mentions),
        beside=tuple(marks) + tuple(word for word, _ in beside.most_common(_BESIDE)),
        sexes="".join(sorted(sexes)),
        born=born,
        alone=_alone(value, mentions),
        stated=tuple(_stated(value, f"{title}\n{text}")) if " " not in value else (),
        around=tuple(_around(own, mentions, title, text)),
    )


def _alone(value: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Give the single words that stand for somebody whose name has several."""
    if len(value.split()) == 1:
        return ()
    words = dict.fromkeys("".join(name_of(mention.surface).words) for mention in mentions if " " not in mention.surface)
    return tuple(word for word in words if word)


def _around(own: Collection[str], mentions: Sequence[Mention], title: str, text: str) -> Iterator[str]:
    """Yield the words about the first places of a name that tell something."""
    found: dict[str, None] = {}
    places, most = _OF_ONE_WORD if len(own) == 1 else _OF_MORE
    for mention in mentions[:places]:
        field = title if mention.field == "title" else text
        before = field[max(0, mention.start - _AROUND) : mention.start].partition(" ")[2]
        after = field[mention.end : mention.end + _AROUND].rpartition(" ")[0]
        found.update(dict.fromkeys(_TELLING.findall(f"{before} {after}".lower())))
    yield from itertools.islice((word for word in found if word not in EMPTY_WORDS and word not in own), most)


def _stated(value: str, text: str) -> Iterator[str]:
    """Yield the names of two words and three that end with a surname, or begin with it, anywhere in a text."""
    if not value[:1].isalpha():
        return
    found: dict[str, None] = {}
    for place in re.finditer(rf"(?<![\w’'-]){re.escape(value)}(?![\w-])", text):
        if before := _GIVENS.search(text, max(0, place.start() - _BEFORE), place.start()):
            words = before[0].split()
            if words[-1].rstrip(".").lower() not in titles():
                found.setdefault(f"{words[-1]} {value}")
                found.setdefault(" ".join([*words[-2:], value]))
        if after := _MORE_NAMES.match(text, place.end()):
            words = after[0].split()
            found.setdefault(f"{value} {words[0]}")
            found.setdefault(" ".join([value, *words]))
    yield from list(found)[:_STATED]


def words_before(text: str, start: int) -> list[str]:
    """Give the last three words or so before a place, folded, as far as the clause goes."""
    piece = text[max(0, start - _BEFORE) : start]
    stops = [stop for stop in _STOP.finditer(piece) if stop.end() < len(piece) or stop[0] != ", "]
    piece = piece[stops[-1].end() :] if stops else piece.partition(" ")[2] if start > _BEFORE else piece
    return [word.lower() for word in _WORD.findall(piece)[-4:]]


def _words_after(text: str, end: int) -> list[str]:
    """Give the words of an apposition, `Ann Quill, the governor of Ohio`, or a noun: `the Quill administration`."""
    piece = text[end : end + _AFTER]
    if apposition := _APPOSITION.match(piece):
        return [word.lower() for word in _WORD.findall(apposition[1])[:8]]
    noun = _NOUN.match(piece)
    return [noun[1]] if noun else []


def pack_cast(cast: Cast) -> bytes:
    """Turn a cast into bytes."""
    text = json.dumps(cast, ensure_ascii=False, separators=(",", ":"))
    return bytes([_VERSION]) + zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack_cast(data: bytes) -> Cast | None:
    """Turn the bytes of `pack_cast` back; None where they are of another version of this module."""
    if data[:1] != bytes([_VERSION]):
        return None
    day, publisher, people = json.loads(zlib.decompress(data[1:]).decode("utf-8", "surrogatepass"))
    return Cast(day, publisher, tuple(_unpacked(*named) for named in people))


def _unpacked(value: str, times: int, beside: list[str], sexes: str, born: str, *more: list[str]) -> Named:
    alone, stated, around = map(tuple, more)
    return Named(value, times, tuple(beside), sexes, born, alone, stated, around)
