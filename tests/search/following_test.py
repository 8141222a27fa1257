"""What follows corrections of other machines; with a server, tests/postgresql/serving_test.py asks it."""

import threading
import time
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.postgresql.address import Server
from index.authority.log import signal
from index.authority.types import Correction
from index.errors import UnreachableError
from index.settings import Settings
from search import following
from search.following import Follower

HIDE = Correction(what="hide", names=("Ada Quill",))


def test_where_the_archive_is_a_file_nothing_need_be_followed(tmp_path: Path) -> None:
    before = threading.active_count()
    follower = Follower(tmp_path, tmp_path / "archive.sqlite", Settings(data_dir=tmp_path))
    follower.start()
    assert threading.active_count() == before
    follower.stop()
    follower.join(1)


def test_readers_are_told_of_a_log_that_grew_elsewhere_and_of_one_that_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = threading.Event()
    away.set()

    def opened(place: Server, *, writable: bool) -> Archive:
        assert not writable
        if away.is_set():
            raise UnreachableError("nobody is there", where=str(place))
        return Archive(tmp_path / "archive.sqlite", writable=False)

    monkeypatch.setattr(following, "Archive", opened)
    monkeypatch.setattr(following, "EVERY", 0.01)
    with Archive(tmp_path / "archive.sqlite") as archive:
        follower = Follower(tmp_path, Server(address="postgresql://me@host/db"), Settings(data_dir=tmp_path))
        follower.start()
        try:
            archive.corrections.append([HIDE])
            assert signal(tmp_path) == b""
            away.clear()
            assert told(tmp_path, b"1 ")
            archive.corrections.append([HIDE])
            assert told(tmp_path, b"2 ")
        finally:
            follower.stop()
            follower.join(10)


def told(data_dir: Path, state: bytes) -> bool:
    until = time.monotonic() + 20
    while not signal(data_dir).startswith(state) and time.monotonic() < until:
        time.sleep(0.005)
    return signal(data_dir).startswith(state)
