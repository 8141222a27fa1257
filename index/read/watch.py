"""Which files below some paths are new or changed, look by look."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from index.read.options import ReadOptions
from index.read.walk import Found, source_of, walk

_State = tuple[int, int, int]
"""What tells one version of a file from the next: its size, its time of change in nanoseconds, its inode."""
_SLASH: Final = "/"


class Watch:
    """Looks at all files below some paths, and remembers what it saw; it neither waits nor reads them.

    A file counts once two looks have seen the same of it: one that is still being written is left for later. What lies
    below `outside` (the data directory) is never looked at.
    """

    def __init__(self, paths: Iterable[str], options: ReadOptions, *, outside: Path) -> None:
        self._paths = tuple(paths)
        self._options = options
        self._outside = source_of(str(outside)).rstrip(_SLASH) + _SLASH
        self._last = self._look()
        self._taken = dict(self._last)
        self._missing: set[str] = set()
        self._vanished = False

    def changed(self) -> list[str]:
        """Give the files that are new or changed since they were given last (or the watch began) and now at rest."""
        now = self._look()
        found = [
            path for path, state in now.items() if self._last.get(path) == state and self._taken.get(path) != state
        ]
        self._vanished |= not self._missing <= now.keys()
        self._missing = self._last.keys() - now.keys()
        self._last = now
        self._taken = {path: state for path, state in self._taken.items() if path in now}
        self._taken.update((path, now[path]) for path in found)
        return found

    def vanished(self) -> bool:
        """Say whether files were gone at two looks of `changed` since this was asked the last time."""
        vanished, self._vanished = self._vanished, False
        return vanished

    def again(self, paths: Iterable[str]) -> None:
        """Have some files given once more, since what was to be done with them failed."""
        for path in paths:
            self._taken.pop(path, None)

    def _look(self) -> dict[str, _State]:
        seen: dict[str, _State] = {}
        for path in self._paths:
            for found in walk(path, self._options):
                if isinstance(found, Found) and found.is_file and not found.source.startswith(self._outside):
                    state = _state(found.path)
                    if state:
                        seen[found.path] = state
        return seen


def _state(path: str) -> _State | None:
    try:
        status = Path(path).stat()
    except OSError:  # it vanished since the walk
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
