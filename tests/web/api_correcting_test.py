"""People and outlets corrected by scripts."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.correcting_test import client, people, settings  # noqa: F401  # fixtures

PATH = "/api/v1/corrections"


def send(client: FlaskClient, headers: dict[str, str] | None = None, **body: Any) -> TestResponse:  # noqa: F811
    return client.post(PATH, json=body, headers=headers or {})


def test_a_correction_is_made_told_and_undone(client: FlaskClient) -> None:  # noqa: F811
    before = people(client)
    checked = send(client, what="merge", names=["Dora Quill"], to="ada reyes", dry_run=True)
    assert checked.json is not None
    assert (checked.status_code, checked.json.get("number")) == (200, None), checked.json
    assert people(client) == before
    answer = send(client, what="merge", names=["Dora Quill"], to="ada reyes", note="one")
    assert answer.status_code == 201
    assert answer.json is not None
    assert (answer.json["number"], answer.json["sentence"]) == (1, "Dora Quill is Ada Reyes")
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 2}
    assert send(client, what="undo").status_code == 201
    assert people(client) == before
    log = client.get(PATH).json
    assert log is not None
    assert [(one["what"], one["undone"]) for one in log["corrections"]] == [("undo", False), ("merge", True)]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"what": "hide", "names": ["Nobody Such"]}, "no person in the archive"),
        ({"what": "hide", "kind": "outlet", "names": ["Bo Ash"]}, "no outlet in the archive"),
        ({"what": "hide"}, "there is no name"),
        ({"what": "undo", "undoes": 9}, "no correction 9"),
        ({"what": "undo", "undoes": 9.0}, "no correction 9"),
    ],
)
def test_what_does_not_fit_the_archive_is_refused_with_a_reason(
    client: FlaskClient,  # noqa: F811
    body: dict[str, Any],
    says: str,
) -> None:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "/api/problems/refused-correction"
    assert says in answer.json["detail"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"what": "fly"}, "what: "),
        ({"names": ["Bo Ash"]}, "what: it is missing"),
        ({"what": "hide", "names": "Bo Ash"}, "names: "),
        ({"what": "hide", "names": [1]}, "names: "),
        ({"what": "hide", "names": []}, "names: "),
        ({"what": "hide", "names": [" "]}, "names: "),
        ({"what": "undo", "undoes": True}, "undoes: "),
        ({"what": "undo", "undoes": -1}, "undoes: "),
        ({"what": "undo", "undoes": 1.5}, "undoes: "),
        ({"what": "undo", "undoes": 10**30}, "undoes: "),
        ({"what": "hide", "who": "Bo Ash"}, "no member 'who'"),
    ],
)
def test_what_is_no_correction_is_refused_with_a_reason(client: FlaskClient, body: dict[str, Any], says: str) -> None:  # noqa: F811
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "/api/problems/malformed-correction"
    assert says in answer.json["detail"]


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b"",
        b"\xff",
        b'{"what": "hide", "names": ["\\ud800"]}',
        b"[" * 30_000,
        b'{"what": "undo", "undoes": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_json_is_a_bad_request(client: FlaskClient, sent: bytes) -> None:  # noqa: F811
    answer = client.post(PATH, data=sent, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json is not None
    assert answer.json["type"] == "/api/problems/bad-request"
    assert answer.json["remedy"]


def test_other_sites_and_their_forms_are_refused(client: FlaskClient) -> None:  # noqa: F811
    hide = {"what": "hide", "names": ["Bo Ash"]}
    assert client.post(PATH, json=hide, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post(PATH, json=hide, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert client.post(PATH, data=hide).status_code == 415
    assert client.post(PATH, data='{"what": "undo"}', content_type="text/plain").status_code == 415
    assert "Bo Ash" in people(client)
