import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import LockedError, StoreError
from index.store.lock import WriterLock

HOLDER = """
import sys, pathlib, time
from index.store.lock import WriterLock
with WriterLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        WriterLock(tmp_path),
        pytest.raises(LockedError, match=rf"process {os.getpid()} on \S+, since 20\S+, is writing here") as caught,
        WriterLock(tmp_path),
    ):
        pass
    assert caught.value.exit_code == 3


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with WriterLock(tmp_path) as first:
        assert first.held
    assert not first.held
    with WriterLock(tmp_path):
        pass


def test_a_dead_holders_lock_is_taken_over(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(LockedError, match=f"process {child.pid} "), WriterLock(tmp_path):
            pass
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert str(child.pid) in (tmp_path / "writer.lock").read_text()
        with WriterLock(tmp_path) as lock:
            assert lock.held


def test_a_holder_that_wrote_nonsense_is_another_process(tmp_path: Path) -> None:
    with WriterLock(tmp_path):
        (tmp_path / "writer.lock").write_text("nonsense")
        with pytest.raises(LockedError, match="another process is writing"), WriterLock(tmp_path):
            pass


def test_a_missing_directory_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), WriterLock(tmp_path / "absent"):
        pass
