"""Bring a whole archive from one place to another: from a file to a server, and back."""

from collections.abc import Callable, Iterator

from index.archive.archive import Archive
from index.archive.connecting import Place
from index.archive.database import CHUNK, Database, Row, Transaction
from index.errors import CorruptError, StoreError

_TABLES = {
    "articles": ("number", "id", "revision", "hash", "packed", "checksum", "barred", "file", "story"),
    "files": ("number", "source", "state", "articles", "duplicates", "removed", "rejections", "checksum"),
    "holds": ("article", "file"),
    "ages": ("file", "modified"),
    "sketches": ("article", "sketch", "checksum"),
    "casts": ("article", "data", "checksum"),
    "computed": ("name", "data", "checksum"),
    "corrections": ("number", "time", "what", "given", "note", "checksum"),
}
"""All columns of all tables but that of facts; the first is what they are read by, in its order."""

_FACTS = ("identity", "revision", "linked")

_NUMBERED = ("articles", "files")


def move(source: Place, target: Place, *, on_moved: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write all that an archive holds to another, empty one; give the number of its articles.

    It is the same archive there, with its identity and revisions, so that indices made of it go on. What is at `source`
    stays. All of it arrives or nothing; damage comes along, with the checksums that tell of it. Raises StoreError
    where there is something at `target` already, CorruptError where less arrived.
    """
    with Archive(source, writable=False) as old, Archive(target) as new:
        if new.identity == old.identity and new.revision == old.revision:
            return new.count()
        if new.revision or new.corrections.last:
            raise StoreError(
                "there is another archive already",
                where=new.database.place,
                remedy="Make an empty database, or delete that archive's file",
            )
        total = old.count()

        def work(inside: Transaction) -> None:
            for table, columns in _TABLES.items():
                written = _copied(old.database, inside, table, columns, lambda done: on_moved(done, total))
                _check(inside, table, written, new.database)
            for table in _NUMBERED:
                new.database.renumber(inside, table)
            for name in _FACTS:
                [[value]] = old.database.rows("SELECT value FROM facts WHERE name = ?", (name,))
                inside.run(
                    "UPDATE facts SET value = ? WHERE name = ?", (value if name == "identity" else int(value), name)
                )

        with new.alone(), old.frozen():
            new.database.change(work)
        return new.count()


def _copied(
    source: Database, target: Transaction, table: str, columns: tuple[str, ...], on_moved: Callable[[int], None]
) -> int:
    listed, holders = ", ".join(columns), ", ".join("?" * len(columns))
    written = 0
    for rows in _chunks(source, table, columns):
        target.many(f"INSERT INTO {table} ({listed}) VALUES ({holders})", rows)  # noqa: S608  names of ours
        written += len(rows)
        if table == "articles":
            on_moved(written)
    return written


def _chunks(source: Database, table: str, columns: tuple[str, ...]) -> Iterator[list[Row]]:
    """Yield the rows of a table, those that share their first column together."""
    key, listed = columns[0], ", ".join(columns)
    query = f"SELECT {listed} FROM {table} {{}} ORDER BY {key} LIMIT ?"  # noqa: S608  names of ours
    rows = list(source.rows(query.format(""), (CHUNK,)))
    while rows:
        last = rows[-1][0]
        rest = source.rows(f"SELECT {listed} FROM {table} WHERE {key} = ?", (last,))  # noqa: S608
        yield [*(row for row in rows if row[0] != last), *rest]
        rows = list(source.rows(query.format(f"WHERE {key} > ?"), (last, CHUNK)))


def _check(target: Transaction, table: str, written: int, database: Database) -> None:
    [[count]] = target.rows(f"SELECT count(*) FROM {table}")  # noqa: S608  a name of ours
    if count != written:
        raise CorruptError(f"{written:,} rows of {table} were written, and {count:,} arrived", where=database.place)
