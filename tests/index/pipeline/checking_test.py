import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from index.archive.archive import Archive
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
