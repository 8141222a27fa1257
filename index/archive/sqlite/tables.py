"""The archive's tables in SQLite, and how SQLite's errors become ours."""

import contextlib
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.archive.database import FORMAT
from index.errors import CorruptError, LockedError, StoreError

_APPLICATION = 0x4E4D4F52  # "NMOR": tells our file from any other SQLite database

_ARTICLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    hash BLOB,
    packed BLOB
);
CREATE UNIQUE INDEX articles_by_revision ON articles (revision);
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
# A removed article keeps its row, without hash and packed form, so that an index learns of the removal.

_SINCE_FORMAT_2 = """
ALTER TABLE articles ADD COLUMN checksum BLOB;
ALTER TABLE articles ADD COLUMN barred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN file INTEGER;
ALTER TABLE articles ADD COLUMN story TEXT;
CREATE TABLE files (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL UNIQUE,
    state TEXT,
    articles INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    rejections TEXT NOT NULL,
    checksum BLOB NOT NULL
);
CREATE TABLE holds (file INTEGER, article INTEGER, PRIMARY KEY (file, article)) WITHOUT ROWID;
CREATE INDEX holds_by_article ON holds (article);
CREATE INDEX articles_by_file ON articles (file) WHERE file IS NOT NULL;
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
CREATE TABLE sketches (article INTEGER PRIMARY KEY, sketch BLOB NOT NULL, checksum BLOB NOT NULL);
INSERT INTO facts VALUES ('linked', 0);
"""
# A barred article was removed by its owner, and stays out. `file` is where an article's present form came from, `holds`
# is all files that have an article of its id, or claim it (index/archive/holding.py); a file is read again unless its
# `state` is the one that it has. `story` is the id of the first of some near copies, NULL where there are none;
# `sketches` (index/stories) finds them, up to the revision `linked`.

_SINCE_FORMAT_3 = """
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    what TEXT NOT NULL,
    given TEXT NOT NULL,
    note TEXT NOT NULL,
    checksum BLOB NOT NULL
);
"""
# The log of what users corrected (index/authority); `given` is JSON. Nothing in it is ever changed or taken away.

_MADE_AGAIN = """
CREATE TABLE IF NOT EXISTS casts (article INTEGER PRIMARY KEY, data BLOB NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS computed (name TEXT PRIMARY KEY, data BLOB NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS ages (file INTEGER PRIMARY KEY, modified INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ages_by_time ON ages (modified);
CREATE INDEX IF NOT EXISTS facts_by_value ON facts (value, name);
"""
# What index/identity keeps, and when files were modified as they were read; whatever is missing is made again from the
# articles or by the next reading, so that no format depends on it. The indices are for SQLite's own check, which finds
# where a table and its index disagree: a bit that flips in either is found so.

_CHANGES = (_ARTICLES, _SINCE_FORMAT_2, _SINCE_FORMAT_3)
"""What makes the tables of each format out of those of the one before; format 1 out of none."""

REMEDY = "Restore a backup, or delete the data directory and index again from the sources"
"""What to do about a damaged archive."""

_BUSY_SECONDS = 30.0


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open the archive's database, making it first where `writable` and absent.

    Commits are synchronous (FULL), though WAL would stay whole without: an index remembers up to which revision it
    holds the archive, so a commit must never be lost once an index was built from it. Raises CorruptError where the
    file is no archive, StoreError where it cannot be opened or is of a newer version.
    """
    with translated(path):
        try:
            return _open(path, "mode=rwc" if writable else "mode=ro", writable=writable)
        except sqlite3.OperationalError:
            # Even to read, SQLite makes a file beside the database; where it may not, nobody writes, so none is needed.
            if writable or not path.exists() or path.with_name(path.name + "-wal").exists():
                raise
            return _open(path, "mode=ro&immutable=1", writable=False)


def format_of(path: Path) -> int:
    """Give the version of an archive's tables (`PRAGMA user_version`), 0 where there is no archive."""
    if not path.exists():
        return 0
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with translated(path), contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def statements() -> Mapping[tuple[str, str], str | None]:
    """Give the statement that made each table and index, by its type and name, as SQLite keeps them."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join((*_CHANGES, _MADE_AGAIN)))
        return statements_of(connection.execute("SELECT type, name, sql FROM sqlite_master"))


def statements_of(rows: Iterable[Sequence[str]]) -> Mapping[tuple[str, str], str | None]:
    """Arrange rows of `sqlite_master` (type, name, sql) as `statements` has them."""
    return {(kind, name): sql for kind, name, sql in rows}


def may_be_absent(name: str) -> bool:
    """Tell a table or index that an archive of an older version may lack until somebody writes to it."""
    return f" {name} " in _MADE_AGAIN or name in {"sqlite_autoindex_computed_1"}


def _open(path: Path, how: str, *, writable: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, writable=writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if tables and application != _APPLICATION:
        raise CorruptError("this is no archive of Newsmorgue", where=str(path), remedy=REMEDY)
    if version > FORMAT:
        raise StoreError(
            f"the archive has the format {version}, this Newsmorgue knows up to {FORMAT}",
            where=str(path),
            remedy="Install the newer version that wrote it",
        )
    if not writable:
        if version < FORMAT:
            raise StoreError(
                f"the archive has the older format {version}",
                where=str(path),
                remedy="`newsmorgue check --repair` or the next `newsmorgue index` brings it up to date",
            )
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if version < FORMAT:
        changes = _CHANGES[version if tables else 0 :]
        versions = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
        connection.executescript(f"BEGIN IMMEDIATE; {' '.join(changes)} {versions}")
        if not tables:
            connection.execute("INSERT INTO facts VALUES ('identity', ?), ('revision', 0)", (secrets.token_hex(8),))
        connection.execute("COMMIT")
    connection.executescript(_MADE_AGAIN)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into StoreError, LockedError or CorruptError about the archive at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error
    except UnicodeDecodeError as error:  # of the text of the tables themselves: Python's module decodes it unasked
        raise CorruptError(f"the archive is damaged: {error}", where=str(path), remedy=REMEDY) from error


def _ours(error: sqlite3.Error, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError("the archive is in use by another process", where=str(path), remedy="Wait until it is done")
    if code == sqlite3.SQLITE_FULL:
        return StoreError("the disk is full", where=str(path), remedy="Free some space; nothing was lost")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
        return StoreError(f"the archive cannot be opened: {error}", where=str(path), remedy="Check its permissions")
    return CorruptError(f"the archive is damaged: {error}", where=str(path), remedy=REMEDY)
