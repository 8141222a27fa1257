"""An archive's SQLite file, as `index.archive.database` asks for it."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from index.archive.database import Part, Row, Transaction
from index.archive.sqlite.tables import REMEDY, connect, may_be_absent, statements, statements_of, translated
from index.errors import CorruptError

_Result = TypeVar("_Result")

_INDICES = {
    "articles_by_revision": ("articles", "revision"),
    "articles_by_file": ("articles", "file"),
    "articles_by_story": ("articles", "story"),
    "holds_by_article": ("holds", "article"),
    "ages_by_time": ("ages", "modified"),
    "facts_by_value": ("facts", "value"),
}
"""The indices, with table and first column, that are read whole: SQLite's own check passes over an entry whose key it
finds, though a query that reads the entry then fails."""


class SqliteDatabase:
    """One connection to a file; an `index.archive.database.Database`.

    One process writes articles at a time, by the writer's lock of its data directory.
    """

    remedy = REMEDY
    shared = False

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self.place = str(path)
        self._path = path
        self._connection = connect(path, writable=writable)

    def close(self) -> None:
        """Close the file."""
        with translated(self._path):
            self._connection.close()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> Sequence[Row]:
        """Give all rows of a query."""
        with translated(self._path):
            return self._connection.execute(query, parameters).fetchall()

    def run(self, query: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement of a transaction."""
        self._connection.execute(query, parameters)

    def many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement of a transaction once for each row of parameters."""
        self._connection.executemany(query, rows)

    def has(self, table: str) -> bool:
        """Tell whether there is a table."""
        return bool(self.rows("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def change(self, work: Callable[[Transaction], _Result], *, part: Part = "articles") -> _Result:
        """Run `work` in a transaction; see `Database.change`."""
        with translated(self._path), self._transaction():
            return work(self)

    def alone(self) -> AbstractContextManager[None]:
        """Do nothing: who may change articles holds the writer's lock of the data directory."""
        return contextlib.nullcontext()

    def reserved(self, name: str) -> AbstractContextManager[None]:
        """Do nothing, for the same reason."""
        return contextlib.nullcontext()

    def now(self) -> int:
        """Give the time by this machine's clock, the only one."""
        return int(time.time())

    def frozen(self) -> AbstractContextManager[None]:
        """Do nothing, for the same reason."""
        return contextlib.nullcontext()

    def renumber(self, transaction: Transaction, table: str) -> None:
        """Do nothing: SQLite numbers new rows after the last."""

    def verify(self) -> None:
        """Check the structure of the file's pages, and that the tables are those that were made.

        SQLite believes the text by which it keeps them: with a bit of that, a table may have other columns.
        """
        [[verdict]] = self.rows("PRAGMA integrity_check(1)")
        if verdict != "ok":
            raise CorruptError(f"the archive is damaged: {verdict}", where=self.place, remedy=REMEDY)
        made, found = statements(), statements_of(self.rows("SELECT type, name, sql FROM sqlite_master"))
        wrong = [key for key, statement in found.items() if made.get(key, "") != statement]
        wrong += [key for key in made if key not in found and not may_be_absent(key[1])]
        if wrong:
            kind, name = wrong[0]
            raise CorruptError(
                f"the archive is damaged: its {kind} {name} is not as it was made", where=self.place, remedy=REMEDY
            )
        if {str(name) for name, _ in self.rows("SELECT name, seq FROM sqlite_sequence")} - {"files"}:
            raise CorruptError("the archive is damaged: its counter is not as it was", where=self.place, remedy=REMEDY)
        for name, (table, column) in _INDICES.items():
            if self.has(name):
                query = f"SELECT sum(length({column})) FROM {table} INDEXED BY {name} WHERE {column} IS NOT NULL"  # noqa: S608
                self.rows(query)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise
