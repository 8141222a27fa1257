"""Whether a reading tells what a file holds, and what is said where it does not.

An article that its file had and has no more may be pruned. One that merely could not be read may not: a copy may be
under way, a permission be lost, an option be forgotten.
"""

import json
from typing import Final

from index.archive.files import FileRead, Reading
from index.types import Rejected

PASSING: Final = frozenset(
    {"missing", "no-permission", "unreadable", "worker-died", "reader-failed", "settling-failed", "tagger-failed"}
)
"""Reasons of rejection that may be gone the next time, though the file is the same."""

_BREAKING: Final = PASSING | {"truncated", "broken-gzip", "broken-zip", "bomb", "no-text-column"}
"""Reasons that hide what a file holds, be they of all of it or of a part."""

_HIDING: Final = frozenset(
    {"not-json", "not-xml", "not-csv", "open-quote", "wrong-columns", "broken-record", "broken-mail"}
) | {"too-large", "too-long", "too-deep"}
"""Reasons for which a record is not read that may be one of those that were there before."""

_EMPTY: Final = frozenset({"empty", "no-text", "no-page", "not-an-article"})
"""Reasons for which a whole file gives nothing, as one does that is about to be written."""

_TELLING: Final = frozenset({"withdrawn", "older-version", "same-id-other-text", "absent-column", "repeated-column"})
"""Reasons that a file was read for."""

_TELLING_DATES: Final = frozenset({"unread-date", "ambiguous-date"})
"""Reasons for which an article was read, though its date is in doubt."""


def reading_of(rejected: Rejected, *, source: str) -> Reading:
    """Give how far the file `source` can have been read, of which something was rejected."""
    reason, is_whole = rejected.reason, rejected.source == source
    if reason in _BREAKING or (is_whole and reason not in _EMPTY | _TELLING | _TELLING_DATES):
        return Reading.BROKEN
    if reason in _HIDING or (is_whole and reason in _EMPTY):
        return Reading.DOUBTFUL
    return Reading.WHOLE


def kept(file: FileRead, count: int) -> Rejected:
    """Say that a file's former articles stay, `count` of them, though this reading lacks them."""
    held = f"{count:,} {'article that it had before is' if count == 1 else 'articles that it had before are'} kept"
    if file.reading is Reading.BROKEN:
        detail = f"{held}, since it could not be read to its end; once it can, `index --prune` takes out what is gone"
    else:
        detail = (
            f"{held}, since it is empty now, has damaged records, or was read with other options then; "
            "where they are meant to go, `index --again --prune` takes them out"
        )
    return Rejected(source=file.source, reason="kept", detail=detail)


def forgotten(file: FileRead, former: str) -> Rejected | None:
    """Say which options a file was read with the last time, in the way `former`, and was not given now."""
    before, now = json.loads(former), json.loads(file.way or "{}")
    lost = [f"--publisher {before['publisher']!r}"] if "publisher" in before and "publisher" not in now else []
    columns, given = before.get("columns", {}), now.get("columns", {})
    lost += [f"--map {target}={column}" for target, column in columns.items() if target not in given]
    if not lost:
        return None
    detail = f"it was read with {' '.join(lost)} before, and without now: give that again where it is to count"
    return Rejected(source=file.source, reason="other-options", detail=detail)
