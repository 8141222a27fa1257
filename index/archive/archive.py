"""The archive: every article with its mentions in one SQLite file, the source of truth of each index."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.archive.tables import REMEDY, connect, translated
from index.errors import CorruptError
from index.packing import unpack
from index.types import Tagged

FILE_NAME = "archive.sqlite"
"""The archive's file in the data directory."""

_CHUNK = 500  # parameters or rows at a time: below SQLite's oldest limit of 999, and bounded memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article on its way into the archive: its `id`, content hash, and the bytes of `index.packing.pack`."""

    id: str
    hash: bytes
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one article: `packed` is its newest form, or None where it was removed."""

    id: str
    revision: int
    packed: bytes | None


class Archive:
    """The articles in one SQLite file.

    Every change gets the next `revision`, so that `changes(since=...)` tells an index all that it lacks. One process
    may write while any number read. Each method may raise StoreError: LockedError while another process writes,
    CorruptError where the file is not what was written.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._path = path
        self._connection = connect(path, writable=writable)
        self.identity = str(self._fact("identity"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with translated(self._path):
            self._connection.close()

    @property
    def revision(self) -> int:
        """The number of the last change; 0 before the first."""
        return int(str(self._fact("revision")))

    def count(self) -> int:
        """Give the number of articles."""
        [[count]] = self._rows("SELECT count(*) FROM articles WHERE packed IS NOT NULL")
        return int(str(count))

    def known(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Give the content hash of each of the articles that the archive holds."""
        found: dict[str, bytes] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            query = f"SELECT id, hash FROM articles WHERE hash IS NOT NULL AND id IN ({marks})"  # noqa: S608  only marks
            found.update((row[0], row[1]) for row in self._rows(query, chunk))
        return found

    def get(self, article_id: str) -> Tagged | None:
        """Give an article with its mentions, or None where there is none of this id."""
        rows = self._rows("SELECT packed FROM articles WHERE id = ? AND packed IS NOT NULL", (article_id,))
        return self.unpacked(rows[0][0]) if rows else None

    def unpacked(self, packed: bytes) -> Tagged:
        """Give the article of a change; raises CorruptError, with the archive's place, where it is damaged."""
        try:
            return unpack(packed)
        except CorruptError as error:
            raise CorruptError(error.what, where=str(self._path), remedy=REMEDY) from error

    def put(self, entries: Sequence[Entry]) -> None:
        """Add articles, replacing those with the same ids, in one transaction that is on disk on return."""
        self._write([(entry.id, entry.hash, entry.packed) for entry in entries])

    def remove(self, ids: Iterable[str]) -> int:
        """Remove articles in one transaction; give how many there were."""
        present = self.known(ids)
        self._write([(article_id, None, None) for article_id in present])
        return len(present)

    def changes(self, *, since: int) -> Iterator[Change]:
        """Yield the newest state of each article that changed after the revision `since`, in the order of revisions.

        Each chunk is read by itself, so that a slow consumer holds up no writer; what changes meanwhile comes last.
        """
        query = "SELECT id, revision, packed FROM articles WHERE revision > ? ORDER BY revision LIMIT ?"
        while rows := self._rows(query, (since, _CHUNK)):
            for article_id, revision, packed in rows:
                yield Change(id=article_id, revision=revision, packed=packed)
            since = rows[-1][1]

    def changed_ids(self, *, since: int) -> Iterator[str]:
        """Yield the ids of all articles that changed after the revision `since`, the removed ones among them."""
        query = "SELECT id, revision FROM articles WHERE revision > ? ORDER BY revision LIMIT ?"
        while rows := self._rows(query, (since, _CHUNK)):
            yield from (row[0] for row in rows)
            since = rows[-1][1]

    def changed(self, *, since: int) -> int:
        """Give the number of articles that were added or replaced after the revision `since`."""
        [[count]] = self._rows("SELECT count(*) FROM articles WHERE revision > ? AND packed IS NOT NULL", (since,))
        return int(str(count))

    def verify(self) -> None:
        """Read everything: SQLite's own check, then every article. Raises CorruptError at the first damage."""
        [[verdict]] = self._rows("PRAGMA integrity_check(1)")
        if verdict != "ok":
            raise CorruptError(f"the archive is damaged: {verdict}", where=str(self._path), remedy=REMEDY)
        for change in self.changes(since=0):
            if change.packed is not None and self.unpacked(change.packed).article.id != change.id:
                raise CorruptError(f"the article {change.id} is filed wrongly", where=str(self._path), remedy=REMEDY)

    def _write(self, rows: Sequence[tuple[str, bytes | None, bytes | None]]) -> None:
        if not rows:
            return
        with translated(self._path):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                first = self.revision + 1
                connection.executemany(
                    "INSERT INTO articles (id, hash, packed, revision) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, packed = excluded.packed,"
                    " revision = excluded.revision",
                    [(*row, revision) for revision, row in enumerate(rows, first)],
                )
                last = first + len(rows) - 1
                connection.execute("UPDATE facts SET value = ? WHERE name = 'revision'", (last,))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        with translated(self._path):
            return self._connection.execute(query, parameters).fetchall()

    def _fact(self, name: str) -> object:
        rows = self._rows("SELECT value FROM facts WHERE name = ?", (name,))
        if not rows:
            raise CorruptError(f"the archive lacks its {name}", where=str(self._path), remedy=REMEDY)
        return rows[0][0]
