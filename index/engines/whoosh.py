"""Write an index with Whoosh, in its stock codec; whoosh_fields.py says what lies where.

A generation's directory holds one TOC (`_MAIN_<n>.toc`) and up to about ten segments (`MAIN_<random>.seg`).
Segments are never changed: removals are kept in the TOC, and merging writes a new segment.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from index.engines.values import Values, values_of
from index.engines.whoosh_fields import INDEX_NAME, NAME_GAP, to_bytes, whoosh_schema
from index.errors import CorruptError, NewsmorgueError, StoreError
from index.packing import pack
from index.settings import Settings
from index.types import Tagged
from index.words import stems, words

MERGE_FACTOR = 3
"""A segment is merged into a new one that has at least a third of its articles: sizes then grow fourfold from one
segment to the next, so that a million articles lie in about ten."""


class WhooshWriter:
    """Writes generations in Whoosh's form; an `index.engines.writer.EngineWriter`."""

    form = "whoosh/1"

    def __init__(self, settings: Settings) -> None:
        self._memory_mib = max(1, settings.engine_memory_bytes // 2**20)
        self._segment_articles = settings.segment_articles

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> None:
        """Write the next state of the index; see `EngineWriter.write`.

        Raises CorruptError where the last state cannot be read, StoreError where the next cannot be written.
        """
        storage = FileStorage(str(directory))
        known = any(directory.glob(f"_{INDEX_NAME}_*.toc"))
        try:
            index = storage.open_index(INDEX_NAME) if known else storage.create_index(whoosh_schema(), INDEX_NAME)
            writer = self._writer(index)
            if known:
                _remove(writer, removed)
            for tagged in added:
                if writer.doc_count() >= self._segment_articles:
                    writer.commit(merge=False)
                    writer = self._writer(index)
                writer.add_document(**_whoosh_values(tagged))
            writer.commit(mergetype=self._merge)
        except OSError as error:
            raise StoreError(
                f"the index cannot be written: {error}", where=str(directory), remedy="Is the disk full?"
            ) from error
        except NewsmorgueError:
            raise
        except Exception as error:  # Whoosh raises a dozen kinds for damaged files, and checks nothing
            if not known:
                raise
            raise CorruptError(f"the last generation cannot be read: {error!r}", where=str(directory)) from error
        _clear(directory)

    def _writer(self, index: Any) -> Any:
        return SegmentWriter(index, limitmb=self._memory_mib)

    def _merge(self, writer: Any, segments: list[Any]) -> list[Any]:
        """Merge small segments, and those of which most is removed, into the writer's; a policy as Whoosh wants it."""
        kept = []
        for segment in sorted(segments, key=_live):
            live, merged = _live(segment), writer.doc_count()
            worth = live <= MERGE_FACTOR * merged or live < segment.deleted_count()
            if live and worth and live + merged <= self._segment_articles:
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
            elif live:
                kept.append(segment)
        return kept


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
