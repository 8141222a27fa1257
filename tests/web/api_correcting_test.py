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
        ({"what": "undo"}, "nothing to undo of people"),
        ({"what": "rename", "names": ["Bo Ash"], "to": "!!!"}, "no letters or digits"),
        ({"what": "rename", "names": ["Bo Ash"], "to": "a\nb\u0000<script>"}, "control characters"),
        ({"what": "alias", "names": ["…"], "to": "Bo Ash"}, "no letters or digits"),
        ({"what": "split", "names": ["Bo Ash", "Ada Reyes"], "to": "X Y", "articles": ["a"]}, "one name is split"),
        ({"what": "hide", "names": ["Bo Ash"], "to": "Ada Reyes"}, "to: hide does not use it"),
        ({"what": "undo", "names": ["Bo Ash"]}, "names: undo does not use it"),
        ({"what": "merge", "names": ["Bo Ash"], "articles": ["a"], "to": "Ada Reyes"}, "articles: merge does not"),
        ({"what": "merge", "names": ["Bo Ash"]}, "to: it is missing"),
        ({"what": "rename", "names": ["Bo Ash"], "to": " "}, "to: it is missing"),
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


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"])
def test_what_a_proxy_passed_on_is_not_who_sits_at_the_machine(client: FlaskClient, header: str) -> None:  # noqa: F811
    answer = send(client, {header: "203.0.113.9"}, what="hide", names=["Bo Ash"])
    assert answer.status_code == 403
    assert client.get("/corrections", headers={header: "203.0.113.9"}).status_code == 403
    assert client.get(PATH, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}).status_code == 403
    assert "Bo Ash" in people(client)


def refused(client: FlaskClient, **body: Any) -> str:  # noqa: F811
    answer = send(client, **body)
    assert answer.status_code == 409, answer.json
    assert answer.json is not None
    return str(answer.json["detail"])


def test_what_is_undone_is_the_last_of_its_kind(client: FlaskClient) -> None:  # noqa: F811
    assert send(client, what="hide", kind="outlet", names=["CNN"]).status_code == 201
    assert send(client, what="hide", names=["Bo Ash"]).status_code == 201
    undone = send(client, what="undo", kind="outlet").json
    assert undone is not None
    assert (undone["undoes"], undone["kind"]) == (1, "outlet")
    assert "nothing to undo of outlets" in refused(client, what="undo", kind="outlet")
    again = send(client, what="undo", undoes=3).json
    assert again is not None
    assert again["kind"] == "outlet"


def test_an_undoing_on_which_others_rest_is_refused_with_their_numbers(client: FlaskClient) -> None:  # noqa: F811
    assert send(client, what="rename", names=["Bo Ash"], to="Bob Ash").status_code == 201
    assert send(client, what="rename", names=["Ada Reyes"], to="Bo Ash").status_code == 201
    assert "correction 2 rests on correction 1" in refused(client, what="undo", undoes=1)
    assert send(client, what="undo", undoes=2).status_code == 201
    assert send(client, what="undo", undoes=1).status_code == 201
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 1, "Dora Quill": 1}


def test_what_is_merged_into_a_new_name_stays_when_the_name_is_undone(client: FlaskClient) -> None:  # noqa: F811
    assert send(client, what="rename", names=["Ada Reyes"], to="Ada Reyes-Olsen").status_code == 201
    assert send(client, what="merge", names=["Dora Quill"], to="Ada Reyes-Olsen").status_code == 201
    assert send(client, what="undo", undoes=1).status_code == 201
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 2}


def test_the_hidden_are_told_as_such_and_their_names_not_given_to_others(client: FlaskClient) -> None:  # noqa: F811
    assert send(client, what="hide", names=["Dora Quill"]).status_code == 201
    for body in (
        {"what": "merge", "names": ["Dora Quill"], "to": "Ada Reyes"},
        {"what": "merge", "names": ["Ada Reyes"], "to": "Dora Quill"},
        {"what": "rename", "names": ["Ada Reyes"], "to": "dora quill"},
        {"what": "alias", "names": ["Dora Quill"], "to": "Ada Reyes"},
    ):
        assert "is hidden, by correction 1" in refused(client, **body)


def test_an_alias_is_not_taken_from_another(client: FlaskClient) -> None:  # noqa: F811
    assert send(client, what="alias", names=["AR"], to="Ada Reyes").status_code == 201
    assert "“AR” is Ada Reyes by correction 1" in refused(client, what="alias", names=["AR"], to="Bo Ash")
    assert "means Ada Reyes already" in refused(client, what="alias", names=["ar"], to="Ada Reyes")
    assert send(client, what="merge", names=["Dora Quill"], to="Ada Reyes").status_code == 201
    assert "is Ada Reyes by correction 2" in refused(client, what="alias", names=["Dora Quill"], to="Bo Ash")


def test_a_split_is_of_articles_that_name_whom_it_parts(client: FlaskClient) -> None:  # noqa: F811
    [lost] = [one["id"] for one in client.get("/api/v1/search?person=Dora+Quill").get_json()["results"]]
    assert "does not name Ada Reyes" in refused(client, what="split", names=["Ada Reyes"], to="X Y", articles=[lost])
    assert send(client, what="split", names=["Dora Quill"], to="Ada Reyes", articles=[lost]).status_code == 201
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 2}
