import dataclasses
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.archive.files import FileRead
from index.authority.types import Correction
from index.errors import CorruptError, LockedError, StoreError
from index.packing import pack
from index.stories.updating import link_stories
from index.types import Article, Tagged


def entry(article_id: str, text: str = "Text.", *, hash_: bytes = b"1") -> Entry:
    article = Article(id=article_id, source="/a.txt", title="Title", text=text)
    return Entry(id=article_id, hash=hash_, packed=pack(Tagged(article=article, mentions=())))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def test_what_was_put_is_found_again_after_reopening(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry("a"), entry("b")])
        identity = archive.identity
    with Archive(path, writable=False) as archive:
        assert archive.count() == 2
        assert archive.identity == identity
        assert archive.known(["a", "b", "c"]) == {"a": b"1", "b": b"1"}
        found = archive.get("a")
        assert found is not None
        assert found.article.text == "Text."
        assert archive.get("c") is None


def test_changes_since_a_revision_are_what_an_index_lacks(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry("a"), entry("b"), entry("c")])
        seen = archive.revision
        assert [change.id for change in archive.changes(since=0)] == ["a", "b", "c"]
        assert list(archive.changes(since=seen)) == []
        archive.put([entry("b", "Other.", hash_=b"2"), entry("d")])
        assert archive.remove(["c", "never"]) == 1
        changes = {change.id: change.packed for change in archive.changes(since=seen)}
        assert set(changes) == {"b", "c", "d"}
        assert changes["c"] is None
        assert list(archive.changed_ids(since=seen)) == list(changes)
        assert archive.changed(since=seen) == 2
        assert archive.count() == 3


def test_a_removed_article_is_unknown_and_may_return(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry("a")])
        archive.remove(["a"])
        assert archive.known(["a"]) == {}
        assert archive.get("a") is None
        archive.put([entry("a", "Back.")])
        assert archive.count() == 1
        assert [change.revision for change in archive.changes(since=0)] == [3]


def test_more_ids_than_sqlite_takes_at_once_are_known(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry(str(number)) for number in range(1_700)])
        assert len(archive.known(str(number) for number in range(2_000))) == 1_700
        assert len(list(archive.changes(since=0))) == 1_700


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("articles", "packed", pack(Tagged(article=Article(id="a", source="", title="", text="Other."), mentions=()))),
        ("articles", "barred", 1),
        ("articles", "hash", b"2"),
        ("files", "duplicates", 7),
        ("sketches", "sketch", b"other"),
        ("facts", "value", 7),
    ],
)
def test_every_value_that_is_not_what_was_written_is_found(path: Path, table: str, column: str, value: object) -> None:
    with Archive(path) as archive:
        archive.put([dataclasses.replace(entry("a"), sketch=b"sketch"), entry("b")])
        archive.files.record([FileRead(source="/a.txt", state="1", owned=["a", "b"])])
        archive.verify()
        where = "WHERE name = 'revision'" if table == "facts" else ""
        archive.database.rows(f"UPDATE {table} SET {column} = ? {where}", (value,))
        with pytest.raises(CorruptError, match="damaged"):
            archive.verify()


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


def test_a_failing_put_leaves_the_archive_as_it_was(path: Path) -> None:
    with Archive(path) as archive:
        archive.put([entry("a")])
        archive.database.rows(
            "CREATE TEMP TRIGGER refuse BEFORE INSERT ON articles WHEN NEW.id = 'c'"
            " BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        with pytest.raises(StoreError):
            archive.put([entry("b"), entry("c")])
        assert archive.count() == 1
        assert archive.revision == 1


def test_a_reader_sees_what_is_committed_while_a_writer_is_open(path: Path) -> None:
    with Archive(path) as writer, Archive(path, writable=False) as reader:
        assert reader.known(["a"]) == {}
        writer.put([entry("a")])
        assert reader.known(["a"]) == {"a": b"1"}


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


def test_a_killed_writer_loses_no_put_that_returned(path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from index.archive.archive import Archive, Entry\n"
        "archive = Archive(pathlib.Path(sys.argv[1]))\n"
        "for number in range(100_000):\n"
        "    archive.put([Entry(id=str(number), hash=b'1', packed=b'x')])\n"
        "    print(number, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, path], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}
    ) as child:
        assert child.stdout is not None
        for _ in range(20):
            child.stdout.readline()
        child.kill()
        last = 19 + len(child.stdout.readlines())
    with Archive(path) as archive:
        assert archive.count() >= last
        assert archive.revision == archive.count()
