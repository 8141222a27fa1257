"""What a server makes before anybody asks."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application
from web.serving import preparing
from web.serving.preparing import Preparer, prepare


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Give an application that nobody has asked for anything."""
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings)
    searcher.close()


def test_who_comes_first_finds_all_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(app)
    asked = []
    for name in ("ask", "values"):
        answer = getattr(Searcher, name)
        monkeypatch.setattr(
            Searcher, name, lambda *args, answer=answer, **named: (asked.append(args), answer(*args, **named))[1]
        )
    assert app.test_client().get("/").status_code == 200
    assert len(asked) <= 1


def test_each_generation_is_prepared_once_and_ending_waits_for_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = threading.Semaphore(0)
    monkeypatch.setattr(preparing, "prepare", lambda *_: prepared.release())
    monkeypatch.setattr(preparing, "EVERY", 0.01)
    preparer = Preparer(app)
    preparer.start()
    assert prepared.acquire(timeout=60)
    searcher = app.extensions["newsmorgue"].searcher
    monkeypatch.setattr(searcher, "generation", lambda: "000002-next")
    assert prepared.acquire(timeout=60), "the next generation is prepared too"
    preparer.stop()
    preparer.join(60)
    assert not prepared.acquire(blocking=False), "once each"


def test_nothing_more_is_made_where_the_server_ends(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = threading.Event()
    stopping.set()
    monkeypatch.setattr(app, "dispatch_request", lambda: pytest.fail("a page was made"))
    prepare(app, stopping)


def test_the_next_generation_is_prepared_whatever_befell_the_last(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = threading.Semaphore(0)

    def fail(*_: object) -> None:
        tried.release()
        raise ZeroDivisionError

    monkeypatch.setattr(preparing, "prepare", fail)
    monkeypatch.setattr(preparing, "EVERY", 0.01)
    preparer = Preparer(app)
    preparer.start()
    assert tried.acquire(timeout=60)
    monkeypatch.setattr(app.extensions["newsmorgue"].searcher, "generation", lambda: "000002-next")
    assert tried.acquire(timeout=60)
    preparer.stop()
    preparer.join(60)
