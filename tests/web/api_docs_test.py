"""The examples of docs/api.md run as they stand, against a server."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from search.searcher import Searcher
from web.api.resources import OPERATIONS
from web.application import create_application
from web.serving.server import Server

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCS, re.DOTALL)


@pytest.fixture(scope="module")
def root(settings: Settings) -> Iterator[str]:
    own = Settings(data_dir=settings.data_dir, port=0)
    searcher = Searcher(own.data_dir, own)
    server = Server(create_application(searcher, own), own)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.address.rstrip("/")
    server.stop()
    thread.join()
    searcher.close()


def needs(code: str) -> None:
    for module in ("httpx", "pandas"):
        if f"import {module}" in code:
            pytest.importorskip(module, reason=f"{module} is not installed")
    for tool in ("curl", "jq"):
        if re.search(rf"\b{tool}\b", code) and not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")


@pytest.mark.parametrize(("language", "code"), BLOCKS, ids=[code.split()[1] for _, code in BLOCKS])
def test_an_example_runs_and_finds_something(root: str, language: str, code: str) -> None:
    needs(code)
    code = code.replace("http://127.0.0.1:8000", root)
    if language == "python":
        command = [sys.executable, "-c", code]
    else:
        command = ["bash", "-c", code.replace("newsmorgue ", f"{sys.executable} -m newsmorgue ")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Harris" in ended.stdout


def test_every_resource_is_told_of() -> None:
    for operation in OPERATIONS:
        told = operation.path.split("{")[0].rstrip("/")
        assert told in DOCS or told.rpartition("/")[2] in DOCS, operation.path


def test_every_setting_named_is_one() -> None:
    assert len(BLOCKS) == 5
    for name in re.findall(r"`([a-z]+_[a-z_]+)`", DOCS):
        assert name in Settings.__dataclass_fields__ or name in {"go_on", "took_ms", "copies_total", "next_url"}, name
