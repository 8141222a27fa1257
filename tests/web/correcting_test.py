"""People and outlets corrected on their pages, as a browser does without scripts."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

TEXTS = {
    "a": "Ada Reyes won\n\nThe judge Ada Reyes met Bo Ash in Lowell, CNN reported. “Ada Reyes won,” Bo Ash said.",
    "b": "Bo Ash lost\n\nThe senator Bo Ash met the mayor Dora Quill, CNN reported. Dora Quill said nothing.",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    build_index([str(tmp_path / f"{name}.txt") for name in TEXTS], settings=made, options=read_options(made))
    return made


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


def people(client: FlaskClient) -> dict[str, int]:
    found = client.get("/api/v1/facets/person").get_json()["values"]
    return {one["value"]: one["count"] for one in found}


def token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def post(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    data = {"token": token(client, path), **fields}
    return client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"})


def test_merging_shows_at_once_and_undoing_too(client: FlaskClient) -> None:
    before = people(client)
    assert before == {"Bo Ash": 2, "Ada Reyes": 1, "Dora Quill": 1}
    page = client.get("/people/ada-reyes/correct?find=quill").text
    assert 'value="Dora Quill"' in page
    answer = post(client, "/people/ada-reyes/correct", what="merge", names="Dora Quill", note="one judge")
    assert (answer.status_code, answer.location) == (303, "/corrections")
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 2}
    assert client.get("/people/dora-quill").location == "/people/ada-reyes"
    assert client.get("/api/v1/people/dora-quill").get_json()["name"] == "Ada Reyes"
    assert "Dora Quill" in client.get("/people/ada-reyes/correct").text
    history = client.get("/corrections").text
    assert "Dora Quill is Ada Reyes" in history
    assert "one judge" in history
    assert post(client, "/corrections", what="undo", number="1").status_code == 303
    assert people(client) == before


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"what": "rename", "to": "Ada Reyes Sr."}, {"Bo Ash": 2, "Ada Reyes Sr.": 1, "Dora Quill": 1}),
        ({"what": "hide"}, {"Bo Ash": 2, "Dora Quill": 1}),
        ({"what": "nobody"}, {"Bo Ash": 2, "Dora Quill": 1}),
    ],
)
def test_each_button_does_what_it_says(client: FlaskClient, fields: dict[str, str], after: dict[str, int]) -> None:
    assert post(client, "/people/ada-reyes/correct", **fields).status_code == 303
    assert people(client) == after


def test_a_name_is_parted_by_ticking_articles(client: FlaskClient) -> None:
    page = client.get("/people/bo-ash/correct").text
    ids = re.findall(r'name="articles" value="(\w+)"', page)
    assert len(ids) == 2
    assert post(client, "/people/bo-ash/correct", what="split", articles=ids[:1], to="Bo Ash (poet)").status_code == 303
    assert people(client)["Bo Ash"] == people(client)["Bo Ash (poet)"] == 1


def test_outlets_are_corrected_alike_and_found_by_an_alias(client: FlaskClient) -> None:
    assert post(client, "/outlets/cnn/correct", what="alias", names="The Network").status_code == 303
    assert client.get('/api/v1/search?q=outlet:"the network"').get_json()["total"] == 2


def test_what_cannot_be_is_said_on_the_page(client: FlaskClient) -> None:
    answer = post(client, "/people/ada-reyes/correct", what="rename", to="Bo Ash")
    assert answer.status_code == 422
    assert "Merge the two" in answer.text
    assert post(client, "/people/ada-reyes/correct", what="nonsense").status_code == 422
    assert people(client) == {"Bo Ash": 2, "Ada Reyes": 1, "Dora Quill": 1}


def checked(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="\w+" value="([^"]+)" checked', page)


def test_a_refused_form_keeps_what_was_typed_and_ticked(client: FlaskClient) -> None:
    path = "/people/bo-ash/correct"
    ids = re.findall(r'name="articles" value="(\w+)"', client.get(path).text)
    answer = post(client, path, what="split", articles=ids[:1], to="“Dora” & Quill\x07", note="my long note")
    assert answer.status_code == 422
    assert checked(answer.text) == ids[:1]
    assert 'id="note-split" name="note" maxlength="2000" value="my long note"' in answer.text
    assert 'value="“Dora” &amp; Quill' in answer.text
    answer = post(client, path, what="rename", to="Dora Quill", note="again")
    assert 'id="to" name="to" value="Dora Quill" maxlength="200"' in answer.text
    assert 'id="note-rename" name="note" maxlength="2000" value="again"' in answer.text
    answer = post(client, f"{path}?find=reyes", what="alias", names="Dora Quill", note="alias")
    assert 'id="alias" name="names" maxlength="200" value="Dora Quill"' in answer.text
    assert 'name="find" value="reyes"' in answer.text
    assert checked(answer.text) == []
    answer = post(client, path, what="merge", names=["Ada Reyes", "Nobody Known"])
    assert checked(answer.text) == ["Ada Reyes", "Nobody Known"]


def test_who_it_is_in_some_articles_is_said_or_another_button_pressed(client: FlaskClient) -> None:
    path = "/people/bo-ash/correct"
    ids = re.findall(r'name="articles" value="(\w+)"', client.get(path).text)
    answer = post(client, path, what="split", articles=ids[:1], to=" ")
    assert answer.status_code == 422
    assert "there is no name" in answer.text
    assert post(client, path, what="split", articles=ids[:1], to="", nobody="yes").status_code == 303
    assert people(client)["Bo Ash"] == 1


def test_ticks_stay_when_the_page_is_turned(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.correcting.LISTED", 1)
    path = "/people/bo-ash/correct"
    [first] = re.findall(r'name="articles" value="(\w+)"', client.get(path).text)
    [last] = re.findall(r'name="articles" value="(\w+)"', client.get(f"{path}?page=9").text)
    assert first != last
    assert "Page 2 of 2" in client.get(f"{path}?page=9").text
    turned = post(client, path, what="split", articles=[first], to="Bo Ash (poet)", turn="2")
    assert turned.status_code == 200
    assert checked(turned.text) == [first]
    assert re.findall(r'name="articles" value="(\w+)"', turned.text) == [first, last]
    assert 'value="Bo Ash (poet)"' in turned.text
    assert people(client)["Bo Ash"] == 2


def test_an_article_that_cites_and_is_of_an_outlet_is_listed_once(client: FlaskClient) -> None:
    page = client.get("/outlets/cnn/correct").text
    ids = re.findall(r'name="articles" value="(\w+)"', page)
    assert len(ids) == len(set(ids)) == 2


def test_undoing_leads_back_to_the_page_of_the_history(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.correcting.HISTORY", 1)
    for name in ("Ada R.", "Ada Reyes"):
        post(
            client,
            "/people/ada-r/correct" if name == "Ada Reyes" else "/people/ada-reyes/correct",
            what="rename",
            to=name,
        )
    page = client.get("/corrections?page=2").text
    assert 'action="/corrections?page=2"' in page
    assert 'value="1"' in page
    assert "Page 2 of 2" in client.get("/corrections?page=7").text
    assert post(client, "/corrections?page=2", what="undo", number="2").location == "/corrections?page=2"


@pytest.mark.parametrize(
    ("headers", "change"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({"Origin": "http://evil.example"}, {}),
        ({"Origin": "null"}, {}),
        ({}, {"token": "0" * 64}),
        ({}, {"token": ""}),
    ],
)
def test_a_forged_form_is_refused(client: FlaskClient, headers: dict[str, str], change: dict[str, str]) -> None:
    data = {"token": token(client, "/people/ada-reyes/correct"), "what": "hide", **change}
    assert client.post("/people/ada-reyes/correct", data=data, headers=headers).status_code == 403
    assert "Ada Reyes" in people(client)


def test_a_form_without_its_cookie_is_refused(client: FlaskClient) -> None:
    data = {"token": token(client, "/people/ada-reyes/correct"), "what": "hide"}
    client.delete_cookie("newsmorgue-corrections")
    assert client.post("/people/ada-reyes/correct", data=data).status_code == 403


def test_the_cookie_is_of_these_pages_alone(client: FlaskClient) -> None:
    for path in ("/", "/people", "/people/ada-reyes", "/api/v1/status"):
        assert "Set-Cookie" not in client.get(path).headers
    cookie = client.get("/people/ada-reyes/correct").headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({}, True),
        ({"corrections": "off"}, False),
        ({"host": "0.0.0.0"}, False),
        ({"trusted_proxy": "127.0.0.1"}, False),
        ({"host": "0.0.0.0", "corrections": "on"}, True),
    ],
)
def test_correcting_is_offered_on_loopback_or_where_the_setting_says_so(
    settings: Settings, changes: dict[str, str], there: bool
) -> None:
    changed = dataclasses.replace(settings, **changes)  # type: ignore[arg-type]
    searcher = Searcher(changed.data_dir, changed)
    client = create_application(searcher, changed).test_client()
    assert ("/people/bo-ash/correct" in client.get("/people/bo-ash").text) == there
    assert client.get("/people/bo-ash/correct").status_code == (200 if there else 404)
    assert client.get("/corrections").status_code == (200 if there else 404)
    searcher.close()


def test_another_machine_is_refused_where_only_this_one_is_served(client: FlaskClient) -> None:
    answer = client.get("/people/bo-ash/correct", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 403
