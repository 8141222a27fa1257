"""`newsmorgue index --from-archive`, as a user runs it."""

import json
import shutil
from pathlib import Path

import pytest

from newsmorgue.command import run


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("NEWSMORGUE_JOBS", "1")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Report {number}\n\nAda Reyes opened harbour {number} on Tuesday.\n")
    assert run(["index", "in"]) == 0
    capsys.readouterr()
    return tmp_path / "newsmorgue-data"


def test_an_archive_is_indexed_where_its_sources_are_gone(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(tmp_path / "in")
    (tmp_path / "other").mkdir()
    shutil.copy(data / "archive.sqlite", tmp_path / "other")
    arguments = ["index", "--from-archive", "--data-dir", "other"]
    assert run(arguments) == 0
    assert capsys.readouterr().out.startswith("3 articles of the archive, in ")
    assert run(arguments) == 0
    assert "3 articles of the archive, which the index had already, in " in capsys.readouterr().out
    assert run([*arguments, "--again", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["committed"] is True
    assert run(["search", "harbour", "--json", "--data-dir", "other"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 3


def test_it_goes_with_no_path_and_an_archive_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "--from-archive", "in"]) == 2
    assert run(["index"]) == 2
    assert run(["index", "--from-archive", "--data-dir", "empty"]) == 3


def test_an_engine_that_is_not_one_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for engine in (
        "lucene",
        "opensearch",
        "opensearch+http://u:p@host/x",
        "opensearch+http://host",
        "opensearch+ftp://h/x",
    ):
        monkeypatch.setenv("NEWSMORGUE_ENGINE", engine)
        assert run(["index", "--from-archive"]) == 2
        assert "engine" in capsys.readouterr().err


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NEWSMORGUE_OPENSEARCH_PASSWORD", "open sesame")
    assert run(["config"]) == 0
    shown = capsys.readouterr().out
    assert run(["config", "--json"]) == 0
    shown += capsys.readouterr().out
    assert "sesame" not in shown
    assert "(set)" in shown
