"""A lock over threads and over processes that part later; it ends with its holder, however that ends."""

import fcntl
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager


class SharedLock:
    """Held by one thread of one process at a time; make it before the processes part.

    The system's lock on a file without a name (fcntl, POSIX record locks): a process that is killed lets go of it, as a
    semaphore would not. Those are a process's, not a thread's, so that another is for threads.
    """

    def __init__(self) -> None:
        self._threads = threading.Lock()
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it while the block runs."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
