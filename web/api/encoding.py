"""From the API's types to JSON, and back."""

import dataclasses
import functools
import json
import operator
import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin, get_type_hints

_BREAKS = ("\x85", "\u2028", "\u2029")
"""Ends of lines to Unicode that JSON leaves as they are."""


def dumps(value: Any) -> str:
    """Write any of the API's types as JSON."""
    return json.dumps(value, ensure_ascii=False, default=plain)


def json_line(value: Any) -> str:
    """Write any of them as a line that stays one to whoever cuts lines as Unicode does, as Python's `splitlines`."""
    text = dumps(value)
    for odd in _BREAKS:
        if odd in text:
            text = text.replace(odd, f"\\u{ord(odd):04x}")
    return text + "\n"


def plain(value: Any) -> dict[str, Any]:
    """Give an object of the API's types as a dictionary, one level deep."""
    kind: Any = type(value)
    names, optional, members = _plan(kind)
    given = dict(zip(names, members(value), strict=True))
    for name in optional:
        if given[name] is None:
            del given[name]
    return given


def loads(kind: Any, value: Any) -> Any:
    """Read what json.loads gave as one of the API's types; members that this version does not know are passed over.

    Raises KeyError or TypeError where it is none.
    """
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        required = (name for name, optional in _members(kind) if not optional)
        missing = [name for name in required if name not in value]
        if missing:
            raise KeyError(missing[0])
        given = {name: loads(hint, value[name]) for name, hint in hints.items() if name in value}
        return kind(**given)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return None if value is None else loads(next(one for one in inner if one is not types.NoneType), value)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(loads(inner[0], one) for one in value)
    if origin is tuple:
        return tuple(loads(one, part) for one, part in zip(inner, value, strict=True))
    if origin is dict:
        return {name: loads(inner[1], one) for name, one in value.items()}
    return value


@functools.cache
def _plan(kind: Any) -> tuple[tuple[str, ...], tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Give the names of a type's fields, those of them that may be left out, and what gives all of its members."""
    members = _members(kind)
    names = tuple(name for name, _ in members)
    get = operator.attrgetter(*names)
    optional = tuple(name for name, may_lack in members if may_lack)
    return names, optional, get if len(names) > 1 else lambda value: (get(value),)


@functools.cache
def _members(kind: Any) -> tuple[tuple[str, bool], ...]:
    """Give the names of a type's fields, and whether each may be left out."""
    return tuple((field.name, field.default is None) for field in dataclasses.fields(kind))


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
