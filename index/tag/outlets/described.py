"""Unknown outlets that the text itself calls a newspaper or a station: "the Okaz newspaper", "broadcaster CCTV"."""

import re
from collections.abc import Iterator

from index.tag.lexicon import word_list
from index.tag.outlets.place import CAPITAL, LONGEST_NAME, Place, capitals_before, formed, is_people
from index.tag.tokens import FieldTokens

_KINDS = (
    r"newspaper|magazine|tabloid|news agency|news (?:web)?site|news channel|(?:TV|radio) station|TV channel|"
    r"television (?:station|channel)"
)
_DESCRIBED = re.compile(rf"\b(?:{_KINDS}|news portal)\b(?!,?\s[A-Z])")
_APPOSED = re.compile(
    rf"\b(?:(?:{_KINDS}|radio channel|(?:news|media) outlet)\s(?:the\s|The\s)?(?=[A-ZÀ-Þ])"
    r"|broadcaster\s(?=[A-Z]{2,5}\b(?!\s[A-Z])))"
)
_OWNERS = frozenset(("the", "The", "'s", "’s", "in", "by", "run", "official", "local", "state", "national"))


def described_names(tokens: FieldTokens, taken: bytearray) -> Iterator[Place]:
    """Find the capitals before or after a word such as "newspaper" that are no description ("British") of it."""
    for match in _DESCRIBED.finditer(tokens.text):
        place = _before(tokens, match.start(), taken)
        if place is not None:
            yield place
    for match in _APPOSED.finditer(tokens.text):
        place = _after(tokens, match, taken)
        if place is not None:
            yield place


def _before(tokens: FieldTokens, offset: int, taken: bytearray) -> Place | None:
    """Read "the Okaz newspaper", "Fars news agency"; not "British newspaper" nor "Chicago newspaper"."""
    index = tokens.index_at(offset)
    if index == 0 or taken[index - 1] or tokens.ends[index - 1] + 1 != offset:
        return None
    first = capitals_before(tokens, index, taken)
    if first == index or is_people(tokens.strings[index - 1]):
        return None
    place = formed(tokens, first, index)
    return place if index - first > 1 or place.token(-1) in _OWNERS else None


def _after(tokens: FieldTokens, match: re.Match[str], taken: bytearray) -> Place | None:
    """Read "the newspaper Milenio", "the news site NKNews.org"; not "the AP news agency Monday"."""
    first = last = tokens.index_at(match.end())
    kind = tokens.index_at(match.start())
    if tokens.starts[first] != match.end() or (kind > 0 and taken[kind - 1]):
        return None
    while last < len(tokens.strings) and last - first < LONGEST_NAME and not taken[last]:
        hyphen = tokens.strings[last] == "-" and last > first and tokens.ends[last - 1] == tokens.starts[last]
        if not hyphen and not CAPITAL.fullmatch(tokens.strings[last]):
            break
        if last > first and tokens.ends[last - 1] + 1 < tokens.starts[last]:
            break
        last += 1
    if last > first and tokens.strings[last - 1] == "-":
        last -= 1
    word = tokens.strings[first].lower()
    person_or_day = any(word in word_list(name) for name in ("first", "months", "demonyms")) or word.endswith("day")
    return None if last == first or person_or_day else formed(tokens, first, last)
