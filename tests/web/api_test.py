import dataclasses
import json

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.request import from_params
from search.searcher import Searcher
from web.advice import FEW
from web.application import create_application
from web.links import changed, search_url, toggled


def test_a_search_has_the_documented_shape(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=harris").json
    assert set(body) == {
        *("query", "total", "articles", "stories", "took_ms", "generation", "first", "results", "facets", "next"),
        "previous",
    }
    assert set(body["query"]) == {"q", "filters", "reading", "notices"}
    result = body["results"][0]
    assert set(result) == {
        *("id", "url", "title", "published", "publisher", "byline", "people", "outlets", "score", "snippets"),
        "links",
    }
    assert set(result["snippets"][0]) == {"field", "text", "marks", "html"}
    assert set(result["links"]) == {"page", "api"}
    assert set(body["facets"]) == {"person", "outlet", "publisher", "date"}
    assert set(body["facets"]["person"]) == {"values", "distinct", "none"}
    assert set(body["facets"]["person"]["values"][0]) == {"value", "count", "selected", "url"}
    assert set(body["facets"]["date"]) == {"interval", "buckets", "undated", "coarse"}


def test_marks_are_offsets_into_the_snippet(client: FlaskClient) -> None:
    for result in client.get("/api/v1/search?q=etienne").json["results"]:
        for snippet in result["snippets"]:
            for start, end in snippet["marks"]:
                assert snippet["text"][start:end].lower() == "etienne"


def test_an_article_gives_its_text_and_each_mention_where_it_stands(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=etienne").json["results"][0]
    article = client.get(hit["links"]["api"]).json
    assert article["mentions"]
    for mention in article["mentions"]:
        assert article[mention["field"]][mention["start"] : mention["end"]] == mention["surface"]
        assert mention["via"]
    for quote in article["quotes"]:
        assert [article["text"][start:end] for start, end in quote["spans"]] == quote["words"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/search?colour=red", "colour"),
        ("/api/v1/search?size=many", "size"),
        ("/api/v1/search?size=100000", "size"),
        ("/api/v1/search?q=%zz", "q"),
        ("/api/v1/search?size=1&person=%", "person"),
        ("/api/v1/search?person=Ren%E9", "person"),
        (f"/api/v1/search?{'&'.join(f'person=P{number}' for number in range(51))}", "person"),
        (f"/api/v1/export.csv?{'&'.join(f'-outlet=P{number}' for number in range(51))}", "-outlet"),
        (f"/feed.atom?{'&'.join(f'publisher=P{number}' for number in range(51))}", "publisher"),
        ("/api/v1/search?from=2021-13", "from"),
        ("/api/v1/search?sort=best", "sort"),
        ("/api/v1/search?person_mode=some", "person_mode"),
        ("/api/v1/search?cursor=garbage", "cursor"),
        ("/api/v1/search?facets=colour", "facets"),
        ("/api/v1/status?colour=red", "colour"),
        ("/api/v1/articles/0?colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_named_in_a_problem(client: FlaskClient, address: str, parameter: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    body = json.loads(response.data)
    assert body["parameter"] == parameter
    assert body["status"] == 400
    assert body["detail"]


def test_a_wrong_value_is_told_where_it_stands_and_what_may_be(client: FlaskClient) -> None:
    names = "&".join(f"person=P{number}" for number in range(51))
    body = client.get(f"/api/v1/search?{names}").json
    start, end = body["position"]
    assert names[start:end] == "person=P50"
    assert body["remedy"] == "Give 50 or less"
    assert client.get(f"/api/v1/search?facets=&{names.rpartition('&')[0]}").status_code == 200
    assert client.get("/api/v1/search?q=a&q=%zz").json["position"] == [4, 9]
    assert "-1 is too small" in client.get("/api/v1/search?size=-1").json["detail"]


@pytest.mark.parametrize("query", ['"', "((", "a OR", "NOT", "person:", "*", "a NEAR/9999999999 b", "\x00", "\ud800"])
def test_no_query_is_an_error(client: FlaskClient, query: str) -> None:
    response = client.get("/api/v1/search", query_string={"q": query.encode("utf-8", "replace")})
    assert response.status_code == 200


def test_the_same_state_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=harris")
    again = client.get("/api/v1/search?q=harris", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/api/v1/search?q=biden", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_links_to_the_neighbouring_pages_are_in_the_header(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=the&size=5")
    assert f'<{response.json["next"]}>; rel="next"' in response.headers.getlist("Link")


def test_an_unknown_path_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/v1/nothing")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_other_methods_are_refused_with_the_allowed_ones(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_an_archive_without_a_generation_says_what_to_do(tmp_path) -> None:
    settings = Settings(data_dir=tmp_path / "none")
    client = create_application(Searcher(settings.data_dir, settings), settings).test_client()
    response = client.get("/api/v1/search?q=x")
    assert response.status_code == 503
    assert "newsmorgue index" in response.json["detail"]
    assert response.headers["Retry-After"]
    assert client.get("/").status_code == 503


def test_the_status_says_how_many_answers_were_kept(client: FlaskClient) -> None:
    client.get("/api/v1/search?q=president").close()
    before = client.get("/api/v1/status").get_json()
    assert client.get("/api/v1/search?q=president").status_code == 200
    after = client.get("/api/v1/status").get_json()
    assert (after["answers"] - before["answers"], after["answers_kept"] - before["answers_kept"]) == (1, 1)


def test_the_addresses_of_facets_are_those_of_their_searches(client: FlaskClient) -> None:
    address = "/api/v1/search?q=a%26b+OR+harris&outlet=CNN&-person=Joe+Biden&sort=newest&size=5"
    facets = client.get(address).json["facets"]
    asked = from_params([("q", "a&b OR harris"), ("outlet", "CNN"), ("-person", "Joe Biden"), ("sort", "newest")])
    asked = dataclasses.replace(asked, size=5)
    for field in ("person", "outlet", "publisher"):
        for one in facets[field]["values"]:
            assert one["url"] == search_url(toggled(asked, field, one["value"]), base="/api/v1/search")
    for bucket in facets["date"]["buckets"]:
        narrowed = changed(asked, from_=bucket["start"], to=bucket["end"])
        assert bucket["url"] == search_url(narrowed, base="/api/v1/search")


def test_advice_comes_with_few_hits_as_on_the_page(client: FlaskClient) -> None:
    few = client.get("/api/v1/search?q=harris+buttigieg").json
    many = client.get("/api/v1/search?q=harris").json
    assert 0 < few["total"] <= FEW < many["total"]
    assert few["diagnosis"]["blame"] == []
    assert "diagnosis" not in many


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/quotes", "/api/v1/export.csv", "/feed.atom"])
def test_more_values_than_a_filter_takes_are_refused_though_some_are_the_same(client: FlaskClient, path: str) -> None:
    refused = client.get(f"{path}?" + "&".join(["-person=Ada+Reyes"] * 51))
    assert (refused.status_code, refused.json["parameter"]) == (400, "-person")
    assert "51 values" in refused.json["detail"]
