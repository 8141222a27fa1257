"""Where a database of PostgreSQL is: the setting `archive` read, and whatever must not be shown kept apart."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from index.errors import SettingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A database on a server: its `address` as libpq reads it, and a `password`, empty where libpq finds its own.

    `patience` is how many seconds an open connection waits for a server that went away, and for others who write.
    """

    address: str
    password: str = field(default="", repr=False)
    patience: float = 300.0

    def __str__(self) -> str:
        """Give the address for people; there is no secret in it."""
        return self.address


def read_address(address: str, *, password: str = "", patience: float = 300.0) -> Server:
    """Read an address, `postgresql://USER@HOST:PORT/DATABASE?NAME=VALUE`.

    Raises SettingError where it names no database or has a password in it.
    """
    try:
        parts = urlsplit(address)
        secret = parts.password is not None or "password" in parse_qs(parts.query)
        name = parts.path.strip("/")
    except ValueError:
        secret, name = False, ""
    if secret:
        raise SettingError(
            "a password does not belong in an address, which is shown",
            where="archive",
            remedy="Give the setting archive_password, or keep it in ~/.pgpass",
        )
    if not name:
        raise SettingError(
            f"{address!r} names no database", where="archive", remedy="Give postgresql://USER@HOST/DATABASE"
        )
    return Server(address=address, password=password, patience=patience)
