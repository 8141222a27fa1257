"""Where a cluster is: the setting `engine` read as addresses and a prefix."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import SettingError

NAME = "opensearch"

_FORM = f"{NAME}+http://HOST:9200/PREFIX, or {NAME}+https://HOST,HOST/PREFIX"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_HOST = re.compile(r"(?P<name>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?")
_PORT = 9200


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A cluster's `hosts` (name and port) by which it is reached, and the `prefix` of the names of our indices there.

    The alias called as the prefix always names the index of the newest generation.
    """

    hosts: tuple[tuple[str, int], ...]
    prefix: str
    secure: bool

    def __str__(self) -> str:
        """Give the address for people."""
        return ",".join(f"{name}:{port}" for name, port in self.hosts) + f"/{self.prefix}"


def read_address(engine: str) -> Address:
    """Read the setting `engine`; raises SettingError where it names no cluster."""
    name, _, url = engine.partition("+")
    parts = urlsplit(url)
    prefix = parts.path.strip("/")
    hosts = [_HOST.fullmatch(host) for host in parts.netloc.split(",")]
    if "@" in parts.netloc:
        raise SettingError(
            "a user and a password do not belong in an address, which is shown",
            where="engine",
            remedy="Give the settings opensearch_user and opensearch_password",
        )
    known = name == NAME and parts.scheme in {"http", "https"} and not parts.query and not parts.fragment
    if not known or not _PREFIX.fullmatch(prefix) or not all(hosts):
        raise SettingError(f"{engine!r} does not name a cluster", where="engine", remedy=f"Give {_FORM}")
    return Address(
        hosts=tuple((host["name"], int(host["port"] or _PORT)) for host in hosts if host),
        prefix=prefix,
        secure=parts.scheme == "https",
    )
