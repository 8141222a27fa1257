"""What one thread asks in a block is answered from one generation, whatever changes meanwhile."""

import threading
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from index.authority.log import append
from index.authority.types import Correction
from index.errors import NoIndexError
from index.settings import Settings
from index.store.commit import prepare
from search.searcher import Searcher
from tests.search.editions_test import index, people, tagged
from web.serving.steadiness import be_steady

MERGE = Correction(what="merge", names=("Ann Lee",), to="Bob Ray")
APART, MERGED = {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}, {"Bob Ray": 2, "Cy Fox": 1}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data", keep_generations=1)
    prepare(made.data_dir)
    index(made, [tagged(1, "Ann Lee", "Bob Ray"), tagged(2, "Ann Lee"), tagged(3, "Cy Fox")])
    return made


def test_a_block_sees_no_change_and_others_do(settings: Settings) -> None:
    searcher = Searcher(settings.data_dir, settings)
    seen = []
    with searcher.steady():
        name = searcher.generation()
        append(settings.data_dir, [MERGE])
        index(settings, [tagged(4, "Cy Fox")])
        other = threading.Thread(target=lambda: seen.append((searcher.generation(), people(searcher))))
        other.start()
        other.join()
        assert (searcher.generation(), people(searcher)) == (name, APART)
        with searcher.steady():
            assert searcher.generation() == name
        assert searcher.generation() == name
    assert seen == [(searcher.generation(), MERGED | {"Cy Fox": 2})]
    assert people(searcher) == MERGED | {"Cy Fox": 2}
    searcher.close()


def test_what_a_block_began_may_go_on_behind_it(settings: Settings) -> None:
    searcher = Searcher(settings.data_dir, settings)
    with searcher.steady():
        held = searcher._generations.hold()
        files = held.__enter__()
    index(settings, [tagged(4, "Cy Fox")])
    assert searcher.generation() != files.name
    assert files.engine.articles == 3
    held.__exit__(None, None, None)
    searcher.close()


def test_a_request_that_reads_is_of_one_generation_and_one_that_writes_sees_its_change(settings: Settings) -> None:
    searcher = Searcher(settings.data_dir, settings)
    app = Flask("test")

    @app.route("/", methods=["GET", "POST"])
    def both() -> list[bool]:
        before = people(searcher) == APART
        append(settings.data_dir, [MERGE])
        return [before, people(searcher) == MERGED]

    be_steady(app, searcher)
    assert Client(app.wsgi_app).get("/").json == [True, False]  # type: ignore[arg-type]  # a WSGI application
    append(settings.data_dir, [Correction(what="undo", undoes=1)])
    assert Client(app.wsgi_app).post("/").json == [True, True]  # type: ignore[arg-type]
    searcher.close()


def test_an_empty_archive_is_told_by_what_is_asked(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "none")
    searcher = Searcher(settings.data_dir, settings)
    with pytest.raises(NoIndexError), searcher.steady():
        pytest.fail("there is none")
    app = Flask("test")
    app.route("/")(lambda: "answered")
    be_steady(app, searcher)
    assert Client(app.wsgi_app).get("/").text == "answered"  # type: ignore[arg-type]
