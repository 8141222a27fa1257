import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient


class Links(HTMLParser):
    """Collects the elements of a page and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    @property
    def addresses(self) -> list[str]:
        return [str(found["href"]) for tag, found in self.elements if tag in {"a", "link"} and found.get("href")]


def total(html: str) -> int:
    found = re.search(r"<strong>([\d,]+)</strong>", html)
    assert found
    return int(found.group(1).replace(",", ""))


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.text


def test_the_first_page_shows_the_whole_archive(client: FlaskClient) -> None:
    html = page(client, "/")
    assert total(html) == client.get("/api/v1/status").json["articles"]
    assert "all articles" in html


def test_a_facet_count_is_what_the_click_gives(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=president&facet_size=50").json
    checked = 0
    for field in ("person", "outlet", "publisher"):
        for value in body["facets"][field]["values"][:6]:
            assert client.get(value["url"]).json["total"] == value["count"], (field, value)
            checked += 1
    assert checked >= 12


def test_a_bar_of_the_timeline_gives_its_count(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=the&undated=exclude").json
    buckets = [bucket for bucket in body["facets"]["date"]["buckets"] if bucket["count"]]
    assert sum(bucket["count"] for bucket in buckets) == body["total"]
    for bucket in buckets[:5]:
        assert client.get(bucket["url"]).json["total"] == bucket["count"]


def test_every_link_of_the_search_page_answers(client: FlaskClient) -> None:
    html = page(client, "/?q=harris&person=Kamala+Harris")
    addresses = {address for address in Links(html).addresses if address.startswith("/")}
    assert len(addresses) > 20
    for address in sorted(addresses):
        with client.get(address) as response:
            assert response.status_code == 200, address


def test_a_chosen_value_is_a_chip_that_takes_it_back(client: FlaskClient) -> None:
    html = page(client, "/?q=harris&person=Kamala+Harris")
    chip = re.search(r'<ul class="chips".*?<a href="([^"]*)"', html, re.DOTALL)
    assert chip
    assert parse_qsl(urlsplit(chip.group(1)).query) == [("q", "harris")]


def test_the_form_keeps_the_filters_in_force(client: FlaskClient) -> None:
    html = page(client, "/?q=harris&person=Kamala+Harris&sort=newest&from=2021")
    hidden = [found for tag, found in Links(html).elements if tag == "input" and found.get("type") == "hidden"]
    kept = {(found["name"], found["value"]) for found in hidden}
    assert {("person", "Kamala Harris"), ("sort", "newest"), ("from", "2021")} <= kept


def test_form_fields_left_empty_count_as_not_given(client: FlaskClient) -> None:
    assert client.get("/?q=harris&from=&to=").status_code == 200
    assert client.get("/api/v1/search?q=harris&from=").status_code == 400


def test_dates_filled_in_the_wrong_way_round_are_put_right(client: FlaskClient) -> None:
    right = client.get("/api/v1/search?q=the&from=1960&to=1970").json["total"]
    assert right > 0
    assert total(page(client, "/?q=the&from=1970&to=1960")) == right


def test_pages_follow_each_other_without_loss_or_repeat(client: FlaskClient) -> None:
    everything = client.get("/api/v1/search?q=the&size=100&facets=").json
    seen, address = [], "/api/v1/search?q=the&size=7&facets="
    while address:
        body = client.get(address).json
        seen += [result["id"] for result in body["results"]]
        address = body["next"]
    assert seen == [result["id"] for result in everything["results"]]
    assert len(seen) == everything["total"] > 14


def test_nothing_found_offers_ways_on(client: FlaskClient) -> None:
    html = page(client, "/?q=zzyzzyva&person=Nobody+Known")
    assert total(html) == 0
    assert "matches nothing in the archive" in html


def test_each_way_out_of_nothing_has_the_hits_it_promises(client: FlaskClient) -> None:
    body = client.get("/api/v1/search", query_string={"q": "wahtergate mccord", "person": "Kamala Harris"}).json
    assert body["total"] == 0
    assert body["diagnosis"]["blame"]
    assert body["diagnosis"]["proposals"]
    for proposal in body["diagnosis"]["proposals"]:
        assert client.get(proposal["url"]).json["total"] == proposal["total"] > 0
    html = page(client, "/?q=watergatte+mccord")
    assert "Did you mean" in html
    assert "No article matches" in html


def test_an_article_leads_to_similar_ones(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=watergate&size=1").json["results"][0]
    html = page(client, hit["links"]["page"])
    similar = html.split("Similar articles")[1].split("</section>")[0]
    assert similar.count("/articles/") >= 2
    assert hit["id"] not in similar


def test_an_unknown_article_is_a_page_that_says_so(client: FlaskClient) -> None:
    response = client.get("/articles/0000000000000000")
    assert response.status_code == 404
    assert "no article" in response.text


def test_the_article_page_links_every_name_to_its_articles(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=etienne&size=1").json["results"][0]
    html = page(client, hit["links"]["page"])
    for name in hit["people"]:
        assert f'title="{name.replace(chr(39), "&#39;")}"' in html
    marked = page(client, f"{hit['links']['page']}?q=etienne")
    assert ">Etienne</mark>" in marked


def test_matches_in_an_article_follow_each_other(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=harris&size=1").json["results"][0]
    address, seen = f"{hit['links']['page']}?q=harris", 0
    while address:
        html = page(client, address.partition("#")[0])
        following = [found for tag, found in Links(html).elements if tag == "a" and found.get("rel") == "next"]
        address = str(following[0]["href"]) if following else ""
        if address:
            seen += 1
            assert f'<mark id="m{seen}"' in html
            assert address.endswith(f"match={seen}#m{seen}")
    assert seen > 3
    assert f"Match {seen} of {seen}" in html


def hostile(client: FlaskClient) -> str:
    results = client.get("/api/v1/search?q=onerror").json["results"]
    assert len(results) == 1
    return str(results[0]["links"]["page"])


@pytest.mark.parametrize("address", ["/?q=onerror", "/?q=<script>alert(1)</script>", "/?q=%22%3E%3Cimg%20src=x%3E"])
def test_nothing_an_article_or_a_query_says_becomes_markup(client: FlaskClient, address: str) -> None:
    for where in (address, hostile(client)):
        elements = Links(page(client, where)).elements
        assert not [tag for tag, _ in elements if tag in {"script", "img", "b", "iframe"}]
        assert not [found for _, found in elements if any(name.startswith("on") or name == "style" for name in found)]
        assert not [found for _, found in elements if str(found.get("href", "")).startswith("javascript:")]


def test_pages_need_no_script_and_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    response = client.get("/?q=harris")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    loaded = [found for tag, found in Links(response.text).elements if tag in {"link", "script", "img"}]
    assert all(str(found.get("href") or found.get("src")).startswith("/") for found in loaded)
    assert "Set-Cookie" not in response.headers
    assert len(response.data) < 60_000


def test_static_files_are_served_under_their_version(client: FlaskClient) -> None:
    sheet = next(address for address in Links(page(client, "/")).addresses if ".css" in address)
    with client.get(sheet) as response:
        assert response.status_code == 200
        assert len(response.data) < 20_000


def test_an_unknown_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://evil.example").status_code == 400
