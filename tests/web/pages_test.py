"""What the pages show, and where their links lead."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from search.slugs import fingerprinted
from web.panel import key


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


Page = Callable[[str], str]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    def get(address: str) -> str:
        response = client.get(address, follow_redirects=True)
        assert response.status_code == 200, response.text
        return response.text

    return get


def total(html: str) -> int:
    found = re.search(r"<strong>([\d,]+)</strong>", html)
    assert found
    return int(found.group(1).replace(",", ""))


def first_hit(client: FlaskClient, q: str) -> dict[str, object]:
    hit: dict[str, object] = client.get("/api/v1/search", query_string={"q": q, "size": 1}).json["results"][0]
    return hit


def test_the_first_page_shows_the_archive_at_a_glance(client: FlaskClient, page: Page) -> None:
    html = page("/")
    assert f"{client.get('/api/v1/status').json['articles']} articles" in html
    begin = html.split("Begin with")[1].split("</section>")[0]
    assert begin.count("<li>") == 3
    for address, count in re.findall(r'href="([^"]*)">[^<]*</a> <span class="count">([\d,]+)', begin):
        assert total(page(address.replace("&amp;", "&").replace("&#34;", '"'))) == int(count)
    assert "Most in the news" in html
    assert "Kamala Harris" in html


def test_the_whole_archive_can_be_listed(client: FlaskClient, page: Page) -> None:
    assert total(page("/?sort=newest")) == client.get("/api/v1/status").json["articles"]


def test_a_facet_count_is_what_the_click_gives(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=president&facet_size=50").json
    checked = 0
    for field in ("person", "outlet", "publisher"):
        for value in body["facets"][field]["values"][:6]:
            assert client.get(value["url"]).json["total"] == value["count"], (field, value)
            checked += 1
    assert checked >= 12


def test_a_bar_of_the_timeline_gives_its_count(page: Page) -> None:
    html = page("/?q=the&undated=exclude")
    bars = re.findall(r'<a href="([^"]*)" data-key="bar"><title>[^<]*: ([\d,]+) article', html)
    assert sum(int(count) for _, count in bars) == total(html)
    assert len(bars) > 3
    for address, count in bars[:4]:
        assert total(page(address.replace("&amp;", "&"))) == int(count)


def test_a_chosen_value_is_a_chip_that_takes_it_back(page: Page) -> None:
    html = page("/?q=harris&person=Kamala+Harris")
    chip = re.search(r'<ul class="chips".*?<a href="([^"]*)"', html, re.DOTALL)
    assert chip
    assert parse_qsl(urlsplit(chip.group(1)).query) == [("q", "harris")]


def test_several_people_can_be_switched_between_all_and_any(page: Page) -> None:
    html = page("/?person=Kamala+Harris&person=Richard+Nixon")
    address = re.search(r'href="([^"]*person_mode=any[^"]*)"', html)
    assert address
    any_of = page(address.group(1).replace("&amp;", "&"))
    assert total(any_of) > total(html)
    assert 'aria-current="true">any of them' in any_of


def test_a_person_can_be_left_out(page: Page) -> None:
    html = page("/?q=harris")
    address = re.search(r'href="([^"]*)" class="exclude" data-key="[^"]*" title="Leave out ([^"]*)"', html)
    assert address
    without = page(address.group(1).replace("&amp;", "&"))
    assert total(without) < total(html)
    assert "without person" in without


def test_the_form_keeps_the_filters_in_force(page: Page) -> None:
    html = page("/?q=harris&person=Kamala+Harris&sort=newest&from=2021")
    hidden = [found for tag, found in Links(html).elements if tag == "input" and found.get("type") == "hidden"]
    kept = {(found["name"], found["value"]) for found in hidden}
    assert {("person", "Kamala Harris"), ("sort", "newest"), ("from", "2021")} <= kept


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("/?q=", "/"),
        ("/?q=harris&from=&to=", "/?q=harris"),
        ("/?person=Kamala+Harris&q=harris", "/?q=harris&person=Kamala+Harris"),
        ("/?q=the&from=1970&to=1960", "/?q=the&from=1960&to=1970"),
        ("/?q=the&from=1970-01-01&to=1970-12-31", "/?q=the&from=1970&to=1970"),
        ("/?q=the&size=100", "/?q=the&size=20"),
        ("/?q=the&facets=person", "/?q=the"),
        ("/?q=the&sort=relevance", "/?q=the"),
        ("/people?order=count&page=1", "/people"),
        ("/people?letter=h", "/people?order=az&letter=H"),
        ("/help?x=1", "/help"),
        ("/?q=harris&utm_source=letter&fbclid=x", "/?q=harris"),
        ("/people?fbclid=x", "/people"),
        ("/?q=the&in=1969-07", "/?q=the&from=1969-07&to=1969-07"),
        ("/?q=the&in=1960..1969", "/?q=the&from=1960&to=1969"),
        ("/people/Kamala%20Harris", "/people/kamala-harris"),
        ("/people/kamala-harris?x=1", "/people/kamala-harris"),
    ],
)
def test_each_state_has_one_address(client: FlaskClient, written: str, canonical: str) -> None:
    response = client.get(written)
    assert (response.status_code, response.location) == (302, canonical)
    assert client.get(canonical).status_code == 200


def test_the_api_forgives_no_empty_fields(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=harris&from=").status_code == 400


def test_dates_filled_in_the_wrong_way_round_are_put_right(client: FlaskClient, page: Page) -> None:
    right = client.get("/api/v1/search?q=the&from=1960&to=1970").json["total"]
    assert right > 0
    assert total(page("/?q=the&from=1970&to=1960")) == right


def test_pages_follow_each_other_without_loss_or_repeat(client: FlaskClient, page: Page) -> None:
    everything = client.get("/api/v1/search?q=the&size=100&facets=").json
    seen: list[str] = []
    address = "/?q=the"
    while address:
        html = page(address)
        seen += re.findall(r'<h2><a href="/articles/([0-9a-f]{16})', html)
        found = [found for tag, found in Links(html).elements if tag == "a" and found.get("rel") == "next"]
        address = str(found[0]["href"]) if found else ""
    assert seen == [result["id"] for result in everything["results"]]
    assert len(seen) == everything["total"] > 14


def test_nothing_found_offers_ways_on(page: Page) -> None:
    html = page("/?q=zzyzzyva&person=Nobody+Known")
    assert total(html) == 0
    assert "matches nothing in the archive" in html


def test_each_way_out_of_nothing_has_the_hits_it_promises(client: FlaskClient, page: Page) -> None:
    body = client.get("/api/v1/search", query_string={"q": "wahtergate mccord", "person": "Kamala Harris"}).json
    assert body["total"] == 0
    assert body["diagnosis"]["blame"]
    assert body["diagnosis"]["proposals"]
    for proposal in body["diagnosis"]["proposals"]:
        assert client.get(proposal["url"]).json["total"] == proposal["total"] > 0
    html = page("/?q=watergatte+mccord")
    assert "Did you mean" in html
    assert "No article matches" in html


def test_an_article_leads_to_similar_ones(client: FlaskClient, page: Page) -> None:
    hit = first_hit(client, "watergate")
    html = page(f"/articles/{hit['id']}")
    similar = html.split("Similar articles")[1].split("</section>")[0]
    found = set(re.findall(r'href="/articles/([0-9a-f]{16})"', similar))
    assert len(found) >= 2
    assert hit["id"] not in found
    assert found <= set(re.findall(r"/articles/([0-9a-f]{16})", page(f"/articles/{hit['id']}/similar")))


@pytest.mark.parametrize("address", ["/articles/0000000000000000", "/articles/0000000000000000/similar"])
def test_an_unknown_article_is_a_page_that_says_so(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "no article" in response.text


def test_the_article_page_links_every_name_to_its_page(client: FlaskClient, page: Page) -> None:
    hit = first_hit(client, "etienne")
    html = page(f"/articles/{hit['id']}?q=etienne")
    for name in hit["people"]:  # type: ignore[attr-defined]
        link = re.search(rf'href="(/people/[^"]*)" title="{re.escape(name.replace(chr(39), "&#39;"))}"', html)
        assert link, name
        assert client.get(link.group(1)).status_code == 200
    assert ">Etienne</mark>" in html


def test_an_article_of_results_leads_to_its_neighbours_and_back(page: Page) -> None:
    html = page("/?q=harris&sort=newest")
    expected = re.findall(r'<h2><a href="(/articles/[^"]*)"', html)
    address, seen = expected[0].replace("&amp;", "&"), []
    for number in range(1, 4):
        html = page(address)
        seen.append(urlsplit(address).path)
        assert f"{number} of" in html
        following = re.search(r'<a rel="next" href="([^"]*)" title', html)
        assert following
        address = following.group(1).replace("&amp;", "&")
    assert seen == [urlsplit(one).path for one in expected[:3]]
    back = re.search(r'<p><a href="([^"]*)">← Results', html)
    assert back
    assert seen[-1] in page(back.group(1).replace("&amp;", "&"))


def test_a_place_of_another_search_shows_the_article_without_neighbours(page: Page) -> None:
    html = page("/?q=harris")
    address = re.search(r'<h2><a href="(/articles/[^"]*)"', html)
    assert address
    other = address.group(1).replace("&amp;", "&").replace("q=harris", "q=biden")
    assert "← Results for “biden”" in page(other)


def test_matches_in_an_article_follow_each_other_and_begin_again(client: FlaskClient, page: Page) -> None:
    hit = first_hit(client, "harris")
    html = page(f"/articles/{hit['id']}?q=harris")
    matches = len(re.findall(r'<mark id="m\d+"', html))
    assert matches > 3
    for seen in (*range(1, matches + 1), 1):
        following = re.findall(r'<a rel="next" href="([^"]*match=\d+#m\d+)"', html)
        assert following[0].endswith(f"match={seen}#m{seen}")
        html = page(following[0].replace("&amp;", "&").partition("#")[0])
        assert f'<mark id="m{seen}" class="here"' in html
        assert f">Match {seen} of {matches}<" in html


def test_the_dates_of_an_article_stand_on_a_line_in_order(client: FlaskClient, page: Page) -> None:
    for result in client.get("/api/v1/search?q=the&size=40").json["results"]:
        html = page(f"/articles/{result['id']}")
        if 'class="moments"' in html:
            places = [float(one) for one in re.findall(r'<circle cx="([\d.]+)%"', html)]
            assert places == sorted(places)
            assert all(2 <= one <= 98 for one in places)
            return
    pytest.fail("no article mentions two dates")


def test_a_person_has_a_page(client: FlaskClient, page: Page) -> None:
    html = page("/people/kamala-harris")
    count = client.get("/api/v1/search", query_string={"person": "Kamala Harris"}).json["total"]
    assert f">{count} articles</a>" in html
    assert "<q>Harris</q>" in html
    assert "Newest" in html
    both = re.findall(r'class="both" href="([^"]*)"[^>]*><span class="count">(\d+)', html)
    assert both
    for address, expected in both[:6]:
        assert total(page(address.replace("&amp;", "&"))) == int(expected)


def test_an_outlet_has_a_page_for_what_cites_it_and_what_it_published(client: FlaskClient, page: Page) -> None:
    names = {value: set() for value in ("outlet", "publisher")}
    for field, found in names.items():
        facet = client.get("/api/v1/search?facet_size=500").json["facets"][field]
        found.update(one["value"] for one in facet["values"])
    listed = page("/outlets")
    for name in (*list(names["outlet"])[:4], *list(names["publisher"])[:4]):
        assert quote(name, safe="") or name in listed
    address = re.findall(r'href="(/outlets/[^"]*)"', listed)
    assert len(set(address)) >= min(80, len(names["outlet"] | names["publisher"]))
    assert "Cited in" in page(address[0]) or "Published" in page(address[0])


def test_every_person_of_the_list_has_a_page_of_that_name(client: FlaskClient, page: Page) -> None:
    rows = re.findall(r'<a class="value" href="(/people/[^"]*)"><bdi>([^<]*)</bdi>', page("/people"))
    assert len(rows) > 50
    for address, name in rows[::7]:
        assert f"<h1>{name}</h1>" in client.get(address).text


def test_an_address_of_nobody_helps_on(client: FlaskClient) -> None:
    response = client.get("/people/kamala-haris")
    assert response.status_code == 404
    assert "/people/kamala-harris" in client.get("/people/kamala").text
    assert "Search for “kamala haris”" in response.text


def test_a_fingerprinted_address_leads_to_the_plain_one(client: FlaskClient) -> None:
    listed = client.get("/people/kamala-harris")
    assert listed.status_code == 200
    from_fingerprint = client.get("/people/" + fingerprinted("Kamala Harris"))
    assert from_fingerprint.status_code == 302
    assert from_fingerprint.location == "/people/kamala-harris"


def test_lists_are_by_count_or_from_a_to_z(page: Page) -> None:
    def names(html: str) -> list[str]:
        return re.findall(r'<a class="value" href="[^"]*"><bdi>([^<]*)</bdi>', html)

    def counts(html: str) -> list[int]:
        return [int(one) for one in re.findall(r'</bdi><span class="count">(\d+)</span></a></li>', html)]

    assert counts(page("/people")) == sorted(counts(page("/people")), reverse=True)
    plain = [name for name in names(page("/people?order=az")) if name.isascii() and name.replace(" ", "").isalpha()]
    last = [name.split()[-1].lower() for name in plain]
    assert len(last) > 20
    assert last == sorted(last)
    under_h = names(page("/people?order=az&letter=H"))
    assert "Kamala Harris" in under_h
    assert all(any(word.upper().startswith("H") for word in name.split()) for name in under_h)
    assert names(page("/people?contains=kam+har")) == ["Kamala Harris"]
    assert "Nothing here has these words" in page("/people?contains=zzyzzyva")


def test_all_values_of_a_facet_choose_within_the_search(client: FlaskClient, page: Page) -> None:
    html = page("/facets/person?q=harris")
    row = re.search(
        r'<a href="(/\?[^"]*)" class="value" data-key="[^"]*"><bdi>[^<]*</bdi><span class="count">(\d+)', html
    )
    assert row
    assert total(page(row.group(1).replace("&amp;", "&"))) == int(row.group(2))
    distinct = client.get("/api/v1/search?q=harris").json["facets"]["person"]["distinct"]
    assert f'<h1>People <span class="count">{distinct}</span>' in html
    assert client.get("/facets/colour").status_code == 404


def test_every_example_of_the_help_page_finds_what_it_says(page: Page) -> None:
    rows = re.findall(r'<a href="([^"]*)"><code>.*?<td class="count">([\d,]+)</td>', page("/help"))
    assert len(rows) > 12
    for address, count in rows:
        assert total(page(address.replace("&amp;", "&").replace("&#34;", '"'))) == int(count.replace(",", "")) > 0


def test_the_about_page_tells_the_archive_and_its_settings(client: FlaskClient, page: Page) -> None:
    html = page("/about")
    assert str(client.get("/api/v1/status").json["articles"]) in html
    assert "max_query_terms" in html
    assert "data_dir" not in html


def test_suggestions_lead_where_they_say(client: FlaskClient) -> None:
    found = client.get("/suggest?q=kam").json["suggestions"]
    assert found
    assert {"text", "kind", "count", "url"} == set(found[0])
    for one in found:
        assert client.get(one["url"]).status_code == 200
    assert client.get("/suggest").json == {"suggestions": []}


def test_a_search_has_its_other_forms(client: FlaskClient, page: Page) -> None:
    html = page("/?q=harris&person=Kamala+Harris")
    forms = [found for tag, found in Links(html).elements if tag == "link" and found.get("rel") == "alternate"]
    assert "application/json" in {form["type"] for form in forms}
    for form in forms:
        assert client.get(str(form["href"])).status_code == 200


def test_static_files_are_served_under_their_version_and_small(client: FlaskClient, page: Page) -> None:
    html = page("/")
    loaded = [str(found.get("href") or found.get("src")) for tag, found in Links(html).elements if tag in LOADING]
    sizes = {".css": 20_000, ".js": 10_000, ".svg": 4_000}
    seen = set()
    for address in loaded:
        suffix = next((one for one in sizes if one in address), None)
        if suffix is None:
            continue
        assert re.search(r"\?v=[0-9a-f]{12}", address)
        with client.get(address) as response:
            assert response.status_code == 200
            assert len(response.data) <= sizes[suffix], address
        seen.add(suffix)
    assert seen == set(sizes)


LOADING = {"link", "script", "use"}


def test_an_unknown_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://evil.example").status_code == 400


def test_static_files_of_this_version_may_be_kept_for_good_and_no_others(client: FlaskClient, page: Page) -> None:
    [address] = re.findall(r'href="(/static/newsmorgue.css[^"]*)"', page("/"))
    with client.get(address) as kept, client.get("/static/newsmorgue.css?v=older") as older:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "immutable" not in older.headers["Cache-Control"]


def plain(html: str, pattern: str) -> str:
    found = re.search(pattern, html, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]*>", "", found[1]))


@pytest.mark.parametrize(
    "address", ["/?sort=newest", "/?q=*", "/?q=%22", "/?q=harris", "/?person=Kamala+Harris", "/?q=zzyzzyva"]
)
def test_the_sentence_over_the_results_is_the_title_too(page: Page, address: str) -> None:
    html = page(address)
    sentence = plain(html, '<h1 id="summary">(.*?)</h1>')
    assert plain(html, "<title>(.*?)</title>") == f"{sentence} – Newsmorgue"
    assert "all articles" not in sentence
    assert re.fullmatch(r"All \d+ articles|\d+ (match: )?articles that .+", sentence)


@pytest.mark.parametrize("date", ["1969-13", "1969-02-31", "yesterday"])
def test_a_date_that_is_none_keeps_the_search_and_is_said_at_its_field(client: FlaskClient, date: str) -> None:
    response = client.get("/", query_string={"q": "harris", "person": "Kamala Harris", "from": date, "to": "2021"})
    assert response.status_code == 400
    assert f'name="from" value="{date}"' in response.text
    assert 'aria-invalid="true" aria-describedby="fault-from"' in response.text
    assert f"“{date}” is no date" in response.text
    assert "Kamala Harris" in plain(response.text, '<h1 id="summary">(.*?)</h1>')
    assert (
        response.text.count('<article class="hit">')
        == client.get("/api/v1/search?q=harris&person=Kamala+Harris&to=2021&size=10").json["total"]
    )


def test_one_outlet_chosen_says_what_another_adds(client: FlaskClient, page: Page) -> None:
    outlets = client.get("/api/v1/search").json["facets"]["outlet"]["values"]
    chosen, other = (one["value"] for one in outlets[:2])
    html = page(f"/?{urlencode({'outlet': chosen})}")
    assert "any of them" in html
    mine, others = (f'data-key="{key("outlet", one)}"' for one in (chosen, other))
    assert html.index(mine) < html.index(others)
    row = re.search(rf'href="([^"]*)" class="value" {others}>.*?\+([\d,]+)', html)
    assert row
    assert total(page(row[1].replace("&amp;", "&"))) == total(html) + int(row[2])


def test_choosing_a_value_of_a_facet_gives_no_notice(client: FlaskClient) -> None:
    facets = client.get("/api/v1/search?facet_size=100").json["facets"]
    for field in ("person", "outlet"):
        for value in facets[field]["values"]:
            if " " not in value["value"]:
                assert client.get(value["url"]).json["query"]["notices"] == []


def test_the_outlets_of_the_first_page_are_those_it_leads_to(page: Page) -> None:
    said = re.search(r'<a href="/outlets">([\d,]+) outlets', page("/"))
    assert said
    assert f'<span class="count">{said[1]}</span></h1>' in page("/outlets")


def test_a_page_of_twenty_is_small(page: Page) -> None:
    assert len(page("/?q=the&size=20").encode()) <= 60_000


def test_names_and_texts_find_their_own_direction(page: Page) -> None:
    html = page("/?q=harris")
    assert re.search(r"<h2><a href=[^>]* dir=auto", html)
    assert re.search(r'<p class="passage" dir=auto', html)
    assert "<bdi>" in html


def test_an_unknown_name_leads_to_those_written_nearly_so_and_to_nobody_else(client: FlaskClient) -> None:
    like = client.get("/people/kamala-haris").text.split('class="ways"')[1]
    assert like.index("Kamala Harris") < 200
    assert 'class="ways"' not in client.get("/people/nobody-knows-him").text
