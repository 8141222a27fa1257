"""Files below a path, in a fixed order, without loops."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.read.naming import is_beside
from index.read.options import ReadOptions
from index.read.system import describe
from index.types import Rejected

FileState = tuple[int, int, int, int]
"""What tells one version of a file from the next: its size, when it and its entry changed (in ns), its inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to be read: the `path` that opens it, and its absolute path as text, the `source` of its articles."""

    path: str
    source: str
    size: int
    is_file: bool = True
    """False for pipes and devices, which have no size."""
    state: FileState | None = None
    """What tells this version of the file from others."""


def walk(path: str, options: ReadOptions) -> Iterator[Found | Rejected]:
    """Find the files at and below a path; in directories sorted by name, without hidden ones and what is no article.

    A symbolic link is followed where it stays below the path, or with `options.follow_links`; no directory is entered
    twice on one way down.
    """
    yield from _visit(path, options, trail=(), root=None)


def source_of(path: str) -> str:
    """Give the absolute path as text that can be stored: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100


def _visit(
    path: str, options: ReadOptions, *, trail: tuple[tuple[int, int], ...], root: str | None
) -> Iterator[Found | Rejected]:
    source = source_of(path) if "\0" not in path else repr(path)
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        yield _rejected(source, error)
        return
    if root is not None and not options.follow_links and _leads_out(path, root):
        yield Rejected(
            source=source,
            reason="link-out",
            detail="it is a symbolic link that leads out of the folder given: give its target too, or set follow_links",
        )
    elif stat.S_ISDIR(status.st_mode):
        key = (status.st_dev, status.st_ino)
        yield from _enter(path, source, options, trail=trail, key=key, root=root or os.path.realpath(path))
    elif not stat.S_ISREG(status.st_mode):
        if root is None and not stat.S_ISSOCK(status.st_mode):
            yield Found(path=path, source=source, size=0, is_file=False)
        else:
            yield Rejected(source=source, reason="not-a-file", detail="it is a pipe, socket or device, not a file")
    elif status.st_size > options.max_file_bytes:
        yield Rejected(
            source=source,
            reason="too-large",
            detail=f"it has {status.st_size:,} bytes, more than {options.max_file_bytes:,} (setting max_file_bytes)",
        )
    else:
        state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        yield Found(path=path, source=source, size=status.st_size, state=state)


def _enter(
    path: str,
    source: str,
    options: ReadOptions,
    *,
    trail: tuple[tuple[int, int], ...],
    key: tuple[int, int],
    root: str,
) -> Iterator[Found | Rejected]:
    if key in trail:
        return  # a link back up: everything there is being read already
    if len(trail) >= options.max_depth:
        yield Rejected(
            source=source,
            reason="too-deep",
            detail=f"it lies deeper than {options.max_depth} directories (setting max_depth)",
        )
        return
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield _rejected(source, error)
        return
    for name in names:
        if not is_beside(name):
            yield from _visit(os.path.join(path, name), options, trail=(*trail, key), root=root)  # noqa: PTH118


def _leads_out(path: str, root: str) -> bool:
    """Tell whether a path is a symbolic link whose end lies outside a directory, given without links."""
    if not os.path.islink(path):  # noqa: PTH114
        return False
    end = os.path.realpath(path)
    return end != root and not end.startswith(os.path.join(root, ""))  # noqa: PTH118


def _rejected(source: str, error: OSError | ValueError) -> Rejected:
    reason, detail = describe(error)
    return Rejected(source=source, reason=reason, detail=detail)
