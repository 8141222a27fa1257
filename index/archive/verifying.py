"""Verify the archive's rows: SQLite checks its pages' structure, and the checksums tell what it cannot."""

from index.archive.database import CHUNK, Database
from index.archive.hashing import row_checksum
from index.archive.tables import REMEDY
from index.errors import CorruptError

_CHECKED = {
    "articles": ("number", "id, hash, packed, barred"),
    "files": ("number", "source, articles, duplicates, removed, rejections"),
    "sketches": ("article", "sketch"),
    "corrections": ("number", "number, time, what, given, note"),
}
"""The tables that have a column `checksum`, their keys, and the columns that it is of.

A damaged `files.state` only has a file read again."""


def verify_rows(database: Database) -> None:
    """Read all rows; raises CorruptError at the first that is not what was written.

    Columns without a checksum are in an index too, so that SQLite's own check finds where the two disagree.
    """
    for table, (key, columns) in _CHECKED.items():
        query = f"SELECT {key}, checksum, {columns} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?"  # noqa: S608
        last = 0
        while rows := database.rows(query, (last, CHUNK)):
            last = rows[-1][0]
            for number, checksum, *values in rows:
                if checksum is not None and checksum != row_checksum(*values):
                    raise _damaged(database, f"row {number} of its {table} is not what was written")
    [[count, last]] = database.rows("SELECT count(*), coalesce(max(number), 0) FROM corrections")
    if count != last:
        raise _damaged(database, "its log of corrections lacks some")
    [[last]] = database.rows("SELECT coalesce(max(revision), 0) FROM articles")
    if database.fact("revision") != last:
        raise _damaged(database, "its revision is not that of its last change")


def _damaged(database: Database, what: str) -> CorruptError:
    return CorruptError(f"the archive is damaged: {what}", where=str(database.path), remedy=REMEDY)
