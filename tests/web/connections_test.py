"""What comes over a connection that waitress alone would refuse, close, or wait for without end."""

import contextlib
import http.client
import json
import logging
import queue
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from tests.web.serving_test import SEARCH, get, running
from web.serving import connections
from web.serving.observing import ACCESS
from web.serving.server import Server

HOST = b"Host: 127.0.0.1\r\n"
PLAIN = b"GET /api/v1/status HTTP/1.1\r\n" + HOST


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Server]:
    with running(settings, metrics=True, max_body_bytes=2_048) as server:
        yield server


def sent(server: Server, request: bytes) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Send some bytes, and read an answer."""
    port = urlsplit(server.address).port
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.headers, response.read()


@pytest.fixture
def told() -> Iterator["queue.Queue[dict[str, Any]]"]:
    """Give what the access log tells, as it comes."""
    lines: queue.Queue[dict[str, Any]] = queue.Queue()
    handler = logging.Handler()
    handler.emit = lambda record: lines.put(vars(record)["request"])  # type: ignore[method-assign]
    before = ACCESS.level
    ACCESS.addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    yield lines
    ACCESS.setLevel(before)
    ACCESS.removeHandler(handler)


UNREADABLE = {
    "no request": (b"GARBAGE\r\n\r\n", 400),
    "a header without a colon": (PLAIN + b"Foo bar\r\n\r\n", 400),
    "a lower case method": (b"get /api/v1/status HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a negative length": (b"POST /api/v1/corrections HTTP/1.1\r\n" + HOST + b"Content-Length: -3\r\n\r\n", 400),
    "a length of thousands of digits": (PLAIN + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", 400),
    "brackets without an address": (b"GET http://[::1 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "a transfer encoding of its own": (PLAIN + b"Transfer-Encoding: gzip\r\n\r\n", 501),
    "more than 256 kB of headers": (PLAIN + b"X: " + b"a" * 300_000 + b"\r\n\r\n", 431),
    "a body of gigabytes": (PLAIN + b"Content-Length: 3000000000\r\n\r\n", 413),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_problem_with_an_id_in_the_log(
    server: Server, name: str, told: "queue.Queue[dict[str, Any]]"
) -> None:
    request, expected = UNREADABLE[name]
    status, headers, body = sent(server, request)
    # A line is written after its answer: that of the last request of the test before may still come.
    line = next(one for one in iter(lambda: told.get(timeout=30), None) if one["route"] == "(unreadable)")
    assert (status, headers["Content-Type"]) == (expected, "application/problem+json")
    problem = json.loads(body)
    assert (problem["status"], problem["request_id"]) == (expected, headers["X-Request-ID"])
    assert problem["detail"]
    assert problem["remedy"]
    assert get(server, problem["type"])[0] == 200
    assert (line["status"], line["route"]) == (expected, "(unreadable)")
    if b" /api/v1/" in request and not request.startswith(b"get"):
        assert line["path"].startswith("/api/v1/")
    assert f'route="(unreadable)",method="{line["method"]}",status="{expected}"'.encode() in get(server, "/metrics")[2]


def test_an_address_may_have_letters_as_they_are(server: Server) -> None:
    status, _, body = sent(server, "GET /api/v1/search?q=café&size=1&facets= HTTP/1.1\r\n".encode() + HOST + b"\r\n")
    assert (status, json.loads(body)["query"]["q"]) == (200, "café")
    status, _, body = sent(server, b"GET /api/v1/search?size=1&q=caf\xe9 HTTP/1.1\r\n" + HOST + b"\r\n")
    problem = json.loads(body)
    assert (status, problem["parameter"], problem["position"]) == (400, "q", [7, 15])
    assert "percent-encoded UTF-8" in problem["detail"]
    assert sent(server, "GET /people/café HTTP/1.1\r\n".encode() + HOST + b"\r\n")[0] == 404


def test_who_expects_to_be_let_go_on_without_a_body_is_answered(server: Server) -> None:
    assert sent(server, PLAIN + b"Expect: 100-continue\r\n\r\n")[0] == 200


def test_a_body_that_is_a_little_too_large_is_refused_whole(server: Server) -> None:
    head = b"POST /api/v1/corrections HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    for size in (3_000, 200_000):
        status, headers, _ = sent(server, head + b"Content-Length: %d\r\n\r\n" % size + b"x" * size)
        assert (status, headers["Content-Type"]) == (413, "application/problem+json")


def test_a_connection_is_kept_after_what_has_no_length(server: Server) -> None:
    export = "/api/v1/export.csv?q=harris&fields=id"
    with contextlib.closing(http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)) as connection:

        def ask(method: str, address: str, **headers: str) -> tuple[int, str | None, bytes]:
            connection.request(method, address, headers=headers)
            response = connection.getresponse()
            body = response.read()
            assert response.headers["Connection"] is None
            assert connection.sock is not None, "the connection is closed"
            return response.status, response.headers["ETag"], body

        status, tag, _ = ask("GET", SEARCH)
        own = connection.sock
        assert status == 200
        assert tag is not None
        assert ask("GET", SEARCH, **{"If-None-Match": tag}) == (304, tag, b"")
        assert ask("HEAD", export) == (200, None, b"")
        assert ask("GET", export)[2].startswith(b"id\n")
        assert ask("GET", export, **{"Accept-Encoding": "gzip"})[0] == 200
        assert ask("GET", SEARCH)[0] == 200
        assert connection.sock is own


def test_a_connection_is_closed_where_the_client_says_so(server: Server) -> None:
    for request in (PLAIN + b"Connection: close\r\n\r\n", b"GET /api/v1/status HTTP/1.0\r\n" + HOST + b"\r\n"):
        status, headers, _ = sent(server, request)
        assert (status, headers["Connection"]) == (200, "close")


def test_who_does_not_read_an_export_does_not_keep_others_from_theirs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "LEAST", 2**30)
    with running(settings, max_exports=1, write_seconds=1) as server:
        with monkeypatch.context() as patched:
            patched.setattr("web.api.exporting._blocks", _endless)
            stalled = socket.create_connection(("127.0.0.1", urlsplit(server.address).port), timeout=30)
            stalled.sendall(b"GET /api/v1/export.ndjson HTTP/1.1\r\n" + HOST + b"\r\n")
            assert stalled.recv(100).startswith(b"HTTP/1.1 200 ")
        with stalled:
            assert get(server, "/api/v1/export.csv")[0] == 503
            deadline = time.monotonic() + 30
            while (status := get(server, "/api/v1/export.csv")[0]) == 503 and time.monotonic() < deadline:
                time.sleep(0.1)
            assert status == 200


def _endless(lines: Iterator[str], stack: ExitStack) -> Iterator[str]:
    """Be an export that does not end before its client does."""
    del lines
    with stack:
        while True:
            yield "x" * 100_000
