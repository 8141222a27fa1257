"""Which room keeps an archive: one of SQLite's files by its path, one of PostgreSQL's databases by its address."""

from pathlib import Path

from index.archive.database import Database
from index.archive.postgresql.address import Server
from index.archive.postgresql.database import PostgresDatabase, server_format
from index.archive.sqlite.database import SqliteDatabase
from index.archive.sqlite.tables import format_of as file_format

Place = Path | Server
"""Where an archive is: a file, or a database on a server."""


def connect(place: Place, *, writable: bool) -> Database:
    """Open an archive's database, making its tables first where `writable` and absent; raises StoreError."""
    if isinstance(place, Server):
        return PostgresDatabase(place, writable=writable)
    return SqliteDatabase(place, writable=writable)


def format_of(place: Place) -> int:
    """Give the version of an archive's tables, 0 where there is no archive; raises StoreError."""
    return server_format(place) if isinstance(place, Server) else file_format(place)


def exists(place: Place) -> bool:
    """Tell whether there is an archive, or what should be one; raises StoreError where a server does not answer."""
    return bool(server_format(place)) if isinstance(place, Server) else place.exists()
