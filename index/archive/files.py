"""The files that articles came from: which are read already, and which articles each of them has."""

import dataclasses
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.archive.database import Database
from index.archive.hashing import row_checksum
from index.types import Rejected

_BELOW = "source = ?1 OR (source > ?1 || '/' AND source < ?1 || '0')"  # "0" comes right after "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file that was read to its end.

    `source` is its absolute path (`-` for standard input). `state` tells this version of the file, read in this way,
    from any other; None where it must be read again anyhow. It has the articles `owned`, of which its form counts, and
    `others`, of which another file's does or which are to stay out: `duplicates` and `removed` say how many times.
    """

    source: str
    state: str | None
    owned: Sequence[str] = ()
    others: Sequence[str] = ()
    articles: int = 0
    duplicates: int = 0
    removed: int = 0
    rejections: Sequence[Rejected] = ()
    modified: int = 0
    """When this version of the file was written, in nanoseconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Version:
    """A version of a file; of several with one article, the greatest has the form that counts.

    That is the one `modified` last (nanoseconds since 1970, 0 where unknown); of those written at once, the last by
    name, so that it does not matter in which order and by how many runs they are read.
    """

    modified: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKnown:
    """What came of a file when it was read the last time; the numbers are those of `FileRead`."""

    number: int
    articles: int
    duplicates: int
    removed: int
    rejections: tuple[Rejected, ...]


class Files:
    """The files of one archive; each method may raise StoreError as those of `index.archive.archive` do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unchanged(self, source: str, state: str) -> FileKnown | None:
        """Give what came of a file, where it was read to its end in this very state."""
        query = "SELECT number, articles, duplicates, removed, rejections FROM files WHERE source = ? AND state = ?"
        for number, articles, duplicates, removed, rejections in self._database.rows(query, (source, state)):
            return FileKnown(
                number=number,
                articles=articles,
                duplicates=duplicates,
                removed=removed,
                rejections=() if rejections == "[]" else tuple(Rejected(**one) for one in json.loads(rejections)),
            )
        return None

    def record(self, files: Iterable[FileRead]) -> None:
        """Keep what came of files, whose articles are in the archive already."""
        with self._database.transaction() as connection:
            for file in files:
                rejections = json.dumps([dataclasses.asdict(one) for one in file.rejections], ensure_ascii=True)
                values = (file.source, file.state, file.articles, file.duplicates, file.removed, rejections)
                [[number]] = connection.execute(
                    "INSERT INTO files (source, state, articles, duplicates, removed, rejections, checksum)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET state = excluded.state,"
                    " articles = excluded.articles, duplicates = excluded.duplicates, removed = excluded.removed,"
                    " rejections = excluded.rejections, checksum = excluded.checksum RETURNING number",
                    (*values, row_checksum(file.source, *values[2:])),
                ).fetchall()
                connection.execute("INSERT OR REPLACE INTO ages VALUES (?, ?)", (number, file.modified))
                _repeat(connection, _losers(connection, number, file.owned))
                connection.execute("DELETE FROM holds WHERE file = ?", (number,))
                connection.executemany(
                    "INSERT OR IGNORE INTO holds SELECT ?, number FROM articles WHERE id = ?",
                    [(number, one) for ids in (file.owned, file.others) for one in ids],
                )
                connection.executemany(
                    "UPDATE articles SET file = ?1 WHERE id = ?2 AND file IS NOT ?1",
                    [(number, one) for one in file.owned],
                )

    def owners(self, ids: Iterable[str]) -> dict[str, Version]:
        """Give for each of some articles the version of the file that its form in the archive came from."""
        query = (
            "SELECT id, coalesce(modified, 0), source FROM articles JOIN files ON files.number = articles.file"
            " LEFT JOIN ages ON ages.file = articles.file WHERE packed IS NOT NULL AND id IN ({keys})"
        )
        return {row[0]: Version(modified=row[1], source=row[2]) for row in self._database.rows_of(query, ids)}

    def at(self, source: str) -> dict[str, int]:
        """Give the numbers of the files at and below an absolute path, by their sources."""
        query = f"SELECT source, number FROM files WHERE {_BELOW}"  # noqa: S608  a constant
        return {row[0]: row[1] for row in self._database.rows(query, (source,))}

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """Give the articles of some files that the archive has in their form."""
        query = "SELECT id FROM articles WHERE packed IS NOT NULL AND file IN ({keys})"
        return [row[0] for row in self._database.rows_of(query, numbers)]

    def orphans(self, scope: Iterable[int], *, without: Iterable[int]) -> list[str]:
        """Give the articles that came from files in `scope` and that no file has any more, those `without` left out."""
        with self._database.transaction() as connection:
            _gather(connection, scope=scope, gone=without)
            rows = connection.execute(
                "SELECT id FROM articles a WHERE packed IS NOT NULL AND file IN temp.scope"
                " AND NOT EXISTS (SELECT 1 FROM holds WHERE article = a.number AND file NOT IN temp.gone)"
            ).fetchall()
        return [row[0] for row in rows]

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget files that are gone; where others have their articles too, those are read again for their form."""
        with self._database.transaction() as connection:
            _gather(connection, scope=(), gone=numbers)
            connection.execute("DELETE FROM holds WHERE file IN temp.gone")
            connection.execute(
                "UPDATE files SET state = NULL WHERE number IN (SELECT h.file FROM holds h JOIN articles a"
                " ON a.number = h.article WHERE a.file IN temp.gone)"
            )
            connection.execute(
                "UPDATE articles SET file = (SELECT min(h.file) FROM holds h WHERE h.article = articles.number)"
                " WHERE file IN temp.gone"
            )
            connection.execute("DELETE FROM ages WHERE file IN temp.gone")
            connection.execute("DELETE FROM files WHERE number IN temp.gone")

    def read_again(self, ids: Iterable[str]) -> None:
        """Have the files of some articles read again, though they did not change."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE files SET state = NULL WHERE number IN (SELECT holds.file FROM holds JOIN articles"
                " ON articles.number = holds.article WHERE id = ?)",
                [(one,) for one in ids],
            )


def _losers(connection: sqlite3.Connection, number: int, owned: Iterable[str]) -> Counter[int]:
    """Count the articles that files have, and whose forms give way to those that the file of a `number` owns."""
    query = (
        "SELECT a.file FROM articles a JOIN holds h ON h.file = a.file AND h.article = a.number"
        " WHERE a.id = ? AND a.file != ?"
    )
    return Counter(row[0] for one in owned for row in connection.execute(query, (one, number)))


def _repeat(connection: sqlite3.Connection, losers: Mapping[int, int]) -> None:
    """Count articles of files as duplicates, which they have become."""
    for number, count in losers.items():
        query = "SELECT source, articles, duplicates, removed, rejections FROM files WHERE number = ?"
        source, articles, duplicates, removed, rejections = connection.execute(query, (number,)).fetchone()
        duplicates = min(articles - removed, duplicates + count)
        connection.execute(
            "UPDATE files SET duplicates = ?, checksum = ? WHERE number = ?",
            (duplicates, row_checksum(source, articles, duplicates, removed, rejections), number),
        )


def _gather(connection: sqlite3.Connection, **tables: Iterable[int]) -> None:
    for name, numbers in tables.items():
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (number INTEGER PRIMARY KEY)")
        connection.execute(f"DELETE FROM temp.{name}")  # noqa: S608  a name of ours
        connection.executemany(f"INSERT INTO temp.{name} VALUES (?)", [(one,) for one in numbers])  # noqa: S608
