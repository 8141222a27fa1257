"""Files that are on disk when a function returns, and checksums of them."""

import contextlib
import glob
import hashlib
import os
import secrets
import shutil
import time
from pathlib import Path

_PARTIAL = ".partial"

_STALE = 60.0
"""Seconds after which nobody is writing a small file any more."""


def sync(path: Path) -> None:
    """Force a file or a directory's entries to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directories(path: Path) -> None:
    """Make a directory and those above it that are missing, so that they are on disk on return."""
    for directory in (*reversed(path.absolute().parents), path):
        if not directory.exists():
            directory.mkdir(mode=0o755, exist_ok=True)
            sync(directory.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Write a new file so that it is on disk on return."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, data: bytes) -> None:
    """Replace a file's content so that any reader, and a crash at any moment, leaves either the old or the new.

    Several processes may do so at once: each writes beside it under a name of its own. What one that was killed left
    there is removed by a later one.
    """
    remove_partials(path, older=_STALE)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PARTIAL}")
    try:
        write_durably(temporary, data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


def remove_partials(path: Path, *, older: float) -> None:
    """Remove what killed processes left beside a file that they were replacing, if it is so many seconds old.

    With 0, all of it: for whoever knows that nobody else is replacing the file now.
    """
    for left in path.parent.glob(f"{glob.escape(path.name)}.*{_PARTIAL}"):
        with contextlib.suppress(OSError):
            if abs(time.time() - left.stat().st_mtime) >= older:
                left.unlink()


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name; copy it where the file system knows no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        sync(target)


def sha256(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
