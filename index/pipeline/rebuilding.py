"""Bring the index up to an archive without reading a source: after a change of engine, or on another machine."""

from index.archive.archive import Archive
from index.pipeline.guarding import existing_archive
from index.pipeline.updating import OnWritten, Update, update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock


def index_archive(
    settings: Settings, *, anew: bool = False, on_written: OnWritten = lambda done, total: None
) -> Update:
    """Commit a generation of all that the archive holds, in the engine of the settings, unless there is one.

    Readers go on with the last generation until the new one is whole. Where it is wanted `anew`, everything is written
    again. Raises CorruptError where there is no archive, StoreError where the index cannot be written.
    """
    place = existing_archive(settings)
    prepare(settings.data_dir)
    with WriterLock(settings.data_dir) as lock, Archive(place) as archive:
        return update(archive, lock, settings, anew=anew, on_written=on_written)
