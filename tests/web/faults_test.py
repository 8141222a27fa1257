"""Faults of the archive: readers learn that it does not answer, owners learn from the log where and why."""

import http.client
import json
import logging
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.errors import CorruptError, NewsmorgueError, PartialError, StoreError, UnreachableError
from index.settings import Settings
from search.searcher import Searcher
from tests.partial import ROWS, always, amid, spoil
from tests.web.serving_test import running

SECRETS = ("10.9.8.7", "9200", "morgue-000012", "shard 3 of node n17")
FAULT = {"where": f"{SECRETS[0]}:{SECRETS[1]}/{SECRETS[2]}", "remedy": "Check opensearch_user"}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnreachableError(SECRETS[3], **FAULT), 503),
        (CorruptError(SECRETS[3], **FAULT), 503),
        (StoreError(SECRETS[3], **FAULT), 500),
    ],
)
def test_readers_learn_nothing_of_where_the_archive_is_and_the_log_says_all(
    client: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    error: NewsmorgueError,
    status: int,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Searcher, "ask", fail)
    monkeypatch.setattr(Searcher, "harvest", fail)
    for address in ("/api/v1/search?q=unseen", "/?q=unseen", "/feed.json?q=unseen", "/api/v1/export.csv?q=unseen"):
        caplog.clear()
        response = client.get(address)
        assert (response.status_code, "Retry-After" in response.headers) == (status, status == 503)
        assert not [one for one in (*SECRETS, "opensearch_user") if one in response.text]
        assert [record.getMessage() for record in caplog.records] == [str(error)]
    monkeypatch.setattr(Searcher, "generation", fail)
    probe = client.get("/readyz")
    assert probe.status_code == 503
    assert not [one for one in SECRETS if one in probe.text]


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_an_export_that_cannot_be_whole_is_refused_while_it_can_be(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    spoil(monkeypatch, 100, when=amid)
    for _ in range(5):  # none keeps its place among those that run
        response = client.get(f"/api/v1/export.{form}?about=include&fields=id")
        assert (response.status_code, response.get_json()["type"]) == (503, "/api/problems/incomplete")
        assert response.headers["Retry-After"]


def test_an_export_whose_first_answer_is_partial_once_is_whole(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, 2, when=always)
    with client.get("/api/v1/export.ndjson?fields=id") as response:
        assert len(response.get_data().splitlines()) == int(response.headers["Newsmorgue-Total"]) > ROWS


def test_pages_show_what_can_be_had(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, 1_000, when=always)
    assert client.get("/people/kamala-harris").status_code == 200


@pytest.mark.parametrize("form", ["ndjson", "csv"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_export_that_cannot_go_on_ends_as_a_broken_connection(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    form: str,
    encoding: str,
) -> None:
    monkeypatch.setattr("web.api.exporting.BLOCK", 1)
    with running(settings) as server, caplog.at_level(logging.ERROR, "waitress"):
        spoil(monkeypatch, 100, when=amid)
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
        connection.request("GET", f"/api/v1/export.{form}?fields=id", headers={"Accept-Encoding": encoding})
        response = connection.getresponse()
        assert response.status == 200
        with pytest.raises(http.client.IncompleteRead) as broken:
            response.read()
        connection.close()
    if (form, encoding) == ("ndjson", "identity"):
        assert len([json.loads(line) for line in broken.value.partial.splitlines()]) == ROWS
    [record] = [one for one in caplog.records if one.name == "waitress"]
    assert record.exc_info
    assert isinstance(record.exc_info[1], PartialError)
