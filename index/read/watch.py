"""Which files below some paths are new or changed, look by look."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.read.options import ReadOptions
from index.read.walk import FileState, Found, source_of, walk

_SLASH: Final = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be done: files to read that are new or `changed`, and whether others have `vanished`."""

    changed: tuple[str, ...] = ()
    vanished: bool = False


class Watch:
    """Looks at all files below some paths, and remembers what it saw; it neither waits nor reads them.

    A file counts once two looks have seen the same of it: one that is still being written is left for later, and one
    that is away for a look has not vanished. Versions are told apart as by indexing itself (`FileState`), so that what
    a run would read is due. What lies below `outside` (the data directory) is never looked at.
    """

    def __init__(self, paths: Iterable[str], options: ReadOptions, *, outside: Path) -> None:
        self._paths = tuple(paths)
        self._options = options
        self._outside = source_of(str(outside)).rstrip(_SLASH) + _SLASH
        self._last = self._files()
        self._done = dict(self._last)
        self._missing: set[str] = set()
        self._vanished = False

    def look(self) -> Due:
        """Look, and give all that is due: what changed or vanished since the watch began and was not `done` yet."""
        now = self._files()
        changed = [
            path for path, state in now.items() if self._last.get(path) == state and self._done.get(path) != state
        ]
        self._vanished |= not self._missing <= now.keys()
        self._missing = self._last.keys() - now.keys()
        self._last = now
        self._done = {path: state for path, state in self._done.items() if path in now}
        return Due(changed=tuple(changed), vanished=self._vanished)

    def done(self, due: Due) -> None:
        """Note that what the last look gave is done; until then each look gives it again."""
        self._done.update((path, self._last[path]) for path in due.changed)
        self._vanished = False

    def _files(self) -> dict[str, FileState]:
        seen: dict[str, FileState] = {}
        for path in self._paths:
            for found in walk(path, self._options):
                if isinstance(found, Found) and found.state and not found.source.startswith(self._outside):
                    seen[found.path] = found.state
        return seen
