"""The generations that a searcher has open: the current one, and those that calls or cursors still need."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import StoreError
from index.settings import Settings
from index.store.generations import POINTER, Generation, current, kept, pin, verify
from search.cursor import secret_of
from search.engines.engine import Engine
from search.engines.registry import open_engine
from search.showing import Showing
from search.vocabulary import Vocabulary

_POINTER_BYTES = 4_096
"""More than the name of a generation takes."""


@dataclass(slots=True)
class Held:
    """An open generation, how many calls use it now, and until when (monotonic) a cursor may come back to it.

    `created` is when it was committed, an ISO time in UTC; `secret` signs its cursors. `walked` is when (monotonic) a
    cursor last came back, 0 for never. `pin` keeps its files on disk. `vocabulary` gives the words, made when first
    asked for.
    """

    name: str
    engine: Engine
    showing: Showing
    created: str
    secret: bytes
    words: int
    pin: int
    users: int = 0
    needed_until: float = 0.0
    walked: float = 0.0
    _vocabulary: Vocabulary | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        """Let go of its files."""
        self.engine.close()
        os.close(self.pin)

    def vocabulary(self) -> Vocabulary:
        """Give the generation's words, up to `words` of them; who asks while another makes them waits for these."""
        with self._making:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(self.engine.forms(""), self.words)
            return self._vocabulary


class Generations:
    """Opens each new generation once, and closes the oldest that nobody uses; safe for threads.

    As many stay open as the setting `keep_generations` says, and beside them up to `max_older_generations` that gave a
    cursor within `cursor_seconds`, so that it can go on where it began; meanwhile they stay on disk, where other
    processes find them. Where there are more, those stay in which somebody is walking. One that is on disk but not
    open, as after a restart or where another process gave its cursor, is opened.
    """

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._pointer_file = str(data_dir / POINTER)
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
            held = self._opened(pointer)
            with self._lock:
                if self._open and (last := next(reversed(self._open.values()))).needed_until:
                    last.needed_until = time.monotonic() + self._settings.cursor_seconds  # its pages were kept till now
                self._open.setdefault(held.name, held)
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
        return self._held(current(self._data_dir))

    def _held(self, generation: Generation) -> Held:
        descriptor = pin(generation)
        try:
            if self._settings.verify_on_open:
                verify(generation)
            engine = open_engine(generation, self._settings)
        except BaseException:
            os.close(descriptor)
            raise
        return Held(
            name=generation.name,
            engine=engine,
            showing=Showing(engine, self._settings),
            created=generation.manifest.created,
            secret=secret_of(generation.manifest.archive),
            words=self._settings.max_known_words,
            pin=descriptor,
        )

    def _reopen(self, name: str) -> None:
        """Open an older generation where it is still on disk."""
        with self._opening:
            if name in self._open:
                return
            generation = kept(self._data_dir, name)
            if generation is None:
                return
            with contextlib.suppress(StoreError):  # a commit may be taking it away just now
                held = self._held(generation)
                held.walked = time.monotonic()
                held.needed_until = held.walked + self._settings.cursor_seconds
                with self._lock:
                    self._open = {name: held, **self._open}

    def _point(self) -> bytes:
        """Read the pointer file, as each call does: without what a `Path` and a buffer would cost."""
        try:
            number = os.open(self._pointer_file, os.O_RDONLY)
        except OSError:
            return b""
        try:
            return os.read(number, _POINTER_BYTES)
        finally:
            os.close(number)

    def _retire(self) -> None:
        keep, now = self._settings.keep_generations, time.monotonic()
        older = list(self._open.items())[:-keep]
        needed = sorted((held.walked, held.needed_until, name) for name, held in older if held.needed_until > now)
        staying = {name for _, _, name in needed[-self._settings.max_older_generations :]}
        for name, held in older:
            if not held.users and name not in staying:
                held.close()
                del self._open[name]
