"""The seam between tagged articles and an engine's files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.types import Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What processes other than the caller's took: seconds of processor time, and the most memory of one in bytes."""

    seconds: float = 0.0
    memory: int = 0


class EngineWriter(Protocol):
    """Writes one new generation of an index into a directory that holds the files of the last one (or is empty).

    `form` names the engine and the form of its files (`whoosh/1+words/2`); an index of another form is built anew.
    """

    form: str

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> Cost:
        """Take the articles with the ids `removed` out, put `added` in, and leave complete files behind.

        An id in `added` that the index has already must be in `removed` too. Existing files may be unlinked, never
        changed in place: they are hard links shared with older generations.
        """
        ...

    def count(self, directory: Path) -> int | None:
        """Count the articles of a generation, None where its files, which have checksums, say all there is to know."""
        ...
