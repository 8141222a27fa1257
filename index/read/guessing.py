"""Guess in which single-byte encoding a text was written: that in which it looks most like some language.

charset-normalizer judges by how common characters are, which takes hundreds of them, and takes Polish for French below.
Here the bytes beyond ASCII must be letters of one language, in the places where letters stand, and the text should
have that language's most frequent words: that tells encodings apart by a sentence.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from index.read.languages import ENGLISH, LANGUAGES, LATIN_LETTERS, Language

_ENCODINGS: Final = (
    ("cp1252", 0.0),
    ("iso8859-15", 0.02),
    ("cp1250", 0.0),
    ("iso8859-2", 0.0),
    ("cp1254", 0.0),
    ("cp1257", 0.05),
    ("iso8859-13", 0.05),
    ("cp1251", 0.0),
    ("koi8-r", 0.0),
    ("koi8-u", 0.02),
    ("iso8859-5", 0.02),
    ("cp866", 0.1),
    ("cp1253", 0.0),
    ("iso8859-7", 0.0),
    ("cp1255", 0.0),
    ("iso8859-8", 0.02),
    ("cp1256", 0.0),
    ("iso8859-6", 0.02),
    ("cp874", 0.0),
    ("mac-roman", 0.3),
    ("mac-cyrillic", 0.3),
    ("cp850", 0.3),
    ("cp852", 0.3),
)
"""What is tried, and by how much each must look better than the others for being rare today."""
_SAMPLE_BYTES: Final = 8_192
_LETTER: Final = 1.0
_PUNCTUATION: Final = 0.3
_FOREIGN: Final = -0.5
_STRANGE: Final = -2.0
_CONTROL: Final = -8.0
_IN_WORD: Final = -3.0
"""What a character beyond ASCII adds: a letter of the language, a mark of print, a letter of another language in Latin
letters, another letter or sign, a control character; and less where a sign stands within a word, or a capital does."""
_PLACED: Final = re.compile(
    r"(?<=[^\W\d_])’(?=(?:s|t|d|m|ll|re|ve)\b|\W|$)"
    r"|\b(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd|dell|all|nell|sull|dall|un|o)’(?=\w)"
    r"|(?<!\w)[‘“„«](?=\s?\w)|(?<=[\w.,!?…])[”»](?!\w)|(?<=[\s\d])[–—](?=[\s\d])|…(?!\w)"
)
"""Marks of print where they belong: apostrophes, quotation marks around words, dashes between words. They say as much
for an encoding as letters do: in others (Mac OS Roman) the same bytes are letters, which fit into some word."""
_WORDS: Final = 6.0
"""What it adds if all words were frequent ones of the language; a quarter of them are."""
_PLAUSIBLE: Final = 0.4
_PLAUSIBLE_ALONE: Final = 0.95
"""Below, what was decoded looks like no language here; the second where few letters of ASCII stand beside it, as in
texts of Chinese or Japanese, which may look like Cyrillic without its words."""
_ALONE: Final = 1 / 3
_BEYOND: Final = bytes(range(0x80, 0x100))
_MARKS: Final = frozenset("‘’‚“”„«»‹›–—…•·§°€£¥©®™½¼¾¿¡ºª×÷²³\u00a0\u00ad\u200c\u200d\u200e\u200f،؛؟")
_BETWEEN: Final = frozenset("’‘–—-·\u00ad\u200c\u200d\u00a0")
"""Signs that may stand within a word, or between two without a blank."""
_WORD: Final = re.compile(r"\b[^\W\d_]+\b")
_ASCII: Final = re.compile("[A-Za-z]")
_OTHER_SCRIPTS: Final = "\u0370"
"""What follows the Latin letters; words mix them with none of these."""
_WITHIN: Final = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f](?=[^\W\d_])|(?<=\d)[^\W\d_\x00-\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What of a decoded text tells its language: its characters beyond ASCII, its words, and what is out of place."""

    characters: Counter[str]
    words: Counter[str]
    placed: int
    misplaced: int


def guess_encoding(data: bytes) -> str | None:
    """Name the single-byte encoding of a text that is no UTF-8; None where it looks like no language known here."""
    sample = _sample(data)
    beyond = len(sample) - len(sample.translate(None, _BEYOND))
    best, highest = None, _PLAUSIBLE_ALONE if beyond > _ALONE * len(sample) else _PLAUSIBLE
    for encoding, rarity in _ENCODINGS:
        try:
            look = _look(sample.decode(encoding))
        except UnicodeDecodeError:
            continue
        score = max(_score(look, language) for language in LANGUAGES) - rarity
        if score > highest:
            best, highest = encoding, score
    return best


def _sample(data: bytes) -> bytes:
    """Give the lines that have anything beyond ASCII in them, as many as are judged."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    parts, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            parts.append(line[: _SAMPLE_BYTES - size])
            size += len(parts[-1])
            if size >= _SAMPLE_BYTES:
                break
    return b"".join(parts)


def _look(text: str) -> _Look:
    words = Counter(_WORD.findall(text))
    misplaced = sum(sign not in _BETWEEN for sign in _WITHIN.findall(text))
    for word, count in words.items():
        if not word.isascii():
            capitals = 0 if word.isupper() else sum(sign > "\x7f" and sign.isupper() for sign in word[1:])
            misplaced += count * (capitals + (_ASCII.search(word) is not None and max(word) >= _OTHER_SCRIPTS))
    characters = Counter(sign if sign in _MARKS else sign.lower() for sign in text if sign > "\x7f")
    folded: Counter[str] = Counter()
    for word, count in words.items():
        folded[word.lower()] += count
    return _Look(characters=characters, words=folded, placed=len(_PLACED.findall(text)), misplaced=misplaced)


def _score(look: _Look, language: Language) -> float:
    total = look.characters.total()
    if not total:
        return 0.0
    points = sum(count * _points(sign, language) for sign, count in look.characters.items()) + _IN_WORD * look.misplaced
    points += look.placed * (_LETTER - _PUNCTUATION)
    common = sum(look.words[word] for word in language.words if word in look.words)
    return points / total + _WORDS * common / max(1, look.words.total())


def _points(sign: str, language: Language) -> float:
    if sign in language.letters:
        return _LETTER if language is not ENGLISH else _PUNCTUATION
    if sign in _MARKS:
        return _PUNCTUATION
    if sign in LATIN_LETTERS:
        return _FOREIGN
    return _CONTROL if "\x80" <= sign <= "\x9f" else _STRANGE
