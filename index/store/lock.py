"""The writer's lock: one process at a time changes a data directory."""

import contextlib
import datetime
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import LockedError, StoreError

FILE_NAME = "writer.lock"

POINTING = "pointer.lock"
"""The lock, held for moments only, of who changes which generation is current where several machines share an index."""


class WriterLock:
    """Holds a data directory for one writer, from `with` to its end.

    The kernel keeps the lock and drops it with the process, so that a dead holder's lock is free; the file's content
    only tells others who holds it. Raises LockedError, naming the holder, where another process has it.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        self._descriptor = -1

    def __enter__(self) -> Self:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(
                f"the data directory cannot be written: {error.strerror}",
                where=str(self._path.parent),
                remedy="Check its permissions, or give another with --data-dir",
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_holder(descriptor)
            os.close(descriptor)
            raise LockedError(
                f"{holder} is writing here", where=str(self._path.parent), remedy="Wait until it is done"
            ) from None
        except OSError as error:
            os.close(descriptor)
            raise StoreError(
                f"the file system cannot lock: {error.strerror}",
                where=str(self._path),
                remedy="Put the data directory on a local disk with --data-dir",
            ) from error
        self._descriptor = descriptor
        self._write_holder()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # what is left in the file only misinforms
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = -1

    @property
    def held(self) -> bool:
        """Whether this lock is held by this process."""
        return self._descriptor >= 0

    def _write_holder(self) -> None:
        started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "started": started}
        with contextlib.suppress(OSError):  # a full disk; the lock is held all the same
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps(holder).encode(), 0)


@contextlib.contextmanager
def pointing(data_dir: Path) -> Iterator[None]:
    """Hold off other processes of this machine that want to make another generation current; waits for them."""
    with (data_dir / POINTING).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read_holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 1000, 0))
        return f"process {holder['pid']} on {holder['host']}, since {holder['started']},"
    except (ValueError, KeyError, TypeError):
        return "another process"
