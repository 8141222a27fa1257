"""The manifest of a generation: which files it has, with checksums, and which state of the archive it holds."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.errors import CorruptError, StoreError

FORMAT = 1
"""The version of the manifest's form."""

FILE_NAME = "manifest.json"

REPAIR = "`newsmorgue check --repair` builds the index again from the archive"
"""What to do about a damaged generation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file of a generation: `size` in bytes, `sha256` in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation is made of.

    `form` is the engine and the form of its files; `archive` and `revision` say up to which change of which archive
    the generation goes; `articles` is how many it holds; `created` is an ISO time in UTC.
    """

    form: str
    archive: str
    revision: int
    articles: int
    created: str
    files: Mapping[str, FileEntry]


def encode(manifest: Manifest) -> bytes:
    """Give the manifest's file."""
    table = {"format": FORMAT, **dataclasses.asdict(manifest)}
    return (json.dumps(table, indent=1, sort_keys=True) + "\n").encode()


def decode(data: bytes, *, digest: str, where: str) -> Manifest:
    """Read a manifest's file, whose SHA-256 must be `digest`.

    Raises CorruptError where it is not what was written, StoreError where its format is newer than this code.
    """
    if hashlib.sha256(data).hexdigest() != digest:
        raise CorruptError("the manifest is not what was written", where=where, remedy=REPAIR)
    table: dict[str, Any] = json.loads(data)
    if table.pop("format") != FORMAT:
        raise StoreError(
            "the generation was written by a newer version", where=where, remedy="Install that version, or index again"
        )
    files = {name: FileEntry(**entry) for name, entry in table.pop("files").items()}
    return Manifest(**table, files=files)
