"""Small files are replaced whole, whoever replaces them at the same time."""

import os
import threading
import time
from pathlib import Path

import pytest

from index.store import files
from index.store.files import replace_durably


def test_several_replace_a_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "POINTER"
    failed: list[OSError] = []

    def write(number: int) -> None:
        try:
            for _ in range(50):
                replace_durably(path, f"{number}\n".encode() * 100)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if path.exists():
            assert len(set(path.read_text("ascii").split())) == 1
    assert not failed
    assert [one.name for one in tmp_path.iterdir()] == ["POINTER"]


def test_what_one_that_was_killed_left_is_removed_later(tmp_path: Path) -> None:
    left, fresh = tmp_path / "POINTER.1a2b3c4d.partial", tmp_path / "POINTER.5e6f7a8b.partial"
    for one in (left, fresh):
        one.write_bytes(b"half")
    os.utime(left, (time.time() - 3_600,) * 2)
    replace_durably(tmp_path / "POINTER", b"whole")
    assert not left.exists()
    assert fresh.exists(), "another may be writing it just now"


def test_a_failure_leaves_the_old_and_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "POINTER"
    replace_durably(path, b"old")

    def full(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(files, "write_durably", full)
    with pytest.raises(OSError, match="full"):
        replace_durably(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["POINTER"]
