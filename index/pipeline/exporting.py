"""Give the archive's articles to others, in forms that need nothing of ours."""

from collections.abc import Iterator
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.engines.whoosh_export import export_whoosh
from index.errors import NoIndexError
from index.pipeline.guarding import refuse_without_archive
from index.settings import Settings
from index.types import Tagged


def export_to_whoosh(settings: Settings, directory: Path) -> int:
    """Write all articles of the archive as an index that an unmodified Whoosh reads; gives their number.

    Raises NoIndexError where there is no archive, CorruptError where it is damaged, UsageError where the directory is
    not empty, StoreError where it cannot be written.
    """
    path = settings.data_dir / FILE_NAME
    refuse_without_archive(settings.data_dir)
    if not path.exists():
        raise NoIndexError(
            "there is no archive", where=str(settings.data_dir), remedy="Make one with `newsmorgue index PATH...`"
        )
    with Archive(path, writable=False) as archive:
        return export_whoosh(_articles(archive), directory, memory=settings.engine_memory_bytes)


def _articles(archive: Archive) -> Iterator[Tagged]:
    for change in archive.changes(since=0):
        if change.packed is not None:
            yield archive.unpacked(change.packed)
