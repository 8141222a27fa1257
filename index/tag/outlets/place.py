"""A place in an article that may name an outlet, and the search for such places by the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.tag.outlets.table import Outlet, OutletTable
from index.tag.tokens import FieldTokens


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
    def surface(self) -> str:
        """The text of the place."""
        return self.tokens.text[self.tokens.starts[self.first] : self.tokens.ends[self.last - 1]]

    def token(self, offset: int) -> str:
        """Give the token that many places before (negative) or after (positive) the name, in its sentence, or ""."""
        index = self.first + offset if offset < 0 else self.last + offset - 1
        if not 0 <= index < len(self.tokens.strings):
            return ""
        return self.tokens.strings[index] if self.tokens.sentences[index] == self.tokens.sentences[self.first] else ""


def known_names(tokens: FieldTokens, table: OutletTable) -> Iterator[Place]:
    """Find the longest names of the table, from left to right; names that need context are `safe=False`."""
    strings = tokens.strings
    if "’" in tokens.text:
        strings = tuple([string.replace("’", "'") if "’" in string else string for string in strings])
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


def _longest(strings: Sequence[str], index: int, table: OutletTable) -> int:
    """Give how many tokens the longest name takes that begins here, or 0."""
    for length in table.lengths.get(strings[index], ()):
        if index + length <= len(strings):
            key = strings[index] if length == 1 else " ".join(strings[index : index + length])
            if key in table.safe or key in table.possible:
                return length
    return 0
