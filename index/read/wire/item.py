"""What an item of the wire says, whatever standard it came in."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story as stated; what is not stated is empty. `dates` are candidates for its publication, best first."""

    own_id: str
    title: str
    text: str
    byline: str
    publisher: str
    dates: tuple[str, ...]
    url: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which story an item is, empty where it does not say, and which `version` of it, from 0 on."""

    guid: str
    version: int


def version_of(stated: str) -> int:
    """Read a version, 0 where there is none."""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= _VERSION_DIGITS else 0


_VERSION_DIGITS: Final = 9
