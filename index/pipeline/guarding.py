"""Guard against the loss of an archive: what only an index still holds must not be replaced by less."""

from pathlib import Path

from index.archive.archive import Archive
from index.archive.connecting import Place, exists
from index.archive.places import FILE, place_of
from index.errors import CorruptError, NoIndexError
from index.settings import Settings
from index.store.generations import GENERATIONS, current
from index.store.manifest import FILE_NAME as MANIFEST


def no_archive(where: object) -> NoIndexError:
    """Give the error for a place in which nothing was ever indexed."""
    return NoIndexError("there is no archive", where=str(where), remedy="Make one with `newsmorgue index PATH...`")


def existing_archive(settings: Settings) -> Place:
    """Give where the archive is.

    Raises NoIndexError where there is none yet, CorruptError where it is missing while an index of articles exists.
    """
    place = place_of(settings)
    refuse_without_archive(settings.data_dir, place)
    if not exists(place):
        raise no_archive(settings.data_dir if isinstance(place, Path) else place)
    return place


def refuse_without_archive(data_dir: Path, place: Place) -> None:
    """Raise CorruptError where the archive is missing (or empty) while an index of articles exists.

    A new archive would begin with none of them, and the index built from it would lose them all.
    """
    if _holds_any(place):
        return
    held = _held(data_dir)
    if held is None:
        return
    if isinstance(place, Path):
        raise CorruptError(
            f"the archive is missing, while {held} exists",
            where=str(place),
            remedy=f"Restore it from a backup; or delete {data_dir} and index all sources again",
        )
    raise CorruptError(
        f"the archive is empty, while {held} exists in {data_dir}",
        where=str(place),
        remedy=f"Bring its archive there: `newsmorgue index --from-archive --bring {FILE}`; or give another --data-dir",
    )


def _holds_any(place: Place) -> bool:
    """Tell whether an archive was written to; of a file, whether there is anything in it, damaged as it may be."""
    if isinstance(place, Path):
        return place.exists() and bool(place.stat().st_size)
    if not exists(place):
        return False
    with Archive(place, writable=False) as archive:
        return bool(archive.revision)


def _held(data_dir: Path) -> str | None:
    """Say what the index holds, None where that is nothing."""
    try:
        articles = current(data_dir).manifest.articles
    except NoIndexError:
        if not any((data_dir / GENERATIONS).glob(f"*/{MANIFEST}")):
            return None
        return "an index"  # its pointer is lost too, its files are not
    except CorruptError:
        return "an index"
    return f"an index of {articles:,} articles" if articles else None
