"""What single resources answer."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search.slugs import fingerprinted


def walk(client: FlaskClient, address: str | None) -> list[dict]:
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        pages.append(response.json)
        address = response.json["next"]
    return pages


def test_the_pages_of_a_facet_hold_each_value_once_in_order(client: FlaskClient) -> None:
    pages = walk(client, "/api/v1/facets/person?q=the&facet_size=7")
    values = [(one["value"], one["count"]) for page in pages for one in page["values"]]
    assert len(values) == pages[0]["distinct"] == len(dict(values)) > 21
    assert [count for _, count in values] == sorted((count for _, count in values), reverse=True)


def test_a_facet_is_searched_by_words_cut_short(client: FlaskClient) -> None:
    page = client.get("/api/v1/facets/person?contains=kam+har").json
    assert [one["value"] for one in page["values"]] == ["Kamala Harris"]
    assert page["contains"] == "kam har"


@pytest.mark.parametrize("address", ["facets/outlet?", "facets/person?q=the&", "facets/person?contains=a&", "search?"])
def test_the_cursor_of_one_facet_is_refused_elsewhere(client: FlaskClient, address: str) -> None:
    following = client.get("/api/v1/facets/person?facet_size=3").json["next"]
    [cursor] = parse_qs(urlsplit(following).query)["cursor"]
    response = client.get(f"/api/v1/{address}cursor={cursor}")
    assert response.status_code == 400
    assert response.json["type"] == "/api/problems/malformed-cursor"


def test_each_suggestion_has_the_hits_that_it_promises(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest?q=har&size=3").json["suggestions"]
    assert {one["kind"] for one in found} >= {"person", "word"}
    for one in found:
        assert set(one) == {"text", "kind", "count", "url"}
        assert client.get(one["url"]).json["total"] == one["count"] > 0


def test_a_person_has_an_address_with_counts_and_company(client: FlaskClient) -> None:
    body = client.get("/api/v1/people/kamala-harris").json
    [role] = body["roles"]
    assert (body["name"], role["kind"]) == ("Kamala Harris", "person")
    assert client.get(role["url"]).json["total"] == role["articles"]
    assert client.get(body["links"]["page"]).status_code == 200
    for one in role["together"]:
        assert client.get(one["url"]).json["total"] == one["count"]


def test_an_outlet_is_found_by_its_fingerprint_too(client: FlaskClient) -> None:
    plain = client.get("/api/v1/outlets/cnn").json
    assert client.get(f"/api/v1/outlets/{fingerprinted('CNN')}").json == plain
    assert client.get("/api/v1/outlets/no-such-paper").status_code == 404


def test_names_that_share_an_address_are_given_to_choose_from(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.archive.meant", lambda *_: ("José García", "Jose Garcia"))
    response = client.get("/api/v1/people/jose-garcia")
    assert response.status_code == 300
    addresses = [one["links"]["api"] for one in response.json["choices"]]
    assert len(set(addresses)) == 2
    assert all("~" in address for address in addresses)


def test_opensearch_tells_browsers_how_to_ask(client: FlaskClient) -> None:
    text = client.get("/opensearch.xml").text
    assert 'template="http://localhost/?q={searchTerms}"' in text
    typed, ways = client.get("/opensearch/suggestions?q=har").json
    assert typed == "har"
    assert ways


@pytest.mark.parametrize(
    ("address", "span"),
    [
        ("/api/v1/search?q=a&colour=red", "colour=red"),
        ("/api/v1/search?q=a&q=b", "q=b"),
        ("/api/v1/search?q=a&person=Ada&person=", "person="),
        ("/api/v1/search?%73ize=0&q=a", "%73ize=0"),
        ("/api/v1/suggest?q=a&size=99", "size=99"),
        ("/api/v1/export.csv?fields=id,colour", "fields=id,colour"),
        ("/api/v1/export.csv?q=a&size=5", "size=5"),
        ("/feed.atom?facets=person", "facets=person"),
        ("/feed.json?from=2021-02-30", "from=2021-02-30"),
    ],
)
def test_a_problem_says_where_the_parameter_stands(client: FlaskClient, address: str, span: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    body = response.json
    start, end = body["position"]
    assert address.partition("?")[2][start:end] == span
    assert body["remedy"]
    assert client.get(body["type"]).status_code == 200


def test_a_parameter_that_is_missing_is_named(client: FlaskClient) -> None:
    body = client.get("/api/v1/suggest").json
    assert (body["status"], body["parameter"], "position" in body) == (400, "q", False)
