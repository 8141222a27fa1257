"""A harvest by cursor loses and repeats nothing, whatever an indexer commits meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks.harvest import add
from index.settings import Settings
from index.types import Article, PublicationDate, Tagged
from search.searcher import Searcher
from web.application import create_application

COUNT = 120


def article(number: int) -> Tagged:
    date = PublicationDate(value=f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}", precision="day", origin="page")
    text = f"The ferry made crossing {number} of the strait. " + "Nothing else happened. " * (number % 7)
    return Tagged(
        article=Article(
            id=f"{number:016x}", source=f"t:{number}", title=f"Crossing {number}", text=text, published=date
        ),
        mentions=(),
    )


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    add(tmp_path, [article(number) for number in range(COUNT)])
    return tmp_path


@pytest.fixture
def own(data_dir: Path) -> Iterator[FlaskClient]:
    settings = Settings(data_dir=data_dir)
    searcher = Searcher(data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


@pytest.mark.parametrize("query", ["q=ferry", "q=ferry&sort=newest", "sort=oldest"])
def test_each_article_comes_once_while_an_indexer_commits(own: FlaskClient, data_dir: Path, query: str) -> None:
    stop = threading.Event()

    def index() -> None:
        number = COUNT
        while not stop.is_set():
            add(data_dir, [article(number)], removed=(f"{number % COUNT:016x}",))
            number += 1

    address, seen, generations = f"/api/v1/search?{query}&size=7&facets=", [], set()
    indexer: threading.Thread | None = None
    try:
        while address:
            body = own.get(address).json
            seen += [one["id"] for one in body["results"]]
            generations.add(body["generation"])
            address = body["next"]
            if indexer is None:
                indexer = threading.Thread(target=index)
                indexer.start()
            own.get("/api/v1/search?q=strait&size=1")
    finally:
        stop.set()
        if indexer:
            indexer.join()
    assert sorted(seen) == [f"{number:016x}" for number in range(COUNT)]
    assert len(generations) == 1
    assert own.get("/api/v1/status").json["generation"] not in generations


def test_an_export_is_of_one_generation(own: FlaskClient, data_dir: Path) -> None:
    with own.get("/api/v1/export.ndjson?q=ferry&fields=id") as response:
        add(data_dir, [article(500)], removed=(f"{3:016x}",))
        own.get("/api/v1/search?q=ferry&size=1")
        add(data_dir, [article(501)])
        assert len(set(response.text.splitlines())) == COUNT


def test_a_cursor_that_came_too_late_says_how_to_go_on(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, cursor_seconds=0)
    searcher = Searcher(data_dir, settings)
    client = create_application(searcher, settings).test_client()
    first = client.get("/api/v1/search?q=ferry&sort=newest&size=100").json
    for number in range(3):
        add(data_dir, [article(600 + number)])
        client.get("/api/v1/status")
    gone = client.get(first["next"])
    assert gone.status_code == 410
    problem = gone.json
    assert (problem["type"], problem["parameter"]) == ("/api/problems/expired-cursor", "cursor")
    assert client.get(problem["type"]).status_code == 200
    assert client.get(problem["restart"]).json["first"] == 1
    following = client.get(problem["go_on"]).json
    seen = {one["id"] for one in (*first["results"], *following["results"])}
    assert {f"{number:016x}" for number in range(COUNT)} <= seen
    page = client.get(first["next"].replace("/api/v1/search", "/").replace("&size=100", ""), follow_redirects=True)
    assert page.status_code == 200, "people just go on"
    searcher.close()


def test_a_walk_goes_on_in_another_process_of_the_server(data_dir: Path) -> None:
    searchers = [Searcher(data_dir, Settings(data_dir=data_dir)) for _ in range(2)]
    clients = [create_application(one, Settings(data_dir=data_dir)).test_client() for one in searchers]
    address, seen, turn = "/api/v1/search?q=ferry&size=20&facets=", [], 0
    while address:
        body = clients[turn % 2].get(address).json
        seen += [one["id"] for one in body["results"]]
        address = body["next"]
        for number in range(COUNT + turn * 5, COUNT + turn * 5 + 5):  # more commits than are kept on disk
            add(data_dir, [article(number)])
        turn += 1
    assert sorted(seen) == [f"{number:016x}" for number in range(COUNT)]
    for searcher in searchers:
        searcher.close()
