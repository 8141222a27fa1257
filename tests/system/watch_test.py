"""`newsmorgue index --watch` and `--rejected` as a user runs them."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from index.errors import CorruptError, LockedError, PruneError, StoreError
from index.read.watch import Due, Watch
from newsmorgue.command import run
from newsmorgue.watching import watch_for_changes

ROOT = Path(__file__).parents[2]
TEXT = "The council of Harbourside met on Monday and spoke about the ferry, which had not run since November."


def test_files_that_come_are_indexed_until_sigterm(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text(TEXT)
    environment = {**os.environ, "NEWSMORGUE_JOBS": "1", "NEWSMORGUE_WATCH_SECONDS": "0.05", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "newsmorgue", "index", "pile", "--watch", "--json", "--data-dir", "pile/data"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        deadline = threading.Timer(120, process.kill)
        deadline.start()
        assert json.loads(process.stdout.readline())["added"] == 1
        assert any("watching" in line for line in iter(process.stderr.readline, ""))
        (pile / "b.txt").write_text(f"Another day. {TEXT}")
        assert json.loads(process.stdout.readline())["added"] == 1
        (pile / "b.txt").write_text(f"Yet another day. {TEXT}")
        report = json.loads(process.stdout.readline())
        assert (report["articles"], report["changed"]) == (1, 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        deadline.cancel()
        assert "watching ended" in process.stderr.read()


def test_watching_takes_out_the_articles_of_files_that_go(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    for name in "abc":
        (pile / f"{name}.txt").write_text(f"Day {name}. {TEXT}")
    environment = {**os.environ, "NEWSMORGUE_JOBS": "1", "NEWSMORGUE_WATCH_SECONDS": "0.05", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "newsmorgue", "index", "pile", "--watch", "--prune", "--json", "--data-dir", "d"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        deadline = threading.Timer(120, process.kill)
        deadline.start()
        assert json.loads(process.stdout.readline())["added"] == 3
        assert any("watching" in line for line in iter(process.stderr.readline, ""))
        (pile / "a.txt").unlink()
        assert json.loads(process.stdout.readline())["pruned"] == 1
        for name in "bc":
            (pile / f"{name}.txt").unlink()
        assert any("nothing was pruned" in line for line in iter(process.stderr.readline, ""))
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        deadline.cancel()


class Watched:
    """Stands for the folder that is watched: at each look the same is due, until there is none left."""

    def __init__(self, looks: int, due: Due) -> None:
        self.looks = looks
        self.due = due
        self.done_with: list[Due] = []

    def look(self) -> Due:
        self.looks -= 1
        if self.looks < 0:
            raise KeyboardInterrupt
        return self.due

    def done(self, due: Due) -> None:
        self.done_with.append(due)


A_FILE = Due(changed=("a.txt",))


def watched(
    outcomes: Sequence[Exception | None], *, looks: int, due: Due = A_FILE
) -> tuple[Watched, list[Sequence[str]]]:
    """Watch with an `index` that fails as told, call by call; give what it was called with."""
    watch, left = Watched(looks, due), iter(outcomes)
    calls: list[Sequence[str]] = []

    def index(paths: Sequence[str]) -> None:
        calls.append(list(paths))
        outcome = next(left)
        if outcome:
            raise outcome

    watch_for_changes(cast(Watch, watch), index, first=["in"], seconds=0, pruned=["in"])
    return watch, calls


def test_watching_waits_for_whoever_writes_when_it_starts(capsys: pytest.CaptureFixture[str]) -> None:
    _, calls = watched([LockedError("in use"), LockedError("in use"), None], looks=0)
    assert calls == [["in"]] * 3
    assert capsys.readouterr().err.count("in use") == 1


def test_watching_survives_a_full_disk_and_tells_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    full = StoreError("the disk is full")
    watch, calls = watched([None, full, full, None, full], looks=4)
    assert calls[1:] == [["a.txt"]] * 4
    assert watch.done_with == [A_FILE]
    assert capsys.readouterr().err.count("the disk is full") == 2


def test_what_changed_beside_a_file_that_vanished_is_done_only_when_all_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    both = Due(changed=("a.txt",), vanished=True)
    watch, calls = watched([None, LockedError("in use"), None], looks=2, due=both)
    assert calls[1:] == [["in"]] * 2
    assert watch.done_with == [both]
    capsys.readouterr()


def test_what_is_too_much_to_prune_is_told_and_let_be(capsys: pytest.CaptureFixture[str]) -> None:
    both = Due(changed=("a.txt",), vanished=True)
    watch, _ = watched([None, PruneError("nothing was pruned")], looks=1, due=both)
    assert watch.done_with == [both]
    assert "nothing was pruned" in capsys.readouterr().err


@pytest.mark.parametrize("outcomes", [[StoreError("no permission")], [None, CorruptError("damaged")]])
def test_watching_ends_where_a_person_is_needed(outcomes: list[Exception | None]) -> None:
    with pytest.raises(StoreError):
        watched(outcomes, looks=3)


@pytest.mark.parametrize("more", [["--strict"], ["-"]])
def test_watching_goes_with_no_strictness_and_no_pipe(
    tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["index", str(tmp_path), "--watch", "--data-dir", str(tmp_path / "data"), *more]) == 2
    assert "--watch" in capsys.readouterr().err


def test_what_was_rejected_is_written_with_source_position_reason_and_detail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"title": "Ferry", "text": TEXT}), "{no json", json.dumps({"title": "No text"})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    report = tmp_path / "report.jsonl"
    arguments = ["index", str(tmp_path / "a.jsonl"), "--data-dir", str(tmp_path / "data"), "--rejected", str(report)]
    assert run(arguments) == 0
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(row["position"], row["reason"]) for row in rows] == [(2, "not-json"), (3, "no-text-column")]
    assert all(row["source"] == f"{tmp_path}/a.jsonl:{row['position']}" and row["detail"] for row in rows)
    capsys.readouterr()
