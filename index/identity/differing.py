"""In what two names differ that may be one person's; who differs in more is never compared."""

from enum import Enum

from index.identity.naming import EMPTY_WORDS, Name, distance, same_form, sound, titles
from index.tag.lexicon import word_list
from index.tag.wordtable import shipped_words

_SHORTEST_SLIP, _LONG = 4, 7
_MOST_GIVENS = 2

_MOSTLY_SMALL, _ALWAYS_CAPITAL = 3, 9
"""In so many of ten places the press writes a word with a capital."""


class Differing(Enum):
    """In what two names differ, as a page says it, and how telling that alone is (in nats, against two people)."""

    SIGNS = ("written with other signs", 3.0)
    MIDDLE = ("with or without a middle name", 1.5)
    SUFFIX = ("with or without a suffix", 0.5)
    FORM = ("a short form of the given name", 1.5)
    INITIAL = ("an initial for the given name", -0.9)
    EXTRA = ("with a word that is no name", 2.0)
    SOUND = ("another spelling of the same sounds", -3.0)
    SLIP = ("a slip of the pen in the given name", -3.0)
    SLIP_OF_SURNAME = ("a slip of the pen in the surname", -3.5)
    PART = ("one given name more", -2.0)
    MORE = ("one surname more", -3.2)
    ORDER = ("in another order", -1.0)
    CUT = ("without the given name before an initial", 1.5)
    FIGURE = ("another name of somebody well known", 7.0)
    BORN = ("the name from before a marriage, which a text states", 4.0)

    @property
    def words(self) -> str:
        """What a page says."""
        return self.value[0]

    @property
    def weight(self) -> float:
        """How much this speaks for one person."""
        return self.value[1]


def differing(one: Name, other: Name) -> Differing | None:
    """Tell in what two names of two words or more differ; None where they are two people's, or too unlike."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    short, full = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if one.compact == other.compact:
        return Differing.SIGNS if one.suffix == other.suffix else Differing.SUFFIX
    if short.words[-1] == full.words[-1]:
        found = _given(short, full)
    elif short.words[0] == full.words[0] and len(short.words[0]) > 1:
        found = _surname(short, full)
    else:
        found = _otherwise(short, full)
    return Differing.SUFFIX if found in (Differing.MIDDLE, Differing.EXTRA) and one.suffix != other.suffix else found


def slipped(one: str, other: str) -> bool:
    """Tell whether two words are a slip of the pen apart; two are forgiven in a long word."""
    shorter = min(len(one), len(other))
    return shorter >= _SHORTEST_SLIP and distance(one, other) <= 1 + (shorter >= _LONG)


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two words may be one, transliterated otherwise."""
    return (
        min(len(one), len(other)) > 3
        and len(sound(one)) > 1
        and sound(one) == sound(other)
        and distance(one, other) < 3
    )


def _given(short: Name, full: Name) -> Differing | None:
    """Tell in what two names of one surname differ."""
    given, others = short.words[0], full.words
    middles = _middles(short.words[1:-1], others[1:-1])
    if given == others[0]:
        return Differing.MIDDLE if middles else _slip_of_middle(short, full)
    if short.words == others[1:] and _is_no_name(others[0]):
        return Differing.EXTRA
    if short.words == others[1:] and len(given) == 1 < len(others[0]):
        return Differing.CUT
    initial = len(given) == 1 and short.words[:-1] != others[1 : len(short.words)]
    more = len(others) - len(short.words)
    if 0 < more <= _MOST_GIVENS and not initial and any(same_form(given, word) for word in others[1:-1]):
        return Differing.PART
    return _other_given(short, full) if middles else None


def _is_no_name(word: str) -> bool:
    """Tell whether a word before a whole name is a title, a nation or one that the press writes small."""
    small = len(word) > 1 and shipped_words().case.get(word, _ALWAYS_CAPITAL) <= _MOSTLY_SMALL
    small = small and word not in word_list("first")
    return small or word in titles() | word_list("demonyms")


def _slip_of_middle(short: Name, full: Name) -> Differing | None:
    if len(short.words) != len(full.words):
        return None
    near = all(one == other or slipped(one, other) for one, other in zip(short.words, full.words, strict=True))
    return Differing.SLIP if near else None


def _other_given(short: Name, full: Name) -> Differing | None:
    given, other = short.words[0], full.words[0]
    if min(len(given), len(other)) == 1:
        return Differing.INITIAL if given[0] == other[0] else None
    if same_form(given, other) or given == full.nickname or other == short.nickname:
        return Differing.FORM
    if sounds_alike(given, other):
        return Differing.SOUND
    return Differing.SLIP if slipped(given, other) else None


def _surname(short: Name, full: Name) -> Differing | None:
    words, others = short.words, full.words
    if others[:-1] == words and others[-1] in titles() | EMPTY_WORDS:
        return Differing.EXTRA
    if others[: len(words)] == words or (len(words) == 2 and words[1] in others[1:-1]):
        return Differing.MORE
    if _middles(words[1:-1], others[1:-1]):
        if sounds_alike(words[-1], others[-1]):
            return Differing.SOUND
        if slipped(words[-1], others[-1]):
            return Differing.SLIP_OF_SURNAME
    if sorted(words) == sorted(others):
        return Differing.ORDER
    return None


def _otherwise(short: Name, full: Name) -> Differing | None:
    words, others = short.words, full.words
    if sorted(words) == sorted(others):
        return Differing.ORDER
    alike = sounds_alike(words[0], others[0]) and sounds_alike(words[-1], others[-1])
    return Differing.SOUND if alike and _middles(words[1:-1], others[1:-1]) else None


def _middles(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether no middle name contradicts that of the same place in the other name."""
    return all(
        a[0] == b[0] if min(len(a), len(b)) == 1 else a == b or same_form(a, b) or sounds_alike(a, b)
        for a, b in zip(one, other, strict=False)
    )
