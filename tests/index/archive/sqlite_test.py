"""What is an SQLite file's own: its format, its damage, its lock."""

import sqlite3
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.authority.types import Correction
from index.errors import CorruptError, LockedError, StoreError
from index.stories.updating import link_stories
from tests.index.archive.archive_test import entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def test_an_archive_of_the_first_format_is_brought_up_to_date(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry("a")])
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP INDEX articles_by_file; DROP INDEX articles_by_story; DROP TABLE files; DROP TABLE holds;"
        "DROP TABLE corrections; DROP TABLE sketches; DELETE FROM facts WHERE name = 'linked'; PRAGMA user_version = 1;"
        + "".join(f"ALTER TABLE articles DROP COLUMN {name};" for name in ("checksum", "barred", "file", "story"))
    )
    connection.close()
    with pytest.raises(StoreError, match="older format 1"):
        Archive(path, writable=False)
    with Archive(path) as archive:
        archive.verify()
        assert archive.known(["a"]) == {"a": b"1"}
        assert link_stories(archive) == 0


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be looked at" * 20, b"SQLite format 3\0" + b"\xff" * 5_000]
)
def test_a_file_that_is_no_database_is_corrupt(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CorruptError, match=r"archive\.sqlite"):
        Archive(path)


def test_somebody_elses_database_is_refused_and_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CorruptError, match="no archive of Newsmorgue"):
        Archive(path)
    assert path.read_bytes() == before


def test_a_newer_archive_is_refused_by_name_of_its_format(path: Path) -> None:
    Archive(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="format 99"):
        Archive(path)


def test_a_missing_archive_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Archive(path, writable=False)
    assert not path.exists()


def test_damage_anywhere_is_reported_or_touches_no_article(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry(f"{number:016x}", f"Text {number}. " * 50) for number in range(200)])
        archive.corrections.append([Correction(what="hide", names=(f"Name {n}",), note="Why. " * 9) for n in range(40)])
        articles, corrections = list(archive.changes(since=0)), archive.corrections.entries()
    whole = path.read_bytes()
    caught = 0
    for start in range(0, len(whole), len(whole) // 25):
        path.write_bytes(whole[:start] + bytes(b ^ 0xFF for b in whole[start : start + 400]) + whole[start + 400 :])
        try:
            with Archive(path) as archive:
                archive.verify()
                assert list(archive.changes(since=0)) == articles
                assert archive.corrections.entries() == corrections
        except StoreError:
            caught += 1
    assert caught > 10
    path.write_bytes(whole)
    with Archive(path) as archive:
        archive.verify()


def test_a_damaged_article_is_told_with_its_archive(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([Entry(id="a", hash=b"1", packed=b"\x01nonsense")])
        with pytest.raises(CorruptError, match=r"archive\.sqlite: a packed article .*Restore a backup"):
            archive.get("a")
        with pytest.raises(CorruptError, match=r"archive\.sqlite: .* 1 of its articles .*: a \(of unknown source\)"):
            archive.verify()


def test_a_second_writer_at_the_same_time_is_told_that_the_archive_is_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.archive.sqlite.tables._BUSY_SECONDS", 0.05)
    with Archive(path) as archive, Archive(path) as other:
        archive.database._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError, match="in use"):
            other.put([entry("a")])
