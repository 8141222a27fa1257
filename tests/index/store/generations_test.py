import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import CorruptError, NoIndexError, StoreError
from index.store.commit import commit, prepare
from index.store.generations import Generation, current, pin, verify
from index.store.lock import WriterLock


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    prepare(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def lock(data_dir: Path) -> Iterator[WriterLock]:
    with WriterLock(data_dir) as held:
        yield held


def make(
    data_dir: Path, lock: WriterLock, write: Callable[[Path], None], *, base: Generation | None = None, keep: int = 2
) -> Generation:
    return commit(
        data_dir,
        lock,
        base=base,
        write=write,
        form="test/1",
        archive="a",
        revision=3,
        articles=2,
        keep=keep,
    )


def writes(**files: str) -> Callable[[Path], None]:
    def write(directory: Path) -> None:
        for name, content in files.items():
            (directory / name).unlink(missing_ok=True)
            (directory / name).write_text(content)

    return write


def contents(generation: Generation) -> dict[str, str]:
    return {name: (generation.path / name).read_text() for name in generation.manifest.files}


def test_what_was_committed_is_current_and_whole(data_dir: Path, lock: WriterLock) -> None:
    made = make(data_dir, lock, writes(a="1", b="2"))
    found = current(data_dir)
    assert found == made
    assert contents(found) == {"a": "1", "b": "2"}
    assert (found.manifest.form, found.manifest.revision, found.manifest.articles) == ("test/1", 3, 2)
    assert found.number == 1
    verify(found)


def test_a_commit_continues_the_files_of_the_last_generation_by_links(data_dir: Path, lock: WriterLock) -> None:
    first = make(data_dir, lock, writes(a="1", b="2"))
    second = make(data_dir, lock, writes(b="3", c="4"), base=first)
    assert contents(second) == {"a": "1", "b": "3", "c": "4"}
    assert contents(first) == {"a": "1", "b": "2"}
    assert (first.path / "a").samefile(second.path / "a")
    verify(first)
    verify(second)


def test_where_links_are_unknown_files_are_copied(
    data_dir: Path, lock: WriterLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    first = make(data_dir, lock, writes(a="1"))
    second = make(data_dir, lock, writes(), base=first)
    assert contents(second) == {"a": "1"}
    verify(second)


def test_only_the_last_generations_are_kept(data_dir: Path, lock: WriterLock) -> None:
    last = None
    for number in range(5):
        last = make(data_dir, lock, writes(a=str(number)), base=last, keep=2)
    names = sorted(path.name[:6] for path in (data_dir / "generations").iterdir())
    assert names == ["000004", "000005"]
    assert contents(current(data_dir)) == {"a": "4"}


def test_a_failing_commit_leaves_the_last_generation_current(data_dir: Path, lock: WriterLock) -> None:
    first = make(data_dir, lock, writes(a="1"))

    def fail(directory: Path) -> None:
        (directory / "a").unlink()
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        make(data_dir, lock, fail, base=first)
    assert current(data_dir) == first
    verify(first)
    make(data_dir, lock, writes(), base=first)
    assert len(list((data_dir / "generations").iterdir())) == 2, "the leftovers of the failed commit are gone"


def test_a_commit_needs_the_lock(data_dir: Path) -> None:
    with pytest.raises(StoreError, match="lock"):
        make(data_dir, WriterLock(data_dir), writes(a="1"))


def test_nothing_committed_is_no_index(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NoIndexError, match="newsmorgue index"):
            current(path)


@pytest.mark.parametrize("name", ["CURRENT", "manifest.json", "a"])
def test_every_flipped_bit_is_found(data_dir: Path, lock: WriterLock, name: str) -> None:
    made = make(data_dir, lock, writes(a="some content"))
    path = data_dir / name if name == "CURRENT" else made.path / name
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        path.write_bytes(damaged)
        with pytest.raises(CorruptError):
            verify(current(data_dir))
    path.write_bytes(whole)
    verify(current(data_dir))


def test_what_was_made_of_damaged_files_is_not_committed(data_dir: Path, lock: WriterLock) -> None:
    first = make(data_dir, lock, writes(a="1", b="2"))
    (first.path / "a").write_text("!")

    def merge(directory: Path) -> None:
        (directory / "c").write_text((directory / "a").read_text() + (directory / "b").read_text())
        (directory / "a").unlink()
        (directory / "b").unlink()

    with pytest.raises(CorruptError, match="not what was written"):
        make(data_dir, lock, merge, base=first)
    assert current(data_dir) == first


@pytest.mark.parametrize("name", ["manifest.json", "a"])
def test_a_missing_file_is_found_on_opening(data_dir: Path, lock: WriterLock, name: str) -> None:
    made = make(data_dir, lock, writes(a="1"))
    (made.path / name).unlink()
    with pytest.raises(CorruptError, match=made.name):
        current(data_dir)


def test_a_cut_file_is_found_on_opening(data_dir: Path, lock: WriterLock) -> None:
    made = make(data_dir, lock, writes(a="12345"))
    (made.path / "a").write_text("123")
    with pytest.raises(CorruptError, match="3 bytes instead of 5"):
        current(data_dir)


def test_a_manifest_of_a_newer_version_is_refused(data_dir: Path, lock: WriterLock) -> None:
    made = make(data_dir, lock, writes(a="1"))
    path = made.path / "manifest.json"
    data = json.dumps({**json.loads(path.read_text()), "format": 2}).encode()
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (data_dir / "CURRENT").write_text(f"{made.name} {digest}\n")
    with pytest.raises(StoreError, match="newer version"):
        current(data_dir)


@pytest.mark.parametrize("name", ["", "generations", "generations/{generation}", "generations/{generation}/a"])
def test_what_everybody_may_write_is_refused(data_dir: Path, lock: WriterLock, name: str) -> None:
    made = make(data_dir, lock, writes(a="1"))
    path = data_dir / name.format(generation=made.name)
    path.chmod(path.stat().st_mode | 0o002)
    with pytest.raises(StoreError, match="everybody may write"):
        current(data_dir)


def test_a_data_directory_is_made_safe_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        prepare(tmp_path / "open")
        with WriterLock(tmp_path / "open") as lock:
            make(tmp_path / "open", lock, writes(a="1"))
    finally:
        os.umask(before)
    verify(current(tmp_path / "open"))


def test_a_data_directory_that_everybody_may_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(StoreError, match="chmod -R o-w"):
        prepare(tmp_path)


def test_a_file_in_the_place_of_the_data_directory_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        prepare(tmp_path / "file")


COMMITTER = """
import sys, pathlib
from index.store.commit import commit, prepare
from index.store.generations import current
from index.store.lock import WriterLock
from index.errors import NoIndexError

data_dir = pathlib.Path(sys.argv[1])
with WriterLock(data_dir) as lock:
    try:
        base = current(data_dir)
    except NoIndexError:
        base = None
    number = base.manifest.revision if base else 0
    print("ready", flush=True)
    while True:
        number += 1
        def write(directory):
            for name in ("a", "b", f"c{number % 3}"):
                (directory / name).unlink(missing_ok=True)
                (directory / name).write_bytes(str(number).encode() * 20_000)
        base = commit(data_dir, lock, base=base, write=write, form="test/1", archive="a", revision=number,
                      articles=number, keep=2)
        print("committed", flush=True)
"""


def test_killing_the_writer_at_any_moment_leaves_a_whole_generation(data_dir: Path) -> None:
    seen = 0
    for attempt in range(15):
        with subprocess.Popen(
            [sys.executable, "-c", COMMITTER, data_dir], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
        ) as child:
            assert child.stdout is not None
            for _ in range(1 + attempt % 3):
                child.stdout.readline()
            time.sleep(random.Random(attempt).uniform(0, 0.02))
            child.send_signal(signal.SIGKILL)
        try:
            generation = current(data_dir)
        except NoIndexError:
            assert seen == 0
            continue
        verify(generation)
        number = generation.manifest.revision
        assert number >= seen, "a committed generation was lost"
        seen = number
        assert (generation.path / "a").read_bytes() == str(number).encode() * 20_000
    assert seen > 0
    with WriterLock(data_dir) as lock:
        make(data_dir, lock, writes(), base=current(data_dir))
    assert len(list((data_dir / "generations").iterdir())) == 2, "nothing is left of the killed ones"


def test_a_generation_that_somebody_reads_stays_until_a_commit_after_that(data_dir: Path, lock: WriterLock) -> None:
    first = make(data_dir, lock, writes(a="1"))
    held, twice = pin(first), pin(first)
    for text in "234":
        make(data_dir, lock, writes(a=text), base=current(data_dir))
    assert contents(first) == {"a": "1"}
    os.close(held)
    make(data_dir, lock, writes(a="5"), base=current(data_dir))
    assert first.path.exists(), "another has it still"
    os.close(twice)
    make(data_dir, lock, writes(a="6"), base=current(data_dir))
    assert not first.path.exists()
    assert len(list(first.path.parent.iterdir())) == 2
    with pytest.raises(StoreError):
        pin(first)
