"""The one module that knows psycopg: it connects, and makes each of its errors one of ours."""

import contextlib
import functools
import importlib
import math
import os
import socket
from collections.abc import Iterator
from typing import Any

from index.archive.postgresql.address import Server
from index.errors import CorruptError, LockedError, SettingError, StoreError, UnreachableError

REMEDY = "Restore a dump of the database, or make a new one and index again from the sources"
"""What to do about a damaged archive."""

_CONNECT_SECONDS = 10
_SILENT_MILLISECONDS = 30_000
_SESSION = (
    "SET search_path = newsmorgue; SET client_encoding = 'UTF8'; SET synchronous_commit = on;"
    " SET client_min_messages = warning; SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0;"
    " SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
)
"""What a session begins with; the server lets go of the locks of a machine without power after a minute, not hours."""


class AgainError(StoreError):
    """The server undid a transaction that another stood in the way of; the same again may pass."""


@functools.cache
def library() -> Any:
    """Give the package psycopg; raises SettingError where it is not installed."""
    try:
        return importlib.import_module("psycopg")
    except ImportError as error:
        raise SettingError(
            "an archive in PostgreSQL needs the package psycopg",
            where="archive",
            remedy="Install it: pip install 'newsmorgue[postgres]'",
        ) from error


def connect(server: Server, *, writable: bool) -> Any:
    """Open a connection that commits each statement by itself, and waits for locks as long as the server's patience.

    Raises UnreachableError where there is no way in.
    """
    psycopg = library()
    others = {"password": server.password} if server.password else {}
    try:
        connection = psycopg.connect(
            server.address,
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            application_name=f"newsmorgue {os.getpid()} on {socket.gethostname()}"[:63],
            connect_timeout=_CONNECT_SECONDS,
            tcp_user_timeout=_SILENT_MILLISECONDS,
            **others,
        )
    except psycopg.Error as error:
        raise UnreachableError(
            f"PostgreSQL lets nobody in: {_said(error)}",
            where=str(server),
            remedy="Is it running, and do the settings archive and archive_password name a user and a database there? "
            "docs/postgresql.md says how both are made",
        ) from error
    connection.adapters.register_dumper(int, psycopg.types.numeric.Int8Dumper)  # one statement for numbers of any size
    with translated(str(server)):
        try:
            waiting = f"SET lock_timeout = {max(1, math.ceil(server.patience * 1000))}"
            reading = "SET default_transaction_read_only = on" if not writable else "SELECT 1"
            connection.execute(f"{_SESSION}; {waiting}; {reading}")
            [encoding] = connection.execute("SHOW server_encoding").fetchone()
        except BaseException:
            connection.close()
            raise
    if encoding != "UTF8":
        connection.close()
        raise StoreError(
            f"the database keeps its texts as {encoding}",
            where=str(server),
            remedy="Make one with: createdb --encoding UTF8 --template template0 NAME",
        )
    return connection


@contextlib.contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn psycopg's errors into StoreError, or those below it, about the archive at `place`."""
    psycopg = library()
    try:
        yield
    except psycopg.Error as error:
        raise _ours(error, place) from error


def _ours(error: Any, place: str) -> StoreError:  # noqa: PLR0911  one line a kind
    code, said = error.sqlstate or "", _said(error)
    if code in {"40001", "40P01"}:
        return AgainError(f"others were in the way: {said}", where=place, remedy="Run the same again")
    if code == "55P03":
        return LockedError("the archive is in use by another process", where=place, remedy="Wait until it is done")
    if code in {"53100", "53200"}:
        return StoreError(f"the server is full: {said}", where=place, remedy="Free some space; nothing was lost")
    if code in {"42501", "25006"}:
        return StoreError(
            f"the server does not allow it: {said}",
            where=place,
            remedy="Is it a standby, or does the user lack rights? docs/postgresql.md lists those it needs",
        )
    if code.startswith("XX"):
        return CorruptError(f"the archive is damaged: {said}", where=place, remedy=REMEDY)
    if code.startswith(("08", "57P", "53")) or (not code and isinstance(error, library().OperationalError)):
        return UnreachableError(
            f"PostgreSQL does not answer: {said}", where=place, remedy="Run the same again when it does"
        )
    return StoreError(f"PostgreSQL refused it: {said}", where=place, remedy="The server's log may say more")


def _said(error: Exception) -> str:
    """Give an error's text on one line."""
    return " ".join(str(error).split()) or type(error).__name__
