"""Tell whom an archive's names mean in a process of its own, while this one writes the index of the same articles."""

import contextlib
import signal
import time
from multiprocessing.connection import Connection
from typing import Self

from index.archive.archive import Archive
from index.archive.connecting import Place
from index.engines.writer import Cost
from index.errors import NewsmorgueError, StoreError
from index.identity.updating import Told, keep, tell
from index.processes import CONTEXT, ending, peak_memory

APART_ARTICLES = 1_000
"""For fewer that changed, names are told before a process has started."""


class Naming:
    """A process that tells names by an archive that nobody changes meanwhile; use it in a `with` statement.

    It only reads: what it finds is kept in the archive by the process that holds the lock, and by no other.
    """

    def __init__(self, archive: Archive, place: Place) -> None:
        self._archive = archive
        self._connection, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, place), daemon=True)
        self._process.start()
        theirs.close()
        self._heard: tuple[Told | NewsmorgueError, Cost] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.join()

    def wait(self) -> tuple[bytes, Cost]:
        """Keep in the archive what was told, once it is; give the file of a generation, and what the process took.

        Raises the StoreError that the process met, and one where it died.
        """
        if self._heard is None:
            self._heard = self._hear()
            if isinstance(self._heard[0], Told):
                keep(self._archive, self._heard[0])
        told, cost = self._heard
        if isinstance(told, NewsmorgueError):
            raise told
        return told.names, cost

    def _hear(self) -> tuple[Told | NewsmorgueError, Cost]:
        try:
            told, cost = self._connection.recv()
        except (EOFError, OSError):
            self._process.join()
            error = StoreError(
                f"the process that tells whom names mean {ending(self._process.exitcode)}",
                where=self._archive.database.place,
                remedy="Nothing is lost: index again, with --jobs 1",
            )
            return error, Cost()
        return told, cost


def _serve(connection: Connection, place: Place) -> None:
    """Be the process: tell, and say what was told, or why not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what it means
    told: Told | NewsmorgueError
    try:
        with Archive(place, writable=False) as archive:
            told = tell(archive)
    except NewsmorgueError as error:
        told = error
    with contextlib.suppress(ConnectionError):
        connection.send((told, Cost(seconds=time.process_time(), memory=peak_memory())))
