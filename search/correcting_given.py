"""A correction as an object says it: what members each kind takes, for the API and for lines of a file alike."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from index.authority.types import Correction, NameKind
from index.errors import UsageError

USED: Mapping[str, frozenset[str]] = {
    "merge": frozenset(["names", "to"]),
    "rename": frozenset(["names", "to"]),
    "split": frozenset(["names", "to", "articles"]),
    "alias": frozenset(["names", "to"]),
    "undo": frozenset(["undoes"]),
    **{what: frozenset(["names"]) for what in ("apart", "hide", "nobody")},
}
"""The members of an object that each kind of correction takes, beside those that all take."""

NEEDING = frozenset(["merge", "rename", "alias"])
"""The kinds that say nothing without a `to`."""

_MARK = "\ufeff"
"""The byte-order mark, with which some editors begin a text."""

_STRINGS, _LISTS = ("kind", "to", "note"), ("names", "articles")


def unused(what: str, given: Mapping[str, Any]) -> list[str]:
    """Give the members of an object with something in them that a kind of correction does not take."""
    takes = USED[what] | {"what", "kind", "note", "dry_run"}
    return [name for name, value in given.items() if value and name not in takes]


def read_correction(line: str, *, kind: NameKind) -> Correction:
    """Read a correction from one object of JSON, of a `kind` where it says none; raises UsageError with the reason."""
    try:
        given = json.loads(line.removeprefix(_MARK))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"it is no JSON: {error}", remedy='Write {"what": "hide", "names": ["A Name"]}') from error
    what = given.get("what") if isinstance(given, dict) else None
    if not isinstance(what, str) or what not in USED:
        raise UsageError("nothing says what to do", remedy=f'Write "what" with one of: {", ".join(USED)}')
    if wrong := unused(what, given):
        raise UsageError(f"{what} does not use {wrong[0]!r}", remedy="Leave it out")
    given = {"kind": kind} | {name: value for name, value in given.items() if value and name != "dry_run"}
    for name in _STRINGS:
        if not isinstance(given.get(name, ""), str):
            raise UsageError(f"{name!r} is no text")
    for name in _LISTS:
        listed = given.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise UsageError(f"{name!r} is no list of texts", remedy='Write ["A Name", "Another"]')
    if given["kind"] not in get_args(NameKind):
        raise UsageError(f"there is no kind {given['kind']!r}", remedy="Write person or outlet")
    undoes = given.get("undoes", 0)
    if not isinstance(undoes, int) or isinstance(undoes, bool) or undoes < 0:
        raise UsageError("'undoes' is no number of a correction")
    if what in NEEDING and not given.get("to", "").strip():
        raise UsageError("'to' is missing", remedy="Say whom is meant, or the new name")
    lists = {name: tuple(given.pop(name, ())) for name in _LISTS}
    fields: dict[str, Any] = {**given, **lists}
    return Correction(**fields)
