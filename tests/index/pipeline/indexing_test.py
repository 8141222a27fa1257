import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import open_dir

from index.archive.archive import Archive
from index.engines.whoosh import WhooshWriter
from index.engines.writer import Cost
from index.errors import CorruptError, LockedError, SettingError
from index.pipeline.indexing import build_index
from index.pipeline.report import Report
from index.pipeline.stages import Stages
from index.progress import Progress
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.generations import current, verify
from index.store.lock import WriterLock
from tests.index.pipeline.fakes import NEWER, STAGES


class Desk:
    """A data directory and files to index into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data_dir = root / "data"

    def file(self, name: str, *lines: str | dict[str, Any]) -> Path:
        path = self.root / name
        path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines))
        return path

    def index(self, *paths: Path, stages: Stages = STAGES, **settings: Any) -> Report:
        return build_index(paths, settings=self.settings(**settings), options=ReadOptions(), stages=stages)

    def settings(self, **settings: Any) -> Settings:
        return Settings(**{"data_dir": self.data_dir, "jobs": 1, **settings})

    def archived(self) -> dict[str, str]:
        with Archive(self.data_dir / "archive.sqlite", writable=False) as archive:
            found = (archive.get(change.id) for change in archive.changes(since=0))
            return {one.article.id: one.article.text for one in found if one}

    def indexed(self) -> set[str]:
        generation = current(self.data_dir)
        verify(generation)
        with open_dir(str(generation.path)).reader() as reader:
            ids = reader.column_reader("id")
            found = {ids[number] for number in reader.all_doc_ids()}
            assert len(found) == reader.doc_count() == generation.manifest.articles
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def article(number: int, text: str = "Ann Lee spoke.") -> dict[str, Any]:
    return {"id": f"{number:016x}", "text": text}


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def remove_archive(desk: Desk) -> None:
    for path in desk.data_dir.glob("archive.sqlite*"):
        path.unlink()


def ids(*numbers: int) -> set[str]:
    return {f"{number:016x}" for number in numbers}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_read_is_archived_and_indexed(desk: Desk, jobs: int) -> None:
    paths = [desk.file(f"{start}.jsonl", *[article(start + n) for n in range(100)]) for start in (0, 100, 200)]
    report = desk.index(*paths, jobs=jobs)
    assert (report.articles, report.added, report.rejected) == (300, 300, 0)
    assert report.committed
    assert report.generation == current(desk.data_dir).name
    assert desk.indexed() == ids(*range(300)) == set(desk.archived())
    assert report.spent.parent_memory > 2**20
    assert report.spent.worker_memory > 2**20


def test_the_same_again_changes_nothing_and_commits_nothing(desk: Desk) -> None:
    path = desk.file("a.jsonl", article(1), article(2))
    first = desk.index(path)
    second = desk.index(path)
    assert (second.articles, second.unchanged, second.added) == (2, 2, 0)
    assert not second.committed
    assert second.generation == first.generation


def test_a_changed_article_replaces_the_old_one(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1, "Old."), article(2)))
    report = desk.index(desk.file("a.jsonl", article(1, "New."), article(2), article(3)))
    assert (report.added, report.changed, report.unchanged) == (1, 1, 1)
    assert desk.indexed() == ids(1, 2, 3)
    assert desk.archived()[f"{1:016x}"] == "New."


def test_a_newer_tagger_tags_again(desk: Desk) -> None:
    path = desk.file("a.jsonl", article(1))
    desk.index(path)
    assert desk.index(path, stages=NEWER).changed == 1


def test_an_article_removed_from_the_archive_leaves_the_index_with_the_next_run(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1), article(2), article(3)))
    with Archive(desk.data_dir / "archive.sqlite") as archive:
        archive.remove(ids(2))
    assert desk.index(desk.file("empty.jsonl")).committed
    assert desk.indexed() == ids(1, 3)


def test_of_several_articles_with_one_id_the_first_of_the_last_file_counts_again_and_again(desk: Desk) -> None:
    paths = [
        desk.file("a.jsonl", article(1, "First.")),
        desk.file("b.jsonl", article(1, "Second."), article(1, "Third."), article(1, "Second.")),
    ]
    first = desk.index(*paths)
    assert (first.articles, first.added, first.duplicates, first.replaced, first.rejected) == (3, 1, 2, 1, 1)
    [rejected] = first.rejections
    assert (rejected.source, rejected.reason, rejected.position) == (f"{paths[1]}:2", "same-id-other-text", 2)
    assert desk.archived() == {f"{1:016x}": "Second."}
    second = desk.index(*paths)
    assert (second.unchanged, second.duplicates, second.rejected) == (1, 2, 1)
    assert not second.committed


def test_nothing_at_all_makes_no_generation(desk: Desk) -> None:
    report = desk.index(desk.file("empty.jsonl"))
    assert (report.articles, report.generation, report.committed) == (0, None, False)


def test_rejected_lines_are_counted_shown_and_kept(desk: Desk) -> None:
    path = desk.file("a.jsonl", article(1), *["broken"] * 150, article(2))
    report = desk.index(path, desk.root / "absent.jsonl")
    assert (report.added, report.rejected) == (2, 151)
    assert report.rejections[0].source == f"{path}:2"
    assert len(report.rejections) == 100
    lines = (desk.data_dir / "rejected.jsonl").read_text().splitlines()
    assert len(lines) == 151
    assert json.loads(lines[-1])["reason"] == "missing"


def test_an_article_on_which_the_tagger_fails_is_rejected_alone(desk: Desk) -> None:
    report = desk.index(desk.file("a.jsonl", article(1), article(2, "poison"), article(3)))
    assert (report.added, report.rejected) == (2, 1)
    [rejected] = report.rejections
    assert (rejected.reason, rejected.source) == ("tagger-failed", f"{desk.root}/a.jsonl:2")
    assert "ValueError: poisoned" in rejected.detail


def test_an_article_that_cannot_be_settled_is_rejected_alone(desk: Desk) -> None:
    report = desk.index(desk.file("a.jsonl", article(1), article(2, "unsettling"), article(3)))
    assert [one.reason for one in report.rejections] == ["settling-failed"]
    assert desk.indexed() == ids(1, 3)


def test_a_reader_that_fails_costs_the_rest_of_its_piece(desk: Desk) -> None:
    report = desk.index(desk.file("a.jsonl", article(1), "raise", article(2)), desk.file("b.jsonl", article(3)))
    assert desk.indexed() == ids(1, 3)
    assert [one.reason for one in report.rejections] == ["reader-failed"]


def test_workers_that_die_cost_their_pieces_only_and_the_order_holds(desk: Desk) -> None:
    lines = {1: "sleep 0.3", 2: "die", 7: "exit"}
    paths = [desk.file(f"{n}.jsonl", *([lines[n]] if n in lines else []), article(n)) for n in range(10)]
    report = desk.index(*paths, jobs=2)
    assert desk.indexed() == ids(0, 1, 3, 4, 5, 6, 8, 9)
    assert list(desk.archived()) == sorted(ids(0, 1, 3, 4, 5, 6, 8, 9))
    killed, ended = report.rejections
    assert (killed.reason, killed.source) == ("worker-died", str(paths[2]))
    assert "SIGKILL, perhaps for want of memory" in killed.detail
    assert (ended.reason, ended.source) == ("worker-died", str(paths[7]))
    assert "exit code 7" in ended.detail


def test_a_damaged_generation_is_built_anew_from_the_archive(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1)))
    (current(desk.data_dir).path / "manifest.json").write_text("{}")
    report = desk.index(desk.file("b.jsonl", article(2)))
    assert report.rebuilt is not None
    assert "manifest" in report.rebuilt
    assert desk.indexed() == ids(1, 2)


@pytest.mark.parametrize("then", [article(1), article(2)], ids=["nothing new", "something new"])
def test_a_damaged_segment_is_built_anew_from_the_archive(desk: Desk, then: dict[str, Any]) -> None:
    desk.index(desk.file("a.jsonl", article(1)))
    [segment] = current(desk.data_dir).path.glob("*.seg")
    damage(segment)
    report = desk.index(desk.file("b.jsonl", then))
    assert report.rebuilt == f"the index was damaged: {segment}: is not what was written"
    assert report.committed
    assert desk.indexed() == {"0" * 15 + "1", then["id"]}


def test_damage_that_comes_while_writing_is_built_anew_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.index(desk.file("a.jsonl", article(1), article(2)))
    write = WhooshWriter.write

    def damaging(self: WhooshWriter, directory: Path, **given: Any) -> Cost:
        for segment in directory.glob("*.seg"):
            damage(segment)
        return write(self, directory, **given)

    monkeypatch.setattr(WhooshWriter, "write", damaging)
    report = desk.index(desk.file("b.jsonl", article(3)))
    assert report.rebuilt
    assert desk.indexed() == ids(1, 2, 3)


@pytest.mark.parametrize("left", [None, b""], ids=["missing", "empty"])
def test_a_lost_archive_never_costs_the_index(desk: Desk, left: bytes | None) -> None:
    desk.index(desk.file("a.jsonl", article(1), article(2)))
    remove_archive(desk)
    if left is not None:
        (desk.data_dir / "archive.sqlite").write_bytes(left)
    for _ in range(2):
        with pytest.raises(CorruptError, match=r"archive\.sqlite: .* missing, while an index of 2 articles .* Restore"):
            desk.index(desk.file("b.jsonl", article(3)))
    assert desk.indexed() == ids(1, 2)


def test_a_lost_archive_beside_a_damaged_index_is_told_too(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1)))
    remove_archive(desk)
    (current(desk.data_dir).path / "manifest.json").write_text("{}")
    with pytest.raises(CorruptError, match="the archive is missing, while an index exists"):
        desk.index(desk.file("b.jsonl", article(3)))


def test_a_lost_archive_and_a_lost_pointer_are_told_too(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1)))
    remove_archive(desk)
    (desk.data_dir / "CURRENT").unlink()
    with pytest.raises(CorruptError, match="the archive is missing, while an index exists"):
        desk.index(desk.file("b.jsonl", article(3)))


def test_a_lost_archive_of_nothing_is_made_again(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl"))
    remove_archive(desk)
    desk.index(desk.file("b.jsonl", article(3)))
    assert desk.indexed() == ids(3)


def test_an_index_of_another_archive_is_built_anew(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1), article(2)))
    other = Desk(desk.root / "other")
    other.root.mkdir()
    other.index(other.file("a.jsonl", article(2)))
    remove_archive(desk)
    shutil.copy(other.data_dir / "archive.sqlite", desk.data_dir)
    report = desk.index(desk.file("b.jsonl", article(2), article(3)))
    assert report.rebuilt == "the index was made from another archive"
    assert desk.indexed() == ids(2, 3)


def test_an_index_of_another_analysis_is_built_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.file("a.jsonl", article(1), article(2))
    with monkeypatch.context() as old:
        old.setattr(WhooshWriter, "form", "whoosh/1")
        desk.index(path)
    report = desk.index(path)
    assert report.rebuilt == f"the index was in the form whoosh/1, now it is {WhooshWriter.form}"
    assert desk.indexed() == ids(1, 2)


def test_an_index_that_is_mostly_new_is_written_from_the_archive(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1), article(2)))
    before = {path.name for path in current(desk.data_dir).path.glob("*.seg")}
    report = desk.index(desk.file("b.jsonl", *[article(number) for number in range(3, 20)]))
    assert report.rebuilt is None
    assert before.isdisjoint(path.name for path in current(desk.data_dir).path.glob("*.seg"))
    assert desk.indexed() == ids(*range(1, 20))


def test_a_lost_index_is_built_anew(desk: Desk) -> None:
    path = desk.file("a.jsonl", article(1))
    desk.index(path)
    (desk.data_dir / "CURRENT").unlink()
    assert desk.index(path).committed
    assert desk.indexed() == ids(1)


def test_the_data_directory_itself_is_never_read(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", "broken"))
    report = desk.index(desk.data_dir / "rejected.jsonl", desk.data_dir / "absent")
    assert (report.articles, report.rejected) == (0, 0)


def test_one_run_at_a_time(desk: Desk) -> None:
    desk.index(desk.file("a.jsonl", article(1)))
    with WriterLock(desk.data_dir), pytest.raises(LockedError, match=f"process {os.getpid()} "):
        desk.index(desk.file("a.jsonl", article(1)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_tagger_that_does_not_exist_ends_the_run_with_a_clear_error(desk: Desk, jobs: int) -> None:
    stages = Stages(cut=STAGES.cut, read=STAGES.read, settle=STAGES.settle)
    with pytest.raises(SettingError, match=r"no tagger 'absent'.*default"):
        desk.index(desk.file("a.jsonl", article(1)), stages=stages, jobs=jobs, tagger="absent")


def test_progress_only_goes_forward(desk: Desk) -> None:
    paths = [desk.file(f"{n}.jsonl", article(n), "broken") for n in range(5)]
    events: list[Progress] = []
    build_index(paths, settings=desk.settings(), options=ReadOptions(), on_progress=events.append, stages=STAGES)
    reading = [one for one in events if one.stage == "reading"]
    assert [one.done for one in reading] == sorted(one.done for one in reading)
    assert reading[-1].done == sum(path.stat().st_size for path in paths)
    assert (reading[-1].articles, reading[-1].rejected) == (5, 5)
    assert (events[-1].stage, events[-1].done, events[-1].total) == ("writing", 5, 5)


RUNNER = """
import pathlib, signal, sys
from tests.index.pipeline.fakes import STAGES
from index.pipeline.indexing import build_index
from index.read.options import ReadOptions
from index.settings import Settings

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # shells ignore it in what they run in the background
    data_dir, jobs, *paths = sys.argv[1:]
    build_index(paths, settings=Settings(data_dir=pathlib.Path(data_dir), jobs=int(jobs), batch_articles=5),
                options=ReadOptions(), stages=STAGES, on_progress=lambda event: print(event.articles, flush=True))
"""


def interrupt(desk: Desk, how: signal.Signals, *, jobs: int) -> None:
    script = desk.file("runner.py", RUNNER)
    paths = [desk.file(f"{n}.jsonl", *[article(10 * n + m) for m in range(7)]) for n in range(3)]
    last = desk.file("last.jsonl", "sleep 30", article(99))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        [sys.executable, script, desk.data_dir, str(jobs), *paths, last],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert "21\n" in iter(child.stdout.readline, "")
        time.sleep(0.2)
        os.killpg(child.pid, how)
        child.wait(10)
    assert child.returncode == -how


@pytest.mark.parametrize(("how", "jobs", "kept"), [(signal.SIGINT, 2, 21), (signal.SIGKILL, 1, 15)])
def test_an_interrupted_run_is_continued_by_the_next(desk: Desk, how: signal.Signals, jobs: int, kept: int) -> None:
    interrupt(desk, how, jobs=jobs)
    assert len(desk.archived()) >= kept
    report = desk.index(*[desk.root / f"{n}.jsonl" for n in range(3)])
    assert report.unchanged >= kept
    assert report.articles == 21
    assert desk.indexed() == ids(*[10 * n + m for n in range(3) for m in range(7)])
