"""Write an index with Whoosh, in its stock codec; whoosh_fields.py says what lies where.

A generation's directory holds one TOC (`_MAIN_<n>.toc`) and up to about ten segments (`MAIN_<random>.seg`).
Segments are never changed: removals are kept in the TOC, and merging writes a new segment.
"""

import functools
import itertools
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from index.engines.values import Values, values_of
from index.engines.whoosh_fields import FORM, INDEX_NAME, NAME_GAP, to_bytes, whoosh_schema
from index.engines.whoosh_parts import PART_ARTICLES, Parts
from index.engines.writer import Cost
from index.errors import CorruptError, NewsmorgueError, StoreError
from index.packing import pack
from index.processes import jobs_of
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Tagged
from index.words import stems, words

MERGE_FACTOR = 3
"""A segment is merged into a new one that has at least a third of its articles: sizes then grow fourfold from one
segment to the next, so that a million articles added bit by bit lie in about ten."""

MAX_SEGMENTS = 10
"""More segments are merged until so many are left: each costs every query its share."""

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
            cost = self._write(directory, removed, iter(added), known=known)
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
        _clear(directory)
        return cost

    def write_part(self, directory: Path, articles: Iterable[Tagged]) -> None:
        """Write an index of its own into an empty directory; what a process of `Parts` does."""
        index = FileStorage(str(directory)).create_index(whoosh_schema(), INDEX_NAME)
        self._add(index, self._writer(index, share=self._jobs), articles).commit(merge=False)

    def _write(self, directory: Path, removed: Iterable[str], added: Iterator[Tagged], *, known: bool) -> Cost:
        storage = FileStorage(str(directory))
        index = storage.open_index(INDEX_NAME) if known else storage.create_index(whoosh_schema(), INDEX_NAME)
        writer = self._writer(index)
        if known:
            _remove(writer, removed)
        first = list(itertools.islice(added, PART_ARTICLES + 1 if self._jobs > 1 else 0))
        everything = itertools.chain(first, added)
        parts: list[Any] = []
        cost = Cost()
        if len(first) > PART_ARTICLES:
            with Parts(directory, self.write_part, jobs=self._jobs) as several:
                parts = several.write(everything)
                cost = several.cost
        else:
            writer = self._add(index, writer, everything)
        writer.commit(mergetype=functools.partial(self._merge, parts=parts))
        return cost

    def _writer(self, index: Any, *, share: int = 1) -> Any:
        return SegmentWriter(index, limitmb=max(1, self._memory // share // 2**20))

    def _add(self, index: Any, writer: Any, articles: Iterable[Tagged]) -> Any:
        """Add articles, in a new segment whenever one is full; give the writer of the last."""
        for tagged in articles:
            if writer.doc_count() >= self._segment_articles:
                writer.commit(merge=False)
                writer = self._writer(index)
            writer.add_document(**_whoosh_values(tagged))
        return writer

    def _merge(self, writer: Any, segments: list[Any], *, parts: list[Any]) -> list[Any]:
        """Merge segments into the writer's where they are small, mostly removed, or too many; a policy for Whoosh."""
        kept = []
        left = len(segments) + len(parts)
        for segment in sorted(segments, key=_live):
            live, merged = _live(segment), writer.doc_count()
            many = left + (merged > 0) > MAX_SEGMENTS
            worth = many or live <= MERGE_FACTOR * merged or live < segment.deleted_count()
            if live and not (worth and live + merged <= self._segment_articles):
                kept.append(segment)
                continue
            left -= 1
            if live:
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
        return kept + parts


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _remove(writer: Any, removed: Iterable[str]) -> None:
    reader = writer.reader()
    try:
        for article_id in removed:
            try:
                matcher = reader.postings("id", to_bytes(article_id))
            except TermNotFound:
                continue
            while matcher.is_active():
                writer.delete_document(matcher.id())
                matcher.next()
    finally:
        reader.close()


def _whoosh_values(tagged: Tagged) -> dict[str, Any]:
    """Give the keyword arguments of `add_document`: one value for each field, as its type in whoosh_fields.py takes."""
    values = values_of(tagged)
    return {
        "id": (values.id,),
        "title": _forms(values.title),
        "text": _forms(values.text),
        "names": _name_forms(values),
        "title_stems": list(stems(values.title)),
        "text_stems": list(stems(values.text)),
        "person": values.person,
        "outlet": values.outlet,
        "publisher": (values.publisher,) if values.publisher else (),
        "date": values.date,
        "date_last": values.date_last,
        "article": pack(tagged),
    }


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _name_forms(values: Values) -> list[str]:
    gap = [""] * NAME_GAP
    forms: list[str] = []
    for name in values.names:
        forms += _forms(name)
        forms += gap
    return forms


def _clear(directory: Path) -> None:
    """Remove what Whoosh leaves beside the index: its lock and its directory of runs."""
    (directory / f"{INDEX_NAME}_WRITELOCK").unlink(missing_ok=True)
    shutil.rmtree(directory / f"{INDEX_NAME}.tmp", ignore_errors=True)
