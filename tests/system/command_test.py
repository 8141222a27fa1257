"""The command as a user runs it: what goes in, what comes out where, and with which exit code."""

import csv
import gzip
import io
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.settings import Settings
from newsmorgue.command import run
from search.searcher import Searcher
from tests.partial import ROWS, amid, spoil
from web.application import create_application
from web.serving.server import Server

ROOT = Path(__file__).parents[2]

REPORT = """Ferry company settles with widow of engineer

HARBOUR CITY, March 4, 2019 — The widow of Tomas Okafor, the engineer who drowned when the ferry Aurelia sank,
has settled with the company, Reuters reported on Monday.

Ngozi Okafor told The New York Times that she wanted no more than an apology. “They gave me one,” she said.
"""


def articles(count: int) -> str:
    rows = (
        {
            "url": f"https://paper.example/{number}",
            "title": f"Report number {number}",
            "text": f"Ada Reyes told CNN about matter {number} on Tuesday. Nobody else had heard of it before.",
            "date": f"2020-01-{number % 28 + 1:02}",
            "publisher": "The Paper",
        }
        for number in range(count)
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("NEWSMORGUE_JOBS", "1")


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "ferry.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "many.jsonl").write_text(articles(12), encoding="utf-8")
    assert run(["index", "ferry.txt", "many.jsonl"]) == 0
    capsys.readouterr()
    return tmp_path


def test_an_article_is_found_by_what_it_says_and_whom_it_names(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "widow", "--json", "--facets"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["total"] == 1
    (result,) = body["results"]
    assert result["title"] == "Ferry company settles with widow of engineer"
    assert result["published"]["value"] == "2019-03-04"
    assert {"Tomas Okafor", "Ngozi Okafor"} <= set(result["people"])
    assert {"Reuters", "The New York Times"} <= set(result["outlets"])


def test_a_second_run_changes_nothing_and_a_changed_text_replaces_its_article(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["index", "ferry.txt", "many.jsonl", "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert (second["unchanged"], second["added"], second["changed"], second["committed"]) == (13, 0, 0, False)
    (archive / "ferry.txt").write_text(REPORT.replace("widow", "relict"), encoding="utf-8")
    assert run(["index", "ferry.txt", "--json"]) == 0
    third = json.loads(capsys.readouterr().out)
    assert (third["unchanged"], third["added"], third["changed"]) == (0, 0, 1)
    run(["search", "widow", "--json"])
    run(["search", "relict", "--json"])
    totals = [json.loads(line)["total"] for line in capsys.readouterr().out.splitlines()]
    assert totals == [0, 1]


def test_results_go_to_stdout_as_lines_and_tables(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "matter", "--ndjson", "--size", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all(json.loads(line)["publisher"] == "The Paper" for line in lines)
    assert run(["search", "matter", "--csv", "--sort", "oldest"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 12
    assert rows[0]["published"] <= rows[-1]["published"]


def test_lines_and_tables_have_all_hits_and_what_is_cut_is_told(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, head in (("--ndjson", 0), ("--csv", 1)):
        assert run(["search", "matter", form]) == 0
        told = capsys.readouterr()
        assert (len(told.out.splitlines()), told.err) == (12 + head, "")
        assert run(["search", "matter", form, "--size", "5"]) == 0
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == 5 + head
        assert "5 of 12" in told.err
        assert run(["search", "matter", form, "--cursor", "x"]) == 2
        capsys.readouterr()
    assert run(["search", "matter", "--json"]) == 0
    told = capsys.readouterr()
    assert len(json.loads(told.out)["results"]) == 10
    assert "10 of 12" in told.err
    assert run(["search", '"half', "--ndjson"]) == 0
    assert "!" in capsys.readouterr().err, "notices are told with every form"


def test_a_list_that_cannot_be_whole_is_a_failure_that_tells_how_many_there_are(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, 100, when=amid)
    assert run(["search", "matter", "--ndjson"]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == ROWS
    assert f"{ROWS} were given before" in told.err
    assert run(["remove", "--query", "matter", "--yes"]) == 1
    assert "not all hits" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.chdir(archive)
    assert run(["search", "matter", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 12


def test_a_stream_that_was_cut_off_is_a_failure(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=archive / "newsmorgue-data")
    client = create_application(Searcher(settings.data_dir, settings), settings).test_client()
    with client.get("/api/v1/export.ndjson?q=matter&about=include") as response:
        whole = response.data.splitlines(keepends=True)
    for sent, code in ((whole, 0), (whole[:-1], 1), ([*whole[:-1], whole[-1][:20]], 1), (whole[:1], 1), ([], 1)):
        monkeypatch.setattr("urllib.request.urlopen", lambda *_, sent=sent, **__: io.BytesIO(b"".join(sent)))
        assert run(["search", "matter", "--ndjson", "--url", "http://archive.example"]) == code
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == max(0, sum(line.endswith(b"\n") for line in sent) - 1)
        assert bool(told.err) == bool(code)


def test_people_and_outlets_are_joined_as_the_page_joins_them(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, one, other in (("person", "Ada Reyes", "Ngozi Okafor"), ("outlet", "CNN", "Reuters")):
        for mode, total in (("all", 0), ("any", 13)):
            both = [f"--{kind}", one, f"--{kind}", other, f"--{kind}-mode", mode]
            assert run(["search", *both, "--json"]) == 0
            assert json.loads(capsys.readouterr().out)["total"] == total
    assert run(["search", "--person-mode", "some"]) == 2


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "url": "https://x.example/1",
        "title": "=HYPERLINK(1)",
        "text": "A tale of cells that calculate by themselves.",
    }
    (tmp_path / "bad.jsonl").write_text(json.dumps(row), encoding="utf-8")
    run(["index", "bad.jsonl"])
    capsys.readouterr()
    run(["search", "cells", "--csv"])
    (found,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert found["title"] == "'=HYPERLINK(1)"


def test_tag_prints_one_object_an_article_under_its_own_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "mine-1", "title": "", "text": "Ada Reyes met Brian Cole in June 2019, the BBC said. Reyes smiled."}
    (tmp_path / "one.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run(["tag", "one.jsonl"]) == 0
    tagged = json.loads(capsys.readouterr().out)
    assert set(tagged) == {"id", "source", "title", "published", "publisher", "people", "outlets", "dates", "quotes"}
    assert tagged["id"] == "mine-1"
    people = {person["name"]: person for person in tagged["people"]}
    assert people["Ada Reyes"]["surfaces"] == ["Ada Reyes", "Reyes"]
    assert people["Ada Reyes"]["count"] == 2
    assert [(outlet["name"], outlet["role"]) for outlet in tagged["outlets"]] == [("BBC", "cited")]
    assert [(date["surface"], date["value"]) for date in tagged["dates"]] == [("June 2019", "2019-06")]
    assert not list(tmp_path.glob("newsmorgue-data*"))


def test_bad_inputs_are_told_and_the_good_ones_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    lines = articles(6).splitlines()
    lines[1], lines[3], lines[4] = '{"title": "cut', "not json at all", '["no", "article"]'
    (pile / "three-broken.jsonl").write_text("\n".join(lines), encoding="utf-8")
    packed = gzip.compress(articles(400).replace("paper.example", "gz.example").encode())
    (pile / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (pile / "empty.txt").write_bytes(b"")
    (pile / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (pile / "long.jsonl").write_bytes(b'{"title": "' + b"x" * 50_000_000 + b'"}\n' + lines[0].encode() + b"\n")
    (pile / "good.txt").write_text(REPORT, encoding="utf-8")
    assert run(["index", "pile", "--json"]) == 0
    output = capsys.readouterr()
    report = json.loads(output.out)
    told = {(Path(one["source"]).name, one["reason"]) for one in report["rejections"]}
    places = {place for place, _ in told}
    assert {"three-broken.jsonl:2", "three-broken.jsonl:4", "three-broken.jsonl:5"} <= places
    assert {"empty.txt", "picture.txt", "long.jsonl:1"} <= places
    assert any(place.startswith("cut.jsonl.gz") for place in places)
    assert all(one["detail"] for one in report["rejections"])
    assert report["added"] > 3
    assert "Traceback" not in output.err
    assert run(["search", "widow", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1
    assert run(["index", "pile", "--strict"]) == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to root")
def test_a_directory_without_rights_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        assert run(["index", "closed"]) == 1
    finally:
        closed.chmod(stat.S_IRWXU)
    assert "closed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "x"], 3, "newsmorgue index"),
        (["search", "x", "--sort", "best"], 2, "sort"),
        (["search", "x", "--from", "yesterday"], 2, "from"),
        (["index"], 2, "PATH"),
        (["index", "no-such-file"], 1, "no-such-file"),
        (["tag", "no-such-file"], 1, "no-such-file"),
        (["index", "no-such-file", "--strict"], 1, "no-such-file"),
        (["index", "x", "--map", "colour=red"], 2, "colour"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_every_ending_has_its_exit_code_and_says_why(
    arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    error = capsys.readouterr().err
    assert says in error
    assert "Traceback" not in error


def test_a_wrong_setting_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "newsmorgue.toml").write_text("page_size = 0\n", encoding="utf-8")
    assert run(["search", "x"]) == 2
    assert "page_size" in capsys.readouterr().err


def test_settings_are_listed_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config"]) == 0
    listed = capsys.readouterr().out
    assert "max_file_bytes" in listed
    assert "NEWSMORGUE_DATA_DIR" in listed


def test_stats_count_what_the_archive_holds(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["articles"] == 13
    assert ["Ada Reyes", 12] in body["top"]["person"]


def test_nothing_found_is_explained(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "widdow company"]) == 0
    told = capsys.readouterr().out
    assert "“widdow” matches nothing in the archive." in told
    assert "Did you mean widow? (1)" in told
    assert run(["search", "widdow company", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["diagnosis"]["proposals"]


def test_damage_is_found_told_and_mended(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    segment = max((archive / "newsmorgue-data" / "generations").rglob("*.seg"), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.chmod(0o644)
    segment.write_bytes(bytes(data))
    assert run(["search", "widow"]) == 4
    assert "newsmorgue check --repair" in capsys.readouterr().err
    assert run(["check"]) == 4
    assert segment.name in capsys.readouterr().err
    assert run(["check", "--repair"]) == 0
    assert run(["check"]) == 0
    assert run(["search", "widow", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["total"] == 1


def test_indexing_again_mends_damage_and_says_so(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segment = max((archive / "newsmorgue-data" / "generations").rglob("*.seg"), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[-9] ^= 1
    segment.write_bytes(bytes(data))
    assert run(["index", "ferry.txt"]) == 0
    said = capsys.readouterr().out
    assert "1 unchanged" in said
    assert f"rebuilt since the index was damaged: {segment.relative_to(archive)}" in said
    assert run(["search", "widow", "--json"]) == 0


def test_a_reader_that_goes_away_is_no_failure(archive: Path) -> None:
    command = (
        f"{sys.executable} -m newsmorgue search matter --ndjson --data-dir {archive / 'newsmorgue-data'} | head -n 1"
    )
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert json.loads(ended.stdout)["publisher"] == "The Paper"


def test_help_and_version_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert run(["--version"]) == 0
    assert run(["search", "--help"]) == 0
    assert "Exit codes" in capsys.readouterr().out


def test_shells_are_offered_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "bash"]) == 0
    assert "_NEWSMORGUE_COMPLETE" in capsys.readouterr().out
    asked = {"_NEWSMORGUE_COMPLETE": "bash_complete", "COMP_WORDS": "newsmorgue se", "COMP_CWORD": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "newsmorgue"],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert {"plain,search", "plain,serve"} <= set(ended.stdout.split())


def test_a_server_is_searched_like_a_directory(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=archive / "newsmorgue-data", port=0)
    server = Server(create_application(Searcher(settings.data_dir, settings), settings), settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for arguments in (
            ["matter", "--size", "3", "--facets"],
            ["widow", "--csv"],
            ["matter", "--ndjson"],
            ["matter", "--ndjson", "--size", "2", "--sort", "oldest"],
            ["matter", "--json", "--size", "100", "--person", "Nobody"],
            ["--csv", "--person", "CNN", "--person", "Ada Reyes", "--person-mode", "any"],
            ["settlled"],
            ["matter", "--person", "Nobody"],
        ):
            assert run(["search", *arguments]) == 0
            here = capsys.readouterr()
            assert run(["search", *arguments, "--url", server.address]) == 0
            there = capsys.readouterr()
            assert there.err == here.err
            if "--json" not in arguments and arguments[0] != "settlled":
                assert there.out == here.out
        assert run(["search", "x", "--from", "2021-13", "--url", server.address]) == 2
        assert run(["search", "x", "--csv", "--from", "2021-13", "--url", server.address]) == 2
        assert run(["search", "x", "--size", "5000", "--url", server.address]) == 2
        assert "5000 is too large" in capsys.readouterr().err
        assert run(["search", "x", "--url", server.address, "--data-dir", "."]) == 2
    finally:
        server.stop()
        thread.join()
    assert run(["search", "x", "--url", server.address]) == 1
    assert "newsmorgue serve" in capsys.readouterr().err
    assert run(["search", "x", "--url", "ftp://example.org"]) == 2
