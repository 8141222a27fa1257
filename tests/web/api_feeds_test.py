"""Feeds as feed readers read them."""

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from index.types import PublicationDate
from web.api.feeds import ATOM, _instant

NAME = f"{{{ATOM}}}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
ONCE = ("id", "title", "updated")


def atom(client: FlaskClient, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    return ET.fromstring(response.data)


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.atom?q=harris&size=3", "/feed.atom?q=zzyzzyva"])
def test_an_atom_feed_keeps_the_rules_of_its_schema(client: FlaskClient, address: str) -> None:
    feed = atom(client, address)
    known = {"id", "title", "updated", "author", "link", "entry"}
    assert {child.tag.removeprefix(NAME) for child in feed} <= known
    for element in (feed, *feed.findall(f"{NAME}entry")):
        for name in ONCE:
            assert len(element.findall(NAME + name)) == 1
            assert element.findtext(NAME + name)
        assert element.findtext(f"{NAME}id", "").startswith("urn:uuid:")
        assert RFC3339.fullmatch(element.findtext(f"{NAME}updated", ""))
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{NAME}link")]
        assert links.count(("alternate", "text/html", None)) == 1
        assert all(link.get("href", "").startswith("http") for link in element.findall(f"{NAME}link"))
    assert feed.find(f"{NAME}author/{NAME}name") is not None


def test_feedparser_reads_a_feed_without_complaint(client: FlaskClient) -> None:
    feedparser = pytest.importorskip("feedparser", reason="the dev extra has it")
    for address in ("/feed.atom", "/feed.atom?q=reyes", "/feed.atom?q=harris&sort=relevance"):
        found = feedparser.parse(client.get(address).data)
        assert not found.bozo, found.get("bozo_exception")
        assert found.entries
        assert all(entry.id and entry.title and entry.link for entry in found.entries)


def test_entries_keep_their_ids_whatever_is_asked(client: FlaskClient) -> None:
    def ids(address: str) -> dict[str, str]:
        found = atom(client, address).findall(f"{NAME}entry")
        return {entry.find(f"{NAME}link").get("href"): entry.findtext(f"{NAME}id") for entry in found}

    some, others = ids("/feed.atom?q=harris&size=20"), ids("/feed.atom?q=etienne&sort=oldest")
    both = set(some) & set(others)
    assert both
    assert all(some[one] == others[one] for one in both)
    items = client.get("/feed.json?q=harris&size=20").json["items"]
    assert {item["url"]: item["id"] for item in items} == some


def test_a_feed_is_newest_first_unless_an_order_is_asked_for(client: FlaskClient) -> None:
    dates = [item.get("date_published", "") for item in client.get("/feed.json?q=the&size=30").json["items"]]
    assert dates == sorted(dates, reverse=True)
    ranked = [item["url"] for item in client.get("/feed.json?q=harris&sort=relevance").json["items"]]
    hits = client.get("/api/v1/search?q=harris").json["results"]
    assert [url.removeprefix("http://localhost") for url in ranked] == [hit["links"]["page"] for hit in hits]


def test_the_pages_of_a_feed_hold_each_article_once(client: FlaskClient) -> None:
    address, seen = "/feed.json?q=the&size=9", []
    while address:
        feed = client.get(address).json
        seen += [item["id"] for item in feed["items"]]
        address = feed.get("next_url", "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == client.get("/api/v1/search?q=the").json["total"]


@pytest.mark.parametrize(
    ("value", "precision", "instant"),
    [
        ("2021", "year", "2021-01-01T00:00:00Z"),
        ("2021-12", "month", "2021-12-01T00:00:00Z"),
        ("2021-12-03", "day", "2021-12-03T00:00:00Z"),
        ("2021-12-03T09:30", "minute", "2021-12-03T09:30:00Z"),
        ("2021-12-03T09:30-05:00", "minute", "2021-12-03T09:30:00-05:00"),
    ],
)
def test_a_date_is_given_as_the_first_instant_that_it_means(value: str, precision: str, instant: str) -> None:
    found = _instant(PublicationDate(value=value, precision=precision, origin="page"))  # type: ignore[arg-type]
    assert found == instant
    assert datetime.fromisoformat(instant)


def test_what_xml_cannot_hold_is_left_out(client: FlaskClient) -> None:
    atom(client, "/feed.atom?q=%01%00%ef%bf%bf%3Cscript%3E")
