"""The page and the JSON of a name: its first and latest mention, its peaks with their headlines, and its names."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from index.authority.log import append
from index.authority.types import Correction
from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

YEARS = {2014: (1, 9), 2015: (1, 9), 2016: (8, 2), 2017: (3, 30), 2018: (1, 9)}
"""How many articles of each year are about Ada Reyes, and how many about others."""


def lines() -> Iterator[dict[str, str]]:
    for year, (hers, others) in YEARS.items():
        for number in range(hers):
            story = f"Ada Reyes opens bridge {number} in {year}"
            text = (
                f"Mayor Ada Reyes opened bridge {number} of Lowell. “It holds,” Ada Reyes told CNN in {year}.\n\n"
                "“Nobody builds as Ada Reyes does,” said Cy Fox."
            )
            yield {"title": story, "published": f"{year}-03-{number + 1:02}", "text": text}
        for number in range(others):
            text = f"Senator Bo Ash spoke of harbour {number} in {year}, CNN reported. Bo Ash did not say more."
            yield {"title": f"Harbour {number} of {year}", "published": f"{year}-05-{number + 1:02}", "text": text}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    directory = tmp_path_factory.mktemp("peaks")
    source = directory / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, lines())), encoding="utf-8")
    made = Settings(data_dir=directory / "data", jobs=1)
    build_index([str(source)], settings=made, options=read_options(made))
    append(made.data_dir, [Correction(what="merge", names=("Lowell Bridge",), to="Ada Reyes")])
    return made


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


def test_the_bars_that_stand_out_of_the_archive_are_peaks(client: FlaskClient) -> None:
    [role] = client.get("/api/v1/people/ada-reyes").get_json()["roles"]
    [peak] = role["peaks"]
    assert (peak["start"], peak["end"], peak["articles"]) == ("2016-03-01", "2016-03-31", 8)
    hers, others = (sum(counts[place] for counts in YEARS.values()) for place in (0, 1))
    assert peak["share"] == pytest.approx((hers + others) / hers, abs=0.001)
    assert client.get(peak["url"]).get_json()["total"] == 8


def test_where_the_archive_has_much_is_no_peak(client: FlaskClient) -> None:
    [role] = client.get("/api/v1/outlets/cnn").get_json()["roles"]
    assert role["articles"] == sum(map(sum, YEARS.values()))
    assert role["peaks"] == []


def test_a_peak_is_told_by_headlines_of_its_days(client: FlaskClient) -> None:
    [role] = client.get("/api/v1/people/ada-reyes").get_json()["roles"]
    headlines = role["peaks"][0]["headlines"]
    assert 0 < len(headlines) <= 3
    page = client.get("/people/ada-reyes").text
    for one in headlines:
        assert one["published"]["value"].startswith("2016")
        assert one["title"].startswith("Ada Reyes opens")
        assert f'<a href="{one["links"]["page"]}">{one["title"]}</a>' in page


def test_the_first_and_the_latest_article_are_linked(client: FlaskClient) -> None:
    [role] = client.get("/api/v1/people/ada-reyes").get_json()["roles"]
    first, latest = role["first_article"], role["latest_article"]
    assert (first["published"]["value"], latest["published"]["value"]) == ("2014-03-01", "2018-03-01")
    page = client.get("/people/ada-reyes").text
    assert f'<a href="{first["links"]["page"]}">{first["title"]}</a>' in page
    assert f'<a href="{latest["links"]["page"]}">{latest["title"]}</a>' in page


def test_quotations_by_and_about_a_person_are_told(client: FlaskClient) -> None:
    body = client.get("/api/v1/people/ada-reyes").get_json()
    [role] = body["roles"]
    assert {(one["speaker"], one["text"]) for one in body["quotes"]} == {("Ada Reyes", "It holds,")}
    about = role["quotes"]
    assert {(one["speaker"], one["text"]) for one in about} == {("Cy Fox", "Nobody builds as Ada Reyes does,")}
    assert {one["text"][start:end] for one in about for start, end in one["marks"]} == {"Ada Reyes"}
    for quotes in (body["quotes"], about):
        assert len({one["article"]["id"] for one in quotes}) == len(quotes) == 5
    assert client.get(body["links"]["quotes"]).get_json()["articles"] == role["articles"]
    page = client.get("/people/ada-reyes").text
    assert "“It holds,”" in page
    assert "“Nobody builds as <mark>Ada Reyes</mark> does,”" in page


def test_company_is_told_by_how_surprising_it_is(client: FlaskClient) -> None:
    [role] = client.get("/api/v1/people/bo-ash").get_json()["roles"]
    scores = [one["score"] for one in role["together"]]
    assert scores == sorted(scores, reverse=True)


def test_a_name_alone_has_no_list_of_names(client: FlaskClient) -> None:
    assert [one["name"] for one in client.get("/api/v1/people/bo-ash").get_json()["names"]] == ["Bo Ash"]
    assert "<h3>Names" not in client.get("/people/bo-ash").text


def test_names_stand_with_their_articles_their_reason_and_what_corrects_them(settings: Settings) -> None:
    append(settings.data_dir, [Correction(what="merge", names=("Bo Ash",), to="Ada Reyes")])
    searcher = Searcher(settings.data_dir, settings)
    client = create_application(searcher, settings).test_client()
    names = {one["name"]: one for one in client.get("/api/v1/people/ada-reyes").get_json()["names"]}
    page = client.get("/people/ada-reyes").text
    append(settings.data_dir, [Correction(what="undo", undoes=2)])
    assert (names["Ada Reyes"]["articles"], names["Bo Ash"]["articles"]) == (14, 59)
    assert (names["Bo Ash"]["reason"], names["Bo Ash"]["correction"]) == ("merged by hand", 2)
    assert "<q>Bo Ash</q>" in page
    assert "59 articles · merged by hand" in page
    assert 'href="/people/ada-reyes/correct#known"' in page
    searcher.close()
