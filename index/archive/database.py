"""The archive's SQLite file as the modules of this package use it: rows, transactions, facts."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.archive.tables import REMEDY, connect, translated
from index.errors import CorruptError

CHUNK = 500
"""Parameters or rows at a time: below SQLite's oldest limit of 999, and bounded memory."""


class Database:
    """One connection; each method may raise StoreError, LockedError or CorruptError as `index.archive.tables` says."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self.path = path
        self._connection = connect(path, writable=writable)

    def close(self) -> None:
        """Close the file."""
        with translated(self.path):
            self._connection.close()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Give all rows of a query."""
        with translated(self.path):
            return self._connection.execute(query, parameters).fetchall()

    def rows_of(self, query: str, keys: Iterable[object]) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query for many keys, which take the place of its `{keys}`, some at a time."""
        wanted = list(keys)
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            yield from self.rows(query.format(keys=",".join("?" * len(chunk))), chunk)

    def fact(self, name: str) -> object:
        """Give a fact about the archive."""
        rows = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        if not rows:
            raise CorruptError(f"the archive lacks its {name}", where=str(self.path), remedy=REMEDY)
        return rows[0][0]

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold a transaction that is on disk at the end of the block, or undone where the block raises."""
        with translated(self.path):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
