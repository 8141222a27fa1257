"""Several machines on one archive, as their users see it: each with a data directory, a command and a server."""

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from newsmorgue.command import run
from tests.postgresql.server import Running
from tests.serving import serving

LONGEST = 30.0
"""Seconds until a test gives up; how long it takes, `python -m benchmarks.archives` tells."""


@pytest.fixture
def environment(server: Running, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    named = {
        "NEWSMORGUE_ARCHIVE": server.address(database),
        "NEWSMORGUE_ARCHIVE_PASSWORD": server.password,
        "NEWSMORGUE_ARCHIVE_PATIENCE_SECONDS": "20",
        "NEWSMORGUE_JOBS": "1",
        "NEWSMORGUE_PORT": "0",
        "NO_COLOR": "1",
        "PYTHONPATH": str(Path.cwd()),
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        text = f"Report {number}\n\nAda Reyes opened harbour {number} on Tuesday, said Mayor Lena Quillon.\n"
        (folder / f"{number}.txt").write_text(text)
    return {**os.environ, **named}


def people(address: str) -> list[str]:
    with urllib.request.urlopen(f"{address}/api/v1/search?q=harbour", timeout=20) as answer:
        found = json.load(answer)
    return [value["value"] for value in found["facets"]["person"]["values"]]


def waited(address: str, wanted: str) -> float:
    """Give how many seconds it took until a name is shown."""
    began = time.monotonic()
    while wanted not in people(address):
        assert time.monotonic() - began < LONGEST
        time.sleep(0.02)
    return time.monotonic() - began


def test_a_correction_on_one_machine_is_shown_by_the_servers_of_others(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["index", "in", "--data-dir", "one"]) == 0
    for other in ("two", "three"):
        assert run(["index", "--from-archive", "--data-dir", other]) == 0
    with serving(environment, "one") as first, serving(environment, "two", processes=2) as second:
        assert "Ada Reyes" in people(first)
        assert "Ada Reyes" in people(second)
        assert run(["people", "rename", "Ada Reyes", "Ada Rhys", "--data-dir", "three"]) == 0
        for address in (first, second):
            waited(address, "Ada Rhys")
            assert "Ada Reyes" not in people(address)
    assert run(["search", "harbour", "--json", "--data-dir", "one"]) == 0
    assert "Ada Rhys" in capsys.readouterr().out
    assert run(["people", "history", "--data-dir", "two"]) == 0
    assert "Ada Reyes is called Ada Rhys" in capsys.readouterr().out


def test_a_server_goes_on_while_the_archive_is_away(
    server: Running, database: str, environment: dict[str, str]
) -> None:
    assert run(["index", "in"]) == 0
    assert run(["people", "hide", "Lena Quillon"]) == 0
    with serving(environment, "newsmorgue-data") as address:
        assert people(address) == ["Ada Reyes"]
        server.control("stop", "-m", "immediate")
        try:
            assert people(address) == ["Ada Reyes"]
        finally:
            server.control("start")
        assert run(["people", "rename", "Ada Reyes", "Ada Rhys"]) == 0
        waited(address, "Ada Rhys")


def test_commands_tell_what_to_do_where_a_server_keeps_the_archive(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["check"]) == 3
    assert "there is no archive" in capsys.readouterr().err
    assert run(["index", "in"]) == 0
    assert run(["check"]) == 0
    assert run(["stats"]) == 0
    assert run(["export", "--whoosh", "elsewhere"]) == 0
    capsys.readouterr()
    assert run(["backup", "copy.tar"]) == 2
    assert "pg_dump" in capsys.readouterr().err
    assert run(["restore", "copy.tar"]) == 2
    assert "pg_restore" in capsys.readouterr().err
    monkeypatch.setenv("NEWSMORGUE_ARCHIVE", "sqlite")
    assert run(["index", "in"]) == 4
    assert run(["index", "--from-archive", "--bring", environment["NEWSMORGUE_ARCHIVE"]]) == 0
    assert run(["backup", "copy.tar"]) == 0
    assert run(["index", "in", "--bring", "sqlite"]) == 2
    assert environment["NEWSMORGUE_ARCHIVE_PASSWORD"] not in "".join(capsys.readouterr())


def dumped(server: Running, database: str, environment: Mapping[str, str]) -> None:
    """Dump a database as docs/postgresql.md says."""
    command = [server.bin / "pg_dump", "--format=custom", "--file=dump", server.address(database)]
    subprocess.run(command, env={**environment, "PGPASSWORD": server.password}, check=True)


def restore(server: Running, database: str, environment: Mapping[str, str]) -> None:
    command = [server.bin / "pg_restore", f"--dbname={server.address(database)}", "dump"]
    subprocess.run(command, env={**environment, "PGPASSWORD": server.password}, check=True)


def test_a_dump_is_a_backup(
    server: Running, database: str, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["index", "in"]) == 0
    assert run(["people", "hide", "Lena Quillon"]) == 0
    dumped(server, database, environment)
    restored = server.database()
    restore(server, restored, environment)
    monkeypatch.setenv("NEWSMORGUE_ARCHIVE", server.address(restored))
    assert run(["check"]) == 0  # the index of the one is that of the other
    assert run(["index", "--from-archive", "--data-dir", "other"]) == 0
    assert run(["check", "--data-dir", "other"]) == 0


def test_an_archive_goes_on_from_a_dump_and_an_index_that_is_ahead_of_it_is_built_anew(
    server: Running,
    database: str,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["index", "in"]) == 0
    assert run(["people", "hide", "Lena Quillon"]) == 0
    dumped(server, database, environment)
    for number in (3, 4):
        Path(f"in/{number}.txt").write_text(f"Report {number}\n\nAda Reyes opened harbour {number}, they said.\n")
    assert run(["index", "in"]) == 0
    restored = server.database()
    restore(server, restored, environment)
    monkeypatch.setenv("NEWSMORGUE_ARCHIVE", server.address(restored))
    assert run(["check"]) != 0
    assert run(["index", "--from-archive"]) == 0  # the directory of the newer index
    assert "made from another archive" in "".join(capsys.readouterr())
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["search", "harbour", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 3
    assert run(["index", "in"]) == 0  # what the dump had not is read again
    assert run(["people", "rename", "Ada Reyes", "Ada Rhys"]) == 0
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["search", "harbour", "--json"]) == 0
    found = capsys.readouterr().out
    assert json.loads(found)["total"] == 5
    assert "Ada Rhys" in found
