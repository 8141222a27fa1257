"""Near copies as users meet them: indexed as files are, asked for by address."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from newsmorgue.command import run
from search.searcher import Searcher
from web.application import create_application

FERRY = [
    "The council of Harbourside voted on Monday to close the ferry to Long Pier for the winter.",
    "Mayor Ada Reyes said that repairs would take until the end of April and cost two million crowns.",
    "Fishermen had asked for a second boat, which the council refused in the autumn of last year.",
    "The ferry has crossed the bay since 1887 and carried some forty thousand people in a good summer.",
]
EDITED = [*FERRY[:1], "The mayor, Ada Reyes, said that repairs would take until May.", *FERRY[2:]]
OTHER = ["A ferry of quite another town sank at its mooring, and nobody was hurt when it went down in the night."]


def record(number: int, publisher: str, date: str | None, paragraphs: list[str], title: str = "Ferry closes") -> str:
    return json.dumps(
        {
            "title": title,
            "text": "\n\n".join(paragraphs),
            "publisher": publisher,
            "date": date,
            "url": f"https://example.org/{number}",
        }
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    directory = tmp_path_factory.mktemp("stories")
    (directory / "a.jsonl").write_text(
        "\n".join(
            (
                record(1, "Valley Gazette", "2021-11-05", EDITED, "Ferry to close, report says"),
                record(2, "Harbour Post", "2021-11-02", FERRY),
                record(3, "Bay Courier", None, [*FERRY, "This report was updated."]),
                record(4, "Valley Gazette", "2021-12-01", OTHER, "Ferry sinks"),
            )
        ),
        encoding="utf-8",
    )
    settings = Settings(data_dir=directory / "data", jobs=1)
    build_index([str(directory / "a.jsonl")], settings=settings, options=read_options(settings))
    return settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


def ask(client: FlaskClient, query: str) -> Any:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200
    return response.json


def test_a_story_is_one_hit_and_its_earliest_copy_stands_for_it_in_every_order(client: FlaskClient) -> None:
    for sort, first in (("relevance", None), ("newest", "Valley Gazette"), ("oldest", "Harbour Post")):
        answer = ask(client, f"q=ferry&group=story&sort={sort}")
        assert (answer["total"], answer["stories"], answer["articles"]) == (2, 2, 4)
        hits = {hit["publisher"]: hit for hit in answer["results"]}
        assert first in {None, next(iter(hits))}
        assert [one["publisher"] for one in hits["Harbour Post"]["copies"]] == ["Valley Gazette", "Bay Courier"]
        assert (hits["Harbour Post"]["copies_total"], hits["Valley Gazette"]["copies_total"]) == (2, 0)


def test_a_copy_is_told_with_what_is_known_of_it(client: FlaskClient) -> None:
    [hit] = ask(client, "q=ferry&group=story&size=1&sort=oldest")["results"]
    copy = hit["copies"][0]
    assert (copy["title"], copy["url"]) == ("Ferry to close, report says", "https://example.org/1")
    assert copy["published"]["value"] == "2021-11-05"
    assert client.get(copy["links"]["page"]).status_code == 200
    assert client.get(copy["links"]["api"]).json["id"] == copy["id"]


def test_without_grouping_hits_tell_of_no_copies_but_articles_do(client: FlaskClient) -> None:
    answer = ask(client, "q=ferry&sort=oldest")
    assert (answer["total"], answer["stories"], answer["articles"]) == (4, None, 4)
    assert all("copies" not in hit for hit in answer["results"])
    article = client.get(answer["results"][0]["links"]["api"]).json
    assert (len(article["copies"]), article["copies_total"]) == (2, 2)


def test_facets_and_bars_count_stories(client: FlaskClient) -> None:
    facets = ask(client, "q=ferry&group=story")["facets"]
    assert {one["value"]: one["count"] for one in facets["publisher"]["values"]} == {
        "Valley Gazette": 2,
        "Harbour Post": 1,
        "Bay Courier": 1,
    }
    assert [(one["value"], one["count"]) for one in facets["person"]["values"]] == [("Ada Reyes", 1)]
    assert sum(bar["count"] for bar in facets["date"]["buckets"]) >= 2
    assert facets["date"]["undated"] == 1
    values = client.get("/api/v1/facets/publisher?q=ferry&group=story").json["values"]
    assert values[0]["count"] == 2


def test_only_copies_that_match_are_folded(client: FlaskClient) -> None:
    [hit] = ask(client, "q=%22two+million+crowns%22&group=story")["results"]
    assert [one["publisher"] for one in hit["copies"]] == ["Bay Courier"]
    [hit] = ask(client, "publisher=Bay+Courier&group=story")["results"]
    assert (hit["publisher"], hit["copies"]) == ("Bay Courier", [])


def test_pages_of_stories_end_where_they_should(client: FlaskClient) -> None:
    first = ask(client, "q=ferry&group=story&size=1")
    second = client.get(first["next"]).json
    assert (second["first"], second["next"], len(second["results"])) == (2, None, 1)
    assert client.get(second["previous"]).json["results"] == first["results"]
    assert client.get(first["next"].replace("group=story&", "")).status_code == 400


def test_exports_and_feeds_group_too(client: FlaskClient) -> None:
    response = client.get("/api/v1/export.ndjson?q=ferry&group=story&sort=oldest&fields=id,story,copies&about=include")
    head, first, second = map(json.loads, response.text.splitlines())
    assert (head["total"], head["articles"], response.headers["Newsmorgue-Articles"]) == (2, 4, "4")
    assert (len(first["copies"]), second["copies"], second["story"]) == (2, [], None)
    assert first["story"] in {first["id"], *first["copies"]}
    table = client.get("/api/v1/export.csv?q=ferry&group=story").text
    assert len(list(csv.reader(table.splitlines()))) == 3
    assert len(client.get("/feed.json?q=ferry&group=story").json["items"]) == 2


def test_the_page_folds_unfolds_and_leads_to_the_comparison(client: FlaskClient) -> None:
    alone = client.get("/?q=ferry").text
    assert 'href="/?q=ferry&amp;group=story" data-key="group">Group near copies' in alone
    page = client.get("/?q=ferry&group=story").text
    assert "<strong>2</strong> stories in 4 articles:" in page
    assert "<summary>+2 copies</summary>" in page
    assert 'href="/?q=ferry" data-key="group">Show near copies one by one' in page
    assert '<input type="hidden" name="group" value="story">' in page


def test_two_copies_are_compared_word_by_word(client: FlaskClient) -> None:
    [hit] = ask(client, "q=ferry&group=story&size=1&sort=oldest")["results"]
    article = client.get(hit["links"]["page"]).text
    address = f"/articles/{hit['id']}/copies/{hit['copies'][0]['id']}"
    assert f'href="{address}"' in article
    page = client.get(address).text
    assert "<del>Mayor</del> <ins>The mayor,</ins> Ada Reyes" in page
    assert "<ins>May</ins>" in page
    back = client.get(f"/articles/{hit['copies'][0]['id']}/copies/{hit['id']}").text
    assert "<del>The mayor,</del> <ins>Mayor</ins>" in back


def test_what_is_no_copy_is_not_compared(client: FlaskClient) -> None:
    one, *_, other = (hit["id"] for hit in ask(client, "q=ferry&sort=oldest&publisher=Valley+Gazette")["results"])
    assert client.get(f"/articles/{one}/copies/{other}").status_code == 404
    assert client.get(f"/articles/{one}/copies/{one}").status_code == 404
    assert client.get(f"/articles/{one}/copies/{'0' * 16}").status_code == 404


def test_the_command_groups_too(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    own = ["--data-dir", str(settings.data_dir)]
    assert run(["search", "ferry", "--group", "story", *own]) == 0
    output = capsys.readouterr().out
    assert output.startswith("2 stories in 4 articles: ")
    assert "+2 copies: Valley Gazette, 5 November 2021; Bay Courier" in output
    assert run(["search", "ferry", "--group", "all", *own]) == 2
