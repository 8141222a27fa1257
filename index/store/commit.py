"""Commit a generation: the one way in which an index changes."""

import contextlib
import datetime
import hashlib
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import CorruptError, StoreError
from index.store import manifest as manifests
from index.store.files import (
    link_or_copy,
    make_directories,
    remove_partials,
    replace_durably,
    sha256,
    sync,
    write_durably,
)
from index.store.generations import GENERATIONS, NAME, POINTER, Generation, pinned, refuse_if_open_to_all
from index.store.lock import WriterLock, pointing
from index.store.manifest import REPAIR, FileEntry, Manifest

_PARTIAL = ".partial"


def prepare(data_dir: Path) -> None:
    """Make a data directory that only its owner writes to; raises StoreError where that cannot be."""
    try:
        make_directories(data_dir / GENERATIONS)
    except OSError as error:
        raise StoreError(
            f"the data directory cannot be made: {error.strerror}",
            where=str(data_dir),
            remedy="Give another with --data-dir",
        ) from error
    refuse_if_open_to_all(data_dir)


def commit(
    data_dir: Path,
    lock: WriterLock,
    *,
    base: Generation | None,
    write: Callable[[Path], None],
    form: str,
    archive: str,
    revision: int,
    articles: int,
    keep: int,
    after: int = 0,
    announce: Callable[[Generation], None] | None = None,
) -> Generation:
    """Make the next generation current, and remove all but the last `keep` and what readers keep.

    `write` gets a directory with the files of `base` (none where that is None) as hard links; it may unlink them and
    add others, never change them. Whatever happens before the end, the last generation stays current and whole.
    The number of the new one is above `after`. Where other machines share the index, `announce` is called with the
    generation when it is whole and before it is current here: where that raises, it does not become so.
    Raises StoreError where the disk fails, CorruptError where files of `base` that `write` replaced were damaged (what
    it made of them is worth nothing), and whatever `write` raises.
    """
    if not lock.held:
        raise StoreError("a commit needs the writer's lock", where=str(data_dir))
    root = data_dir / GENERATIONS
    partial = None
    try:
        with _pointing(data_dir, shared=announce is not None):
            clean(root, _pointed_at(data_dir), keep=keep)
        name = f"{max(_next_number(root), after + 1):06}-{secrets.token_hex(4)}"
        partial = root / (name + _PARTIAL)
        partial.mkdir(mode=0o755)
        if base:
            for file in base.manifest.files:
                link_or_copy(base.path / file, partial / file)
        write(partial)
        if base:
            _check_merged(base, partial)
        made = Manifest(
            form=form,
            archive=archive,
            revision=revision,
            articles=articles,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            files=_entries(partial, base),
        )
        data = manifests.encode(made)
        write_durably(partial / manifests.FILE_NAME, data)
        sync(partial)
        generation = Generation(name=name, path=root / name, manifest=made)
        with _pointing(data_dir, shared=announce is not None):
            partial.rename(generation.path)
            sync(root)
            if announce:
                announce(generation)
            point(data_dir, name, hashlib.sha256(data).hexdigest())
    except OSError as error:
        raise StoreError(
            f"the generation cannot be written: {error}",
            where=str(data_dir),
            remedy="Is the disk full? The last generation is unharmed",
        ) from error
    finally:
        if partial:
            shutil.rmtree(partial, ignore_errors=True)  # there is none unless something failed
    with contextlib.suppress(OSError), _pointing(data_dir, shared=announce is not None):
        clean(root, _pointed_at(data_dir), keep=keep)  # what stays is removed by the next commit
        remove_partials(data_dir / POINTER, older=0)  # only who commits, and holds the lock, replaces it
    return generation


def point(data_dir: Path, name: str, digest: str) -> None:
    """Make a generation that is whole on disk the current one; `digest` is the SHA-256 of its manifest."""
    replace_durably(data_dir / POINTER, f"{name} {digest}\n".encode("ascii"))


@contextlib.contextmanager
def _pointing(data_dir: Path, *, shared: bool) -> Iterator[None]:
    """Hold off those who bring generations of other machines, where there are any."""
    with pointing(data_dir) if shared else contextlib.nullcontext():
        yield


def _check_merged(base: Generation, directory: Path) -> None:
    for name, entry in base.manifest.files.items():
        if not (directory / name).exists() and sha256(base.path / name) != entry.sha256:
            raise CorruptError("is not what was written", where=str(base.path / name), remedy=REPAIR)


def _entries(directory: Path, base: Generation | None) -> dict[str, FileEntry]:
    """Describe the files; those still linked to the base were checked and synced when they were new."""
    entries = {}
    for path in sorted(directory.iterdir()):
        old = base.manifest.files.get(path.name) if base else None
        if old and base and path.samefile(base.path / path.name):
            entries[path.name] = old
        else:
            path.chmod(path.stat().st_mode & ~stat.S_IWOTH)
            sync(path)
            entries[path.name] = FileEntry(size=path.stat().st_size, sha256=sha256(path))
    return entries


def clean(root: Path, pointed_at: str, *, keep: int, unfinished: bool = True) -> None:
    """Remove what crashed commits left, and the oldest generations until `keep` are left, the current one included.

    Those that a reader keeps (`pin`) are left to a later commit, as is, unless `unfinished`, what a commit may be
    making just now.
    """
    last = _number(pointed_at)
    whole = [path.name for path in root.iterdir() if NAME.fullmatch(path.name)]
    past = sorted((name for name in whole if not last or _number(name) < last or name == pointed_at), key=_number)
    for path in root.iterdir():
        ours = NAME.fullmatch(path.name) or (unfinished and _number(path.name))
        if ours and path.name not in past[-keep:] and not pinned(path):
            shutil.rmtree(path, ignore_errors=True)


def _pointed_at(data_dir: Path) -> str:
    pointer = data_dir / POINTER
    return pointer.read_text("ascii", "replace").partition(" ")[0] if pointer.exists() else ""


def _next_number(root: Path) -> int:
    return max((_number(path.name) for path in root.iterdir()), default=0) + 1


def _number(name: str) -> int:
    """Give the number in the name of a generation, whole or partial, and 0 for any other name."""
    found = NAME.match(name)
    return int(found[1]) if found else 0
