import sqlite3
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.authority.types import Correction
from index.errors import CorruptError

MERGE = Correction(what="merge", names=("Joseph Biden", "J. Biden"), to="Joe Biden", note="the same “man”")
SPLIT = Correction(
    what="split", kind="outlet", names=("The Sun",), to="The Sun (Lowell)", articles=("0123456789abcdef",)
)
UNDO = Correction(what="undo", undoes=1)


def test_corrections_are_numbered_from_one_and_come_back_as_they_were_given(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        assert archive.corrections.last == 0
        assert [one.number for one in archive.corrections.append([MERGE, SPLIT])] == [1, 2]
        [third] = archive.corrections.append([UNDO])
        assert third.number == archive.corrections.last == 3
        assert third.time.endswith("+00:00")
    with Archive(tmp_path / "archive.sqlite", writable=False) as archive:
        assert [one.correction for one in archive.corrections.entries()] == [MERGE, SPLIT, UNDO]
        assert [one.correction for one in archive.corrections.entries(since=2)] == [SPLIT, UNDO]
        archive.verify()


@pytest.mark.parametrize(
    "change", ["UPDATE corrections SET note = 'other' WHERE number = 2", "DELETE FROM corrections WHERE number = 1"]
)
def test_a_changed_or_missing_correction_is_damage(tmp_path: Path, change: str) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.corrections.append([MERGE, SPLIT])
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    connection.execute(change)
    connection.commit()
    connection.close()
    with Archive(tmp_path / "archive.sqlite") as archive, pytest.raises(CorruptError, match="correction"):
        archive.verify()


def test_an_archive_of_the_second_format_gets_a_log(tmp_path: Path) -> None:
    Archive(tmp_path / "archive.sqlite").close()
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    connection.executescript("DROP TABLE corrections; PRAGMA user_version = 2;")
    connection.close()
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.verify()
        assert archive.corrections.entries() == ()
