"""People of one surname in a text: who they are, and where the bare surname leaves open whom of them it means."""

import functools
import re
from collections import Counter
from collections.abc import Sequence

from index.tag.names import fold_name, full_names_fit, parse_name
from index.tag.quotes.function_words import OFFICES
from index.types import Mention

_LAST_WORD = re.compile(r"(?:(\w+)[\s-])?\b(\w+)\.?\s$")
_REACH = 20
_NOT_NOW = frozenset(["Vice", "vice", "former", "Former", "then", "ex", "Ex", "late"])
_TITLES = frozenset(word for words in OFFICES.values() for word in words.split())
_OF_TITLE = 2
"""An office before a bare surname tells as much as two full names: the first lady is not `President Quill`."""


def words_before(text: str, start: int) -> tuple[str, str] | None:
    """Give the word right before a name, without a period, and the one before that; None for a vice or former one."""
    match = _LAST_WORD.search(text, max(0, start - _REACH), start)
    return None if match is None or match.group(1) in _NOT_NOW else (match.group(2), match.group(1) or "")


class Families:
    """The people whom a text mentions outside its quotations, by surname."""

    def __init__(self, text: str, outside: Sequence[Mention]) -> None:
        self._members: dict[str, list[str]] = {}
        self._unclear: set[int] = set()
        for value in dict.fromkeys(one.value for one in outside):
            if (surname := _surname(value)) != "":
                self._members.setdefault(surname, []).append(value)
        several = {value for values in self._members.values() if len(values) > 1 for value in values}
        named: dict[str, Counter[str]] = {}
        settled: set[str] = set()
        for one in outside:
            if one.value not in several:
                continue
            seen = named.setdefault(_surname(one.value), Counter())
            if not is_bare(one.surface, one.value):
                seen[one.value] += 1
                continue
            before = words_before(text, one.start)
            seen[one.value] += _OF_TITLE if before is not None and before[0] in _TITLES else 0
            most = max((number for value, number in seen.items() if _are_two(value, one.value)), default=0)
            if not most:
                settled.add(one.value)
            elif one.value not in settled and most >= seen[one.value]:
                self._unclear.add(one.start)

    def members(self, value: str) -> tuple[str, ...]:
        """List who bears the surname of somebody, who is among them; the one alone where there is no surname."""
        return tuple(self._members.get(_surname(value), (value,)))

    def is_unclear(self, start: int) -> bool:
        """Tell whether the name at an offset is a bare surname of two people up to there, and means neither mostly.

        It means the one who was so called before the other was named, else the one who was named in full more often.
        """
        return start in self._unclear


def is_bare(surface: str, value: str) -> bool:
    """Tell the surname of somebody alone from a full name, and from the given name."""
    return " " not in surface and fold_name(surface) == _surname(value)


@functools.lru_cache(maxsize=10_000)
def _are_two(one: str, other: str) -> bool:
    """Tell names of two people of one surname from those that may be one's: Jeff and Jefferson, Bob and Robert."""
    first, second = parse_name(one), parse_name(other)
    if first.words[0][0] == second.words[0][0]:
        return False
    return not (full_names_fit(first, second) or full_names_fit(second, first))


@functools.lru_cache(maxsize=10_000)
def _surname(value: str) -> str:
    words = parse_name(value).words if " " in value else ()
    return words[-1] if len(words) > 1 else ""
