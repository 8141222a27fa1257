"""What every engine under comparison can be told and asked; one module a peer says how its best users set it up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from benchmarks.peers.question import Question
from index.types import Tagged

Work = Literal["top", "facets", "snippets", "page"]
"""`top`: ids and scores of the ten best. `facets`: these, the exact total, and the ten commonest people, outlets and
publishers. `snippets`: the ten best with title and marked passages. `page`: all of it and counts over time."""

WORKS: tuple[Work, ...] = ("page", "facets", "snippets", "top")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a peer found: ids best first, and where asked the total and for each facet the counts of its values."""

    ids: list[str]
    total: int | None = None
    facets: dict[str, dict[str, int]] | None = None


class Peer(Protocol):
    """One engine; `articles` of `write` are drawn once, `joined` gives a text's words parted by blanks."""

    name: str
    version: str

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index into an empty directory."""
        ...

    def open(self, directory: Path) -> None:
        """Open an index that `write` wrote."""
        ...

    def prepare(self, question: Question, work: Work) -> Any:
        """Do what is no part of the measured time: write the query down. None where the engine has no such query."""
        ...

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; this is what is timed."""
        ...

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found in our terms."""
        ...
