"""Generations: the committed states of an index, of which readers see the current one.

<data_dir>/generations/000007-3f9a1c2e/    immutable files and a manifest
<data_dir>/CURRENT                         "000007-3f9a1c2e <sha256 of its manifest>"
"""

import contextlib
import fcntl
import hashlib
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorruptError, NoIndexError, StoreError
from index.store import manifest as manifests
from index.store.files import sha256
from index.store.manifest import REPAIR, FileEntry, Manifest

GENERATIONS = "generations"
POINTER = "CURRENT"
NAME = re.compile(r"(\d{6,})-[0-9a-f]{8}")
"""The name of a generation: its number, and something random so that no name is ever used twice."""

_HASHED_AT_A_TIME = 2  # the largest segment and the rest; more only makes disks seek

_POINTER_FORM = re.compile(rf"({NAME.pattern}) ([0-9a-f]{{64}})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One committed state of the index: its `name`, the `path` of its files, and its manifest."""

    name: str
    path: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        """The generation's number, one more with each commit."""
        return int(self.name.partition("-")[0])


def current(data_dir: Path) -> Generation:
    """Give the generation that readers should open.

    Looks at the manifest's checksum and at the files' sizes; `verify` reads them whole. A generation that vanishes
    while it is looked at, since a writer committed the next ones, gives way to the newest. Raises NoIndexError where
    nothing was committed, CorruptError where the generation is not what was written, and StoreError where anybody may
    write there: an engine's files may hold pickles, which run what they are told.
    """
    line = _pointer(data_dir)
    while True:
        try:
            return _opened(data_dir, line)
        except CorruptError:
            last, line = line, _pointer(data_dir)
            if line == last:
                raise


def _pointer(data_dir: Path) -> str:
    try:
        return (data_dir / POINTER).read_text("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndexError(
            "there is no index yet", where=str(data_dir), remedy="Make one with `newsmorgue index PATH...`"
        ) from None
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", where=str(data_dir / POINTER)) from error


def _opened(data_dir: Path, line: str) -> Generation:
    pointer = _POINTER_FORM.fullmatch(line)
    if not pointer:
        raise CorruptError("the pointer to the generation is damaged", where=str(data_dir / POINTER), remedy=REPAIR)
    name, digest = pointer[1], pointer[3]
    path = data_dir / GENERATIONS / name
    for directory in (data_dir, path.parent, path):
        refuse_if_open_to_all(directory)
    try:
        data = (path / manifests.FILE_NAME).read_bytes()
    except OSError as error:
        raise CorruptError(f"the manifest cannot be read: {error.strerror}", where=str(path), remedy=REPAIR) from error
    generation = Generation(
        name=name, path=path, manifest=manifests.decode(data, digest=digest, where=str(path / manifests.FILE_NAME))
    )
    _check_sizes(generation)
    return generation


def has_generations(data_dir: Path) -> bool:
    """Tell whether anything lies where generations do: an index that was there is lost, else there was none yet."""
    try:
        return any(NAME.fullmatch(path.name) for path in (data_dir / GENERATIONS).iterdir())
    except OSError:
        return False


def kept(data_dir: Path, name: str) -> Generation | None:
    """Give an older generation by its name; None where it is not on disk any more, or cannot be read.

    No pointer vouches for its manifest, which for the rest is checked as that of the current one.
    """
    path = data_dir / GENERATIONS / name
    if not NAME.fullmatch(name) or not path.is_dir():
        return None
    try:
        for directory in (data_dir, path.parent, path):
            refuse_if_open_to_all(directory)
        data = (path / manifests.FILE_NAME).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        manifest = manifests.decode(data, digest=digest, where=str(path / manifests.FILE_NAME))
        generation = Generation(name=name, path=path, manifest=manifest)
        _check_sizes(generation)
    except (OSError, StoreError, ValueError, KeyError, TypeError):
        return None
    return generation


def pin(generation: Generation) -> int:
    """Keep a generation's files on disk as long as the file descriptor that this gives is open, in any process.

    Commits leave what is pinned, and a later one removes it (flock, which ends with its holder). Raises StoreError
    where the generation is gone already.
    """
    path = generation.path / manifests.FILE_NAME
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", where=str(path)) from error
    with contextlib.suppress(OSError):  # a file system without locks: its files may go sooner
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return descriptor


def pinned(directory: Path) -> bool:
    """Say whether anybody keeps the files of a generation's directory."""
    try:
        descriptor = os.open(directory / manifests.FILE_NAME, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def verify(generation: Generation) -> None:
    """Read every file of a generation; raises CorruptError where one is not what was written.

    Two files at a time: some 800 MB/s where two cores are busy with other work too, where the disk is no slower.
    """
    _check_sizes(generation)
    files = sorted(generation.manifest.files.items(), key=lambda file: -file[1].size)
    with ThreadPoolExecutor(_HASHED_AT_A_TIME) as threads:
        for checked in [threads.submit(_check_content, generation.path / name, entry) for name, entry in files]:
            checked.result()


def current_whole(data_dir: Path) -> Generation:
    """Give the current generation, read whole; one that is replaced meanwhile gives way to the newest.

    Raises what `current` and `verify` raise.
    """
    while True:
        generation = current(data_dir)
        try:
            verify(generation)
        except CorruptError:
            if current(data_dir).name == generation.name:
                raise
        else:
            return generation


def refuse_if_open_to_all(path: Path) -> os.stat_result:
    """Raise StoreError where everybody on this machine may write to a file or directory; give its status."""
    try:
        status = path.stat()
    except OSError as error:
        raise CorruptError(f"cannot be read: {error.strerror}", where=str(path), remedy=REPAIR) from error
    if os.name == "posix" and status.st_mode & stat.S_IWOTH:
        raise StoreError(
            "everybody may write here, and could make this program run anything",
            where=str(path),
            remedy=f"Take that right away: chmod -R o-w {path}",
        )
    return status


def _check_content(path: Path, entry: FileEntry) -> None:
    try:
        digest = sha256(path)
    except OSError as error:
        raise _damaged(path, f"cannot be read: {error.strerror}") from error
    if digest != entry.sha256:
        raise _damaged(path, "is not what was written")


def _check_sizes(generation: Generation) -> None:
    for name, entry in generation.manifest.files.items():
        path = generation.path / name
        size = refuse_if_open_to_all(path).st_size
        if size != entry.size:
            raise _damaged(path, f"has {size} bytes instead of {entry.size}")


def _damaged(path: Path, what: str) -> CorruptError:
    return CorruptError(what, where=str(path), remedy=REPAIR)
