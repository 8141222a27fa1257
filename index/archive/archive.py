"""The archive: every article with its mentions in one database, the source of truth of each index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from index.archive.beside import beside_checksum
from index.archive.connecting import Place, connect
from index.archive.corrections import Corrections
from index.archive.database import CHUNK, Row, Rows, Transaction, fact, number, rows_of
from index.archive.files import Files
from index.archive.hashing import row_checksum
from index.archive.holding import Version, claim
from index.archive.verifying import Damaged, damaged_articles, damaged_derived, drop_derived, verify_rows
from index.errors import CorruptError
from index.packing import Packed
from index.types import Tagged

FILE_NAME = "archive.sqlite"
"""The archive's file in the data directory, unless it is kept on a server."""


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

_UNCLAIMED: Mapping[str, Version] = {}


class Archive:
    """The articles in one place: an SQLite file or a database of PostgreSQL.

    Every change gets the next `revision`, so that `changes(since=...)` tells an index all that it lacks. One process
    may write to a file while any number read; to a server, several may. Each method may raise StoreError: LockedError
    while another process writes, CorruptError where something is not what was written, UnreachableError where the
    server does not answer.
    """

    def __init__(self, place: Place, *, writable: bool = True) -> None:
        self.database = connect(place, writable=writable)
        self.files = Files(self.database)
        self.corrections = Corrections(self.database)
        self._rows = self.database.rows
        self.identity = fact(self.database, "identity", self.database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def alone(self) -> AbstractContextManager[None]:
        """Hold off all others who want to change articles, on other machines too; corrections go on.

        For an SQLite file, the writer's lock of its data directory does so, and this does nothing.
        """
        return self.database.alone()

    def reserved(self, name: str) -> AbstractContextManager[None]:
        """Hold off all others who want to reserve the same name; articles and corrections are written meanwhile."""
        return self.database.reserved(name)

    def frozen(self) -> AbstractContextManager[None]:
        """Show the archive as of one moment, whoever changes it meanwhile; nothing may be written through this one."""
        return self.database.frozen()

    @property
    def revision(self) -> int:
        """The number of the last change; 0 before the first."""
        return number(self.database, "revision")

    def count(self) -> int:
        """Give the number of articles."""
        [[count]] = self._rows("SELECT count(*) FROM articles WHERE packed IS NOT NULL")
        return int(str(count))

    def known(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Give the content hash of each of the articles that the archive holds."""
        query = "SELECT id, hash FROM articles WHERE hash IS NOT NULL AND id IN ({keys})"
        return {row[0]: row[1] for row in rows_of(self.database, query, ids)}

    def barred(self, ids: Iterable[str]) -> set[str]:
        """Give those of some articles that were removed for good, and are to stay out."""
        return _barred(self.database, ids)

    def get(self, article_id: str) -> Tagged | None:
        """Give an article with its mentions, or None where there is none of this id."""
        query = "SELECT packed, story FROM articles WHERE id = ? AND packed IS NOT NULL"
        rows = self._rows(query, (article_id,))
        return self.unpacked(rows[0][0], story=rows[0][1] or "") if rows else None

    def unpacked(self, packed: bytes, *, story: str = "") -> Tagged:
        """Give the article of a change; raises CorruptError, with the archive's place, where it is damaged."""
        return self.packed(packed, story=story).tagged()

    def packed(self, packed: bytes, *, story: str = "") -> Packed:
        """Give the article of a change as it is, to be unpacked elsewhere."""
        return Packed(data=packed, story=story, where=self.database.place, remedy=self.database.remedy)

    def put(self, entries: Sequence[Entry], *, revive: bool = True, claims: Mapping[str, Version] = _UNCLAIMED) -> None:
        """Add articles, replacing those with the same ids, in one transaction that is on disk on return.

        By their ids, `claims` are the files that they came from, which belong to these from now on.
        What was removed for good comes back where `revive`, else it stays out: another machine may have removed it
        since its source was read.
        """

        def work(transaction: Transaction) -> None:
            barred = set() if revive else _barred(transaction, [entry.id for entry in entries])
            kept = [entry for entry in entries if entry.id not in barred]
            rows: Sequence[_Row] = [(entry.id, entry.hash, entry.packed, 0) for entry in kept]
            beside = {
                "sketches": [(entry.id, entry.sketch) for entry in kept],
                "casts": [(entry.id, entry.cast) for entry in kept],
            }
            self._write(transaction, rows, beside)
            claim(transaction, {entry.id: claims[entry.id] for entry in kept if entry.id in claims})

        if entries:
            self.database.change(work)

    def remove(self, ids: Iterable[str], *, barred: bool = False) -> int:
        """Remove articles in one transaction; give how many there were. Where `barred`, they are to stay out."""
        wanted = list(ids)

        def work(transaction: Transaction) -> int:
            present = self.known(wanted)
            self._write(transaction, [(article_id, None, None, int(barred)) for article_id in present])
            return len(present)

        return self.database.change(work) if wanted else 0

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
        self.database.verify()
        verify_rows(self.database)
        return list(damaged_articles(self.database))

    def verify(self) -> None:
        """Read everything; raises CorruptError, which names the damaged articles where there are some."""
        damaged = self.damaged()
        if damaged:
            names = ", ".join(f"{one.id} ({one.source or 'of unknown source'})" for one in damaged)
            raise CorruptError(
                f"the archive is damaged: {len(damaged):,} of its articles are not what was written: {names}",
                where=self.database.place,
                remedy="`newsmorgue check --repair` has them read again from their sources; all else is whole",
            )
        derived = self.derived()
        if derived:
            raise CorruptError(
                f"the archive is damaged in what was made of its articles: {', '.join(derived)}",
                where=self.database.place,
                remedy="`newsmorgue check --repair` has it made again; all else is whole",
            )

    def derived(self) -> dict[str, list[Row]]:
        """Give the damaged rows of what was made of articles (sketches, casts, what names mean), by their tables."""
        return damaged_derived(self.database)

    def drop_derived(self, damaged: Mapping[str, Sequence[Row]]) -> None:
        """Take damaged rows of what was made of articles out; the next update makes them again."""
        self.database.change(lambda transaction: drop_derived(transaction, damaged))

    def give_up(self, damaged: Sequence[Damaged]) -> None:
        """Take damaged articles out, and have their files read again; those removed for good stay so."""
        self.files.read_again(one.id for one in damaged)
        rows: Sequence[_Row] = [(one.id, None, None, int(one.barred)) for one in damaged]
        self.database.change(lambda transaction: self._write(transaction, rows))

    def _write(
        self,
        transaction: Transaction,
        rows: Sequence[_Row],
        beside: Mapping[str, Sequence[tuple[str, bytes | None]]] = _NOTHING,
    ) -> None:
        """Write articles, and what the tables of `_NOTHING` keep of each by its number.

        Of an article that was removed for good its sketch stays, 126 numbers by which it is known when it was edited.
        """
        if not rows:
            return
        first = self.revision + 1
        transaction.many(
            "INSERT INTO articles (id, hash, packed, barred, checksum, revision) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, packed = excluded.packed,"
            " barred = excluded.barred, checksum = excluded.checksum, revision = excluded.revision",
            [(*row, row_checksum(*row), revision) for revision, row in enumerate(rows, first)],
        )
        for table in _NOTHING:
            transaction.many(
                f"DELETE FROM {table} WHERE article = (SELECT number FROM articles WHERE id = ?)",  # noqa: S608
                [(row[0],) for row in rows if not (row[3] and table == "sketches")],
            )
            transaction.many(
                f"INSERT INTO {table} SELECT number, ?2, ?3 FROM articles WHERE id = ?1",  # noqa: S608
                [(one, data, beside_checksum(one, data)) for one, data in beside[table] if data is not None],
            )
        last = first + len(rows) - 1
        transaction.run("UPDATE facts SET value = ? WHERE name = 'revision'", (last,))


def _barred(source: Rows, ids: Iterable[str]) -> set[str]:
    return {row[0] for row in rows_of(source, "SELECT id FROM articles WHERE barred <> 0 AND id IN ({keys})", ids)}
