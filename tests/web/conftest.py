"""The seed archive's texts, indexed once as a user would, behind a test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

SEEDS = Path(__file__).parents[2] / "seeds"

HOSTILE = """<script>alert(1)</script> & "quotes" from Ada Reyes

The show was “the #1 of all”, she said; #MeToo was not named.

CNN reported on <b>Ada Reyes</b> that a <img src=x onerror=alert(1)> had been shown to {{ 7 * 7 }} readers of the paper.

“Reyes” said nothing. javascript:alert(1)
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    directory = tmp_path_factory.mktemp("web")
    (directory / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    settings = Settings(data_dir=directory / "data", jobs=1)
    paths = [str(SEEDS / "text"), str(SEEDS / "json"), str(directory / "hostile.txt")]
    build_index(paths, settings=settings, options=read_options(settings))
    return settings


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings)
    searcher.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
