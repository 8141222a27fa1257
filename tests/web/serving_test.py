"""The server as clients meet it: under overload, and when it ends."""

import contextlib
import http.client
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from newsmorgue.logs import Json, Plain
from search.searcher import Searcher
from web.application import create_application
from web.serving.server import Server

SEARCH = "/api/v1/search?q=harris"


class Held:
    """Holds every question back until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.go = threading.Semaphore(0), threading.Event()
        ask = Searcher.ask

        def slow(searcher: Searcher, *arguments: object, **named: object) -> object:
            if not threading.current_thread().name.startswith("waitress-"):
                return ask(searcher, *arguments, **named)  # type: ignore[arg-type]  # what gets ready beforehand
            self.asked.release()
            assert self.go.wait(60)
            return ask(searcher, *arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Searcher, "ask", slow)


@contextmanager
def running(settings: Settings, **changes: object) -> Iterator[Server]:
    own = Settings(data_dir=settings.data_dir, port=0, answer_cache_bytes=0, **changes)  # type: ignore[arg-type]
    searcher = Searcher(own.data_dir, own)
    server = Server(create_application(searcher, own), own)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(60)
        searcher.close()
    assert not thread.is_alive()


def get(
    server: Server, address: str, accept: str = "application/json", timeout: float = 60
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=timeout)
    try:
        connection.request("GET", address, headers={"Accept": accept})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def in_background(server: Server, addresses: list[str]) -> tuple[list[threading.Thread], list[int]]:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda one=one: answers.append(get(server, one)[0])) for one in addresses]
    for thread in threads:
        thread.start()
    return threads, answers


def test_what_does_not_fit_is_turned_away_at_once_and_the_rest_is_answered(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    with running(settings, threads=1, queue_requests=1, metrics=True) as server:
        threads, answers = in_background(server, [SEARCH])
        assert held.asked.acquire(timeout=60), "one is being answered"
        more, waiting = in_background(server, [f"{SEARCH}&size=2"])
        others, turned = in_background(server, [f"{SEARCH}&size=3"] * 3)
        for thread in others:
            thread.join(0.5)
        refused = get(server, f"{SEARCH}&size=4")
        status, headers, body = refused
        assert (status, headers["Retry-After"]) == (503, "1")
        problem = json.loads(body)
        assert problem["type"] == "/api/problems/overloaded"
        assert problem["request_id"] == headers["X-Request-ID"]
        assert get(server, "/", "text/html")[1]["Content-Type"].startswith("text/html")
        assert b"newsmorgue_requests_refused_total" in get(server, "/metrics")[2]
        held.go.set()
        for thread in (*threads, *more, *others):
            thread.join(60)
        assert answers == [200]
        assert sorted([*waiting, *turned]) == [200, 503, 503, 503], "one could wait"
        assert get(server, SEARCH)[0] == 200, "it has recovered"


def test_a_server_that_ends_answers_what_runs_and_takes_no_more(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    with running(settings, threads=2) as server:
        threads, answers = in_background(server, [SEARCH])
        assert held.asked.acquire(timeout=60)
        server.stop()
        assert refuses(server)
        held.go.set()
        for thread in threads:
            thread.join(60)
    assert answers == [200]


def test_a_server_that_ends_is_unready_while_it_drains(settings: Settings) -> None:
    with running(settings, drain_seconds=1.0) as server:
        assert get(server, "/healthz")[0] == 200
        began = time.monotonic()
        server.stop()
        status, _, body = get(server, "/readyz")
        assert (status, body) == (503, b"ending\n")
        assert get(server, SEARCH)[0] == 200, "who has not noticed yet is answered"
        assert refuses(server)
        assert time.monotonic() - began >= 1


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics", SEARCH, "/api/v1/export.csv", "/nothing"])
def test_a_head_is_answered_by_no_byte_of_a_body(settings: Settings, address: str) -> None:
    with running(settings, metrics=True) as server:
        answers = b""
        with socket.create_connection(("127.0.0.1", urlsplit(server.address).port), timeout=30) as connection:
            host = "Host: 127.0.0.1\r\n"
            connection.sendall(f"HEAD {address} HTTP/1.1\r\n{host}Connection: close\r\n\r\n".encode())
            while block := connection.recv(65_536):
                answers += block
        head, _, body = answers.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 ")
        assert body == b""


def test_the_next_answer_on_a_connection_follows_a_head_at_once(settings: Settings) -> None:
    with (
        running(settings) as server,
        contextlib.closing(http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)) as connection,
    ):
        for method in ("HEAD", "GET"):
            connection.request(method, "/healthz")
            response = connection.getresponse()
            assert (response.status, response.headers["Content-Length"]) == (200, "3")
            assert response.read() == (b"ok\n" if method == "GET" else b"")


def refuses(server: Server) -> bool:
    """Wait until no more connections are taken."""
    until = time.monotonic() + 60
    try:
        while time.monotonic() < until:
            get(server, "/healthz", timeout=2)
    except OSError:
        return True
    return False


def test_a_log_line_is_one_json_object_with_the_request() -> None:
    record = logging.LogRecord("newsmorgue.access", logging.INFO, "", 0, "%s\n%s", ("a", "b"), None)
    record.request_id, record.request = "mine-1", {"status": 200, "path": "/"}
    line = Json().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["request_id"], told["status"], told["level"]) == ("mine-1", 200, "info")
    assert "[mine-1]" in Plain().format(record)
