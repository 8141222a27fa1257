"""Titles before a name, of many countries; and words that are titles of one man and given names of another."""

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import FieldTokens

_TITLES = (word_list("titles") | word_list("honorifics")) - word_list("first") - {"king", "pope", "tan"}
_SURNAMES_TOO = "prince judge marshall duke earl major bishop star baron page agent speaker guru coach dean price barr"
_SURE_TITLES = _TITLES - frozenset(_SURNAMES_TOO.split())
_GIVEN_TOO = frozenset(["ato", "duke", "guru", "haji", "prince", "raja", "amir", "nana", "rana", "shah", "sultan"])
_FIRST_HALVES = frozenset(["tan", "tun", "datuk", "dato", "dato'", "datin"])
_SECOND_HALVES = frozenset(["sri", "seri"])


def is_title(strings: tuple[str, ...], index: int, *, words: int) -> bool:
    """Tell whether a title stands at `index`, before a name of so many `words`: Tan Sri, Asiwaju, Mzee.

    One that is a surname too (Judge, Prince) only counts before two words or more.
    """
    lower = kind_of(strings[index]).lower
    if is_second_half(strings, index):
        return True
    if lower == "tan":
        return strings[index + 1 : index + 2] == ("Sri",)
    return lower in (_TITLES if words > 1 else _SURE_TITLES)


def is_second_half(strings: tuple[str, ...], index: int) -> bool:
    """Tell the second word of a title of two: Tan Sri, Datuk Seri."""
    marked = index > 1 and strings[index - 1] in ("'", "’")
    before = kind_of(strings[index - 2 if marked else index - 1]).lower if index else ""
    return before in _FIRST_HALVES and kind_of(strings[index]).lower in _SECOND_HALVES


def is_given_here(tokens: FieldTokens, index: int) -> bool:
    """Tell whether a title that is a given name too is one, before a single surname: Prince Fielder, Raja Quill.

    It is a title before a given name (Prince Otto) or after a capital (the Saudi Prince), unless it is a common given
    name that the text has before this surname again; wherever the text writes it in lower case; and where it stands
    before several names.
    """
    strings = tokens.strings
    lower = kind_of(strings[index]).lower
    if lower not in _GIVEN_TOO or not strings[index].istitle() or index + 1 >= len(strings):
        return False
    following = kind_of(strings[index + 1])
    common = lower in word_list("first")
    if following.sort == "F" and not common:
        return False
    if index > tokens.bounds[tokens.sentences[index]]:
        before = kind_of(strings[index - 1])
        again = common and tokens.text.count(f"{strings[index]} {strings[index + 1]}") > 1
        if before.lower == "the" or (before.capital and before.sort != "T" and not again):
            return False
    return lower not in strings and len(_followers(strings, strings[index])) < 2


def _followers(strings: tuple[str, ...], word: str) -> set[str]:
    """List the capitals that stand right after a word."""
    return {strings[at + 1] for at, string in enumerate(strings[:-1]) if string == word and strings[at + 1].istitle()}
