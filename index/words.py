"""The words of a text: the one analysis that the index, the queries and the snippets share.

Each word has one position, and positions follow each other without gaps, so that a phrase is words in a row. What
people write in several ways is cut and folded to the same words:

- Case, accents, ligatures and width are folded: García is `garcia`, Wałęsa is `walesa`, Ørsted is `orsted`.
- A possessive is no part of its word: Biden's, Biden’s and Harris’ are `biden` and `harris`. Other apostrophes vanish
  (don't is `dont`), but after O, d, l and their like a word begins: O'Brien is `o brien`, l'Élysée is `l elysee`.
- Letters with dots are one word: U.S. is `us`, J.F.K. is `jfk`, 9 a.m. is `9 am`.
- Hyphens, dots, slashes and all other signs part words: COVID-19 is `covid 19`, vice-president is `vice president`.
- Letters and digits part: COVID19 is `covid 19` too, F-16 and F16 are `f 16`, 9am is `9 am`, 1990s is `1990 s`.
- A number keeps its point and loses the commas of its thousands: $1.2 trillion is `1.2 trillion`, 1,000 is `1000`.
- A hashtag or handle is cut at its capitals: #BuildBackBetter is `build back better`, @VP is `vp`.
- Where a script has no blanks (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese), each letter is one word.

No word is dropped for being common. What was cut at a hyphen, an apostrophe, an ampersand or a capital is also known
under its `joined` form (e-mail: `email`, O'Brien: `obrien`, AT&T: `att`), which `stems` adds to the stems of a text, so
that the form without the sign finds it.
"""

import functools
import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from Stemmer import Stemmer

ANALYSIS = 3
"""To be raised whenever the words or stems of any text change, so that an index of other words is built again."""

MAX_FORM = 100
"""Longer words (addresses, encoded files) are known by their first so many characters."""

_CACHED_CHUNK = 64

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u08d3-\u08ff"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u0a01-\u0a03"
    "\u0a3c-\u0a51\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82"
    "\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03"
    "\u0d3b-\u0d4d\u0d57\u0d62\u0d63\u0d82\u0d83\u0dca-\u0ddf\u0df2\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc"
    "\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f"
)
_SINGLE = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u103f\u1780-\u17b3"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u3098\u309b-\u30fa\u30fc-\u30ff\u3100-\u318f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_APOSTROPHES = "'’‘ʼ′＇"
_HYPHENS = "-‐‑﹣－"
_AMPERSANDS = "&＆"

IN_WORD = rf"\w{_MARKS}"
"""The characters of words, for a class of a regular expression."""

_IN_WORD = f"[{IN_WORD}]"
_CHUNK = re.compile(rf"[#@]?{_IN_WORD}+(?:\.?[{_APOSTROPHES}]{_IN_WORD}+|[{_HYPHENS}.,{_AMPERSANDS}]{_IN_WORD}+)*")
_LETTER = rf"(?:(?![{_SINGLE}ʼ])[^\W\d_])"
_LETTERS = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}])*"
_END = r"(?!(?!ʼ)[^\W_])"
_PART = re.compile(
    rf"(?P<initials>(?<![^\W\d_])(?:{_LETTER}\.)+{_LETTER}(?!{_IN_WORD}))(?:\.?[{_APOSTROPHES}][sS]{_END})?"
    rf"|(?P<number>\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)*)(?:[{_APOSTROPHES}][sS]{_END})?"
    rf"|(?P<single>[{_SINGLE}][{_MARKS}]*)"
    rf"|(?P<word>{_LETTERS}(?:[{_APOSTROPHES}]{_LETTERS})*)"
)
_POSSESSIVE = re.compile(rf"(?:[{_APOSTROPHES}][sS]?)+$")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ELISION = re.compile(
    rf"(?:all|c|d|dall|dell|j|l|m|n|nell|o|qu|s|sant|sull|un)[{_APOSTROPHES}](?=\w{{3}})", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FOLDED_MARKS = re.compile("[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c\u200d\ufe00-\ufe0f]")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
)
_here = threading.local()


class Word(NamedTuple):
    """One word of a text: its folded `form`, its `position` (0, 1, ...), and where it stands, `start` to `end`.

    A tuple for speed; `text[start:end]` is the word as written, without its possessive.
    """

    form: str
    position: int
    start: int
    end: int


class Columns(NamedTuple):
    """The words of a text as columns, and its joined forms."""

    forms: list[str]
    starts: list[int]
    ends: list[int]
    joined: list[Word]


class _Part(NamedTuple):
    form: str
    start: int
    end: int


class _Chunk(NamedTuple):
    parts: tuple[_Part, ...]
    joined: tuple[_Part, ...]


def words(text: str) -> Iterator[Word]:
    """Cut a text into words, folded, in order; offsets count code points of `text`."""
    position = 0
    for match in _CHUNK.finditer(text):
        start = match.start()
        for form, begin, end in _chunk(match.group()).parts:
            yield Word(form, position, start + begin, start + end)
            position += 1


def joined(text: str) -> Iterator[Word]:
    """Give the joined forms of a text's compounds (e-mail: `email`), each with the place of the whole compound.

    `position` is that of the compound's first word.
    """
    return iter(columns(text).joined)


def columns(text: str) -> Columns:
    """Give what `words` and `joined` give, in one pass and with few objects: a word's number is its position."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    compounds: list[Word] = []
    for match in _CHUNK.finditer(text):
        start = match.start()
        parts, joins = _chunk(match.group())
        for form, begin, end in joins:
            position = len(forms) + sum(part.start < begin for part in parts)
            compounds.append(Word(form, position, start + begin, start + end))
        for form, begin, end in parts:
            forms.append(form)
            starts.append(start + begin)
            ends.append(start + end)
    return Columns(forms, starts, ends, compounds)


def stems(text: str) -> Iterator[str]:
    """Give what the field of a text's stems holds: the stem of each word and of each joined form, in order."""
    for match in _CHUNK.finditer(text):
        parts, compounds = _chunk(match.group())
        for part in parts:
            yield stem(part.form)
        for part in compounds:
            yield stem(part.form)


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Give the form under which one word is found: case and accents folded, no apostrophes, no possessive."""
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", word) or word)
    if plain.isascii():
        return plain.lower()[:MAX_FORM]
    decomposed = unicodedata.normalize("NFKD", plain).casefold().translate(_UNDECOMPOSED)
    return unicodedata.normalize("NFC", _FOLDED_MARKS.sub("", decomposed))[:MAX_FORM]


@functools.lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """Give the stem of a folded form: Snowball's for English (Porter 2), mended for what news is full of.

    Words in -is are no plurals (Harris is not Harry, Paris not Pari), and plurals without s go to their singular.
    A stem begins with the form's first letter.
    """
    singular = _IRREGULAR.get(form, form)
    if _IN_IS.search(singular) or (singular.isascii() and not _MAY_CHANGE.search(singular)):
        return singular
    return str(_stemmer().stemWord(singular))


def irregular_forms(root: str) -> tuple[str, ...]:
    """Give the forms of a stem that do not begin with it, or with all of it but its last letter."""
    return _IRREGULAR_FORMS.get(root, ())


def _stemmer() -> Stemmer:
    """Give this thread's stemmer: one must not be used by two threads at once."""
    known: Stemmer | None = getattr(_here, "stemmer", None)
    if known is None:
        known = _here.stemmer = Stemmer("english", 0)
    return known


_IN_IS = re.compile(r"(?<!sk)(?<!tax)(?<!alib)(?<!rabb)(?<!safar)(?<!bikin)(?<=\w\w\w)is$")
_MAY_CHANGE = re.compile(r"(?:[eisy']|al|ful|ll|ic|ed|ing|ism|ion|er|ator|ant|ent|ogist)$")
"""The ends of words that some rule of Snowball's takes off; half of all words have none and need not be asked about."""

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "wives": "wife",
    "midwives": "midwife",
    "housewives": "housewife",
    "knives": "knife",
    "thieves": "thief",
    "wolves": "wolf",
    "shelves": "shelf",
    "halves": "half",
    "congressmen": "congressman",
    "congresswomen": "congresswoman",
    "policemen": "policeman",
    "firemen": "fireman",
    "gunmen": "gunman",
    "businessmen": "businessman",
    "businesswomen": "businesswoman",
    "spokesmen": "spokesman",
    "spokeswomen": "spokeswoman",
    "chairmen": "chairman",
    "servicemen": "serviceman",
    "freshmen": "freshman",
    "fishermen": "fisherman",
    "grandchildren": "grandchild",
    "crises": "crisis",
    "hypotheses": "hypothesis",
    "diagnoses": "diagnosis",
    "oases": "oasis",
}
_IRREGULAR_FORMS: dict[str, tuple[str, ...]] = {
    "die": ("dying",),
    "lie": ("lying",),
    "tie": ("tying",),
    "vie": ("vying",),
}
for _plural in _IRREGULAR:
    _IRREGULAR_FORMS[stem(_plural)] = (*_IRREGULAR_FORMS.get(stem(_plural), ()), _plural)


def _chunk(chunk: str) -> _Chunk:
    return _known_chunk(chunk) if len(chunk) <= _CACHED_CHUNK else _cut(chunk)


@functools.lru_cache(maxsize=100_000)
def _known_chunk(chunk: str) -> _Chunk:
    return _cut(chunk)


def _cut(chunk: str) -> _Chunk:
    """Cut what stands without a blank into its words, and find its compounds."""
    tag = chunk[0] in "#@"
    parts: list[_Part] = []
    compounds: list[_Part] = []
    for match in _PART.finditer(chunk):
        start, kind = match.start(), match.lastgroup
        if kind == "number":
            parts.append(_Part(match.group(kind).replace(",", "")[:MAX_FORM], start, match.end(kind)))
        elif kind == "initials":
            parts.append(_Part(fold(match.group(kind).replace(".", "")), start, match.end(kind)))
        elif kind == "single":
            parts.append(_Part(fold(match.group()), start, match.end()))
        else:
            pieces = _pieces(match.group(), start, tag=tag)
            parts += pieces
            if len(pieces) > 1 and not tag:
                compounds.append(_join(pieces))
    parts = [part for part in parts if part.form]
    if (tag and len(parts) > 1) or (len(parts) == 2 and _jointed(chunk, *parts)):
        compounds.append(_join(parts))
    return _Chunk(tuple(parts), tuple(compounds))


def _jointed(chunk: str, first: _Part, second: _Part) -> bool:
    joint = chunk[first.end : second.start]
    return len(joint) == 1 and joint in _HYPHENS + _AMPERSANDS and (first.form + second.form).isalpha()


def _pieces(word: str, start: int, *, tag: bool) -> list[_Part]:
    """Cut a run of letters after an elided article, and in a hashtag before capitals; leave the possessive out."""
    possessive = _POSSESSIVE.search(word)
    end = possessive.start() if possessive else len(word)
    cuts = [0]
    if elision := _ELISION.match(word, 0, end):
        cuts.append(elision.end())
    if tag:
        cuts += [match.start() for match in _CAPITAL.finditer(word, cuts[-1], end)]
    return [
        _Part(fold(word[begin:stop]), start + begin, start + len(word[:stop].rstrip(_APOSTROPHES)))
        for begin, stop in zip(cuts, [*cuts[1:], end], strict=True)
    ]


def _join(parts: list[_Part]) -> _Part:
    return _Part("".join(part.form for part in parts)[:MAX_FORM], parts[0].start, parts[-1].end)
