"""JSON without surprises: no recursion into the depths, no exception but a reason."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final


def _integer(digits: str) -> int | str:
    """Read an integer; one with more digits than Python converts stays as it is written."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_MOST_DIGITS: Final = 640  # sys.set_int_max_str_digits takes no lower limit
_DECODER: Final = json.JSONDecoder(strict=False, parse_int=_integer)
_SPACE: Final = re.compile(r"[\s,]*")
_BRACKETS: Final = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*"?', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a text is no JSON: a slug and a sentence, as in `index.types.Rejected`."""

    reason: str
    detail: str


def load_json(text: str, *, max_depth: int) -> Any | Unreadable:
    """Parse one JSON value; give an `Unreadable` where it is none or nests deeper than `max_depth`.

    Control characters in strings are forgiven, and so is NaN.
    """
    values = load_values(text, max_depth=max_depth)
    first = next(values, _not_json("there is nothing"))
    if isinstance(first, Unreadable):
        return first
    return _not_json("more follows the first value") if next(values, None) is not None else first


def load_values(text: str, *, max_depth: int) -> Iterator[Any | Unreadable]:
    """Parse JSON values that follow one another; an `Unreadable` is the last."""
    if text.count("[") + text.count("{") > max_depth and depth(text) > max_depth:
        yield Unreadable(reason="too-deep", detail=f"it nests deeper than {max_depth} levels (setting max_depth)")
        return
    at = _SPACE.match(text).end()  # type: ignore[union-attr]
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield _not_json(f"{error.msg} at character {error.pos + 1}")
            return
        except (ValueError, RecursionError) as error:
            yield _not_json(str(error))
            return
        yield value
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]


def depth(text: str) -> int:
    """Count how deep brackets nest outside strings."""
    deepest = level = 0
    for match in _BRACKETS.finditer(text):
        sign = text[match.start()]
        if sign in "[{":
            level += 1
            deepest = max(deepest, level)
        elif sign in "]}":
            level -= 1
    return deepest


def _not_json(why: str) -> Unreadable:
    return Unreadable(reason="not-json", detail=f"it is not JSON: {why}")
