"""Bundles: some files with a manifest of checksums, as a directory or as one tar file; what a backup is made of.

The manifest, `backup.json`, comes last: a bundle without it was never finished.
"""

import contextlib
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast

from index.errors import CorruptError, StoreError, UsageError
from index.store.files import sync
from index.store.manifest import FileEntry

MANIFEST = "backup.json"
FORMAT = 1
TAR = ".tar"

_NAME = re.compile(r"(?!\.)[^/\0]+(?:/(?!\.)[^/\0]+)*")
"""A file's path within a bundle: nothing that leads out of it, and nothing hidden."""
_COPIED = 2**20
_REMEDY = "Take another backup"


class BundleWriter(Protocol):
    """Takes the files of a bundle, one after the other."""

    def put(self, name: str, file: BinaryIO, size: int) -> FileEntry:
        """Copy a file of `size` bytes; give what was copied."""
        ...


class BundleReader(Protocol):
    """Gives the files of a bundle."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file; raises OSError or KeyError where there is none."""
        ...


class _Directory:
    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, file: BinaryIO, size: int) -> FileEntry:
        path = self._root / name
        path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with path.open("xb") as out:
            entry = copy_checked(file, out)
        sync(path)
        return entry

    def open(self, name: str) -> IO[bytes]:
        return (self._root / name).open("rb")


class _Tar:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def put(self, name: str, file: BinaryIO, size: int) -> FileEntry:
        member = tarfile.TarInfo(name)
        member.size = size
        member.mode = 0o644
        hashing = _Hashing(file)
        self._tar.addfile(member, cast(IO[bytes], hashing))
        return hashing.entry

    def open(self, name: str) -> IO[bytes]:
        file = self._tar.extractfile(name)
        if file is None:
            raise KeyError(name)
        return file


class _Hashing:
    """Reads a file and knows what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._digest.update(data)
        self._size += len(data)
        return data

    @property
    def entry(self) -> FileEntry:
        return FileEntry(size=self._size, sha256=self._digest.hexdigest())


def copy_checked(source: IO[bytes], target: IO[bytes]) -> FileEntry:
    """Copy a file; give the size and checksum of what was read."""
    hashing = _Hashing(cast(BinaryIO, source))
    while data := hashing.read(_COPIED):
        target.write(data)
    return hashing.entry


def refuse_other_forms(path: Path) -> None:
    """Raise UsageError for a path that looks like a form of archive which bundles do not come in."""
    if path.suffix.lower() in {".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z"}:
        raise UsageError(
            f"a backup is a directory or a {TAR} file", where=str(path), remedy=f"Name it like archive{TAR}"
        )


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BundleWriter]:
    """Hold a new bundle at a path, a tar file where it ends in .tar; it is on disk at the end of the block."""
    if path.suffix != TAR:
        path.mkdir(mode=0o755)
        yield _Directory(path)
        for directory in sorted((one for one in path.rglob("*") if one.is_dir()), reverse=True):
            sync(directory)
    else:
        with tarfile.open(path, "x", format=tarfile.PAX_FORMAT) as tar:
            yield _Tar(tar)
    sync(path)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BundleReader]:
    """Hold a bundle for reading; raises CorruptError where it is not what was written."""
    try:
        if path.is_dir():
            yield _Directory(path)
            return
        with tarfile.open(path, "r:") as tar:
            yield _Tar(tar)
    except (tarfile.TarError, KeyError, EOFError) as error:
        raise CorruptError(f"the backup is damaged: {error}", where=str(path), remedy=_REMEDY) from error
    except FileNotFoundError as error:
        raise StoreError(f"there is no backup: {error}", where=str(path), remedy="Check the path") from error


def put_manifest(bundle: BundleWriter, facts: Mapping[str, Any], files: Mapping[str, FileEntry]) -> None:
    """Finish a bundle: write what it is and what is in it."""
    table = {"format": FORMAT, "facts": dict(facts), "files": {name: [e.size, e.sha256] for name, e in files.items()}}
    text = json.dumps(table, indent=1, sort_keys=True)
    data = f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n".encode()
    bundle.put(MANIFEST, io.BytesIO(data), len(data))


def read_manifest(bundle: BundleReader, where: Path) -> tuple[dict[str, Any], dict[str, FileEntry]]:
    """Give what a bundle is and what is in it; raises CorruptError where that is not what was written."""
    try:
        with bundle.open(MANIFEST) as file:
            text, _, digest = file.read().decode().rstrip("\n").rpartition("\n")
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            raise CorruptError("the backup's manifest is not what was written", where=str(where), remedy=_REMEDY)
        table = json.loads(text)
        if table["format"] != FORMAT:
            raise StoreError("the backup was made by a newer version", where=str(where), remedy="Install that version")
        files = {name: FileEntry(size=entry[0], sha256=entry[1]) for name, entry in table["files"].items()}
    except (KeyError, FileNotFoundError) as error:
        what = "this is no backup, or one that was not finished"
        raise CorruptError(what, where=str(where), remedy=_REMEDY) from error
    except ValueError as error:
        raise CorruptError(f"the backup's manifest is damaged: {error}", where=str(where), remedy=_REMEDY) from error
    strange = [name for name in files if not _NAME.fullmatch(name)]
    if strange:
        raise CorruptError(f"the backup names a strange file: {strange[0]!r}", where=str(where), remedy=_REMEDY)
    return table["facts"], files


def take_checked(bundle: BundleReader, name: str, entry: FileEntry, target: IO[bytes], *, where: Path) -> None:
    """Copy a file out of a bundle; raises CorruptError where it is not what was written."""
    try:
        with bundle.open(name) as file:
            found = copy_checked(file, target)
    except (KeyError, FileNotFoundError, tarfile.TarError, EOFError) as error:
        raise CorruptError(f"the backup lacks {name}", where=str(where), remedy=_REMEDY) from error
    if found != entry:
        raise CorruptError(f"in the backup {name} is not what was written", where=str(where), remedy=_REMEDY)
