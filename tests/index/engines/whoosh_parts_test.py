import os
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from whoosh.index import open_dir

from index.engines import whoosh, whoosh_parts
from index.engines.merge_policy import MAX_SEGMENTS
from index.engines.whoosh import WhooshWriter
from index.engines.whoosh_parts import Parts
from index.errors import CorruptError, StoreError
from index.packing import Packed, pack
from index.settings import Settings
from index.types import Article, Tagged


def articles(count: int, *, start: int = 0) -> list[Tagged]:
    return [
        Tagged(article=Article(id=f"{number}", source="s", title="", text=f"word{number}"), mentions=())
        for number in range(start, start + count)
    ]


def ids(directory: Path) -> list[str]:
    with open_dir(str(directory)).reader() as reader:
        column = reader.column_reader("id")
        return sorted((column[number] for number in reader.all_doc_ids()), key=int)


@pytest.fixture(autouse=True)
def _few_articles_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (whoosh, whoosh_parts):
        monkeypatch.setattr(module, "PART_ARTICLES", 70)


def test_many_articles_are_written_by_several_processes_into_one_index(tmp_path: Path) -> None:
    writer = WhooshWriter(Settings(jobs=2))
    writer.write(tmp_path, removed=[], added=articles(1_000))
    assert len(list(tmp_path.glob("*.seg"))) == 2
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".seg", ".seg", ".toc"]
    assert ids(tmp_path) == [str(number) for number in range(1_000)]
    writer.write(tmp_path, removed=["5"], added=articles(200, start=1_000))
    assert ids(tmp_path) == [str(number) for number in range(1_200) if number != 5]


def test_segments_are_merged_when_they_are_too_many_whatever_they_may_hold(tmp_path: Path) -> None:
    single = WhooshWriter(Settings(jobs=1, segment_articles=20))
    single.write(tmp_path, removed=[], added=articles(20 * MAX_SEGMENTS + 80))
    assert len(list(tmp_path.glob("*.seg"))) == MAX_SEGMENTS
    single.write(tmp_path, removed=["0"], added=[])
    assert len(list(tmp_path.glob("*.seg"))) == MAX_SEGMENTS
    assert ids(tmp_path) == [str(number) for number in range(1, 20 * MAX_SEGMENTS + 80)]


def die(directory: Path, added: Iterable[Tagged]) -> None:
    next(iter(added))
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_a_clear_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="SIGKILL, perhaps for want of memory"), Parts(tmp_path, die, jobs=2) as parts:
        parts.write(articles(2_000))
    assert list(tmp_path.iterdir()) == []


def fill_the_disk(directory: Path, added: Iterable[Tagged]) -> None:
    raise StoreError("the disk is full", where=str(directory))


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the disk is full"), Parts(tmp_path, fill_the_disk, jobs=1) as parts:
        parts.write(articles(10))


def write(directory: Path, added: Iterable[Tagged]) -> None:
    WhooshWriter(Settings(jobs=1)).write(directory, removed=[], added=added)


def test_articles_are_unpacked_by_the_processes_and_a_damaged_one_says_of_which_archive(tmp_path: Path) -> None:
    packed = [Packed(data=pack(one), where="the archive") for one in articles(200)]
    with Parts(tmp_path, write, jobs=2) as parts:
        assert sum(segment.doc_count_all() for segment in parts.write(packed)) == 200
    with pytest.raises(CorruptError) as raised, Parts(tmp_path, write, jobs=2) as parts:
        parts.write([*packed[:10], Packed(data=b"\2", where="the archive", remedy="Restore it")])
    assert (raised.value.where, raised.value.remedy) == ("the archive", "Restore it")
