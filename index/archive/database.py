"""What an archive asks of the database that keeps it: the seam between its own SQL and the rooms beside it.

`sqlite` and `postgresql` each implement `Database`; nothing else knows which one it is. The modules of this package
write SQL that both understand, by these rules: parameters are `?`, or `?1`, `?2` where one comes twice; an upsert is
`ON CONFLICT`; NULLs are compared by `coalesce`; truth is kept as 0 and 1; names of temporary tables are not those of
others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, TypeVar

from index.errors import CorruptError

CHUNK = 500
"""Parameters or rows at a time: below SQLite's oldest limit of 999, and bounded memory."""

FORMAT = 3
"""The version of the tables, in both rooms; raised whenever they change."""

Row = tuple[Any, ...]

Part = Literal["articles", "corrections", "generations"]
"""What a change is of: those of one part follow each other, those of two need not wait for each other."""

_Result = TypeVar("_Result")


class Rows(Protocol):
    """Something that answers queries."""

    def rows(self, query: str, parameters: Sequence[object] = ()) -> Sequence[Row]:
        """Give all rows of a query."""


class Transaction(Rows, Protocol):
    """The inside of a change, which is kept as a whole or not at all."""

    def run(self, query: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement."""

    def many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of parameters."""


class Database(Rows, Protocol):
    """One connection to the database of one archive.

    Each method may raise StoreError: LockedError while another writes, CorruptError where something is not what was
    written, UnreachableError where a server does not answer.
    """

    place: str
    """Where it is, for people."""

    remedy: str
    """What to do where it is damaged."""

    shared: bool
    """Whether several machines write to it, each with a data directory of its own."""

    def close(self) -> None:
        """Close the connection."""

    def has(self, table: str) -> bool:
        """Tell whether there is a table."""

    def change(self, work: Callable[[Transaction], _Result], *, part: Part = "articles") -> _Result:
        """Run `work` in a transaction that is on disk on return, or undone where it raises; give what it gives.

        No other changes the same part meanwhile. `work` may be run again from its beginning, where a server or the way
        to it fails: it must do nothing but what it does to the database.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Hold off all others who want to change articles; what it takes besides, each room says."""

    def reserved(self, name: str) -> AbstractContextManager[None]:
        """Hold off all others who want to reserve the same name; articles and corrections are written meanwhile."""

    def now(self) -> int:
        """Give the time in seconds by the one clock that all who write have in common."""

    def frozen(self) -> AbstractContextManager[None]:
        """Let all queries see the database as of one moment, whoever changes it; nothing is changed meanwhile."""

    def renumber(self, transaction: Transaction, table: str) -> None:
        """Give the new rows of a table numbers after those that rows were written with."""

    def verify(self) -> None:
        """Check what the database itself can check; raises CorruptError."""


def rows_of(source: Rows, query: str, keys: Iterable[object], *others: object) -> Iterator[Row]:
    """Yield the rows of a query for many keys, which take the place of its `{keys}`, some at a time.

    The parameters that follow the keys are `others`.
    """
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        yield from source.rows(query.format(keys=",".join("?" * len(chunk))), [*chunk, *others])


def fact(source: Rows, name: str, database: Database) -> str:
    """Give a fact about the archive; raises CorruptError where it is lost."""
    for (value,) in source.rows("SELECT value FROM facts WHERE name = ?", (name,)):
        return str(value)
    raise CorruptError(f"the archive lacks its {name}", where=database.place, remedy=database.remedy)


def number(database: Database, name: str) -> int:
    """Give a fact that is a number: `revision`, `linked`."""
    stated = fact(database, name, database)
    if not stated.isascii() or not stated.isdigit():
        raise CorruptError(f"the archive's {name} is no number", where=database.place, remedy=database.remedy)
    return int(stated)
