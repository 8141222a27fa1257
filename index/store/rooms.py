"""Rooms: hidden directories in which something large is made before it gets its name."""

import contextlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from index.errors import StoreError
from index.store.files import make_directories
from index.store.lock import WriterLock

_TOKEN_BYTES = 4


@contextlib.contextmanager
def room(at: Path, name: str) -> Iterator[Path]:
    """Hold a new room for what is to be called `name` in the directory `at`, which is made; it goes with the block.

    A room is locked while it is held, and gets its final name only then: one that is not locked was left by a process
    that died, and `clear` removes it. Where the file system cannot lock, rooms are made and never cleared. Raises
    OSError where none can be made.
    """
    make_directories(at)
    own = at / f".{name}.{secrets.token_hex(_TOKEN_BYTES)}.partial"
    fresh = own.with_suffix(".new")
    try:
        fresh.mkdir(mode=0o700)
        with contextlib.ExitStack() as held:
            with contextlib.suppress(StoreError):
                held.enter_context(WriterLock(fresh))
            fresh.rename(own)
            yield own
    finally:
        for one in (fresh, own):
            shutil.rmtree(one, ignore_errors=True)


def clear(at: Path, name: str) -> None:
    """Remove this user's rooms for `name` in the directory `at` that nobody holds; no other name is touched."""
    ours = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{{2 * _TOKEN_BYTES}}}\.partial")
    if not at.is_dir():
        return
    for left in at.iterdir():
        if ours.fullmatch(left.name) and _is_own_directory(left):
            with contextlib.suppress(StoreError):  # it is held, or nobody can tell
                with WriterLock(left):
                    pass
                shutil.rmtree(left, ignore_errors=True)


def _is_own_directory(path: Path) -> bool:
    """Tell whether a directory is this user's: what another put there may lead anywhere."""
    try:
        status = path.lstat()
    except OSError:  # whoever held it is done
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()
