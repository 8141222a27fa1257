"""What a run did, in numbers."""

from dataclasses import dataclass

from index.types import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds of processor time by stage, over all processes, and the most memory of any of them, in bytes."""

    reading: float = 0.0
    tagging: float = 0.0
    writing: float = 0.0
    parent_memory: int = 0
    worker_memory: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Two forms of one article in different files: the one from `source` gave way to the newer one `by` another."""

    id: str
    source: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the articles that a run read.

    `articles` = `added` + `changed` + `unchanged` + `duplicates` + `removed`. A duplicate has the id of an article
    of which another form counts: that of the file that was modified last, or the first in a file. `replaced` counts
    those of which another file has a newer form that says something else; `replacements` are the first of them.
    `removed` ones stay out, as they were removed for good; `pruned` ones were taken out of the archive, as their
    sources are gone. `rejections` are the first of the `rejected`; all of them are in `rejected.jsonl` in the data
    directory. `generation` is the current one's name, None where nothing was ever indexed; `committed` tells
    whether this run made it, `rebuilt` why it was built anew, if it was. `seconds` is the whole run's time.
    """

    articles: int
    added: int
    changed: int
    unchanged: int
    duplicates: int
    rejected: int
    rejections: tuple[Rejected, ...]
    generation: str | None
    committed: bool
    rebuilt: str | None
    seconds: float
    spent: Spent
    removed: int = 0
    pruned: int = 0
    replaced: int = 0
    replacements: tuple[Replacement, ...] = ()
