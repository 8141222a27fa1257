"""Who said what: a page of quotations, the same by the API, and the latest on the page of a person."""

import re
from pathlib import Path

from flask.testing import FlaskClient

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

QUOTED = "/quotes?q=said%3Apartner&by=Jen+Psaki"


def test_the_page_of_quotations_says_who_said_what_with_the_matches_marked(client: FlaskClient) -> None:
    page = client.get("/quotes").text
    assert "Who said what" in page
    assert page.count("<blockquote") >= 10
    quoted = client.get(QUOTED)
    assert quoted.status_code == 200
    assert "<mark>partner</mark>" in quoted.text
    assert set(re.findall(r"<figcaption.*?<b dir=auto>(.*?)</b>", quoted.text)) == {"Jen Psaki"}
    assert "articles that quote Jen Psaki saying" in quoted.text


def test_other_writings_of_the_address_lead_to_one(client: FlaskClient) -> None:
    assert client.get("/quotes?by=+Jen+Psaki&q=said%3Apartner").location == QUOTED
    assert client.get("/quotes?sort=oldest&utm_source=x").location == "/quotes"


def test_a_page_without_quotations_leads_back_to_all(client: FlaskClient) -> None:
    page = client.get("/quotes?by=Nobody+Known").text
    assert "Nobody called “Nobody Known” is quoted." in page
    assert 'href="/quotes">All quotations' in page


def test_an_archive_without_quotations_says_so_and_leads_not_back_to_itself(
    tmp_path: Path,
) -> None:
    settings = Settings(data_dir=tmp_path / "data", jobs=1)
    (tmp_path / "one.txt").write_text("The tide turned\n\nNobody on the quay said a word.", encoding="utf-8")
    build_index([str(tmp_path / "one.txt")], settings=settings, options=read_options(settings))
    searcher = Searcher(settings.data_dir, settings)
    page = create_application(searcher, settings).test_client().get("/quotes").text
    searcher.close()
    assert "No quotation is known in this archive." in page
    assert 'href="/quotes">All quotations' not in page


def test_the_api_gives_the_same_quotations_page_by_page(client: FlaskClient) -> None:
    whole = client.get("/api/v1/quotes?size=100").json
    address, found = "/api/v1/quotes?size=5", []
    while address:
        body = client.get(address).json
        found += body["results"]
        address = body["next"]
    assert found == whole["results"]
    one = client.get("/api" + "/v1" + QUOTED).json
    assert {result["speaker"] for result in one["results"]} == {"Jen Psaki"}
    for result in one["results"]:
        article = client.get(result["article"]["links"]["api"]).json
        assert " … ".join(article["text"][start:end] for start, end in result["spans"]) == result["text"]
        assert all(result["text"][start:end] == "partner" for start, end in result["marks"])
    assert one["query"]["q"] == "said:partner"
    assert one["speakers"]["values"][0]["selected"]


def test_an_address_asks_for_one_speaker_and_knows_its_parameters(client: FlaskClient) -> None:
    assert client.get("/api/v1/quotes?by=a&by=b").status_code == 400
    assert client.get("/api/v1/quotes?sort=oldest").status_code == 400
    assert client.get("/api/v1/quotes?cursor=abc").status_code == 400


def test_the_page_of_a_person_has_their_latest_quotations(client: FlaskClient) -> None:
    page = client.get("/people/jen-psaki").text
    assert 'href="/quotes?by=Jen+Psaki"' in page
    assert 0 < page.count("<blockquote") <= 5
    assert "<blockquote" not in client.get("/outlets/cnn").text


def test_the_page_of_a_person_prefers_quotations_that_say_something(tmp_path: Path) -> None:
    said = [
        "quell",
        "We counted every crate on the quay before noon",
        "calm",
        "Nobody will close this harbour while I live",
    ]
    for day, words in enumerate(said, 1):
        text = f"Harbour day {day}\n2021-03-0{day}\n\n“{words},” Mayor Lena Quillon said of the harbour.\n"
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    for day in range(5, 9):
        text = f"Harbour day {day}\n2021-03-0{day}\n\n“The ferry leaves at {day} and never later,” Lena Quillon said.\n"
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", jobs=1)
    paths = [str(path) for path in sorted(tmp_path.glob("*.txt"))]
    build_index(paths, settings=settings, options=read_options(settings))
    searcher = Searcher(settings.data_dir, settings)
    page = create_application(searcher, settings).test_client().get("/people/lena-quillon").text
    searcher.close()
    shown = re.findall(r"<blockquote.*?</blockquote>", page, re.S)
    assert len(shown) == 5
    assert not [one for one in shown if "quell" in one or "calm" in one]
