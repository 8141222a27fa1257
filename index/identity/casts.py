"""The cast of an article: whom it names, how often, and the words beside; all that identity goes by, and no text."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.types import Mention, Tagged

_VERSION = 1
_BESIDE = 12
_BEFORE, _AFTER = 48, 72
_WORD = re.compile(r"[^\W\d_](?:[\w&'’-]*\w)?")
_STOP = re.compile(r"[;:!?“”\"()\[\]|•\n]|[a-z]{3}\.\s|,\s")
_APPOSITION = re.compile(r"\s?(?:,\s|\()((?!and\b|but\b|who\b|which\b)(?:(?<=[A-Z])\.|[^.;:!?“”\"()\[\]\n])*)")
_NOUN = re.compile(r"\s([a-z][a-z-]+)\b")
_BORN = re.compile(r",?\s\(?(?:née|nee)\s(?:[A-Z][\w’'-]+\s)?([A-Z][\w’'-]+)")
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
_SEXES = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m"}


class Named(NamedTuple):
    """Somebody whom an article names: the tagger's `value`, how many `times`, the folded words `beside`.

    `sexes` has `m` for a Mr., `f` for a Mrs. or Ms.; `born` the surname that the article says was theirs before.
    """

    value: str
    times: int
    beside: tuple[str, ...]
    sexes: str
    born: str


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
    own = {word.lower() for word in _WORD.findall(value)}
    for mention in mentions:
        field = title if mention.field == "title" else text
        before = words_before(field, mention.start)
        sexes.update(_SEXES[word] for word in before[-1:] if word in _SEXES)
        words = dict.fromkeys((*before, *_words_after(field, mention.end)))
        beside.update(word for word in words if word not in EMPTY_WORDS and word not in own and word not in _SEXES)
        found = _BORN.match(field, mention.end)
        born = found[1] if found else born
    return Named(
        value=value,
        times=len(mentions),
        beside=tuple(word for word, _ in beside.most_common(_BESIDE)),
        sexes="".join(sorted(sexes)),
        born=born,
    )


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
    return Cast(day, publisher, tuple(Named(value, times, tuple(b), s, born) for value, times, b, s, born in people))
