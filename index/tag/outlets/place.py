"""A place in an article that may name an outlet, and what is around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.tag.lexicon import word_list
from index.tag.outlets.table import Outlet, OutletTable
from index.tag.tokens import FieldTokens

LONGEST_NAME = 4
"""How many tokens the name of an outlet that is in no table may have before its last."""
CAPITAL = re.compile(r"[A-ZÀ-ÞĀ-Ž](?:[\w'’.]*[\w.])?|al|el")
"""A token that may be part of a name."""

_PLAIN = {"–": "-", "’": "'"}
_GLUED = re.compile(r"[a-z](?:Fox|CNN|NBC|CBS|ABC|MSNBC|The)$")
_NO_NAME_WORDS = (
    "The A An In On At As By For From With When While But And If According To Via Former After Before Since Not Or "
    "What Then Now Also Last Meanwhile However Of Today Yesterday Our His Her Their My Your Its This That These "
    "Those Hard Modern Old Roman Medieval End Ancient Troubled Good Bad Fake Breaking University Medical Some Most "
    "Many Several Other Apple Samsung Google Cable Reality Smart Live Social Digital Mass State National Local "
    "Central Foreign International Mainstream Monday Tuesday Wednesday Thursday Friday Saturday Sunday Washington"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_ADJECTIVES = frozenset(
    ("us", "uk", "u.s.", "u.k.", "eu", "tv", "pc", "isis", "soviet", "greek", "czech", "slovak", "thai")
)
_PEOPLES = ("an", "ese", "ish", "ch", "i")


@dataclass(slots=True)
class Place:
    """Tokens `first` to `last` (exclusive) of a field, the outlets they may name, and what was decided.

    `safe` tells a name that always means an outlet; `value` is the canonical name once decided, `via` why.
    """

    tokens: FieldTokens
    first: int
    last: int
    candidates: tuple[Outlet, ...] = ()
    safe: bool = False
    value: str = ""
    via: str = ""

    @property
    def start(self) -> int:
        """Where the place starts in its field's text."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Where the place ends in its field's text."""
        return self.tokens.ends[self.last - 1]

    @property
    def surface(self) -> str:
        """The text of the place."""
        return self.tokens.text[self.start : self.end]

    @property
    def indices(self) -> Iterator[tuple[int, int]]:
        """The tokens of the place, as (identity of the field's tokens, index)."""
        return ((id(self.tokens), index) for index in range(self.first, self.last))

    def covers(self, other: "Place") -> bool:
        """Tell whether another place lies within this one."""
        return self.tokens is other.tokens and self.first <= other.first and other.last <= self.last

    def token(self, offset: int) -> str:
        """Give the token that many places before (negative) or after (positive) the name, in its sentence, or ""."""
        index = self.first + offset if offset < 0 else self.last + offset - 1
        if not 0 <= index < len(self.tokens.strings):
            return ""
        return self.tokens.strings[index] if self.tokens.sentences[index] == self.tokens.sentences[self.first] else ""


def formed(tokens: FieldTokens, first: int, last: int) -> Place:
    """Give a place whose name is taken as it stands, for its form."""
    place = Place(tokens=tokens, first=first, last=last, via="form of the name")
    place.value = place.surface
    return place


def known_names(tokens: FieldTokens, table: OutletTable) -> Iterator[Place]:
    """Find the longest names of the table, from left to right; names that need context are `safe=False`."""
    strings = tokens.strings
    if "’" in tokens.text or "–" in tokens.text:
        strings = tuple([_PLAIN.get(s, s) if len(s) == 1 else s.replace("’", "'") if "’" in s else s for s in strings])
    lengths = table.lengths
    end = 0
    for index, string in enumerate(strings):
        if index < end or string not in lengths:
            continue
        length = _longest(strings, index, table)
        if string == "The" and index + 1 < len(strings) and _longest(strings, index + 1, table) >= max(length, 2):
            # "The Daily Caller" is a name, but "Daily Caller News Foundation" a longer one.
            continue
        if length:
            end = index + length
            key = " ".join(strings[index:end])
            outlets = table.safe.get(key)
            yield Place(
                tokens=tokens,
                first=index,
                last=end,
                candidates=outlets or table.possible[key],
                safe=outlets is not None,
            )


def capitals_before(tokens: FieldTokens, index: int, taken: bytearray) -> int:
    """Go back over the capitals that stand before a token, without punctuation between them, while they are free."""
    first = index
    while first > 0 and index - first < LONGEST_NAME and not taken[first - 1]:
        if _is_hyphened(tokens, first, taken):
            first -= 2
            continue
        string, gap = tokens.strings[first - 1], tokens.text[tokens.ends[first - 1] : tokens.starts[first]]
        if gap not in ("", " ", "\xa0") or tokens.sentences[first - 1] != tokens.sentences[first]:
            break
        if not CAPITAL.fullmatch(string) or string in _NO_NAMES or string.endswith(".") or _GLUED.search(string):
            break
        first -= 1
    return first


def _is_hyphened(tokens: FieldTokens, index: int, taken: bytearray) -> bool:
    """See a capital and a hyphen right before a token: the "El-" of "El-Hayet TV", the "Johnson-" of a paper's name."""
    if index < 2 or tokens.strings[index - 1] != "-" or taken[index - 1] or taken[index - 2]:
        return False
    before = tokens.strings[index - 2]
    return (
        tokens.ends[index - 2] + 1 == tokens.starts[index]
        and bool(CAPITAL.fullmatch(before))
        and before not in _NO_NAMES
    )


def is_people(word: str) -> bool:
    """Tell an adjective of a people or a country, which describes an outlet and does not name it."""
    lower = word.lower()
    return lower in word_list("demonyms") or lower.endswith(_PEOPLES) or lower in _ADJECTIVES


def _longest(strings: Sequence[str], index: int, table: OutletTable) -> int:
    """Give how many tokens the longest name takes that begins here, or 0."""
    for length in table.lengths.get(strings[index], ()):
        if index + length <= len(strings):
            key = strings[index] if length == 1 else " ".join(strings[index : index + length])
            if key in table.safe or key in table.possible:
                return length
    return 0
