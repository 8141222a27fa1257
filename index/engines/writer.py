"""The seam between tagged articles and an engine's files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, runtime_checkable

from index.packing import Packed
from index.types import Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What processes other than the caller's took: seconds of processor time, and the most memory of one in bytes."""

    seconds: float = 0.0
    memory: int = 0


@runtime_checkable
class PackedArticles(Protocol):
    """Articles that are packed still: a writer that hands them to other processes has those unpack them."""

    def __iter__(self) -> Iterator[Tagged]:
        """Yield the articles."""

    def packed(self) -> Iterator[Packed]:
        """Yield the same articles as they are; unpacking one may raise CorruptError."""


class EngineWriter(Protocol):
    """Writes one new generation of an index into a directory that holds the files of the last one (or is empty).

    `form` names the engine and the form of its files (`whoosh/1+words/2`); an index of another form is built anew.
    """

    form: str

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> Cost:
        """Take the articles with the ids `removed` out, put `added` in, and leave complete files behind.

        An id in `added` that the index has already must be in `removed` too; `added` may be PackedArticles. Existing
        files may be unlinked, never changed in place: they are hard links shared with older generations.
        """
        ...

    def count(self, directory: Path) -> int | None:
        """Count the articles of a generation, None where its files, which have checksums, say all there is to know."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One write to an index that several machines write, one after the other.

    Its `number` is above that of any before, whichever machine made it and whatever its clock says; `owner` stands for
    the archive; the indices called `kept` may still be read somewhere.
    """

    number: int
    owner: str
    kept: frozenset[str]


@runtime_checkable
class SharedWriter(EngineWriter, Protocol):
    """A writer whose index lies where other machines reach it too, so that its generations can be theirs."""

    def place(self) -> str:
        """Give what the index is called on every machine; raises UnreachableError where that cannot be known now."""
        ...

    def in_turn(self, turn: Turn) -> Self:
        """Give a writer of the same index for one turn."""
        ...

    def held(self, directory: Path) -> str:
        """Give what the index of a generation is called where it is; raises CorruptError where that is lost."""
        ...
