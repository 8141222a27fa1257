"""Back up a data directory while it is in use, and make one of a backup.

A backup holds the archive as of one moment, the current generation (unless it is left out: an index can be built
again), and whatever else lies in the data directory that cannot be made again.
"""

import contextlib
import datetime
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from index.archive.archive import FILE_NAME, Archive
from index.archive.places import place_of
from index.archive.sqlite.copying import copy_database, is_database
from index.authority.log import POINTER as AUTHORITY
from index.authority.log import tell
from index.errors import CorruptError, NoIndexError, StoreError, UsageError
from index.pipeline.guarding import no_archive, refuse_without_archive
from index.pipeline.rejections import FILE_NAME as REJECTIONS
from index.settings import Settings
from index.store import bundle
from index.store.commit import prepare
from index.store.files import replace_durably, sync
from index.store.generations import GENERATIONS, POINTER, Generation, current, refuse_if_open_to_all
from index.store.lock import FILE_NAME as LOCK
from index.store.manifest import FILE_NAME as MANIFEST
from index.store.manifest import REPAIR, FileEntry
from index.store.rooms import clear, room
from index.version import VERSION

_MADE_AGAIN = (FILE_NAME, POINTER, AUTHORITY, LOCK, REJECTIONS)
_OF_DATABASES = ("-wal", "-shm", "-journal")
_RESTORED = "restored"
_UNWRITABLE = "Is the disk full, is it not yours to write, or is a file where a directory should be?"
_ATTEMPTS = 3  # a generation may be replaced twice while its files are opened, which takes milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds: articles up to a revision of the archive, and the name of its generation, if any."""

    path: Path
    articles: int
    revision: int
    generation: str | None
    size: int


def refuse_server(settings: Settings, *, remedy: str) -> None:
    """Raise UsageError where the archive is on a server, which has tools of its own; `remedy` names them."""
    place = place_of(settings)
    if not isinstance(place, Path):
        raise UsageError("the archive is in PostgreSQL, which this does not copy", where=str(place), remedy=remedy)


def back_up(data_dir: Path, target: Path, *, with_index: bool = True) -> Backup:
    """Write a backup to a new directory, or a new file where `target` ends in .tar; then read it whole and check it.

    Others may read and write the archive meanwhile. What backups to the same target left that were killed is removed.
    Raises StoreError where the backup cannot be written, CorruptError where the archive or the index is damaged: a
    backup of that would be worth nothing.
    """
    bundle.refuse_other_forms(target)
    try:
        refuse_without_archive(data_dir, data_dir / FILE_NAME)
        if not (data_dir / FILE_NAME).exists():
            raise no_archive(data_dir)
        if target.exists() or target.is_symlink():
            raise StoreError("there is something already", where=str(target), remedy="Give a new name")
        clear(target.parent, target.name)
        with room(target.parent, target.name) as place:
            partial, copies = place / f"backup{target.suffix}", place / "copies"
            copies.mkdir()
            made = _write(data_dir, partial, copies, with_index=with_index)
            check_backup(partial)
            partial.rename(target)
        sync(target.parent)
        return Backup(path=target, size=_size(target), **made)
    except OSError as error:
        raise StoreError(
            f"the backup cannot be written: {error.strerror or error}", where=str(target), remedy=_UNWRITABLE
        ) from error


def check_backup(path: Path) -> Backup:
    """Read a backup whole; raises CorruptError where it is not what was written, StoreError where it cannot be read."""
    try:
        with bundle.opened(path) as opened, Path(os.devnull).open("wb") as nowhere:
            facts, files = bundle.read_manifest(opened, path)
            for name, entry in files.items():
                bundle.take_checked(opened, name, entry, nowhere, where=path)
        return Backup(
            path=path,
            articles=facts["articles"],
            revision=facts["revision"],
            generation=facts["generation"],
            size=_size(path),
        )
    except OSError as error:
        raise StoreError(
            f"the backup cannot be read: {error.strerror or error}", where=str(path), remedy="Is it yours to read?"
        ) from error


def restore(path: Path, data_dir: Path) -> Backup:
    """Make a data directory of a backup, checking all of it; what is there already is never touched.

    An empty directory is filled where it is (it may be a mounted disk), the archive last of what counts; any other
    appears whole at once. Raises StoreError where there is a data directory already or none can be written,
    CorruptError where the backup is not what was written.
    """
    try:
        target = Path(os.path.realpath(data_dir))  # Path.resolve raises on a loop of links
        is_there = target.exists()
        at, name = (target, _RESTORED) if is_there else (target.parent, target.name)
        clear(at, name)
        if is_there and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(
                "there is something already",
                where=str(data_dir),
                remedy="Move it away, or give another with --data-dir",
            )
        with room(at, name) as place:
            made = _unpack(path, place / _RESTORED)
            if is_there:
                refuse_if_open_to_all(target)
                _fill(target, place / _RESTORED)
            else:
                (place / _RESTORED).rename(target)
        sync(at)
    except OSError as error:
        raise StoreError(
            f"the backup cannot be restored: {error.strerror or error}", where=str(data_dir), remedy=_UNWRITABLE
        ) from error
    return made


def _unpack(path: Path, partial: Path) -> Backup:
    """Make a new data directory of a backup; it is on disk on return."""
    prepare(partial)
    with bundle.opened(path) as opened:
        facts, files = bundle.read_manifest(opened, path)
        for name, entry in files.items():
            _take(opened, name, entry, partial, where=path)
    for directory in sorted((one for one in partial.rglob("*") if one.is_dir()), reverse=True):
        sync(directory)
    _point(partial, facts["generation"])
    with Archive(partial / FILE_NAME) as archive:  # which may be of an older format
        articles, revision = archive.count(), archive.revision
        tell(partial, archive)
    return Backup(path=path, articles=articles, revision=revision, generation=facts["generation"], size=_size(path))


def _fill(target: Path, whole: Path) -> None:
    """Move a data directory into an empty one: without its archive it is none, without its pointer it has no index."""
    last = (FILE_NAME, POINTER)
    for part in sorted(whole.iterdir(), key=lambda one: (last.index(one.name) + 1 if one.name in last else 0, one)):
        part.rename(target / part.name)
        sync(target)


def _write(data_dir: Path, partial: Path, copies: Path, *, with_index: bool) -> dict[str, Any]:
    files: dict[str, FileEntry] = {}
    with contextlib.ExitStack() as held, bundle.writing(partial) as out:
        # The generation first: an archive that is ahead of its index is well, one that is behind is not.
        generation, parts = _hold(data_dir, held) if with_index else (None, {})
        for path in [data_dir / FILE_NAME, *_extras(data_dir)]:
            name = path.relative_to(data_dir).as_posix()
            copied = path
            if is_database(path):
                copied = copies / name
                copied.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                copy_database(path, copied)
            with copied.open("rb") as whole:
                files[name] = out.put(name, whole, copied.stat().st_size)
        with Archive(copies / FILE_NAME, writable=False) as archive:
            archive.verify()
            facts = {
                "articles": archive.count(),
                "revision": archive.revision,
                "generation": generation.name if generation else None,
            }
        for name, file in parts.items():
            assert generation is not None
            place = f"{GENERATIONS}/{generation.name}/{name}"
            files[place] = out.put(place, file, os.fstat(file.fileno()).st_size)
            known = generation.manifest.files.get(name)
            if known and known != files[place]:
                raise CorruptError("is not what was written", where=str(generation.path / name), remedy=REPAIR)
        made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        bundle.put_manifest(out, {**facts, "created": made, "version": VERSION}, files)
    return facts


def _hold(data_dir: Path, held: contextlib.ExitStack) -> tuple[Generation | None, dict[str, BinaryIO]]:
    """Open all files of the current generation, so that no writer can take them away."""
    for attempt in range(_ATTEMPTS):
        try:
            generation = current(data_dir)
            names = [*generation.manifest.files, MANIFEST]
            return generation, {name: held.enter_context((generation.path / name).open("rb")) for name in names}
        except NoIndexError:
            return None, {}
        except (CorruptError, FileNotFoundError):
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _extras(data_dir: Path) -> Iterator[Path]:
    """Find what a backup must hold beside archive and index: files that nothing else gives back.

    Hidden files, what is half made, and links to directories are passed over.
    """
    for at, directories, names in os.walk(data_dir):
        here = Path(at)
        is_top = here == data_dir
        directories[:] = sorted(one for one in directories if _is_kept(one) and not (is_top and one == GENERATIONS))
        for name in sorted(names):
            if _is_kept(name) and not (is_top and name in _MADE_AGAIN) and (here / name).is_file():
                yield here / name


def _is_kept(name: str) -> bool:
    return not name.startswith(".") and not name.endswith((".partial", *_OF_DATABASES))


def _take(opened: bundle.BundleReader, name: str, entry: FileEntry, root: Path, *, where: Path) -> None:
    path = root / name
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with open(path, "xb", opener=_private) as out:
        bundle.take_checked(opened, name, entry, out, where=where)
        out.flush()
        os.fsync(out.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o644)


def _point(data_dir: Path, generation: str | None) -> None:
    if generation:
        path = data_dir / GENERATIONS / generation
        digest = hashlib.sha256((path / MANIFEST).read_bytes()).hexdigest()
        replace_durably(data_dir / POINTER, f"{generation} {digest}\n".encode("ascii"))
        current(data_dir)
    sync(data_dir)


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
