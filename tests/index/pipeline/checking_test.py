import json
from pathlib import Path

import pytest

from index.errors import CorruptError, NoIndexError
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
