"""Bring a generation that another machine committed into a data directory: its small files, the rest is elsewhere."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from index.errors import CorruptError
from index.store import manifest as manifests
from index.store.commit import clean, point
from index.store.files import sync, write_durably
from index.store.generations import GENERATIONS, NAME, POINTER, kept
from index.store.lock import pointing
from index.store.manifest import REPAIR

_PARTIAL = ".brought"

Found = tuple[str, str, Mapping[str, bytes]]
"""A generation: its name, the SHA-256 of its manifest, and its files, the manifest among them."""


def is_current(data_dir: Path, name: str) -> bool:
    """Tell whether a data directory's readers see a generation."""
    try:
        return (data_dir / POINTER).read_text("ascii", "replace").partition(" ")[0] == name
    except OSError:
        return False


def bring(data_dir: Path, find: Callable[[], Found | None], *, keep: int) -> None:
    """Make the generation that `find` gives the current one of a data directory, and keep `keep` there.

    It is looked for while nobody else on this machine can make another current, so that none ever gives way to an
    older one. A crash at any moment leaves the last one. Raises OSError where the disk fails, CorruptError where the
    files are not those that were committed.
    """
    with pointing(data_dir):
        found = find()
        if found is None or is_current(data_dir, found[0]):
            return
        name, digest, files = found
        _check(name, digest, files)
        root = data_dir / GENERATIONS
        if kept(data_dir, name) is None:
            _write(root, name, files)
        point(data_dir, name, digest)
        clean(root, name, keep=keep, unfinished=False)


def _check(name: str, digest: str, files: Mapping[str, bytes]) -> None:
    """Raise CorruptError where files are not those of a manifest of this digest."""
    if not NAME.fullmatch(name) or manifests.FILE_NAME not in files:
        raise CorruptError("the archive lacks files of the generation", where=name, remedy=REPAIR)
    manifest = manifests.decode(files[manifests.FILE_NAME], digest=digest, where=name)
    for file, entry in manifest.files.items():
        plain = file == Path(file).name and not file.startswith(".")
        if not plain or file not in files or hashlib.sha256(files[file]).hexdigest() != entry.sha256:
            raise CorruptError(f"{file} is not what was written", where=name, remedy=REPAIR)


def _write(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    partial = root / (name + _PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(root / name, ignore_errors=True)  # what is there is not whole
    partial.mkdir(mode=0o755)
    try:
        for file, data in files.items():
            write_durably(partial / file, data)
            (partial / file).chmod(0o644)
        sync(partial)
        partial.rename(root / name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    sync(root)
