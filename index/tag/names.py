"""The anatomy of personal names: folded words, initials, short forms, suffixes, and when two names fit one person."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

from index.tag.lexicon import word_list

_NICKNAME = re.compile(r"\s+[“\"‘'(]+[^“”\"()]{1,40}[”\"’')]+(?=\s)")
_NOISE = re.compile(r"[^\w\s-]")
_BREAK = re.compile(r"[\s‐‑–-]+")
_GIVEN_TOO = frozenset(["al", "an", "ben", "del", "della", "van"])
_ARTICLES = frozenset(["al", "el", "ul", "ur", "as", "an", "d", "de", "the"])


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A personal name as written and as compared.

    `display` is the name as written but for brackets and capitals; `words` its folded words (case, accents, periods and
    apostrophes gone, divided at blanks and hyphens), without an inserted nickname and the suffix; `suffix` is `jr`,
    `iii`, ... or empty; `nickname` the inserted one, folded, or empty.
    """

    display: str
    words: tuple[str, ...]
    suffix: str
    nickname: str

    @property
    def weight(self) -> int:
        """Tell how full the name is: more for a word than for an initial or a suffix; less for an inserted nickname."""
        return sum(2 if len(word) == 1 else 4 for word in self.words) + 2 * bool(self.suffix) - bool(self.nickname)


@functools.lru_cache(maxsize=50_000)
def parse_name(surface: str) -> PersonName:
    """Take a name apart."""
    display = " ".join(surface.replace("[", "").replace("]", "").split())
    display = _recase(display.strip(" ,;:"))
    inserted = _NICKNAME.search(display)
    nickname = fold_name(inserted.group()).strip() if inserted else ""
    words = [fold_name(word) for word in _BREAK.split(_NICKNAME.sub("", display))]
    words = [word for word in words if word]
    suffix = ""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = words.pop()
    return PersonName(display=display, words=tuple(words), suffix=suffix, nickname=nickname)


_SUFFIXES = frozenset(word.replace(".", "") for word in word_list("suffixes")) - {"i", "san"}


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "ð": "d"}
)
"""Letters with a mark that no decomposition takes off."""


@functools.lru_cache(maxsize=50_000)
def fold_name(text: str) -> str:
    """Fold case and accents, and drop every mark but hyphens."""
    if not text.isascii():
        text = text.translate(_LETTERS)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOISE.sub("", text).casefold().replace("_", "")


def _recase(display: str) -> str:
    """Write a name set in capitals as names are written; leave initials and acronyms."""
    if not display.isupper() or len(display) < 5 or " " not in display:
        return display
    return " ".join(_capitalise(word) for word in display.split(" "))


def _capitalise(word: str) -> str:
    if "." in word or word.rstrip(".") in ("II", "III", "IV") or len(word) == 1:
        return word
    word = re.sub(
        r"[^\W\d_]+", lambda m: m.group().capitalize() if len(m.group()) > 1 or m.start() == 0 else m.group(), word
    )
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), word)


@functools.cache
def _short_forms() -> dict[str, frozenset[int]]:
    """Map a given name to the numbers of the lines of `data/nicknames.txt` that hold it."""
    lines: dict[str, set[int]] = {}
    text = (resources.files("index.tag") / "data" / "nicknames.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for word in line.split():
                lines.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in lines.items()}


def short_form_numbers(word: str) -> frozenset[int]:
    """Give numbers that a folded given name shares with its short forms (Bob, Robert); none for most words."""
    return _short_forms().get(word, frozenset())


def same_given(one: str, other: str) -> bool:
    """Tell whether two folded given names may be one: equal, an initial, a known short form, or transliterated."""
    if same_spelling(one, other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    forms = _short_forms()
    return not forms.get(one, frozenset()).isdisjoint(forms.get(other, frozenset()))


def same_spelling(one: str, other: str) -> bool:
    """Tell whether two folded words are one but for the transliteration from Cyrillic: Yevgeniy and Evgeny."""
    return one == other or _latin(one) == _latin(other)


def _latin(word: str) -> str:
    return _LAST_Y.sub(lambda match: _VOWELS.get(match.group()[0], "y"), _FIRST_YE.sub("e", word))


_FIRST_YE = re.compile(r"^ye(?=[vgkl])")
_LAST_Y = re.compile(r"(?:[iy][yi]|ij|[eo][yi])$")
_VOWELS = {"e": "ei", "o": "oi"}


def near(one: str, other: str) -> bool:
    """Tell whether two folded words differ by one slip of the pen: a letter changed, lost, added, or two swapped."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    tail, other_tail = one[start:], other[start:]
    return (
        tail[1:] == other_tail[1:]
        or tail[1:] == other_tail
        or tail == other_tail[1:]
        or (tail[:2] == other_tail[:2][::-1] and tail[2:] == other_tail[2:])
    )


def full_names_fit(short: PersonName, full: PersonName) -> bool:
    """Tell whether a name of several words may be another, at least as full, name of the same person.

    The shorter's words must be found in the longer in order, the given names as `same_given`, and the last word of the
    shorter must be the longer's last, or the longer must go on after it (`Gabriel García` of `Gabriel García Márquez`).
    """
    one, other = short.words, full.words
    if short.suffix and full.suffix and short.suffix != full.suffix:
        return False
    if one == other or "".join(one) == "".join(other):
        return True
    if len(one) < 2 or len(other) < 2 or len(one) > len(other):
        return False
    if not same_given(one[0], other[0]) and not (len(other) > len(one) and one[0] in other[1:-1]):
        return False
    if same_spelling(one[-1], other[-1]):
        return middles_fit(one[1:-1], other[1:-1])
    return one[0] == other[0] and len(one[-1]) > 1 and all(word in other for word in one[1:])


def middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether no middle name of the one contradicts those of the other."""
    return not one or not other or any(same_given(a, b) for a in one for b in other)


def without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop leading articles and particles of folded words (`al-Assad`, `de Blasio`), as long as a word remains.

    Some are given names too (`Al Gore`): see `may_begin_with_given`.
    """
    while len(words) > 1 and (words[0] in _ARTICLES or words[0] in word_list("particles")):
        words = words[1:]
    return words


def may_begin_with_given(name: PersonName) -> bool:
    """Tell whether what could be an article is written as a given name: Al Gore and Ben Quill, not al-Assad."""
    first, _, rest = name.display.partition(" ")
    return bool(rest) and first.istitle() and len(name.words) == 2 and name.words[0] in _GIVEN_TOO and "-" not in first


def initials(name: PersonName) -> str:
    """Give the first letters of a name's folded words."""
    return "".join(word[0] for word in name.words)
