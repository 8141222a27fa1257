"""The commands that keep an archive in order, as a user runs them."""

import json
import sys
from pathlib import Path

import pytest

from index.progress import Progress
from newsmorgue.command import run
from newsmorgue.pace import ProgressLines


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("NEWSMORGUE_JOBS", "1")
    folder = tmp_path / "in"
    folder.mkdir()
    for number, place in enumerate(("harbour", "market", "harbour", "museum")):
        text = f"Ada Reyes opened the {place} on Tuesday. Number {number} was the last of them, she said.\n"
        (folder / f"{number}.txt").write_text(f"Report about the {place}\n\n{text}", encoding="utf-8")
    assert run(["index", "in"]) == 0
    capsys.readouterr()
    return folder


def total(capsys: pytest.CaptureFixture[str], query: str = "") -> int:
    capsys.readouterr()
    assert run(["search", query, "--json"]) == 0
    return int(json.loads(capsys.readouterr().out)["total"])


def test_a_dry_run_lists_and_removes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remove", "--query", "harbour", "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert [line.split("\t")[1] for line in out.splitlines()] == ["Report about the harbour"] * 2
    assert "2 articles would be removed" in err
    assert total(capsys) == 4


def test_what_a_query_a_source_and_an_id_name_is_removed_and_stays_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["remove", "--source", "in/3.txt", "--dry-run"])
    article_id = capsys.readouterr().out.split("\t")[0]
    assert run(["remove", "--query", "harbour", "--source", "in/0.txt", "--id", article_id, "--yes"]) == 0
    assert capsys.readouterr().out == "3 articles removed\n"
    assert total(capsys) == 1
    assert run(["index", "in"]) == 0
    assert "1 unchanged, 3 left out as removed" in capsys.readouterr().out
    assert run(["index", "in", "--revive"]) == 0
    assert total(capsys) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing says what to remove"),
        (["--query", " ", "--yes"], "an empty query finds everything"),
        (["--query", "harbour (", "--yes"], "the query is not clear"),
        (["--query", "harbour"], "Say so with --yes"),
    ],
)
def test_nothing_is_removed_by_accident(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert run(["remove", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert total(capsys) == 4


@pytest.mark.parametrize(("answer", "left"), [("y", 2), ("n", 4)])
def test_on_a_terminal_it_is_asked_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
    assert run(["remove", "--query", "harbour"]) == (0 if answer == "y" else 130)
    assert total(capsys) == left


def test_what_vanished_is_pruned_only_when_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "1.txt").unlink()
    run(["index", "in"])
    assert total(capsys) == 4
    assert run(["index", "in", "--prune"]) == 0
    assert "1 pruned" in capsys.readouterr().out
    assert total(capsys) == 3
    for path in folder.iterdir():
        path.unlink()
    assert run(["index", "in", "--prune"]) == 1
    assert "Is a disk not mounted?" in capsys.readouterr().err
    assert total(capsys) == 3


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
def test_a_backup_is_made_checked_and_restored(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["backup", name]) == 0
    assert "4 articles" in capsys.readouterr().out
    assert run(["restore", name]) == 1
    assert "Move it away" in capsys.readouterr().err
    assert run(["restore", name, "--check"]) == 0
    assert run(["restore", name, "--data-dir", "other"]) == 0
    assert run(["check", "--data-dir", "other"]) == 0
    assert run(["search", "museum", "--data-dir", "other"]) == 0


def test_json_tells_progress_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "in", "--again", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["unchanged"] == 4
    lines = [json.loads(line) for line in err.splitlines()]
    assert (lines[-1]["stage"], lines[-1]["done"], lines[-1]["left"]) == ("reading", lines[-1]["total"], 0)
    assert lines[-1]["rate"] > 0


def test_progress_is_told_about_once_a_second_with_rate_and_time_left() -> None:
    def event(done: int, seconds: float, *, writing: bool = False) -> Progress:
        return Progress(
            stage="writing" if writing else "reading",
            done=done,
            total=100,
            articles=40,
            rejected=0,
            seconds=seconds,
        )

    clock = iter([0.0, 0.0, 0.5, 1.5, 1.5, 2.0, 2.0, 9.0, 9.0])
    lines: list[str] = []
    told = ProgressLines(lines.append, clock=lambda: next(clock))
    for one in (event(0, 0), event(10, 0.5), event(50, 2), event(100, 4), event(25, 5, writing=True)):
        told.show(one)
    rows = [(one["done"], one["rate"], one["left"]) for one in map(json.loads, lines)]
    assert rows == [(0, None, None), (50, 20.0, 2.0), (100, 10.0, 0.0), (25, None, None)]


def test_an_id_that_no_article_has_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remove", "--id", "nope", "--yes"]) == 1
    assert "there is no article nope" in capsys.readouterr().err
    assert total(capsys) == 4
