"""The log of corrections of a data directory, and the small file by which readers see that it has grown.

<data_dir>/AUTHORITY    "12 3f9a1c2e", the number of the last correction and something that no other time had

The log is the truth. The file is replaced before a correction is committed and once more after that: whatever moment a
process dies at, the file never says less than the log has. Where it says more, readers look again; where it is missing
or cannot be read, they read the log, and make it anew if they may.
"""

import contextlib
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.archive.connecting import Place, format_of
from index.authority.types import Correction, Entry
from index.errors import StoreError
from index.store.files import replace_durably

POINTER = "AUTHORITY"

_FORM = re.compile(rb"(\d{1,18}) [0-9a-f]{8}\n")

_FIRST_FORMAT = 3
"""The first format of archives with a log."""


def read_log(data_dir: Path, place: Place | None = None, *, since: int = 0) -> tuple[Entry, ...]:
    """Give all corrections in their order, or those from the number `since` on.

    There are none where there is no archive, or only one that knows none yet.

    The archive is at `place`, or the file in the data directory. Raises StoreError where it cannot be read,
    CorruptError where it is damaged.
    """
    place = place or data_dir / FILE_NAME
    if format_of(place) < _FIRST_FORMAT:
        return ()
    with Archive(place, writable=False) as archive:
        return archive.corrections.entries(since=since)


def append(data_dir: Path, corrections: Sequence[Correction], place: Place | None = None) -> tuple[Entry, ...]:
    """Add corrections to the log and tell the readers of the data directory; give them as they stand there.

    Any process may, while others read and index. Raises StoreError where the archive cannot be written.
    """
    with Archive(place or data_dir / FILE_NAME) as archive:
        entries = archive.corrections.append(corrections, before=lambda last: _tell(data_dir, last))
        with contextlib.suppress(StoreError):  # readers were told already, and look again until the log has it
            _tell(data_dir, archive.corrections.last)
    return entries


def tell(data_dir: Path, archive: Archive) -> bool:
    """Tell the readers of an archive's log where nothing does, or of another state: as after a crash or a restore.

    Says whether that was to be done.
    """
    last = archive.corrections.last
    if told(data_dir) == last:
        return False
    _tell(data_dir, last)
    return True


def mend(data_dir: Path, last: int) -> None:
    """Make the file anew where it is missing, cannot be read, or says less than `last`, as far as this user may."""
    if last > (told(data_dir) or 0):
        with contextlib.suppress(StoreError):
            _tell(data_dir, last)


def untold(data_dir: Path, archive: Archive) -> str:
    """Say in a sentence why running servers may not know all of an archive's log; "" where they do.

    That the file says more than the log has is no fault: a correction is being made, or was given up.
    """
    known, last = told(data_dir), archive.corrections.last
    if known is None:
        missing = "cannot be read" if signal(data_dir) or (data_dir / POINTER).exists() else "is missing"
        return f"the file {POINTER} {missing}, by which servers see the {last:,} corrections" if last else ""
    return f"the file {POINTER} tells of {known:,} corrections, the archive has {last:,}" if known < last else ""


def told(data_dir: Path) -> int | None:
    """Give the number of the last correction that readers were told of; None where the file does not say."""
    form = _FORM.fullmatch(signal(data_dir))
    return int(form[1]) if form else None


def _tell(data_dir: Path, last: int) -> None:
    path = data_dir / POINTER
    try:
        replace_durably(path, f"{last} {secrets.token_hex(4)}\n".encode("ascii"))
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=str(path)) from error


def signal(data_dir: Path) -> bytes:
    """Give what is other than before as soon as the log has grown: one small file is read."""
    try:
        return (data_dir / POINTER).read_bytes()
    except OSError:
        return b""
