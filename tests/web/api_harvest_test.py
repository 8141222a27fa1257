"""A harvest by cursor loses and repeats nothing, whatever an indexer commits meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks.harvest import add
from index.settings import Settings
from index.types import Article, PublicationDate, Quote, Tagged
from search.searcher import Searcher
from web.application import create_application

COUNT = 120


def article(number: int) -> Tagged:
    date = PublicationDate(value=f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}", precision="day", origin="page")
    text = f"“The ferry made crossing {number} of the strait.” " + "Nothing else happened. " * (number % 7)
    return Tagged(
        article=Article(
            id=f"{number:016x}", source=f"t:{number}", title=f"Crossing {number}", text=text, published=date
        ),
        mentions=(),
        quotes=(Quote(spans=((1, text.index("”")),), via="test"),),
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


@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("/api/v1/quotes?q=ferry&size=7", "results"),
        ("/feed.json?q=ferry&size=7", "items"),
        ("/feed.json?q=ferry&size=7&sort=relevance", "items"),
    ],
)
def test_all_that_has_pages_is_of_one_generation_and_ends_with_410(data_dir: Path, path: str, items: str) -> None:
    settings = Settings(data_dir=data_dir)
    searcher = Searcher(data_dir, settings)
    client = create_application(searcher, settings).test_client()
    address, seen, first, number = path, 0, "", COUNT
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.text
        seen += len(page.json[items])
        add(data_dir, [article(number)], removed=(f"{number % COUNT:016x}",))
        number += 1
        address = (page.json.get("next") or page.json.get("next_url") or "").removeprefix("http://localhost")
        first = first or address
    assert seen == COUNT
    searcher.close()  # as where its time is over
    for more in range(3):
        add(data_dir, [article(number + more)])
        client.get("/api/v1/status")
    gone = client.get(first)
    assert (gone.status_code, gone.json["type"]) == (410, "/api/problems/expired-cursor")
    assert client.get(gone.json["restart"]).status_code == 200
    assert client.get(gone.json["go_on"]).status_code == 200
    searcher.close()


def test_a_cursor_lives_on_while_others_ask_for_first_pages_and_an_indexer_commits(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    searchers = [Searcher(data_dir, settings) for _ in range(2)]
    clients = [create_application(one, settings).test_client() for one in searchers]
    first = clients[0].get("/api/v1/search?q=ferry&size=100&facets=").json
    for number in range(12):
        add(data_dir, [article(COUNT + number)], removed=(f"{number:016x}",))
        for client in clients:
            assert client.get("/api/v1/search?q=strait&size=1").json["next"]
    for client in clients:
        rest = client.get(first["next"]).json
        assert rest["generation"] == first["generation"]
        seen = [one["id"] for one in (*first["results"], *rest["results"])]
        assert sorted(seen) == [f"{number:016x}" for number in range(COUNT)]
    for searcher in searchers:
        searcher.close()


def test_a_page_of_an_older_generation_is_not_answered_by_what_was_kept(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=data_dir)
    searcher = Searcher(data_dir, settings)
    client = create_application(searcher, settings).test_client()
    following = client.get("/api/v1/search?q=ferry&size=7").json["next"]
    add(data_dir, [article(500)])
    asked = []
    ask = Searcher.ask
    monkeypatch.setattr(Searcher, "ask", lambda *args, **named: (asked.append(args), ask(*args, **named))[1])
    assert [client.get(following).json["first"] for _ in range(2)] == [8, 8]
    assert len(asked) == 2, "each lets the generation be kept for longer"
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
