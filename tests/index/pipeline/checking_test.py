import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.authority.log import POINTER, append, told
from index.authority.types import Correction
from index.errors import CorruptError, NoIndexError, StoreError
from index.pipeline.checking import check, repair
from index.pipeline.indexing import build_index
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.generations import current, verify
from tests.index.pipeline.fakes import STAGES


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(json.dumps({"id": f"{number:016x}", "text": "Text."}) for number in range(3)))
    build_index([source], settings=made, options=ReadOptions(), stages=STAGES)
    return made


def test_a_whole_archive_and_index_have_no_problems(settings: Settings) -> None:
    found = check(settings)
    assert (found.articles, found.behind, found.problems) == (3, 0, ())
    assert repair(settings).rebuilt is None


def test_a_flipped_bit_in_the_index_is_found_and_mended(settings: Settings) -> None:
    [segment] = current(settings.data_dir).path.glob("*.seg")
    data = bytearray(segment.read_bytes())
    data[100] ^= 1
    segment.write_bytes(data)
    [problem] = check(settings).problems
    assert "is not what was written" in problem
    assert repair(settings).rebuilt == current(settings.data_dir).name
    verify(current(settings.data_dir))
    assert check(settings).problems == ()


@pytest.mark.parametrize("lost", [None, b"0 00000000\n", b"?"])
def test_a_file_that_does_not_tell_of_all_corrections_is_found_and_mended(
    settings: Settings, lost: bytes | None
) -> None:
    append(settings.data_dir, [Correction(what="hide", names=("Ann Lee",))])
    assert check(settings).problems == ()
    if lost is None:
        (settings.data_dir / POINTER).unlink()
    else:
        (settings.data_dir / POINTER).write_bytes(lost)
    found = check(settings)
    assert found.problems == (found.untold,)
    assert "AUTHORITY" in found.untold
    mended = repair(settings)
    assert (mended.problems, mended.rebuilt, mended.untold) == ((), None, found.untold)
    assert told(settings.data_dir) == 1
    assert (check(settings).problems, check(settings).untold) == ((), "")


def test_a_lost_index_is_found_and_mended(settings: Settings) -> None:
    (settings.data_dir / "CURRENT").unlink()
    assert "no index" in check(settings).problems[0]
    assert repair(settings).rebuilt
    assert check(settings).problems == ()


def test_an_archive_without_an_index_yet_is_no_damage(settings: Settings) -> None:
    (settings.data_dir / "CURRENT").unlink()
    shutil.rmtree(settings.data_dir / "generations")
    found = check(settings)
    assert (found.articles, found.problems, found.has_index) == (3, (), False)
    assert found.behind
    assert repair(settings).rebuilt
    assert check(settings).has_index


def test_a_damaged_archive_is_told_and_left_alone(settings: Settings) -> None:
    path = settings.data_dir / "archive.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(CorruptError, match="backup"):
        repair(settings)
    assert path.read_bytes() == data


def test_a_missing_archive_beside_an_index_is_told(settings: Settings) -> None:
    for path in settings.data_dir.glob("archive.sqlite*"):
        path.unlink()
    with pytest.raises(CorruptError, match="missing, while an index of 3 articles exists"):
        repair(settings)


def test_without_an_archive_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        check(Settings(data_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_every_damaged_article_is_told_and_read_again_after_a_repair(settings: Settings, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    path = settings.data_dir / "archive.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET packed = x'00ff' WHERE number IN (1, 3)")
    connection.close()
    found = check(settings)
    assert [one.id for one in found.damaged] == [f"{0:016x}", f"{2:016x}"]
    assert all(
        one.id in problem and str(source) in problem for one, problem in zip(found.damaged, found.problems, strict=True)
    )
    with Archive(path, writable=False) as archive, pytest.raises(CorruptError, match="2 of its articles"):
        archive.verify()
    assert repair(settings).articles == 1
    assert check(settings).problems == ()
    report = build_index([source], settings=settings, options=ReadOptions(), stages=STAGES)
    assert (report.added, report.unchanged) == (2, 1)
    assert (check(settings).articles, check(settings).problems) == (3, ())


def test_a_damaged_row_of_an_article_removed_for_good_keeps_it_out(settings: Settings) -> None:
    path = settings.data_dir / "archive.sqlite"
    with Archive(path) as archive:
        archive.remove([f"{1:016x}"], barred=True)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET checksum = x'00' WHERE barred")
    connection.close()
    assert [one.barred for one in check(settings).damaged] == [True]
    assert repair(settings).articles == 2
    with Archive(path) as archive:
        assert archive.barred([f"{1:016x}"])


def changed(settings: Settings, *statements: str) -> None:
    with sqlite3.connect(settings.data_dir / "archive.sqlite") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def flip(settings: Settings, old: bytes, new: bytes) -> None:
    """Change bytes of the database's file behind its back, once."""
    path = settings.data_dir / "archive.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = path.read_bytes()
    assert data.count(old) == 1, data.count(old)
    path.write_bytes(data.replace(old, new))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET barred = 0 WHERE packed IS NULL",
        "UPDATE articles SET hash = x'00' WHERE packed IS NULL",
        "UPDATE articles SET packed = x'00' WHERE packed IS NULL",
    ],
)
def test_a_removed_article_stays_out_whichever_part_of_its_row_is_damaged(
    settings: Settings, tmp_path: Path, statement: str
) -> None:
    with Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.remove([f"{1:016x}"], barred=True)
    build_index([tmp_path / "a.jsonl"], settings=settings, options=ReadOptions(), stages=STAGES)
    changed(settings, statement)
    assert [one.id for one in check(settings).damaged] == [f"{1:016x}"]
    assert repair(settings).articles == 2
    report = build_index([tmp_path / "a.jsonl"], settings=settings, options=ReadOptions(), stages=STAGES)
    assert (report.added, report.removed) == (0, 1)


def test_a_bit_in_the_text_of_the_tables_is_told_as_damage(settings: Settings) -> None:
    flip(settings, b"hash BLOB,\n    packed", b"hash BLOB,\n    \xf0acked")
    for attempt in (check, repair):
        with pytest.raises(CorruptError, match="the archive is damaged"):
            attempt(settings)


def flip_in(settings: Settings, table: str, old: bytes, new: bytes) -> None:
    """Change bytes on the page of a small table behind the database's back."""
    path = settings.data_dir / "archive.sqlite"
    with sqlite3.connect(path) as connection:
        [[root]] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        [[size]] = connection.execute("PRAGMA page_size")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    page = slice((root - 1) * size, root * size)
    assert old in data[page]
    data[page] = data[page].replace(old, new)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("old", "new"), [(b"linked", b"linkmd"), (b"linked\3", b"linked\2"), (b"linked\3", b"linked\x43")]
)
def test_a_bit_in_a_fact_is_found(settings: Settings, old: bytes, new: bytes) -> None:
    changed(settings, "UPDATE facts SET value = 3 WHERE name = 'linked'")
    flip_in(settings, "facts", old, new)
    with pytest.raises(CorruptError):
        check(settings)


def test_a_bit_in_the_age_of_a_file_is_found(settings: Settings) -> None:
    changed(settings, "UPDATE ages SET modified = 1700000000000000000")
    kept = 1_700_000_000_000_000_000
    flip_in(settings, "ages", kept.to_bytes(8, "big"), (kept ^ 2**40).to_bytes(8, "big"))
    with pytest.raises(CorruptError):
        check(settings)


@pytest.mark.parametrize("table", ["sketches", "casts", "computed"])
def test_what_is_made_of_articles_is_checked_and_made_again(settings: Settings, table: str) -> None:
    column = "sketch" if table == "sketches" else "data"
    changed(settings, f"UPDATE {table} SET {column} = x'0011' WHERE rowid IN (SELECT min(rowid) FROM {table})")
    [problem] = check(settings).problems
    assert table in problem
    with Archive(settings.data_dir / "archive.sqlite", writable=False) as archive, pytest.raises(CorruptError):
        archive.verify()
    assert repair(settings).rebuilt
    assert (check(settings).articles, check(settings).problems) == (3, ())


def test_an_archive_of_nothing_needs_no_index(tmp_path: Path) -> None:
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    build_index([], settings=made, options=ReadOptions(), stages=STAGES)
    assert check(made).problems == ()


def test_a_repair_brings_an_archive_of_an_older_format_up_to_date(settings: Settings) -> None:
    with sqlite3.connect(settings.data_dir / "archive.sqlite") as connection:
        connection.executescript("DROP TABLE corrections; PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(StoreError, match="older format 2"):
        check(settings)
    assert repair(settings).problems == ()
    assert check(settings).articles == 3
