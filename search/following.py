"""Follow what other machines do with an archive on a server: corrections, and generations of an index they share.

Readers look at files in the data directory (`index.authority.log`, `index.store.generations`), as they do where the
archive is a file: asking a server at each request would cost more than most answers. A thread keeps those files up to
the server.
"""

import contextlib
import dataclasses
import threading
from pathlib import Path

from index.archive.archive import Archive
from index.archive.connecting import Place
from index.archive.places import place_of
from index.authority.log import tell
from index.errors import NoIndexError, StoreError, UnreachableError
from index.pipeline.sharing import Bringing
from index.settings import Settings

EVERY = 0.5
"""Seconds between two looks, each a row or two of a table: what was done elsewhere is shown within a second or two."""


def catch_up(data_dir: Path, settings: Settings) -> None:
    """Bring the generation that is current on other machines, where they share the index.

    Where the server or the cluster is away, or this user may not write here, readers keep what there is. Raises
    StoreError where the data directory is another archive's.
    """
    place = place_of(settings, data_dir=data_dir)
    if isinstance(place, Path) or not (bringing := Bringing(data_dir, settings)).wanted:
        return
    at_once = dataclasses.replace(place, patience=0)
    with (
        contextlib.suppress(UnreachableError, NoIndexError, OSError),
        Archive(at_once, writable=False) as archive,
    ):
        bringing.bring(archive)


class Follower:
    """Keeps a data directory's readers up to its archive's corrections and shared generations, from `start` to `stop`.

    Does nothing where the archive is a file. While the server is away, readers keep what was known.
    """

    def __init__(self, data_dir: Path, place: Place, settings: Settings) -> None:
        self._data_dir = data_dir
        self._settings = settings
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
        bringing = Bringing(self._data_dir, self._settings)
        while not self._stopping.is_set():
            with contextlib.suppress(StoreError, OSError), Archive(place, writable=False) as archive:
                while True:
                    tell(self._data_dir, archive)
                    with contextlib.suppress(StoreError, OSError):  # corrections go on without the cluster
                        bringing.bring(archive)
                    if self._stopping.wait(EVERY):
                        return
            self._stopping.wait(EVERY)
