"""The archive: every article with its mentions in one SQLite file, the source of truth of each index."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.archive.corrections import Corrections
from index.archive.database import CHUNK, Database
from index.archive.files import Files
from index.archive.hashing import row_checksum
from index.archive.tables import REMEDY
from index.archive.verifying import Damaged, damaged_articles, verify_rows
from index.errors import CorruptError
from index.packing import unpack
from index.types import Tagged

FILE_NAME = "archive.sqlite"
"""The archive's file in the data directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article on its way into the archive: its `id`, content hash, and the bytes of `index.packing.pack`.

    Without a `sketch` (index/stories/sketches.py), one is made when stories are told; without a `cast`
    (index/identity/casts.py), when names are identified.
    """

    id: str
    hash: bytes
    packed: bytes
    sketch: bytes | None = None
    cast: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one article: `packed` is its newest form, or None where it was removed; `story` as in Tagged."""

    id: str
    revision: int
    packed: bytes | None
    story: str = ""


_Row = tuple[str, bytes | None, bytes | None, int]

_NOTHING: Mapping[str, Sequence[tuple[str, bytes | None]]] = {"sketches": (), "casts": ()}
"""The tables that keep something of each article, made from it when it is tagged."""


class Archive:
    """The articles in one SQLite file.

    Every change gets the next `revision`, so that `changes(since=...)` tells an index all that it lacks. One process
    may write while any number read. Each method may raise StoreError: LockedError while another process writes,
    CorruptError where the file is not what was written.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._path = path
        self.database = Database(path, writable=writable)
        self.files = Files(self.database)
        self.corrections = Corrections(self.database)
        self._rows = self.database.rows
        self.identity = str(self.database.fact("identity"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def revision(self) -> int:
        """The number of the last change; 0 before the first."""
        return int(str(self.database.fact("revision")))

    def count(self) -> int:
        """Give the number of articles."""
        [[count]] = self._rows("SELECT count(*) FROM articles WHERE packed IS NOT NULL")
        return int(str(count))

    def known(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Give the content hash of each of the articles that the archive holds."""
        query = "SELECT id, hash FROM articles WHERE hash IS NOT NULL AND id IN ({keys})"
        return {row[0]: row[1] for row in self.database.rows_of(query, ids)}

    def barred(self, ids: Iterable[str]) -> set[str]:
        """Give those of some articles that were removed for good, and are to stay out."""
        return {row[0] for row in self.database.rows_of("SELECT id FROM articles WHERE barred AND id IN ({keys})", ids)}

    def get(self, article_id: str) -> Tagged | None:
        """Give an article with its mentions, or None where there is none of this id."""
        query = "SELECT packed, story FROM articles WHERE id = ? AND packed IS NOT NULL"
        rows = self._rows(query, (article_id,))
        return self.unpacked(rows[0][0], story=rows[0][1] or "") if rows else None

    def unpacked(self, packed: bytes, *, story: str = "") -> Tagged:
        """Give the article of a change; raises CorruptError, with the archive's place, where it is damaged."""
        try:
            return dataclasses.replace(unpack(packed), story=story)
        except CorruptError as error:
            raise CorruptError(error.what, where=str(self._path), remedy=REMEDY) from error

    def put(self, entries: Sequence[Entry]) -> None:
        """Add articles, replacing those with the same ids, in one transaction that is on disk on return."""
        rows: Sequence[_Row] = [(entry.id, entry.hash, entry.packed, 0) for entry in entries]
        beside = {
            "sketches": [(entry.id, entry.sketch) for entry in entries],
            "casts": [(entry.id, entry.cast) for entry in entries],
        }
        self._write(rows, beside)

    def remove(self, ids: Iterable[str], *, barred: bool = False) -> int:
        """Remove articles in one transaction; give how many there were. Where `barred`, they are to stay out."""
        present = self.known(ids)
        self._write([(article_id, None, None, int(barred)) for article_id in present])
        return len(present)

    def changes(self, *, since: int) -> Iterator[Change]:
        """Yield the newest state of each article that changed after the revision `since`, in the order of revisions.

        Each chunk is read by itself, so that a slow consumer holds up no writer; what changes meanwhile comes last.
        """
        query = "SELECT id, revision, packed, story FROM articles WHERE revision > ? ORDER BY revision LIMIT ?"
        while rows := self._rows(query, (since, CHUNK)):
            for article_id, revision, packed, story in rows:
                yield Change(id=article_id, revision=revision, packed=packed, story=story or "")
            since = rows[-1][1]

    def changed_ids(self, *, since: int) -> Iterator[str]:
        """Yield the ids of all articles that changed after the revision `since`, the removed ones among them."""
        query = "SELECT id, revision FROM articles WHERE revision > ? ORDER BY revision LIMIT ?"
        while rows := self._rows(query, (since, CHUNK)):
            yield from (row[0] for row in rows)
            since = rows[-1][1]

    def changed(self, *, since: int) -> int:
        """Give the number of articles that were added or replaced after the revision `since`."""
        [[count]] = self._rows("SELECT count(*) FROM articles WHERE revision > ? AND packed IS NOT NULL", (since,))
        return int(str(count))

    def damaged(self) -> list[Damaged]:
        """Give the articles that are not what was written; raises CorruptError where anything else is damaged."""
        [[verdict]] = self._rows("PRAGMA integrity_check(1)")
        if verdict != "ok":
            raise CorruptError(f"the archive is damaged: {verdict}", where=str(self._path), remedy=REMEDY)
        verify_rows(self.database)
        return list(damaged_articles(self.database))

    def verify(self) -> None:
        """Read everything; raises CorruptError, which names the damaged articles where there are some."""
        damaged = self.damaged()
        if damaged:
            names = ", ".join(f"{one.id} ({one.source or 'of unknown source'})" for one in damaged)
            raise CorruptError(
                f"the archive is damaged: {len(damaged):,} of its articles are not what was written: {names}",
                where=str(self._path),
                remedy="`newsmorgue check --repair` has them read again from their sources; all else is whole",
            )

    def give_up(self, damaged: Sequence[Damaged]) -> None:
        """Take damaged articles out, and have their files read again; those removed for good stay so."""
        self.files.read_again(one.id for one in damaged)
        self._write([(one.id, None, None, int(one.barred)) for one in damaged])

    def _write(self, rows: Sequence[_Row], beside: Mapping[str, Sequence[tuple[str, bytes | None]]] = _NOTHING) -> None:
        """Write articles, and what the tables of `_NOTHING` keep of each by its number."""
        if not rows:
            return
        with self.database.transaction() as connection:
            first = self.revision + 1
            connection.executemany(
                "INSERT INTO articles (id, hash, packed, barred, checksum, revision) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, packed = excluded.packed,"
                " barred = excluded.barred, checksum = excluded.checksum, revision = excluded.revision",
                [(*row, row_checksum(*row), revision) for revision, row in enumerate(rows, first)],
            )
            for table in _NOTHING:
                connection.executemany(
                    f"DELETE FROM {table} WHERE article = (SELECT number FROM articles WHERE id = ?)",  # noqa: S608
                    [(row[0],) for row in rows],
                )
                connection.executemany(
                    f"INSERT INTO {table} SELECT number, ?2, ?3 FROM articles WHERE id = ?1",  # noqa: S608
                    [(one, data, row_checksum(data)) for one, data in beside[table] if data is not None],
                )
            last = first + len(rows) - 1
            connection.execute("UPDATE facts SET value = ? WHERE name = 'revision'", (last,))
