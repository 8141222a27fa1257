"""Feeds as feed readers read them."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from benchmarks.harvest import add
from index.settings import Settings
from index.types import Article, PublicationDate, Tagged
from search.searcher import Searcher
from web.api.feeds import ATOM, _instant
from web.api.uris import web_uri
from web.application import create_application

SCHEMA = Path(__file__).parent / "schemas" / "atom.rng"
ODD = ("https://e.example/%zz[", "https://e.example/a?b=<c>#d e", "http://[::1", "https://münchen.example/ä", "")

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


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[FlaskClient]:
    """Give a client of an archive whose articles have odd addresses, titles and dates."""
    articles = [
        Article(
            id=f"{number:016x}",
            source=f"t:{number}",
            title=["A", "", "\x0c<b>"][number % 3],
            text="It rained. \x00\ufffe",
            url=url or None,
            published=PublicationDate(value="2021", precision="year", origin="page") if number % 2 else None,
        )
        for number, url in enumerate(ODD)
    ]
    add(tmp_path, [Tagged(article=one, mentions=()) for one in articles])
    searcher = Searcher(tmp_path, Settings(data_dir=tmp_path))
    yield create_application(searcher, Settings(data_dir=tmp_path)).test_client()
    searcher.close()


@pytest.fixture(scope="module")
def faults() -> Callable[[bytes], str]:
    """Give what says what is wrong with a feed by the schema of RFC 4287, nothing where all is well."""
    etree = pytest.importorskip("lxml.etree", reason="it comes with what reads pages")
    schema = etree.RelaxNG(etree.parse(SCHEMA))

    def check(feed: bytes) -> str:
        return "" if schema.validate(etree.fromstring(feed)) else str(schema.error_log.last_error)

    return check


ADDRESSES = (
    "/feed.atom",
    "/feed.atom?q=harris&size=3",
    "/feed.atom?q=reyes&sort=relevance&person=Ada+Reyes",
    "/feed.atom?q=zzyzzyva",
    "/feed.atom?q=%22%5Bw%C3%B6rd%5D%22+%3Cb%3E+%7B%7D%7C%5C%5E%60",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_is_valid_by_the_schema_of_atom(
    client: FlaskClient, address: str, faults: Callable[[bytes], str]
) -> None:
    assert faults(client.get(address).data) == ""


def test_a_feed_of_odd_articles_is_valid_too(odd: FlaskClient, faults: Callable[[bytes], str]) -> None:
    feed = odd.get("/feed.atom").data
    assert faults(feed) == ""
    links = {link.get("href") for link in ET.fromstring(feed).iter(f"{NAME}link") if link.get("rel") == "via"}
    items = {item["external_url"] for item in odd.get("/feed.json").json["items"] if "external_url" in item}
    assert links == items
    assert links == {
        "https://e.example/%25zz%5B",
        "https://e.example/a?b=%3Cc%3E#d%20e",
        "https://xn--mnchen-3ya.example/%C3%A4",
    }


def test_the_schema_refuses_what_is_no_feed(client: FlaskClient, faults: Callable[[bytes], str]) -> None:
    feed = client.get("/feed.atom").data
    for part, other in ((b"<updated>", b"<updated>x"), (b"urn:uuid:", b"%zz"), (b"<author>", b"<author><b/>")):
        assert faults(feed.replace(part, other, 1)), part


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://e.example/a%20b?c=d&e=%C3%A9#f", "https://e.example/a%20b?c=d&e=%C3%A9#f"),
        ("http://user@[::1]:8000/a b", "http://user@[::1]:8000/a%20b"),
        ("HTTP://E.example/|", "http://e.example/%7C"),
        ("http://e.example:99999/", None),
        ("http://a b/", None),
        ("http:///a", None),
        ("https://..é/", None),
        ("ftp://e.example/", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_an_address_is_a_uri_or_none(url: str | None, uri: str | None) -> None:
    assert web_uri(url) == uri


@pytest.mark.parametrize("order", ["", "&sort=newest", "&sort=oldest", "&sort=relevance"])
def test_the_addresses_in_a_feed_are_of_this_very_feed(client: FlaskClient, order: str) -> None:
    def local(url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.path}?{parts.query}"

    feed = client.get(f"/feed.json?q=harris&size=2{order}").json
    assert client.get(local(feed["feed_url"])).json == feed
    response = client.get(f"/feed.atom?q=harris&size=2{order}")
    root = ET.fromstring(response.data)
    links = {link.get("rel"): link.get("href", "") for link in root.findall(f"{NAME}link")}
    assert client.get(local(links["self"])).data == response.data
    [linked] = re.findall(r'<([^>]*)>; rel="next"', ", ".join(response.headers.getlist("Link")))
    assert linked == local(links["next"])
    address, seen = "/feed.json?q=harris&size=2" + order, []
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.text
        seen += [item["id"] for item in page.json["items"]]
        address = local(page.json["next_url"]) if "next_url" in page.json else ""
    assert len(seen) == len(set(seen)) == client.get("/api/v1/search?q=harris").json["total"]


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
