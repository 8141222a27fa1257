"""Where a database of PostgreSQL is: the setting `archive` read, and whatever must not be shown kept apart."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from index.errors import SettingError

_HOST = r"(?:[A-Za-z0-9_.%-]+|\[[0-9A-Fa-f:.%]+\])?(?::[0-9]{1,5})?"
_ADDRESS = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?#]*)@)?"
    rf"{_HOST}(?:,{_HOST})*"
    r"/(?P<name>[^@/?#]+)"
    r"(?:\?(?P<parameters>[^@?#]*))?"
)
"""What libpq reads, without a password, and without any sign in a place where it would part a password that has it."""


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

    Raises SettingError where it names no database or has a password in it. What cannot be read is not repeated: it may
    be a password, whatever signs it has.
    """
    known = _ADDRESS.fullmatch(address)
    user = known["user"] if known else address.partition("://")[2]
    parameters = (known["parameters"] if known else address.partition("?")[2]) or ""
    if _told(user or "") or any(
        "password" in name.lower() for name, _ in parse_qsl(parameters, keep_blank_values=True)
    ):
        raise SettingError(
            "a password does not belong in an address, which is shown",
            where="archive",
            remedy="Give the setting archive_password, or keep it in ~/.pgpass; a sign @ elsewhere is written %40",
        )
    if not known:
        raise SettingError(
            "the address names no database", where="archive", remedy="Give postgresql://USER@HOST/DATABASE"
        )
    return Server(address=address, password=password, patience=patience)


def _told(text: str) -> bool:
    """Say whether a password stands in what may be a user: behind a colon, before the last sign @ if there is any."""
    decoded = unquote(text)
    before, at, _ = decoded.rpartition("@")
    return ":" in (before if at else decoded)
