"""Backups: whole, checked, and taken while others write."""

import hashlib
import json
import tarfile
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.database import Transaction
from index.errors import CorruptError, NoIndexError, StoreError, UsageError
from index.pipeline.backup import back_up, check_backup, restore
from index.pipeline.checking import check
from index.pipeline.indexing import build_index
from index.read.options import ReadOptions
from index.settings import Settings
from index.store import bundle
from index.store.generations import current, verify
from index.store.lock import WriterLock
from tests.index.pipeline.fakes import STAGES


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    grow(made, 3)
    return made


def grow(settings: Settings, count: int) -> None:
    source = settings.data_dir.with_name("a.jsonl")
    source.write_text("\n".join(json.dumps({"id": f"{number:016x}", "text": "Text."}) for number in range(count)))
    build_index([source], settings=settings, options=ReadOptions(), stages=STAGES)


@pytest.fixture(params=["backup", "backup.tar"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / "kept" / str(request.param)


def test_a_backup_gives_the_data_directory_back(settings: Settings, target: Path) -> None:
    (settings.data_dir / "people.txt").write_text("Ann Lee = A. Lee\n")
    made = back_up(settings.data_dir, target)
    assert (made.articles, made.generation) == (3, current(settings.data_dir).name)
    assert check_backup(target) == made
    elsewhere = Settings(data_dir=target.parent / "restored")
    assert restore(target, elsewhere.data_dir).articles == 3
    assert check(elsewhere).problems == ()
    verify(current(elsewhere.data_dir))
    assert (elsewhere.data_dir / "people.txt").read_text() == "Ann Lee = A. Lee\n"
    assert sorted(path.name for path in target.parent.iterdir()) == sorted([target.name, "restored"])
    grow(settings, 4)
    grow(elsewhere, 5)
    assert current(elsewhere.data_dir).manifest.articles == 5


def test_a_backup_holds_files_of_any_name_and_folders(settings: Settings, target: Path) -> None:
    names = [
        "notes of mine.txt",
        "überblick.txt",
        "sub/a.txt",
        "sub/deep er/ß/b.txt",
        "sub/archive.sqlite",
        "sub/\udcff",
    ]
    for name in [*names, ".hidden", "sub/.hidden", "sub/a.partial"]:
        path = settings.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name.encode("utf-8", "backslashreplace").decode())
    (settings.data_dir / "sub" / "loop").symlink_to(settings.data_dir)
    back_up(settings.data_dir, target)
    restored = target.parent / "restored"
    restore(target, restored)
    assert all((restored / name).read_bytes() == (settings.data_dir / name).read_bytes() for name in names)
    assert {path.name for path in (restored / "sub").iterdir()} == {"a.txt", "deep er", "archive.sqlite", "\udcff"}
    assert not (restored / ".hidden").exists()


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "a//b", ".hidden", "a/.b", "", "a/"])
def test_a_bundle_names_nothing_that_leads_out_of_it(name: str) -> None:
    assert not bundle._NAME.fullmatch(name)


def test_a_backup_without_the_index_is_built_again(settings: Settings, target: Path) -> None:
    assert back_up(settings.data_dir, target, with_index=False).generation is None
    elsewhere = Settings(data_dir=target.parent / "restored", jobs=1)
    restore(target, elsewhere.data_dir)
    assert not check(elsewhere).has_index
    grow(elsewhere, 0)
    assert current(elsewhere.data_dir).manifest.articles == 3


def test_a_backup_taken_while_a_writer_is_in_the_middle_is_of_one_moment(settings: Settings, target: Path) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("UPDATE articles SET packed = NULL, hash = NULL")
        assert back_up(settings.data_dir, target).articles == 3

    with Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.database.change(work)


@pytest.mark.parametrize("what", ["archive.sqlite", "generations"])
def test_damage_is_not_backed_up(settings: Settings, target: Path, what: str) -> None:
    path = settings.data_dir / what
    if path.is_dir():
        [path] = current(settings.data_dir).path.glob("*.seg")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2048] = b"\xff" * len(data[len(data) // 2 : len(data) // 2 + 2048])
    path.write_bytes(data)
    with pytest.raises(CorruptError):
        back_up(settings.data_dir, target)
    assert list(target.parent.iterdir()) == []


def test_every_damage_to_a_backup_is_found_and_nothing_is_restored(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    back_up(settings.data_dir, target)
    whole = target.read_bytes()
    with tarfile.open(target) as tar:
        spans = [(one.offset_data, one.size) for one in tar.getmembers()]
    for start, size in spans:
        data = bytearray(whole)
        data[start + size // 2] ^= 1
        target.write_bytes(data)
        with pytest.raises(CorruptError):
            restore(target, tmp_path / "restored")
    for cut in range(0, len(whole) - 20 * 512, len(whole) // 12):
        target.write_bytes(whole[:cut])
        with pytest.raises(CorruptError):
            restore(target, tmp_path / "restored")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "backup.tar", "data"]


def test_a_backup_that_names_files_outside_is_refused(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    back_up(settings.data_dir, target)
    manifest = target / "backup.json"
    text = manifest.read_text().rpartition("\n}")[0] + "\n}"
    text = text.replace('"archive.sqlite"', '"../archive.sqlite"')
    digest = hashlib.sha256(text.encode()).hexdigest()
    manifest.write_text(f"{text}\n{digest}\n")
    with pytest.raises(CorruptError, match="strange file"):
        restore(target, tmp_path / "restored")


def test_nothing_that_exists_is_written_over(settings: Settings, target: Path) -> None:
    back_up(settings.data_dir, target)
    with pytest.raises(StoreError, match="something already"):
        back_up(settings.data_dir, target)
    with pytest.raises(StoreError, match="Move it away"):
        restore(target, settings.data_dir)


def test_what_cannot_be_backed_up_or_restored_is_told(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        back_up(tmp_path / "absent", tmp_path / "b")
    with pytest.raises(UsageError, match=r"\.tar"):
        back_up(settings.data_dir, tmp_path / "b.zip")
    with pytest.raises(StoreError):
        restore(tmp_path / "absent.tar", tmp_path / "restored")
    (tmp_path / "other").mkdir()
    with pytest.raises(CorruptError, match="no backup"):
        restore(tmp_path / "other", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    assert list((tmp_path / "other").iterdir()) == []


def killed(at: Path, name: str) -> Path:
    """Leave what a process that was killed leaves: a room that nobody holds."""
    left = at / f".{name}.0a1b2c3d.partial"
    (left / "copies").mkdir(parents=True)
    (left / "copies" / "archive.sqlite").write_bytes(b"half")
    return left


def test_what_a_killed_backup_left_goes_with_the_next_one(settings: Settings, target: Path) -> None:
    killed(target.parent, target.name)
    others = {killed(target.parent, "another").name, f".{target.name}.backup.partial"}
    (target.parent / f".{target.name}.backup.partial").mkdir()
    back_up(settings.data_dir, target)
    assert {path.name for path in target.parent.iterdir()} == {*others, target.name}


def test_what_a_running_backup_makes_stays(settings: Settings, target: Path) -> None:
    running = killed(target.parent, target.name)
    with WriterLock(running):
        back_up(settings.data_dir, target)
    assert (running / "copies" / "archive.sqlite").read_bytes() == b"half"


def test_what_a_killed_return_left_goes_with_the_next_one(settings: Settings, tmp_path: Path) -> None:
    back_up(settings.data_dir, tmp_path / "b.tar")
    killed(tmp_path / "empty", "restored")
    killed(tmp_path, "new")
    for name in ("empty", "new"):
        restore(tmp_path / "b.tar", tmp_path / name)
        verify(current(tmp_path / name))
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "b.tar", "data", "empty", "new"}
    assert {path.name for path in (tmp_path / "empty").iterdir()} == {
        path.name for path in (tmp_path / "new").iterdir()
    }


def test_an_empty_directory_is_filled_where_it_is_however_it_is_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(settings.data_dir, tmp_path / "b.tar")
    (tmp_path / "empty").mkdir()
    inode = (tmp_path / "empty").stat().st_ino
    monkeypatch.chdir(tmp_path / "empty")
    assert restore(Path("../b.tar"), Path()).articles == 3
    assert (tmp_path / "empty").stat().st_ino == inode
    assert check(Settings(data_dir=Path())).problems == ()
    with pytest.raises(StoreError, match="something already"):
        restore(Path("../b.tar"), Path())


def test_a_place_that_cannot_be_is_told(settings: Settings, tmp_path: Path) -> None:
    back_up(settings.data_dir, tmp_path / "b.tar")
    (tmp_path / "loop").symlink_to("loop")
    for target in (tmp_path / "b.tar" / "x", tmp_path / ("x" * 300)):
        with pytest.raises(StoreError, match="cannot be written"):
            back_up(settings.data_dir, target)
        with pytest.raises(StoreError, match="cannot be restored"):
            restore(tmp_path / "b.tar", target)
        with pytest.raises(StoreError, match="cannot be read"):
            check_backup(target)
    with pytest.raises(StoreError, match="something already"):
        back_up(settings.data_dir, tmp_path / "loop")
    with pytest.raises(StoreError, match="cannot be restored"):
        restore(tmp_path / "b.tar", tmp_path / "loop")
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "b.tar", "data", "loop"}
