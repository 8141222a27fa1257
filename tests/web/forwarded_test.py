"""Who corrects behind a proxy, asked through the server itself: what it takes out of a request no application sees."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from tests.web.correcting_test import settings  # noqa: F401  # a fixture
from tests.web.serving_test import running
from web.serving.server import Server

PATH = "/api/v1/corrections"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:  # noqa: F811
    with running(settings) as found:
        yield found


def status(server: Server, method: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    try:
        body = json.dumps({"what": "hide", "names": ["Bo Ash"]}) if method == "POST" else None
        connection.request(method, path, body=body, headers={"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def test_what_a_proxy_passed_on_is_refused(server: Server) -> None:
    told = ("Forwarded", "Via", "X-Real-IP", "cf-connecting-ip")
    forwarded = (f"X-Forwarded-{what}" for what in ("For", "Host", "Proto", "Port", "By", "Prefix"))
    for header in (*told, *forwarded):
        for value in ("203.0.113.9", ""):
            asked = (("POST", PATH), ("GET", PATH), ("GET", "/corrections"))
            found = {one: status(server, *one, {header: value}) for one in asked}
            assert set(found.values()) == {403}, (header, value, found)


def test_who_sits_at_the_machine_corrects_and_is_shown_what_was_corrected(server: Server) -> None:
    assert status(server, "GET", "/corrections", {}) == 200
    assert status(server, "POST", PATH, {}) == 201
    assert status(server, "GET", PATH, {}) == 200


def test_behind_a_proxy_that_is_believed_nobody_corrects(settings: Settings) -> None:  # noqa: F811
    with running(settings, trusted_proxy="127.0.0.1") as server:
        assert status(server, "POST", PATH, {"X-Forwarded-For": "127.0.0.1"}) == 404
        assert status(server, "POST", PATH, {}) == 404
