"""What was computed of an archive's names, as a file of a generation: zlib over rows of JSON, one a resolution."""

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.authority.types import Identities, Resolution
from index.errors import CorruptError

FILE_NAME = "identities"
"""The file's name in the directory of a generation, whose manifest has its checksum."""

_LEVEL = 6


def encode(identities: Identities) -> bytes:
    """Give the bytes of a file."""
    rows = [
        (one.kind, one.value, one.article, one.to, one.reason, round(one.confidence, 3))
        for one in _resolutions(identities)
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def decode(data: bytes, *, where: str) -> Identities:
    """Read the bytes of a file; raises CorruptError where they are not what `encode` made."""
    try:
        rows = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        found = [
            Resolution(kind=kind, value=value, article=article, to=to, reason=reason, confidence=confidence)
            for kind, value, article, to, reason, confidence in rows
        ]
    except (zlib.error, ValueError, TypeError) as error:
        raise CorruptError(f"what is known of names cannot be read: {error}", where=where) from error
    return identities_of(found)


def identities_of(resolutions: list[Resolution]) -> Identities:
    """Make resolutions ready to be looked up."""
    return Identities(
        names={(one.kind, one.value): one for one in resolutions if one.article is None},
        exceptions={(one.article, one.kind, one.value): one for one in resolutions if one.article is not None},
    )


def read(directory: Path) -> Identities:
    """Give what the generation in a directory knows of names: nothing, where it has no such file."""
    path = directory / FILE_NAME
    return decode(path.read_bytes(), where=str(path)) if path.exists() else Identities()


def _resolutions(identities: Identities) -> Iterator[Resolution]:
    known: tuple[Mapping[tuple[str, ...], Resolution], ...] = (identities.names, identities.exceptions)  # type: ignore[assignment]  # whatever the keys
    for one in known:
        yield from one.values()
