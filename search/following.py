"""Follow the corrections of an archive on a server, which other machines make too.

Readers look at a file in the data directory (`index.authority.log`), as they do where the archive is a file: asking a
server at each request would cost more than most answers. A thread keeps that file up to the server's log.
"""

import contextlib
import dataclasses
import threading
from pathlib import Path

from index.archive.archive import Archive
from index.archive.connecting import Place
from index.authority.log import tell
from index.errors import StoreError

EVERY = 0.5
"""Seconds between two looks, each one row of a table: what is corrected elsewhere is shown within a second."""


class Follower:
    """Keeps a data directory's readers up to the corrections of its archive, from `start` to `stop`.

    Does nothing where the archive is a file. While the server is away, readers keep what was known.
    """

    def __init__(self, data_dir: Path, place: Place) -> None:
        self._data_dir = data_dir
        self._place = place
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; once."""
        if not isinstance(self._place, Path):
            place = dataclasses.replace(self._place, patience=0)
            self._thread = threading.Thread(target=self._run, args=(place,), name="following", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let it come to its end."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait for its end, but no longer than this."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self, place: Place) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(StoreError, OSError), Archive(place, writable=False) as archive:
                while True:
                    tell(self._data_dir, archive)
                    if self._stopping.wait(EVERY):
                        return
            self._stopping.wait(EVERY)
