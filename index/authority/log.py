"""The log of corrections of a data directory, and the small file by which readers see that it has grown.

<data_dir>/AUTHORITY    "12 3f9a1c2e", the number of the last correction and something that no other time had
"""

import secrets
from collections.abc import Sequence
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.archive.connecting import Place, format_of
from index.authority.types import Correction, Entry
from index.store.files import replace_durably

POINTER = "AUTHORITY"

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
        entries = archive.corrections.append(corrections)
        _tell(data_dir, archive.corrections.last)
    return entries


def tell(data_dir: Path, archive: Archive) -> None:
    """Tell the readers of an archive's log where nothing does, or of another state: as after a crash or a restore."""
    last = archive.corrections.last
    if last and signal(data_dir).partition(b" ")[0] != str(last).encode("ascii"):
        _tell(data_dir, last)


def _tell(data_dir: Path, last: int) -> None:
    replace_durably(data_dir / POINTER, f"{last} {secrets.token_hex(4)}\n".encode("ascii"))


def signal(data_dir: Path) -> bytes:
    """Give what is other than before as soon as the log has grown: one small file is read."""
    try:
        return (data_dir / POINTER).read_bytes()
    except OSError:
        return b""
