"""The generations of an index that several machines write: which one is current, and the small files it consists of.

What is large lies on a cluster, at a *place* that every machine calls alike. The archive's database says which
generation is current there, so that any machine can bring its data directory up to it; `index/pipeline/sharing.py`
says when. Times are the database's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.archive.database import Database, Transaction
from index.errors import StoreError

TABLES = (
    "CREATE TABLE IF NOT EXISTS generations (place TEXT, number BIGINT, name TEXT NOT NULL, digest TEXT NOT NULL,"
    " held TEXT NOT NULL, committed BIGINT NOT NULL, PRIMARY KEY (place, number))",
    "CREATE TABLE IF NOT EXISTS generation_files (place TEXT, number BIGINT, name TEXT, data BYTEA NOT NULL,"
    " PRIMARY KEY (place, number, name))",
)
"""`digest` is of the manifest, `held` what the cluster calls the index. Archives of older versions lack both tables."""

_COUNTER = "writes"
"""The fact that numbers writes, of all places together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A generation as the archive has it: its `name`, the SHA-256 of its manifest, and all its `files`."""

    name: str
    digest: str
    files: Mapping[str, bytes]


class Generations:
    """The generations at one place; each method may raise StoreError as those of `index.archive.archive` do."""

    def __init__(self, database: Database, place: str) -> None:
        self._database = database
        self._place = place
        self._there = False

    def newest(self) -> str | None:
        """Give the name of the current generation, None where none was ever recorded."""
        if not self._has_tables():
            return None
        query = "SELECT name FROM generations WHERE place = ? ORDER BY number DESC LIMIT 1"
        rows = self._database.rows(query, (self._place,))
        return str(rows[0][0]) if rows else None

    def current(self) -> Recorded | None:
        """Give the current generation whole, as of one moment; None where none was ever recorded."""
        if not self._has_tables():
            return None
        rows = self._database.rows(
            "SELECT g.name, g.digest, f.name, f.data FROM generations g LEFT JOIN generation_files f"
            " ON f.place = g.place AND f.number = g.number"
            " WHERE g.place = ?1 AND g.number = (SELECT max(number) FROM generations WHERE place = ?1)",
            (self._place,),
        )
        if not rows:
            return None
        files = {str(name): bytes(data) for _, _, name, data in rows if name is not None}
        return Recorded(name=str(rows[0][0]), digest=str(rows[0][1]), files=files)

    def begin(self, *, at_least: int, keep: int, seconds: int) -> tuple[int, frozenset[str]]:
        """Begin a write: give its number, above that of any before, and the indices that may still be read.

        The number is no less than `at_least`. Generations are forgotten here, with their index, when `keep` newer ones
        are there and they were replaced more than `seconds` ago.
        """
        self._make_tables()

        def work(transaction: Transaction) -> tuple[int, frozenset[str]]:
            self._forget(transaction, keep, seconds)
            rows = transaction.rows("SELECT value FROM facts WHERE name = ?", (_COUNTER,))
            number = max(at_least, int(str(rows[0][0])) + 1 if rows else 0)
            transaction.run(
                "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (_COUNTER, str(number)),
            )
            held = transaction.rows("SELECT DISTINCT held FROM generations WHERE place = ?", (self._place,))
            return number, frozenset(str(row[0]) for row in held)

        return self._database.change(work, part="generations")

    def record(self, generation: Recorded, *, number: int, held: str, keep: int) -> None:
        """Make a generation the current one, in one transaction that is on disk on return; raises StoreError.

        `number` is that in its name, `held` what the cluster calls its index. The files of all but the last `keep` go.
        """
        committed = self._database.now()

        def work(transaction: Transaction) -> None:
            [[last]] = transaction.rows(
                "SELECT coalesce(max(number), 0) FROM generations WHERE place = ?", (self._place,)
            )
            if number <= last:
                raise StoreError(
                    f"generation {number} comes after {last}", where=self._database.place, remedy="Run the same again"
                )
            transaction.run(
                "INSERT INTO generations (place, number, name, digest, held, committed) VALUES (?, ?, ?, ?, ?, ?)",
                (self._place, number, generation.name, generation.digest, held, committed),
            )
            transaction.many(
                "INSERT INTO generation_files (place, number, name, data) VALUES (?, ?, ?, ?)",
                [(self._place, number, name, data) for name, data in generation.files.items()],
            )
            transaction.run(
                "DELETE FROM generation_files WHERE place = ?1 AND number NOT IN"
                " (SELECT number FROM generations WHERE place = ?1 ORDER BY number DESC LIMIT ?2)",
                (self._place, keep),
            )

        self._database.change(work, part="generations")

    def _forget(self, transaction: Transaction, keep: int, seconds: int) -> None:
        query = "SELECT number, committed FROM generations WHERE place = ? ORDER BY number DESC"
        rows = transaction.rows(query, (self._place,))
        since = self._database.now() - seconds
        gone = [rows[at][0] for at in range(keep, len(rows)) if rows[at - 1][1] < since]
        for table in ("generations", "generation_files"):
            transaction.many(
                f"DELETE FROM {table} WHERE place = ? AND number = ?",  # noqa: S608  a name of ours
                [(self._place, number) for number in gone],
            )

    def _has_tables(self) -> bool:
        self._there = self._there or self._database.has("generations")
        return self._there

    def _make_tables(self) -> None:
        """Make the tables where an archive of an older version lacks them, for which PostgreSQL wants CREATE."""

        def work(transaction: Transaction) -> None:
            for statement in TABLES:
                transaction.run(statement)

        if not self._has_tables():
            self._database.change(work, part="generations")
