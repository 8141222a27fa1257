"""The generations that a searcher keeps: the current one, and those that calls or cursors still need.

An open one costs memory, so that few are. One that is closed but kept costs a file descriptor and, as generations share
what they have in common as hard links, the files that later ones did without: so that hundreds can be, and a cursor
lives as long as it is said to, however often an indexer commits and whoever else asks.
"""

import contextlib
import dataclasses
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.authority.authority import Authority
from index.authority.following import Corrected
from index.authority.log import POINTER as AUTHORITY
from index.errors import StoreError, UnreachableError
from index.settings import Settings
from index.store.generations import POINTER, Generation, current, kept, pin
from search.cursor import secret_of
from search.editions import Corrections, Files, edition_of, generation_of
from search.engines.engine import Engine
from search.engines.registry import ELSEWHERE
from search.showing import Showing
from search.vocabulary import Vocabulary

_POINTER_BYTES = 4_096
"""More than the name of a generation takes."""

_AGAIN_SECONDS = 0.5
"""How soon the log of corrections is looked at again that lacks what was told of."""

_SWEEP_SECONDS = 1.0
"""How often those are let go of whose time is over."""


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


@dataclass(slots=True, kw_only=True)
class _Pinned:
    """A closed edition that a cursor may come back to: what keeps its files on disk, and until when (monotonic)."""

    descriptor: int
    needed_until: float


class Generations:
    """Opens each new generation once, each of its editions over the same files; closes the oldest that nobody uses.

    As many stay open as the setting `keep_generations` says. What gave a cursor within `cursor_seconds` stays on disk
    beside them, where other processes find it too, so that the cursor can go on where it began: up to
    `max_cursor_generations`, of which those go first whose last page is longest ago. Up to `max_older_generations` of
    these stay open, rather those in which somebody is walking; another is opened when its cursor comes, as is one after
    a restart, or one whose cursor another process gave. Safe for threads.
    """

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._pointers = (str(data_dir / POINTER), str(data_dir / AUTHORITY))
        self._settings = settings
        self._lock = threading.Lock()
        self._corrections = Corrections(data_dir, settings)
        self._opening, self._reopening = threading.Lock(), threading.Lock()  # no cursor holds up what is new
        self._pointer, self._again = b"", math.inf
        self._open: dict[str, Held] = {}
        self._pinned: dict[str, _Pinned] = {}
        self._swept = 0.0
        self._steady = threading.local()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Let all calls of this thread hold one generation while the block runs, but those that name another."""
        with self.hold() as held:
            before = getattr(self._steady, "held", None)
            self._steady.held = held
            try:
                yield
            finally:
                self._steady.held = before

    @contextmanager
    def hold(self, name: str | None = None) -> Iterator[Held]:
        """Hold a generation while the block runs: the named one where it can still be had, else the current one.

        Where another thread is opening a new generation, the last one serves. Of a named one that shows anybody who was
        hidden since, the edition of now is held; see `shielded`.
        """
        held = self._own() if name is None else None
        if held is None:
            self._refresh()
            name = name and self._shielded(name)
            held = (name and (self._walked(name) or self._reopened(name))) or self._last()
        try:
            yield held
        finally:
            with self._lock:
                held.users -= 1
                self._retire()

    def shielded(self, name: str) -> str:
        """Give the edition in which a walk goes on: its own, or that of now where anybody was hidden since.

        Its generation stays: the same articles in the same order. But what is hidden is hidden at once, from those who
        are walking, too.
        """
        self._refresh()
        return self._shielded(name)

    def _shielded(self, name: str) -> str:
        with self._lock:
            held, now = self._open.get(name), next(reversed(self._open.values()), None)
        if now is None or now.name == name:
            return name
        try:
            then = held.authority.states if held else getattr(self._corrections.of(name), "states", None)
        except StoreError:  # it cannot be opened again either
            return name
        hides_more = then is not None and any(
            state.hides_beyond(then[kind]) for kind, state in now.authority.states.items()
        )
        return edition_of(name, like=now.name) if hides_more else name

    def _own(self) -> Held | None:
        """Give the generation that this thread sees alone, in use once more."""
        held: Held | None = getattr(self._steady, "held", None)
        if held:
            with self._lock:
                held.users += 1
        return held

    def _last(self) -> Held:
        """Give the current generation, in use."""
        with self._lock:
            held = next(reversed(self._open.values()))
            held.users += 1
            return held

    def _walked(self, name: str) -> Held | None:
        """Give a generation that is open, in use by whose cursor came back."""
        with self._lock:
            if held := self._open.get(name):
                held.walked = time.monotonic()
                held.users += 1
            return held

    def expect(self, held: Held) -> None:
        """Note that a cursor into a generation is given out."""
        with self._lock:
            held.needed_until = time.monotonic() + self._settings.cursor_seconds

    def outdated(self) -> bool:
        """Say whether the current generation is not open yet."""
        return not self._settled()

    def close(self) -> None:
        """Close all generations; a later call opens the current one again."""
        with self._lock:
            for held in self._open.values():
                held.close()
            self._open.clear()
            for name in tuple(self._pinned):
                self._unpin(name)
            self._pointer = b""

    def _refresh(self) -> None:
        """Open the current generation where the pointer file has changed."""
        if self._open and self._settled():
            return
        if not self._opening.acquire(blocking=not self._open):
            return
        try:
            pointer = self._point()
            if self._open and self._settled():
                return
            try:
                held, settled = self._opened(pointer)
            except UnreachableError:
                if not self._open:
                    raise
                return  # the last one serves until a server answers
            with self._lock:
                if self._open and (last := next(reversed(self._open.values()))).needed_until:
                    last.needed_until = time.monotonic() + self._settings.cursor_seconds  # its pages were kept till now
                if reopened := self._open.pop(held.name, None):  # a cursor of another process was here before
                    held.close()
                    held = reopened
                self._open[held.name] = held
                self._pointer = pointer
                self._again = math.inf if settled else time.monotonic() + _AGAIN_SECONDS
                self._retire()
        finally:
            self._opening.release()

    def _settled(self) -> bool:
        """Say whether what is open is what the files say, and all that was told of is known."""
        return self._point() == self._pointer and time.monotonic() < self._again

    def _opened(self, pointer: bytes) -> tuple[Held, bool]:
        """Open the current generation; once more where a commit has taken it away meanwhile."""
        try:
            return self._current()
        except StoreError:
            if self._point() == pointer:
                raise
            return self._current()

    def _current(self) -> tuple[Held, bool]:
        """Open the current generation, once its files are known to be what was written (`verify_on_open`).

        Says beside whether it shows all corrections that were told of: else one is being made just now, or whoever
        was at it died over it, and the log is to be looked at again.
        """
        generation, corrected = current(self._data_dir), self._corrections.now()
        return self._held(generation, corrected), not self._corrections.awaited(corrected)

    def _held(self, generation: Generation, corrected: Corrected, *, known: bool = False) -> Held:
        """Open an edition of a generation, whose files may be open for another, or `known` to be whole."""
        with self._lock:
            opened = [one.files for one in self._open.values() if one.files.generation.name == generation.name]
            held = opened[0].hold() if opened else None
        settings = dataclasses.replace(self._settings, verify_on_open=False) if known else self._settings
        files = held or Files(generation, settings)
        try:
            name, engine, authority = files.edition(corrected)
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

    def _reopened(self, name: str) -> Held | None:
        """Open an older generation where it is still on disk, and give it, in use."""
        with self._reopening:
            if held := self._walked(name):
                return held
            generation = kept(self._data_dir, generation_of(name))
            if generation is None:
                return None
            try:
                corrected = self._corrections.of(name)
                if corrected is None:
                    return None
                held = self._held(generation, corrected, known=name in self._pinned)
            except StoreError:  # a commit may be taking it away just now
                return None
            with self._lock:
                if current := self._open.get(name):  # it became the current one meanwhile
                    held.close()
                    held = current
                else:
                    self._open = {name: held, **self._open}
                    held.needed_until = time.monotonic() + self._settings.cursor_seconds
                held.walked = time.monotonic()
                held.users += 1
                self._unpin(name)
            return held

    def _point(self) -> bytes:
        """Read the files that say what is current, as each call does."""
        return b"".join(map(_read, self._pointers))

    def _retire(self) -> None:
        """Close what is older and not used; keep on disk what a cursor may come back to."""
        keep, now = self._settings.keep_generations, time.monotonic()
        older = list(self._open.items())[:-keep]
        needed = sorted((held.walked, held.needed_until, name) for name, held in older if held.needed_until > now)
        staying = {name for _, _, name in needed[-self._settings.max_older_generations :]}
        for name, held in older:
            if not held.users and name not in staying:
                if held.needed_until > now:
                    self._pin(name, held)
                held.close()
                del self._open[name]
        if now >= self._swept + _SWEEP_SECONDS or len(self._pinned) > self._settings.max_cursor_generations:
            self._sweep(now)

    def _pin(self, name: str, held: Held) -> None:
        """Keep the files of an edition that is to be closed, where it can be opened again as it is."""
        generation = held.files.generation
        if generation.manifest.form in ELSEWHERE:
            return
        with contextlib.suppress(StoreError):  # too many open files: its cursors end sooner
            self._pinned[name] = _Pinned(descriptor=pin(generation), needed_until=held.needed_until)

    def _sweep(self, now: float) -> None:
        """Let go of what is kept for cursors whose time is over, and of the most idle where there is too much."""
        self._swept = now
        by_need = sorted(self._pinned, key=lambda name: self._pinned[name].needed_until, reverse=True)
        most = self._settings.max_cursor_generations
        for place, name in enumerate(by_need):
            if place >= most or self._pinned[name].needed_until <= now:
                self._unpin(name)

    def _unpin(self, name: str) -> None:
        pinned = self._pinned.pop(name, None)
        if pinned:
            os.close(pinned.descriptor)


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
