"""What holds of every page in every state: valid HTML, links that answer, one address, small and self-contained."""

from collections import deque
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask.testing import FlaskClient

from search.answer import Diagnosis, Proposal
from search.request import SearchRequest
from search.searcher import Searcher

STATES = (
    "/",
    "/?q=harris",
    "/?q=harris&size=20",
    "/?q=harris&person=Kamala+Harris&person=Joe+Biden&person_mode=any",
    "/?q=harris&-person=Joe+Biden&-outlet=CNN",
    "/?person=%28none%29",
    "/?from=1969-07&to=1969-07",
    "/?from=1969-07-20&to=1969-07-20",
    "/?from=1960&to=1969",
    "/?from=0001&to=0001",
    "/?from=9999&to=9999",
    "/?undated=only",
    "/?sort=oldest",
    "/?q=zzyzzyva",
    "/?q=watergatte",
    "/?q=%22unclosed+%28colour%3Ared+OR",
    "/people",
    "/people?order=az&page=2",
    "/people?contains=zzyzzyva",
    "/people/kamala-harris",
    "/people/nobody-known",
    "/people/~000000",
    "/outlets",
    "/outlets?order=az&letter=N",
    "/facets/person?q=the",
    "/facets/outlet?q=the&contains=new",
    "/facets/publisher",
    "/facets/colour",
    "/help",
    "/about",
    "/nowhere",
    "/?from=yesterday",
    "/?q=the&from=1969-13",
    "/?q=the&q=twice",
    "/?q=the&cursor=nonsense",
    "/?q=%00harris%01&person=a%0B%C2%85b",
    "/?q=harris&from=%00",
    "/people?contains=%00%EF%BF%BF",
    "/quotes?by=a%1Fb",
)

MOST_BYTES = 60_000
DEPTH = 3
WIDTH = 16
"""Addresses that are followed from each depth: enough to see every kind of link many times."""


SAYING_NOTHING = {"more", "here", "all", "start", "this", "read more", "learn more", "click here", "go", "information"}
"""What links must not be called: heard away from their place these say nothing (WCAG 2.4.9; Lighthouse, link-text)."""


def link_words(element: Any) -> str:
    """Give the words of a link in small letters; none of another element."""
    return " ".join("".join(element.itertext()).split()).lower() if element.tag == "a" else ""


def problems(html: str) -> list[str]:
    """Parse as a browser does, and give what the specification calls an error, and what breaks our own rules."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    found = [f"{place}: {code}" for place, code, _ in parser.errors]
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    identities = [one.get("id") for one in elements if one.get("id")]
    found += [f"id {one} twice" for one in set(identities) if identities.count(one) > 1]
    for one in elements:
        found += [f"inline {name}" for name in one.attrib if str(name) == "style" or str(name).startswith("on")]
        for name in ("for", "aria-labelledby", "aria-controls"):
            found += [f"{name}={one.get(name)} of nothing" for _ in [0] if one.get(name) not in (None, *identities)]
    found += [f"a link that says {words}" for words in map(link_words, elements) if words in SAYING_NOTHING]
    headings = [int(one.tag[1]) for one in elements if one.tag in {"h1", "h2", "h3", "h4"}]
    found += [] if headings.count(1) == 1 else [f"{headings.count(1)} h1"]
    if any(one.tag in {"style", "font", "center"} for one in elements):
        found.append("style in the page")
    if any(one.tag == "script" and not one.get("src") for one in elements):
        found.append("a script in the page")
    return found


@pytest.mark.parametrize("address", STATES)
def test_every_state_is_valid_html_under_the_policy(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code in {200, 400, 404}
    assert not problems(response.text)
    assert len(response.data) <= MOST_BYTES
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "Set-Cookie" not in response.headers


def test_letters_that_a_client_does_not_escape_are_letters(client: FlaskClient) -> None:
    escaped, raw = (client.get("/", query_string=one) for one in ("q=Caf%C3%A9", "q=Café"))
    assert "Café" in raw.text
    assert raw.text == escaped.text


def addresses(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        for name in ("href", "src", "action"):
            value = element.get(name) if isinstance(element.tag, str) else None
            if value is None:
                continue
            if element.get("rel") == "canonical":
                assert value.startswith("http://localhost/"), f"search engines follow no path alone: {value}"
                value = value.removeprefix("http://localhost")
            elif element.tag not in {"a", "form"}:
                assert value.startswith("/"), f"{element.tag} loads from elsewhere: {value}"
            if value.startswith("/"):
                found.append(value.partition("#")[0])
    return list(dict.fromkeys(found))


def test_a_crawl_finds_no_dead_link_no_second_address_and_no_large_page(client: FlaskClient) -> None:
    seen, waiting = {"/"}, deque([("/", 0)])
    kinds: dict[tuple[str, int], int] = {}
    visited = 0
    while waiting:
        address, depth = waiting.popleft()
        with client.get(address) as response:
            assert response.status_code == 200, f"{address}: {response.status_code} {response.location or ''}"
            visited += 1
            if response.mimetype != "text/html":
                continue
            assert len(response.data) <= MOST_BYTES, address
            if visited % 3 == 0:
                assert not problems(response.text), address
            following = addresses(response.text) if depth < DEPTH else []
        for one in following:
            kind = (urlsplit(one).path.split("/")[1], depth)
            if one not in seen and kinds.get(kind, 0) < WIDTH:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(one)
                waiting.append((one, depth + 1))
    assert visited > 120


def test_ways_out_lead_to_the_one_address_of_their_state(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    wider = SearchRequest(q="moon", from_="1901-01-01", to="1972-12-31")
    proposal = Proposal(kind="widen", text="1901 to 1972", total=3, request=wider)
    found = Diagnosis(total=0, blame=(), spelling=(), nearest=(proposal,))
    monkeypatch.setattr(Searcher, "diagnose", lambda *_: found)
    page = client.get("/?q=xyzzy+moon").text
    [way] = [one for one in addresses(page) if "1901" in one]
    assert client.get(way).status_code == 200, "no redirection"
