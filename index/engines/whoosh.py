"""Write an index that Whoosh opens, in a codec of our own: its segments are files of arrays (index/engines/arrays).

A generation's directory holds one TOC (`_MAIN_<n>.toc`) and up to about ten segments (`MAIN_<random>.seg`).
Segments are never changed: removals are kept in the TOC, and merging writes a new segment.
"""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from index.engines.whoosh_directory import INDEX_NAME, clear
from index.engines.whoosh_fields import FORM, whoosh_schema
from index.engines.whoosh_parts import PART_ARTICLES, Parts, unpacked
from index.engines.whoosh_writer import BatchWriter
from index.engines.writer import Cost, PackedArticles
from index.errors import CorruptError, NewsmorgueError, StoreError
from index.packing import Packed
from index.processes import jobs_of
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Tagged

MAX_PARTS = 8
"""Processes that write at a time at most, since each leaves a segment."""


class WhooshWriter:
    """Writes generations in Whoosh's form; an `index.engines.writer.EngineWriter`."""

    form = FORM

    def __init__(self, settings: Settings) -> None:
        self._memory = settings.engine_memory_bytes
        self._segment_articles = settings.segment_articles
        self._jobs = min(jobs_of(settings), MAX_PARTS)

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> Cost:
        """Write the next state of the index; see `EngineWriter.write`.

        Raises CorruptError where the last state cannot be read, StoreError where the next cannot be written.
        """
        known = any(directory.glob(f"_{INDEX_NAME}_*.toc"))
        try:
            articles: Iterator[Tagged | Packed] = added.packed() if isinstance(added, PackedArticles) else iter(added)
            cost = self._write(directory, removed, articles, known=known)
        except OSError as error:
            raise StoreError(
                f"the index cannot be written: {error}", where=str(directory), remedy="Is the disk full?"
            ) from error
        except NewsmorgueError:
            raise
        except Exception as error:  # Whoosh raises a dozen kinds for damaged files, and checks nothing
            if not known:
                raise
            raise CorruptError(
                f"the last generation cannot be read: {error!r}", where=str(directory), remedy=REPAIR
            ) from error
        clear(directory)
        return cost

    def count(self, directory: Path) -> int | None:
        """Count nothing: the manifest vouches for every file; see `EngineWriter.count`."""
        return None

    def write_part(self, directory: Path, articles: Iterable[Tagged]) -> None:
        """Write an index of its own into an empty directory; what a process of `Parts` does."""
        writer = self._writer(FileStorage(str(directory)).create_index(whoosh_schema(), INDEX_NAME), share=self._jobs)
        writer.add(articles)
        writer.commit()

    def _write(self, directory: Path, removed: Iterable[str], added: Iterator[Tagged | Packed], *, known: bool) -> Cost:
        storage = FileStorage(str(directory))
        index = storage.open_index(INDEX_NAME) if known else storage.create_index(whoosh_schema(), INDEX_NAME)
        writer = self._writer(index)
        if known:
            writer.remove(removed)
        first = list(itertools.islice(added, PART_ARTICLES + 1 if self._jobs > 1 else 0))
        everything: Iterator[Tagged | Packed] = itertools.chain(first, added)
        cost = Cost()
        if len(first) > PART_ARTICLES:
            with Parts(directory, self.write_part, jobs=self._jobs) as several:
                writer.add_parts(several.write(everything))
                cost = several.cost
        else:
            writer.add(unpacked(everything))
        writer.commit()
        return cost

    def _writer(self, index: Any, *, share: int = 1) -> BatchWriter:
        return BatchWriter(index, memory=self._memory // share, most=self._segment_articles)
