"""Where a cluster is: the setting `engine` read as addresses and a prefix."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from index.errors import SettingError

NAME = "opensearch"

_FORM = f"{NAME}+http://HOST:9200/PREFIX, or {NAME}+https://HOST,HOST/PREFIX"
_ENGINE = re.compile(rf"{NAME}\+(?P<scheme>https?)://(?P<hosts>[^/]+)/(?P<prefix>[a-z0-9][a-z0-9_.-]{{0,99}})/?")
_HOST = re.compile(r"(?P<name>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[1-9][0-9]{0,4}))?")
_PORT = 9200
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A cluster's `hosts` (name and port) by which it is reached, and the `prefix` of the names of our indices there.

    The alias called as the prefix always names the index of the newest generation.
    """

    hosts: tuple[tuple[str, int], ...]
    prefix: str
    secure: bool

    def __str__(self) -> str:
        """Give the address for people; there is no secret in it."""
        return ",".join(f"{name}:{port}" for name, port in self.hosts) + f"/{self.prefix}"


def read_address(engine: str) -> Address:
    """Read the setting `engine`; raises SettingError where it names no cluster, or has whom the cluster knows us as.

    What cannot be read is not repeated: it may be a password, whatever signs it has.
    """
    if "@" in unquote(engine):
        raise SettingError(
            "a user and a password do not belong in an address, which is shown",
            where="engine",
            remedy="Give the settings opensearch_user and opensearch_password",
        )
    known = _ENGINE.fullmatch(engine)
    hosts = [_HOST.fullmatch(host) for host in known["hosts"].split(",")] if known else []
    found = tuple((host["name"], int(host["port"] or _PORT)) for host in hosts if host)
    if not known or len(found) < len(hosts) or any(port > _LAST_PORT for _, port in found):
        raise SettingError("the address does not name a cluster", where="engine", remedy=f"Give {_FORM}")
    return Address(hosts=found, prefix=known["prefix"], secure=known["scheme"] == "https")
