"""Which files a run may skip since nothing changed, and what came of those that it reads."""

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from index.archive.files import FileKnown, FileRead, Files, Reading
from index.archive.holding import Version
from index.pipeline.doubting import PASSING, reading_of
from index.read.identity import STANDARD_INPUT
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.walk import Found
from index.types import Rejected
from index.version import VERSION

SETTLED_NS = 2_000_000_000
"""A file that changed later than this before it was read may change again without a sign: some file systems tell times
in steps of two seconds (git calls such files racily clean). It is read again by the next run."""

MAX_REJECTIONS = 1_000
"""A file with more rejections is read again by each run rather than remembered with all of them."""


@dataclass(slots=True, kw_only=True, eq=False)
class OpenFile:
    """A file that is being read; the numbers are those of `FileRead`."""

    source: str
    state: str | None
    modified: int = 0
    way: str = ""
    former: str = ""
    """The way in which it was read before, where that was another."""
    trusted: bool = False
    """Whether what it lacks is to count as gone where that is doubtful."""
    reading: Reading = Reading.WHOLE
    texts: dict[int, int] = field(default_factory=dict)
    """Digests of the ids read so far, and of what the articles say."""
    owned: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    articles: int = 0
    changed: int = 0
    """How many of them the archive held otherwise."""
    duplicates: int = 0
    removed: int = 0
    rejections: list[Rejected] = field(default_factory=list)

    def reject(self, rejected: Rejected) -> None:
        """Take down what could not be read of it."""
        self.reading = max(self.reading, reading_of(rejected, source=self.source))
        if rejected.reason in PASSING or len(self.rejections) >= MAX_REJECTIONS:
            self.state = None
        else:
            self.rejections.append(rejected)

    @property
    def version(self) -> Version:
        """What tells which of several files' forms of an article counts."""
        return Version(modified=self.modified, source=self.source)

    def closed(self) -> FileRead:
        """Give what came of it."""
        reading = max(self.reading, Reading.DOUBTFUL) if self.former else self.reading
        if self.source == STANDARD_INPUT or (self.trusted and reading is Reading.DOUBTFUL):
            reading = Reading.WHOLE
        return FileRead(
            source=self.source,
            state=self.state,
            owned=self.owned,
            others=self.others,
            articles=self.articles,
            duplicates=self.duplicates,
            removed=self.removed,
            rejections=tuple(self.rejections) if self.state else (),
            modified=self.modified,
            reading=reading,
            way=self.way,
        )


def recipe_of(options: ReadOptions, *, tagger: str) -> str:
    """Give what tells one way of reading and tagging from others, the version of this code among it."""
    return hashlib.blake2b(repr((options, tagger, VERSION)).encode(), digest_size=16).hexdigest()


def way_of(options: ReadOptions) -> str:
    """Give what the caller stated about the articles themselves, as JSON; what the archive keeps with each file."""
    stated = {"publisher": options.publisher, "columns": dict(options.columns)}
    return json.dumps({name: value for name, value in stated.items() if value}, sort_keys=True)


class Ledger:
    """The files of one run, in the order in which they are read.

    `skip` goes to what cuts files into pieces, whose output goes through `follow`. What comes of the pieces then comes
    in the same order: `current` is the file that the next of it belongs to, `passed` says that a piece is through.
    """

    def __init__(
        self, files: Files, *, recipe: str, way: str, on_skipped: Callable[[FileKnown], None], again: bool = False
    ) -> None:
        self.skipped: set[int] = set()
        self._files = files
        self._recipe = recipe
        self._way = way
        self._on_skipped = on_skipped
        self._again = again
        self._sure: set[int] = set()
        self._found: OpenFile | None = None
        self._order: deque[OpenFile | None] = deque()

    def skip(self, found: Found) -> bool:
        """Say whether a file was read to its end in this state and way before; each such counts once."""
        key = hash((found.source, found.state))
        if key in self._sure:  # `pieces` asks twice
            return True
        state = f"{self._recipe} {found.state}"
        known = (
            None if self._again or found.state is None else self._files.unchanged(found.source, state, way=self._way)
        )
        if known is None:
            former = self._files.way(found.source)
            self._found = OpenFile(
                source=found.source,
                state=state if _settled(found) else None,
                modified=_modified(found),
                way=self._way,
                former=former if former and former != self._way else "",
                trusted=self._again,
            )
            return False
        self._sure.add(key)
        if known.number not in self.skipped:
            self.skipped.add(known.number)
            self._on_skipped(known)
        return True

    def follow(self, pieces: Iterable[Piece | Rejected]) -> Iterator[Piece | Rejected]:
        """Pass pieces on, and remember which files they are of."""
        for one in pieces:
            self._order.append(self._file_of(one))
            yield one

    @property
    def current(self) -> OpenFile | None:
        """The file of what comes next; None for what is of no file, as a path that does not exist."""
        return self._order[0]

    def passed(self) -> None:
        """Note that a piece is through."""
        self._order.popleft()

    def _file_of(self, one: Piece | Rejected) -> OpenFile | None:
        if self._found is None or not _is_of(one.source, self._found.source):
            if isinstance(one, Rejected):
                return None
            source, modified = (STANDARD_INPUT, time.time_ns()) if one.path is None else (one.source, 0)
            self._found = OpenFile(source=source, state=None, modified=modified)
        return self._found


def _is_of(source: str, file: str) -> bool:
    """Tell whether a source is a file, or lies within it: a line (`file:7`) or a member (`file!name`)."""
    return source == file or source.startswith((f"{file}:", f"{file}!"))


def _settled(found: Found) -> bool:
    """Tell whether any later change of a file shows in its times: they lie behind, or ahead of the clock."""
    now = time.time_ns()
    return found.state is not None and all(abs(now - one) > SETTLED_NS for one in found.state[1:3])


def _modified(found: Found) -> int:
    """Give when a file was written, in nanoseconds since 1970; never later than now, which it cannot have been.

    A clock that was ahead, or was set back, would have old forms win over all that are written until then. The time at
    which the system noted the change then says more.
    """
    now = time.time_ns()
    return next((one for one in found.state[1:3] if one <= now), now) if found.state else now
