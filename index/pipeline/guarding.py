"""Guard against the loss of an archive: what only an index still holds must not be replaced by less."""

from pathlib import Path

from index.archive.archive import FILE_NAME
from index.errors import CorruptError, NoIndexError
from index.store.generations import GENERATIONS, current
from index.store.manifest import FILE_NAME as MANIFEST


def no_archive(data_dir: Path) -> NoIndexError:
    """Give the error for a data directory in which nothing was ever indexed."""
    return NoIndexError("there is no archive", where=str(data_dir), remedy="Make one with `newsmorgue index PATH...`")


def refuse_without_archive(data_dir: Path) -> None:
    """Raise CorruptError where the archive is missing (or empty) while an index of articles exists.

    A new archive would begin with none of them, and the index built from it would lose them all.
    """
    path = data_dir / FILE_NAME
    if path.exists() and path.stat().st_size:
        return
    try:
        articles = current(data_dir).manifest.articles
    except NoIndexError:
        if not any((data_dir / GENERATIONS).glob(f"*/{MANIFEST}")):
            return
        held = "an index"  # its pointer is lost too, its files are not
    except CorruptError:
        held = "an index"
    else:
        if not articles:
            return
        held = f"an index of {articles:,} articles"
    raise CorruptError(
        f"the archive is missing, while {held} exists",
        where=str(path),
        remedy=f"Restore it from a backup; or delete {data_dir} and index all sources again",
    )
