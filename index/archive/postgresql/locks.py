"""The advisory locks of an archive's database, and who holds them."""

import zlib
from typing import Any

from index.archive.database import Part

_OURS = 0x4E4D4F52 << 32  # "NMOR": tells our locks from those of others in the same database

NUMBERS: dict[Part, int] = {"articles": _OURS + 1, "corrections": _OURS + 2, "generations": _OURS + 4}
"""The lock that a change of each part takes until it is committed."""

ALONE = NUMBERS["articles"]
"""The lock of who changes articles alone."""

SCHEMA_LOCK = _OURS + 3
"""The lock of who makes the tables."""

_NAMED = 1 << 31  # those of names are above all others of ours

_HOLDER = """
SELECT application_name, host(client_addr), to_char(query_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = $1 AND objsubid = 1
    AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def number_of(name: str) -> int:
    """Give the lock of a name; two names that share one only wait for each other."""
    return _OURS + (_NAMED | zlib.crc32(name.encode()) & (_NAMED - 1))


def told(connection: Any, lock: int) -> str:
    """Say who holds a lock: the process and its machine, as far as the server shows them to us."""
    for name, address, since in connection.execute(_HOLDER, (lock,)).fetchall():
        by = f"{name} ({address})" if address else name
        return f"{by}, at it since {since},"
    return "another process"
