"""Verify the archive's rows: a database checks its own structure, and the checksums tell what it cannot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.archive.beside import is_whole
from index.archive.database import CHUNK, Database, Row, Transaction
from index.archive.database import number as number_of
from index.archive.hashing import row_checksum
from index.errors import CorruptError
from index.packing import unpack

_CHECKED = {
    "files": ("number", "source, articles, duplicates, removed, rejections"),
    "corrections": ("number", "number, time, what, given, note"),
}
"""The tables beside that of articles that have a column `checksum`, their keys, and the columns that it is of.

A damaged `files.state` only has a file read again."""

_BESIDE = {"sketches": "sketch", "casts": "data"}
"""The tables of index/archive/beside.py, and what of the articles they keep; it can be made again."""

_COMPUTED = {"computed": ("name", "data")}
"""As `_CHECKED`, of what was made of all articles, and can be made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """An article whose row is not what was written: its `id`, and the `source` or, where that is lost, its file.

    `source` is empty where nothing tells it any more; `barred` articles had been removed for good, or may have been:
    where nothing is left of an article, it is not known whether it was pruned, and what was removed stays removed.
    """

    id: str
    source: str
    barred: bool = False


def damaged_articles(database: Database) -> Iterator[Damaged]:
    """Read all articles, and yield those that are not what was written."""
    query = (
        "SELECT a.number, a.checksum, id, hash, packed, barred, f.source FROM articles a"
        " LEFT JOIN files f ON f.number = a.file WHERE a.number > ? ORDER BY a.number LIMIT ?"
    )
    last = 0
    while rows := database.rows(query, (last, CHUNK)):
        last = rows[-1][0]
        for _, checksum, article_id, value, packed, barred, file in rows:
            found = _source(packed, article_id)
            whole = checksum is None or checksum == row_checksum(article_id, value, packed, barred)
            if not whole or (packed is not None and found is None):
                is_gone = found is None and (packed is None or value is None)  # one may be damaged, not both
                yield Damaged(id=article_id, source=found or file or "", barred=is_gone)


def _source(packed: bytes | None, article_id: str) -> str | None:
    """Give the source of a packed article, None where it cannot be read or is another one."""
    try:
        article = unpack(packed).article if packed is not None else None
    except (CorruptError, TypeError):
        return None
    return article.source if article and article.id == article_id else None


def verify_rows(database: Database) -> None:
    """Read the rows of all other tables; raises CorruptError at the first that is not what was written.

    Columns without a checksum are in an index too, so that SQLite's own check finds where the two disagree; for
    PostgreSQL, its data checksums (`initdb --data-checksums`) are what finds such.
    """
    for table, (key, columns) in _CHECKED.items():
        for number in _differing(database, table, key, columns):
            raise _damaged(database, f"row {number} of its {table} is not what was written")
    [[count, last]] = database.rows("SELECT count(*), coalesce(max(number), 0) FROM corrections")
    if count != last:
        raise _damaged(database, "its log of corrections lacks some")
    [[last]] = database.rows("SELECT coalesce(max(revision), 0) FROM articles")
    if number_of(database, "revision") != last:
        raise _damaged(database, "its revision is not that of its last change")
    if number_of(database, "linked") > last:
        raise _damaged(database, "stories are told for a revision that it has not reached")


def damaged_derived(database: Database) -> dict[str, list[Row]]:
    """Give the keys of damaged rows that can be made again from the articles, by their tables."""
    found: dict[str, list[Row]] = {
        table: [(number,) for number in _misplaced(database, table, column)]
        for table, column in _BESIDE.items()
        if database.has(table)
    }
    for table, (key, columns) in _COMPUTED.items():
        if database.has(table):
            found[table] = [(name,) for name in _differing(database, table, key, columns)]
    return {table: keys for table, keys in found.items() if keys}


def drop_derived(transaction: Transaction, damaged: Mapping[str, Sequence[Row]]) -> None:
    """Take damaged rows out that can be made again, and have stories told anew where sketches are among them."""
    for table, keys in damaged.items():
        key = "article" if table in _BESIDE else _COMPUTED[table][0]
        transaction.many(f"DELETE FROM {table} WHERE {key} = ?", keys)  # noqa: S608  names of ours
    if "sketches" in damaged:
        transaction.run("UPDATE facts SET value = 0 WHERE name = 'linked'")


def _differing(database: Database, table: str, key: str, columns: str) -> Iterator[object]:
    """Yield the keys of the rows whose checksum is of something else."""
    query = f"SELECT {key}, checksum, {columns} FROM {table} {{}} ORDER BY {key} LIMIT ?"  # noqa: S608  names of ours
    rows = database.rows(query.format(""), (CHUNK,))
    while rows:
        for key_value, checksum, *values in rows:
            if checksum is not None and checksum != row_checksum(*values):
                yield key_value
        rows = database.rows(query.format(f"WHERE {key} > ?"), (rows[-1][0], CHUNK))


def _misplaced(database: Database, table: str, column: str) -> Iterator[int]:
    """Yield the numbers of the rows that are not what was written, or of another article, or of none."""
    query = (
        f"SELECT article, b.checksum, id, {column} FROM {table} b LEFT JOIN articles ON number = article"  # noqa: S608
        " {} ORDER BY article LIMIT ?"
    )
    rows = database.rows(query.format(""), (CHUNK,))
    while rows:
        yield from (number for number, checksum, article_id, data in rows if not is_whole(checksum, article_id, data))
        rows = database.rows(query.format("WHERE article > ?"), (rows[-1][0], CHUNK))


def _damaged(database: Database, what: str) -> CorruptError:
    return CorruptError(f"the archive is damaged: {what}", where=database.place, remedy=database.remedy)
