"""Copy SQLite files while others write them."""

import contextlib
import sqlite3
from pathlib import Path

from index.archive.sqlite.tables import translated

_MAGIC = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Tell an SQLite file from others by how it begins."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def copy_database(source: Path, target: Path) -> None:
    """Write a database to a new file, as of one moment; raises StoreError or CorruptError where that cannot be."""
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with translated(source), contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
