"""HTML pages: what they state of themselves, and never a date that they do not state."""

import pytest

from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article

BODY = "".join(
    f"<p>The council of Harbourside met for the {word} time on Monday and spoke for hours about the ferry, which has "
    "not run since the storm of last November took its pier away.</p>"
    for word in ("first", "second", "third", "fourth")
)


def page(head="", body=BODY, after=""):
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Ferry stays away</h1>{body}</article><footer>{after}</footer></body></html>"
    )


def read_one(tmp_path, html):
    path = tmp_path / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    (article,) = read([str(path)], ReadOptions())
    assert isinstance(article, Article), article
    return article


LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Person", "@id": "#ada", "name": "Ada Brook"},
{"@type": "NewsArticle", "headline": "Ferry stays away", "datePublished": "2021-12-03T09:30:00Z",
 "author": [{"@id": "#ada"}, {"name": "Tom Quay"}], "publisher": {"name": "The Quayside Courier"}}]}</script>"""


def test_json_ld_is_believed(tmp_path):
    article = read_one(tmp_path, page(LD))
    assert article.title == "Ferry stays away"
    assert article.published.value == "2021-12-03T09:30+00:00"
    assert article.published.origin == "metadata"
    assert article.byline == "Ada Brook, Tom Quay"
    assert article.publisher == "The Quayside Courier"
    assert article.language == "en"
    assert "second time on Monday" in article.text
    assert "Home" not in article.text


def test_meta_elements_are_believed(tmp_path):
    head = (
        '<meta property="og:title" content="Ferry stays away"><meta property="og:site_name" content="Quayside">'
        '<meta property="article:published_time" content="2021-12-03"><meta name="author" content="By Ada Brook">'
        '<link rel="canonical" href="https://quayside.example/ferry">'
    )
    article = read_one(tmp_path, page(head))
    assert (article.publisher, article.byline) == ("Quayside", "Ada Brook")
    assert article.url == "https://quayside.example/ferry"
    assert article.published.value == "2021-12-03"


@pytest.mark.parametrize(
    "said",
    [
        "<time class='published' datetime='2021-12-03'>3 December</time>",
        "<span class='date'>December 3, 2021</span>",
        "<div>Published December 3, 2021</div>",
    ],
)
def test_a_date_that_the_page_shows_as_its_own_is_read(tmp_path, said):
    article = read_one(tmp_path, page(body=said + BODY))
    assert (article.published.value, article.published.origin) == ("2021-12-03", "page")


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(after="Copyright 2019 Quayside Media. © 2015-2019"),
        page(body=BODY + "<p>The old ferry sank on March 5, 1953.</p>"),
        page(body=BODY + "<p>It all began in 2017.</p>"),
        page('<meta property="article:modified_time" content="2021-12-03">'),
        page('<meta property="article:published_time" content="9999-12-31">'),
        page('<meta property="article:published_time" content="2021">'),
        page(body=BODY + "<aside class='related'><time datetime='2020-01-02'>2 January</time></aside>"),
        page(body="<span class='updated-date'>December 3, 2021</span>" + BODY),
    ],
)
def test_a_page_that_states_no_date_gets_none(tmp_path, html):
    assert read_one(tmp_path, html).published is None


def test_the_day_in_an_address_dates_a_page(tmp_path):
    head = '<link rel="canonical" href="https://quayside.example/2021/12/03/ferry/">'
    assert read_one(tmp_path, page(head)).published.value == "2021-12-03"


def test_without_a_name_the_domain_is_the_publisher(tmp_path):
    article = read_one(tmp_path, page('<meta property="og:url" content="https://www.quayside.example/ferry">'))
    assert article.publisher == "quayside.example"


def test_a_declared_charset_is_believed(tmp_path):
    html = page("<meta charset='iso-8859-2'>", body=BODY.replace("Harbourside", "Łódź")).encode("iso-8859-2")
    assert "Łódź" in read_one(tmp_path, html).text


def test_two_statements_of_a_title_outvote_one(tmp_path):
    head = LD.replace('"headline": "Ferry stays away"', '"headline": "The ferry, and why you should care"')
    assert (
        read_one(tmp_path, page('<meta property="og:title" content="Ferry stays away">' + head)).title
        == "Ferry stays away"
    )


def test_the_text_that_a_page_states_for_machines_fills_what_its_elements_lack(tmp_path):
    body = "The council of Harbourside met and spoke for hours about the ferry. " * 30
    head = LD.replace('"headline"', f'"articleBody": "{body}", "headline"')
    assert read_one(tmp_path, page(head, body="<p>The council of Harbourside met.</p>")).text == body.strip()
    assert "second time on Monday" in read_one(tmp_path, page(head.replace(body, body[:100]))).text


def test_broken_json_ld_does_no_harm(tmp_path):
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert read_one(tmp_path, page(head)).title == "Ferry stays away"


def test_a_page_without_an_article_is_rejected(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html><head><title>Nothing</title></head><body></body></html>")
    (rejected,) = read([str(path)], ReadOptions())
    assert rejected.reason == "no-text"
