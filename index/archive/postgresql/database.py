"""An archive's database in PostgreSQL, as `index.archive.database` asks for it.

Changes of one part follow each other by an advisory lock that ends with the transaction, as in SQLite by that of the
file: revisions become visible in their order, and READ COMMITTED needs no more. A connection that is lost is opened
again for as long as the server's patience; where it was lost while a commit was on its way, the table `commits` tells
whether it was kept, so that nothing is lost and nothing done twice. (`pg_xact_status` would not do: a server that
crashes may give a number that it lost to another transaction.)
"""

import contextlib
import functools
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from index.archive.database import FORMAT, Part, Row, Transaction
from index.archive.postgresql.address import Server
from index.archive.postgresql.driver import REMEDY, AgainError, connect, translated
from index.archive.postgresql.locks import ALONE, NUMBERS, SCHEMA_LOCK, number_of, told
from index.archive.postgresql.tables import FACTS, SCHEMA, TABLES
from index.errors import LockedError, NoIndexError, StoreError, UnreachableError

_PAUSE = 0.2
"""Seconds between two attempts to reach a server."""

_COMMIT = (
    "WITH old AS (DELETE FROM commits WHERE at < now() - interval '7 days')"
    " INSERT INTO commits (client, number) VALUES (?, ?)"
    " ON CONFLICT (client) DO UPDATE SET number = excluded.number, at = now()"
)
"""Notes the last change of a connection and those that follow it; nobody is in doubt for a week."""

_Result = TypeVar("_Result")

_PARAMETER = re.compile(r"\?(\d*)")


class PostgresDatabase:
    """One connection to a server, and those that follow it; an `index.archive.database.Database`.

    Not safe for threads. Any number of machines may write; `alone` holds an advisory lock of the session, for which
    others wait as long as their patience, and then raise LockedError, which names the holder.
    """

    remedy = REMEDY
    shared = True

    def __init__(self, server: Server, *, writable: bool = True) -> None:
        self.place = str(server)
        self._server = server
        self._writable = writable
        self._bound = 0
        self._client = secrets.token_hex(8)
        self._changes = 0
        self._connection = connect(server, writable=writable)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        with translated(self.place):
            self._connection.close()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> Sequence[Row]:
        """Give all rows of a query, once more where the connection was lost before them."""
        waiting = _Patience(self._server.patience)
        while True:
            try:
                return self._asked(query, parameters)
            except UnreachableError as error:
                self._again(waiting, error)

    def run(self, query: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement of a transaction."""
        self._connection.execute(_ours(query), parameters or None)

    def many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement of a transaction once for each row of parameters, without waiting for each."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_ours(query), rows)

    def has(self, table: str) -> bool:
        """Tell whether there is a table."""
        return bool(self.rows("SELECT 1 WHERE to_regclass(?) IS NOT NULL", (f"{SCHEMA}.{table}",)))

    def change(self, work: Callable[[Transaction], _Result], *, part: Part = "articles") -> _Result:
        """Run `work` in a transaction, again where it fails for a reason that passes; see `Database.change`."""
        waiting = _Patience(self._server.patience)
        doubtful: _Attempt[_Result] | None = None
        while True:
            attempt: _Attempt[_Result] = _Attempt(work=work, before=doubtful)
            try:
                self._try(attempt, part)
            except AgainError:
                if self._bound or not waiting.on():
                    raise
                doubtful = attempt.before
            except UnreachableError as error:
                self._again(waiting, error)
                doubtful = attempt if attempt.ended else attempt.before
            else:
                return attempt.result[0]

    def alone(self) -> AbstractContextManager[None]:
        """Hold off all others who want to change articles, and wait for those who do.

        Where the connection is lost meanwhile, the lock is too: what is asked then raises UnreachableError.
        """
        return self._holding(ALONE)

    def reserved(self, name: str) -> AbstractContextManager[None]:
        """Hold a lock of that name, and wait for who has it; lost with the connection, as that of `alone`."""
        return self._holding(number_of(name))

    def now(self) -> int:
        """Give the server's time."""
        [[seconds]] = self.rows("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(seconds)

    @contextlib.contextmanager
    def _holding(self, lock: int) -> Iterator[None]:
        self._begin(lambda: self._locked("SELECT pg_advisory_lock($1)", lock))
        self._bound += 1
        try:
            yield
        finally:
            self._bound -= 1
            with contextlib.suppress(StoreError):  # the lock is gone with the connection
                self._asked("SELECT pg_advisory_unlock(?)", (lock,))

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Let all queries see one moment; where the connection is lost meanwhile, they raise UnreachableError."""
        self._begin(self._freeze)
        self._bound += 1
        try:
            yield
        finally:
            self._bound -= 1
            self._roll_back()

    def renumber(self, transaction: Transaction, table: str) -> None:
        """Give the new rows of a table numbers after those that rows were written with."""
        transaction.rows(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number)) FROM {table}"  # noqa: S608  ours
        )

    def verify(self) -> None:
        """Do nothing: the server checks its pages as it reads them, where it was made with data checksums."""

    def _prepare(self) -> None:
        with translated(self.place):
            found = _format(self._connection)
        if found > FORMAT:
            raise StoreError(
                f"the archive has the format {found}, this Newsmorgue knows up to {FORMAT}",
                where=self.place,
                remedy="Install the newer version that wrote it",
            )
        if not found and not self._writable:
            raise NoIndexError(
                "there is no archive", where=self.place, remedy="Make one with `newsmorgue index PATH...`"
            )
        if not found:
            self._locked("SELECT pg_advisory_lock($1)", SCHEMA_LOCK)
            # Another may have made them meanwhile; a transaction that began before would not know.
            with translated(self.place), self._connection.transaction():
                if not _format(self._connection):
                    self._make()
            self._asked("SELECT pg_advisory_unlock(?)", (SCHEMA_LOCK,))

    def _make(self) -> None:
        if not self._asked("SELECT 1 FROM pg_namespace WHERE nspname = ?", (SCHEMA,)):
            self._connection.execute(f"CREATE SCHEMA {SCHEMA}")
        self._connection.execute(TABLES)
        self.many(
            "INSERT INTO facts VALUES (?, ?)",
            [("identity", secrets.token_hex(8)), *((name, str(value)) for name, value in FACTS.items())],
        )

    def _begin(self, begin: Callable[[], object]) -> None:
        """Do what may be done again where the connection was lost before."""
        waiting = _Patience(self._server.patience)
        while True:
            try:
                begin()
            except UnreachableError as error:
                self._again(waiting, error)
            else:
                return

    def _freeze(self) -> None:
        with translated(self.place):
            self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._connection.execute("SELECT 1 FROM facts")  # the moment is that of the first query

    def _asked(self, query: str, parameters: Sequence[object] = ()) -> Sequence[Row]:
        with translated(self.place), self._connection.cursor(binary=True) as cursor:
            found: list[Row] = cursor.execute(_ours(query), parameters or None).fetchall()
            return found

    def _locked(self, query: str, lock: int) -> Sequence[Row]:
        """Take a lock; LockedError names who has it."""
        try:
            with translated(self.place):
                found: list[Row] = self._connection.execute(query, (lock,)).fetchall()
                return found
        except LockedError as error:
            with connect(self._server, writable=False) as other:
                raise LockedError(
                    f"{told(other, lock)} is writing here", where=self.place, remedy="Wait until it is done"
                ) from error

    def _try(self, attempt: "_Attempt[_Result]", part: Part) -> None:
        self._bound += 1
        try:
            with translated(self.place):
                self._connection.execute("BEGIN")
                self._locked("SELECT pg_advisory_xact_lock($1)", NUMBERS[part])  # what was on its way has ended
                self._work(attempt)
                self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._bound -= 1

    def _roll_back(self) -> None:
        """End a transaction, unless the connection is lost, or it has ended."""
        with contextlib.suppress(StoreError), translated(self.place):
            self._connection.rollback()

    def _work(self, attempt: "_Attempt[_Result]") -> None:
        """Do the work of an attempt, unless the one before was kept after all."""
        before, query = attempt.before, "SELECT 1 FROM commits WHERE client = ? AND number = ?"
        if before and self._asked(query, (self._client, before.number)):
            attempt.result, attempt.number = before.result, before.number
        else:
            attempt.before = None
            self._changes += 1
            attempt.number = self._changes
            attempt.result.append(attempt.work(self))
            self.run(_COMMIT, (self._client, attempt.number))
        attempt.ended = True

    def _again(self, waiting: "_Patience", error: UnreachableError) -> None:
        """Open the connection again; raises what went wrong where it cannot go on, or patience is over."""
        if self._bound or not self._connection.closed:
            raise error
        while waiting.on():
            try:
                self._connection = connect(self._server, writable=self._writable)
            except UnreachableError as still:
                error = still
            else:
                return
        raise error


@dataclass(slots=True, kw_only=True)
class _Attempt(Generic[_Result]):
    """One attempt at a transaction: its `number` among ours, whether `work` came to its end, and its `result`.

    The one `before` ended too, and may have been kept.
    """

    work: Callable[[Transaction], _Result]
    before: "_Attempt[_Result] | None" = None
    number: int = 0
    ended: bool = False
    result: list[_Result] = field(default_factory=list)


class _Patience:
    """How long something is tried again: once at once, then after pauses."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._times = 0

    def on(self) -> bool:
        """Tell whether to go on, after a pause."""
        self._times += 1
        if self._times == 1:
            return True
        if time.monotonic() > self._until:
            return False
        time.sleep(_PAUSE)
        return True


def server_format(server: Server) -> int:
    """Give the version of the tables that a server has, 0 where there are none; raises UnreachableError."""
    with connect(server, writable=False) as connection, translated(str(server)):
        return _format(connection)


def _format(connection: Any) -> int:
    [there] = connection.execute("SELECT to_regclass($1)::text", (f"{SCHEMA}.facts",)).fetchone()
    if there is None:
        return 0
    [version] = connection.execute(f"SELECT value FROM {SCHEMA}.facts WHERE name = 'format'").fetchone()  # noqa: S608  ours
    return int(version)


@functools.lru_cache(maxsize=1_000)
def _ours(query: str) -> str:
    """Write a query's parameters as PostgreSQL does: `$1` for `?1`, and for each `?` the next number."""
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"${found[1] or count}"

    return _PARAMETER.sub(numbered, query)
