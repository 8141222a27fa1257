"""`newsmorgue export` as a user runs it."""

import json
from pathlib import Path

import pytest
from whoosh.index import open_dir

from newsmorgue.command import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSMORGUE_JOBS", "1")


def test_the_archive_is_exported_to_whoosh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"url": f"https://paper.example/{number}", "title": f"Report {number}", "text": "Ada Reyes spoke to CNN."}
        for number in range(3)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(["index", "a.jsonl"]) == 0
    capsys.readouterr()
    assert run(["export", "--whoosh", "out"]) == 0
    assert capsys.readouterr().out == "3 articles written to out\n"
    with open_dir("out").searcher() as searcher:
        assert searcher.doc_count() == 3
        assert searcher.document(url="https://paper.example/1")["title"] == "Report 1"
    assert run(["export", "--whoosh", "out"]) == 2
    assert "out: the directory is not empty" in capsys.readouterr().err


def test_without_an_archive_there_is_nothing_to_export(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--whoosh", "out"]) == 3
    assert "there is no archive" in capsys.readouterr().err
