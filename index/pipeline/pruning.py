"""Remove the articles whose sources are gone."""

from collections.abc import Iterable
from pathlib import Path

from index.archive.archive import Archive
from index.errors import PruneError
from index.read.identity import STANDARD_INPUT
from index.read.walk import source_of
from index.settings import Settings


def prune(archive: Archive, paths: Iterable[str], settings: Settings) -> int:
    """Remove the articles that came from files at or below `paths` and that no file has any more; give their number.

    A file is gone when the file system says that there is none; what cannot be looked at is left alone. Raises
    PruneError where more than the share `settings.max_prune_share` of the archive would go.
    """
    known: dict[str, int] = {}
    for path in paths:
        if path != STANDARD_INPUT:
            known.update(archive.files.at(source_of(path)))
    gone = [number for source, number in known.items() if _is_gone(source)]
    orphans = archive.files.orphans(known.values(), without=gone)
    count = archive.count()
    if len(orphans) > settings.max_prune_share * count:
        raise PruneError(
            f"the sources of {len(orphans):,} of {count:,} articles are gone; nothing was pruned",
            where=str(settings.data_dir),
            remedy="Is a disk not mounted? If they are meant to go, raise max_prune_share "
            "(NEWSMORGUE_MAX_PRUNE_SHARE=1)",
        )
    archive.remove(orphans)
    archive.files.forget(gone)
    return len(orphans)


def _is_gone(source: str) -> bool:
    try:
        Path(source).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
