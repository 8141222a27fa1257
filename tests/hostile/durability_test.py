"""What is kept survives: power loss, kill -9, failing calls, damage, and places that cannot be written."""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.archive.archive import Archive
from index.errors import NoIndexError, StoreError
from index.pipeline.backup import back_up, check_backup, restore
from index.pipeline.checking import check
from index.store.commit import commit, prepare
from index.store.generations import Generation, current, current_whole, verify
from index.store.lock import WriterLock
from tests.hostile.durability_replay import Recorder, build
from tests.hostile.durability_runs import Desk, left_over

SHIM = Path(__file__).with_name("durability_faults.c")
NOBODY = 65534


def make(data_dir: Path, lock: WriterLock, revision: int, base: Generation | None, *, keep: int = 1) -> Generation:
    def write(directory: Path) -> None:
        for name in ("toc", f"segment{revision}"):
            (directory / name).unlink(missing_ok=True)
            (directory / name).write_bytes(f"{name} of {revision} ".encode() * 50)

    return commit(
        data_dir,
        lock,
        base=base,
        write=write,
        form="test/1",
        archive="a",
        revision=revision,
        articles=revision,
        keep=keep,
    )


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    prepare(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.index(files=1)
    return made


@pytest.mark.parametrize("with_base", [False, True])
def test_power_may_fail_at_any_moment_of_a_commit(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, with_base: bool
) -> None:
    seen: set[int | None] = set()
    with WriterLock(data_dir) as lock:
        base = make(data_dir, lock, 1, None) if with_base else None
        with monkeypatch.context() as patched:
            recorder = Recorder(data_dir, patched)
            make(data_dir, lock, 2, base)
    for number, (operation, tree) in enumerate(recorder.images):
        image = tmp_path / f"image{number}"
        build(tree, image)
        try:
            generation = current(image)
            verify(generation)
            revision: int | None = generation.manifest.revision
        except NoIndexError:
            revision = None
        assert revision in {1 if with_base else None, 2}, f"after operation {number}, {operation}"
        assert revision == 2 or 2 not in seen or operation == "replace", "a commit was undone"
        seen.add(revision)
    assert seen == {1 if with_base else None, 2}
    assert len(recorder.images) > 20


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
def test_power_may_fail_at_any_moment_of_a_backup_and_of_its_return(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with monkeypatch.context() as patched:
        recorder = Recorder(shelf, patched)
        back_up(desk.data_dir, shelf / name)
        restore(shelf / name, shelf / "data")
    backed, returned = 0, 0
    for number, (_, tree) in enumerate(recorder.images):
        image = tmp_path / f"image{number}"
        build({one: what for one, what in tree.items() if one in {name, "data"}}, image)
        if (image / name).exists():
            backed += 1
            check_backup(image / name)
        if (image / "data").exists():
            returned += 1
            verify(current(image / "data"))
            with Archive(image / "data" / "archive.sqlite", writable=False) as archive:
                assert archive.count() == 10
    assert backed
    assert returned


def test_readers_always_find_a_whole_generation_while_others_are_committed(data_dir: Path) -> None:
    ready, over = threading.Event(), threading.Event()

    def keep_committing() -> None:
        with WriterLock(data_dir) as lock:
            base = make(data_dir, lock, 1, None)
            ready.set()
            for revision in range(2, 60):
                base = make(data_dir, lock, revision, base)
        over.set()

    writer = threading.Thread(target=keep_committing)
    writer.start()
    ready.wait(60)
    last = 0
    try:
        while not over.is_set():
            number = current_whole(data_dir).number
            assert number >= last
            last = number
    finally:
        writer.join()
    assert current_whole(data_dir).number == 59


def test_a_clock_that_goes_backwards_changes_no_order(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with WriterLock(data_dir) as lock:
        first = make(data_dir, lock, 1, None, keep=2)
        past = SimpleNamespace(now=lambda zone: datetime.datetime(1980, 1, 1, tzinfo=zone))
        monkeypatch.setattr("index.store.commit.datetime", SimpleNamespace(datetime=past, UTC=datetime.UTC))
        second = make(data_dir, lock, 2, first, keep=2)
        assert second.manifest.created < first.manifest.created
        assert current(data_dir) == second
        third = make(data_dir, lock, 3, second, keep=2)
    assert sorted(path.name for path in (data_dir / "generations").iterdir()) == [second.name, third.name]


def test_files_from_the_future_are_read_again_rather_than_believed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.pipeline.ledger.time.time_ns", lambda: 0)
    assert desk.index().added == 50
    assert desk.index().unchanged == 60


@pytest.fixture
def sealed(desk: Desk) -> Iterator[Desk]:
    """A data directory that whoever asks may read and not write, as on a read-only disk."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    desk.data_dir = Path(shutil.copytree(desk.data_dir, root / "data"))
    everything = [desk.data_dir, *desk.data_dir.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield desk
    finally:
        os.seteuid(before)
        for path in everything:
            path.chmod(0o755)
        shutil.rmtree(root)


def test_what_cannot_be_written_can_be_read_and_the_writer_is_told(sealed: Desk) -> None:
    found = check(sealed.settings)
    assert (found.articles, found.problems) == (10, ())
    with pytest.raises(StoreError, match="cannot be written: Permission denied"), WriterLock(sealed.data_dir):
        pass
    assert current_whole(sealed.data_dir).manifest.articles == 10


def runs(tmp_path: Path, what: str, times: int, **environment: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.hostile.durability_runs", what, str(tmp_path), str(times)]
    path = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path, **environment}
    )
    assert ended.returncode == 0, ended.stderr[-3_000:]
    counts: dict[str, int] = json.loads(ended.stdout)
    return counts


def test_a_run_may_be_killed_at_any_moment_and_resumed(tmp_path: Path) -> None:
    assert sum(runs(tmp_path, "kill", 8).values()) == 8


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="needs a C compiler and Linux")
def test_any_call_that_writes_may_fail(tmp_path: Path) -> None:
    library = tmp_path / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True)
    counts = runs(tmp_path, "faults", 16, LD_PRELOAD=str(library))
    assert counts.pop("calls that write") > 100
    assert sum(counts.values()) >= 16
    assert any("told" in name for name in counts)


def test_flipped_bits_and_cut_files_are_found(tmp_path: Path) -> None:
    counts = runs(tmp_path, "flips", 25)
    assert sum(counts.values()) == 25
    assert all("found" in name for name in counts if name.startswith("index"))


def test_nothing_is_left_over_by_a_run(desk: Desk) -> None:
    desk.index()
    assert left_over(desk) == []
