"""Where the archive of a data directory is, by the setting `archive`."""

from pathlib import Path

from index.archive.archive import FILE_NAME
from index.archive.connecting import Place
from index.archive.postgresql.address import read_address
from index.errors import SettingError
from index.settings import Settings

FILE = "sqlite"
"""What the setting `archive` says of an archive that is a file in the data directory."""


def place_of(settings: Settings, *, data_dir: Path | None = None) -> Place:
    """Give where the archive is; `data_dir` is that of the settings where none is given.

    Raises SettingError where the setting `archive` names no place.
    """
    if settings.archive == FILE:
        return (data_dir or settings.data_dir) / FILE_NAME
    if not settings.archive.startswith(("postgresql://", "postgres://")):
        raise SettingError(
            "it does not name an archive",  # nor is it repeated, as there may be a password in it
            where="archive",
            remedy=f"Give {FILE}, or postgresql://USER@HOST/DATABASE",
        )
    return read_address(
        settings.archive, password=settings.archive_password, patience=settings.archive_patience_seconds
    )
