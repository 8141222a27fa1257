"""Share one index between machines: what is current stands in the archive, and each brings its data directory up to it.

So it is where both are reached by every machine: the archive on a server, the index on a cluster. A machine that writes
holds a lock of the archive from the moment it looks at what is current until the next is recorded, and numbers its
write by a counter there. A machine that lost the lock unawares can neither record anything, nor change what another
writes: its numbers are lower (`index.engines.writer.Turn`).
"""

import contextlib
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.archive.generations import Generations, Recorded
from index.engines.registry import engine_writer
from index.engines.writer import EngineWriter, SharedWriter, Turn
from index.errors import CorruptError, LockedError, NoIndexError, StoreError
from index.settings import Settings
from index.store import manifest as manifests
from index.store.bringing import Found, bring, is_current
from index.store.commit import prepare
from index.store.generations import Generation, current

_GRACE_SECONDS = 60
"""How much longer than cursors live an index that was replaced stays: servers take a moment to learn of the new one."""


_PLACE_SECONDS = 60.0
"""How long a place is believed to be that of the cluster; one that was lost whole and made anew is another."""


class Alone:
    """An index that one data directory has for itself; see `Shared`."""

    recorded = True
    last = 0

    def __init__(self, writer: EngineWriter) -> None:
        self._writer = writer

    def begin(self) -> EngineWriter:
        """Give what writes the next generation."""
        return self._writer

    def record(self, generation: Generation) -> None:
        """Do nothing: the data directory's pointer says what is current."""


class Shared:
    """An index that several machines write, held by this one.

    `recorded` says whether the archive knows a current generation, `last` gives its number.
    """

    def __init__(self, archive: Archive, writer: SharedWriter, settings: Settings, place: str) -> None:
        self._archive = archive
        self._writer = writer
        self._settings = settings
        self._generations = Generations(archive.database, place)
        name = self._generations.newest()
        self.recorded = name is not None
        self.last = int(name.partition("-")[0]) if name else 0

    def begin(self) -> EngineWriter:
        """Begin to write the next generation: give what does so, under a number above that of any write before."""
        number, kept = self._generations.begin(
            at_least=time.time_ns() // 1_000_000,
            keep=self._settings.keep_generations,
            seconds=self._settings.cursor_seconds + _GRACE_SECONDS,
        )
        return self._writer.in_turn(Turn(number=number, owner=self._archive.identity, kept=kept))

    def record(self, generation: Generation) -> None:
        """Make a generation the current one for all machines; raises StoreError where the lock may be lost."""
        files = {name: (generation.path / name).read_bytes() for name in generation.manifest.files}
        manifest = (generation.path / manifests.FILE_NAME).read_bytes()
        self._generations.record(
            Recorded(
                name=generation.name,
                digest=hashlib.sha256(manifest).hexdigest(),
                files={**files, manifests.FILE_NAME: manifest},
            ),
            number=generation.number,
            held=self._writer.held(generation.path),
            keep=self._settings.keep_generations,
        )


@contextlib.contextmanager
def sharing(archive: Archive, writer: EngineWriter, settings: Settings) -> Iterator[Alone | Shared]:
    """Hold the index of the settings, brought up to what other machines committed, until the block ends.

    Raises LockedError, which names the holder, where another machine writes it for longer than the archive's patience,
    and StoreError where the data directory is another archive's.
    """
    if not (archive.database.shared and isinstance(writer, SharedWriter)):
        yield Alone(writer)
        return
    place = writer.place()
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(archive.reserved(place))
        except LockedError as error:
            remedy = "What was read is kept in the archive; run the same again, or `newsmorgue index --from-archive`"
            raise LockedError(f"the index is being written: {error.what}", where=error.where, remedy=remedy) from error
        with contextlib.suppress(CorruptError):  # what is damaged there is built again
            _bring(settings.data_dir, archive, Generations(archive.database, place), settings)
        yield Shared(archive, writer, settings, place)


def refuse_strangers(data_dir: Path, archive: Archive) -> None:
    """Raise StoreError where a data directory is of another archive: its index, or the archive that lies there."""
    found: list[str] = []
    with contextlib.suppress(CorruptError, NoIndexError):
        found.append(current(data_dir).manifest.archive)
    if (data_dir / FILE_NAME).exists():
        with contextlib.suppress(StoreError), Archive(data_dir / FILE_NAME, writable=False) as other:
            found.append(other.identity)
    if set(found) - {archive.identity}:
        raise StoreError(
            "the data directory belongs to another archive",
            where=str(data_dir),
            remedy=f"Give another with --data-dir; the setting archive names {archive.database.place}",
        )


class Bringing:
    """Brings a data directory up to what other machines commit, again and again.

    `wanted` says whether the settings name an index that may be shared.
    """

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._settings = settings
        self._writer = engine_writer(settings)
        self._place = ""
        self._until = 0.0

    @property
    def wanted(self) -> bool:
        """Whether there can be anything to bring."""
        return isinstance(self._writer, SharedWriter)

    def bring(self, archive: Archive) -> None:
        """Bring the current generation, where there is a newer one than here.

        Raises StoreError where that cannot be known, or the data directory is another archive's.
        """
        if not (archive.database.shared and isinstance(self._writer, SharedWriter)):
            return
        if time.monotonic() >= self._until:
            self._place = self._writer.place()
            self._until = time.monotonic() + _PLACE_SECONDS
        generations = Generations(archive.database, self._place)
        newest = generations.newest()
        if newest is None or is_current(self._data_dir, newest):
            return
        prepare(self._data_dir)
        _bring(self._data_dir, archive, generations, self._settings)


def _bring(data_dir: Path, archive: Archive, generations: Generations, settings: Settings) -> None:
    """Bring the current generation, but for an archive that was restored to a time before the index that is here."""
    refuse_strangers(data_dir, archive)

    def find() -> Found | None:
        recorded = generations.current()
        if recorded is None or _is_ahead(data_dir, archive, int(recorded.name.partition("-")[0])):
            return None
        return recorded.name, recorded.digest, recorded.files

    bring(data_dir, find, keep=settings.keep_generations)


def _is_ahead(data_dir: Path, archive: Archive, number: int) -> bool:
    """Tell whether the generation here is of a state that the archive has not reached, and newer than one recorded."""
    try:
        here = current(data_dir)
    except (CorruptError, NoIndexError):
        return False
    return here.number > number and here.manifest.revision > archive.revision
