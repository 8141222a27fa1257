"""Give the archive's articles to others, in forms that need nothing of ours."""

from collections.abc import Iterator
from pathlib import Path

from index.archive.archive import Archive
from index.engines.whoosh_export import export_whoosh
from index.pipeline.guarding import existing_archive
from index.settings import Settings
from index.types import Tagged


def export_to_whoosh(settings: Settings, directory: Path) -> int:
    """Write all articles of the archive as an index that an unmodified Whoosh reads; gives their number.

    Raises NoIndexError where there is no archive, CorruptError where it is damaged, UsageError where the directory is
    not empty, StoreError where it cannot be written.
    """
    with Archive(existing_archive(settings), writable=False) as archive, archive.frozen():
        return export_whoosh(_articles(archive), directory, memory=settings.engine_memory_bytes)


def _articles(archive: Archive) -> Iterator[Tagged]:
    for change in archive.changes(since=0):
        if change.packed is not None:
            yield archive.unpacked(change.packed)
