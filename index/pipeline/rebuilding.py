"""Bring the index up to an archive without reading a source: after a change of engine or place, or elsewhere."""

from index.archive.archive import Archive
from index.archive.connecting import Place, exists
from index.archive.moving import move
from index.archive.places import place_of
from index.errors import UsageError
from index.pipeline.guarding import existing_archive, no_archive
from index.pipeline.updating import OnWritten, Update, update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock


def index_archive(
    settings: Settings,
    *,
    anew: bool = False,
    on_written: OnWritten = lambda done, total: None,
    source: Place | None = None,
) -> Update:
    """Commit a generation of all that the archive holds, in the engine of the settings, unless there is one.

    Readers go on with the last generation until the new one is whole. Where it is wanted `anew`, everything is written
    again. With a `source`, the archive that is there is brought to that of the settings before, which must be empty.
    Raises CorruptError where there is no archive, StoreError where the index cannot be written.
    """
    if source is None:
        existing_archive(settings)
    elif source == place_of(settings):
        raise UsageError("this is the archive itself", where=str(source), remedy="Change the setting archive first")
    elif not exists(source):
        raise no_archive(source)
    prepare(settings.data_dir)
    with WriterLock(settings.data_dir) as lock:
        if source is not None:
            move(source, place_of(settings), on_moved=on_written)
        with Archive(existing_archive(settings)) as archive:
            return update(archive, lock, settings, anew=anew, on_written=on_written)
