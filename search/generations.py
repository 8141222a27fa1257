"""The generations that a searcher has open: the current one, and those that calls or cursors still need."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.authority.authority import Authority
from index.authority.log import POINTER as AUTHORITY
from index.authority.types import Entry
from index.errors import StoreError, UnreachableError
from index.settings import Settings
from index.store.generations import POINTER, Generation, current, kept
from search.cursor import secret_of
from search.editions import Files, corrections, corrections_of, generation_of
from search.engines.engine import Engine
from search.showing import Showing
from search.vocabulary import Vocabulary

_POINTER_BYTES = 4_096
"""More than the name of a generation takes."""


@dataclass(slots=True)
class Held:
    """An open edition of a generation, how many calls use it now, and until when (monotonic) a cursor may come back.

    `created` is when it was committed, an ISO time in UTC; `secret` signs its cursors. `walked` is when (monotonic) a
    cursor last came back, 0 for never.
    """

    name: str
    engine: Engine
    files: Files
    authority: Authority
    showing: Showing
    created: str
    secret: bytes
    users: int = 0
    needed_until: float = 0.0
    walked: float = 0.0

    def close(self) -> None:
        """Let go of its files."""
        self.files.release()

    def vocabulary(self) -> Vocabulary:
        """Give the generation's words; who asks while another makes them waits for these."""
        return self.files.vocabulary()


class Generations:
    """Opens each new generation once, each of its editions over the same files; closes the oldest that nobody uses.

    As many stay open as the setting `keep_generations` says, and beside them up to `max_older_generations` that gave a
    cursor within `cursor_seconds`, so that it can go on where it began; meanwhile they stay on disk, where other
    processes find them. Where there are more, those stay in which somebody is walking. One that is on disk but not
    open, as after a restart or where another process gave its cursor, is opened. Safe for threads.
    """

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._pointers = (str(data_dir / POINTER), str(data_dir / AUTHORITY))
        self._settings = settings
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._pointer = b""
        self._open: dict[str, Held] = {}

    @contextmanager
    def hold(self, name: str | None = None) -> Iterator[Held]:
        """Hold a generation while the block runs: the named one where it can still be had, else the current one.

        Where another thread is opening a new generation, the last one serves.
        """
        self._refresh()
        if name and name not in self._open:
            self._reopen(name)
        with self._lock:
            held = next(reversed(self._open.values()))
            if name and name in self._open:
                held = self._open[name]
                held.walked = time.monotonic()
            held.users += 1
        try:
            yield held
        finally:
            with self._lock:
                held.users -= 1
                self._retire()

    def expect(self, held: Held) -> None:
        """Note that a cursor into a generation is given out."""
        with self._lock:
            held.needed_until = time.monotonic() + self._settings.cursor_seconds

    def outdated(self) -> bool:
        """Say whether the current generation is not open yet."""
        return self._point() != self._pointer

    def close(self) -> None:
        """Close all generations; a later call opens the current one again."""
        with self._lock:
            for held in self._open.values():
                held.close()
            self._open.clear()
            self._pointer = b""

    def _refresh(self) -> None:
        """Open the current generation where the pointer file has changed."""
        if self._point() == self._pointer and self._open:
            return
        if not self._opening.acquire(blocking=not self._open):
            return
        try:
            pointer = self._point()
            if pointer == self._pointer and self._open:
                return
            try:
                held = self._opened(pointer)
            except UnreachableError:
                if not self._open:
                    raise
                return  # the last one serves until a server answers
            with self._lock:
                if self._open and (last := next(reversed(self._open.values()))).needed_until:
                    last.needed_until = time.monotonic() + self._settings.cursor_seconds  # its pages were kept till now
                if self._open.setdefault(held.name, held) is not held:
                    held.close()
                self._pointer = pointer
                self._retire()
        finally:
            self._opening.release()

    def _opened(self, pointer: bytes) -> Held:
        """Open the current generation; once more where a commit has taken it away meanwhile."""
        try:
            return self._current()
        except StoreError:
            if self._point() == pointer:
                raise
            return self._current()

    def _current(self) -> Held:
        """Open the current generation, once its files are known to be what was written (`verify_on_open`)."""
        return self._held(current(self._data_dir), corrections(self._data_dir, self._settings))

    def _held(self, generation: Generation, entries: Sequence[Entry]) -> Held:
        """Open an edition of a generation, whose files may be open for another."""
        with self._lock:
            opened = [one.files for one in self._open.values() if one.files.generation.name == generation.name]
            held = opened[0].hold() if opened else None
        files = held or Files(generation, self._settings)
        try:
            name, engine, authority = files.edition(entries)
        except BaseException:
            files.release()
            raise
        return Held(
            name=name,
            engine=engine,
            files=files,
            authority=authority,
            showing=Showing(engine, self._settings),
            created=generation.manifest.created,
            secret=secret_of(generation.manifest.archive),
        )

    def _reopen(self, name: str) -> None:
        """Open an older generation where it is still on disk."""
        with self._opening:
            if name in self._open:
                return
            generation = kept(self._data_dir, generation_of(name))
            if generation is None:
                return
            with contextlib.suppress(StoreError):  # a commit may be taking it away just now
                entries = corrections_of(self._data_dir, self._settings, name)
                if entries is None:
                    return
                held = self._held(generation, entries)
                held.walked = time.monotonic()
                held.needed_until = held.walked + self._settings.cursor_seconds
                with self._lock:
                    self._open = {name: held, **self._open}

    def _point(self) -> bytes:
        """Read the files that say what is current, as each call does."""
        return b"".join(map(_read, self._pointers))

    def _retire(self) -> None:
        keep, now = self._settings.keep_generations, time.monotonic()
        older = list(self._open.items())[:-keep]
        needed = sorted((held.walked, held.needed_until, name) for name, held in older if held.needed_until > now)
        staying = {name for _, _, name in needed[-self._settings.max_older_generations :]}
        for name, held in older:
            if not held.users and name not in staying:
                held.close()
                del self._open[name]


def _read(file: str) -> bytes:
    """Read a pointer file: without what a `Path` and a buffer would cost."""
    try:
        number = os.open(file, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(number, _POINTER_BYTES)
    finally:
        os.close(number)
