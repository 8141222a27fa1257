"""Feeds: RSS, Atom and JSON Feed files, also broken ones, an article an entry."""

import json

import pytest

from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Quayside Courier</title><link>https://quayside.example/</link><language>en-gb</language>
<item><title>Ferry &amp; pier stay away</title><link>/ferry</link><guid isPermaLink="false">q-1</guid>
<pubDate>Fri, 03 Dec 2021 09:30:00 -0500</pubDate><dc:creator>Ada Brook</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>Nobody knew <b>why</b>.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://quayside.example/second</link>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;</description><pubDate>Sat, 1 Jan 0000 00:00:00 GMT</pubDate></item>
<item><title>Only a title</title><link>https://quayside.example/third</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quayside Courier</title>
<entry><title type="html">Ferry &lt;i&gt;stays&lt;/i&gt; away</title><id>urn:q:1</id>
<link rel="alternate" href="https://quayside.example/ferry"/><updated>2021-12-03T09:30:00Z</updated>
<author><name>Ada Brook</name></author><author><name>Tom Quay</name></author>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read_all(*paths, **options):
    return list(read(paths, ReadOptions(**options)))


def reasons(found):
    return [(one.position, one.reason) for one in found if isinstance(one, Rejected)]


def test_rss_is_read_with_the_longest_text_of_each_item(tmp_path):
    first, second, third = read_all(write(tmp_path, "a.xml", RSS))
    assert first.title == "Ferry & pier stay away"
    assert first.text == f"{TEXT}\n\nNobody knew why."
    assert first.url == "https://quayside.example/ferry"
    assert first.publisher == "The Quayside Courier"
    assert first.byline == "Ada Brook"
    assert (first.published.value, first.published.origin) == ("2021-12-03T09:30-05:00", "feed")
    assert (first.language, first.own_id) == ("en", "q-1")
    assert first.source.endswith("a.xml:1")
    assert (second.text, second.published) == (TEXT, None)
    assert (third.reason, third.position) == ("no-text", 3)


def test_atom_is_read_and_the_date_of_a_change_is_not_certain(tmp_path):
    (article,) = read_all(write(tmp_path, "a.atom", ATOM))
    assert article.title == "Ferry stays away"
    assert article.byline == "Ada Brook, Tom Quay"
    assert (article.published.value[:10], article.published.certain) == ("2021-12-03", False)
    published = ATOM.replace("<updated>", "<published>2021-12-02T09:30:00Z</published><updated>")
    (article,) = read_all(write(tmp_path, "a.atom", published))
    assert (article.published.value[:10], article.published.certain) == ("2021-12-02", True)


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</channel></rss>", ""),
        RSS.replace("Short.", "Short & sweet <br> text"),
        RSS.replace('<?xml version="1.0" encoding="utf-8"?>', "  <!-- late -->"),
        "\ufeff" + RSS,
        RSS.replace("utf-8", "no-such-encoding"),
    ],
)
def test_broken_feeds_are_read(tmp_path, broken):
    found = read_all(write(tmp_path, "a.xml", broken))
    assert [one.title for one in found if isinstance(one, Article)] == ["Ferry & pier stay away", "Second"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "windows-1251"])
def test_feeds_in_other_encodings_are_read(tmp_path, encoding):
    content = RSS.replace("Harbourside", "Санкт-Петербург").replace("utf-8", encoding).encode(encoding)
    assert "Санкт-Петербург" in read_all(write(tmp_path, "a.xml", content))[0].text


def test_a_feed_whose_doctype_declares_entities_is_refused(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    (rejected,) = read_all(write(tmp_path, "a.xml", RSS.replace("<rss", f"{bomb}<rss", 1)))
    assert rejected.reason == "forbidden-dtd"
    named = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    assert isinstance(read_all(write(tmp_path, "a.xml", RSS.replace("<rss", f"{named}<rss", 1)))[0], Article)


def test_a_feed_without_entries_is_told(tmp_path):
    (rejected,) = read_all(write(tmp_path, "a.xml", "<rss version='2.0'><channel><title>No</title></channel></rss>"))
    assert rejected.reason == "empty"


def test_an_address_is_taken_out_of_the_detour_through_google(tmp_path):
    detour = "https://www.google.com/url?rct=j&amp;url=https://quayside.example/ferry&amp;ct=ga"
    (article,) = read_all(write(tmp_path, "a.xml", ATOM.replace("https://quayside.example/ferry", detour)))
    assert article.url == "https://quayside.example/ferry"


def test_json_feed_is_read_with_the_title_of_the_feed_for_publisher(tmp_path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Quayside Courier",
        "authors": [{"name": "Ada Brook"}],
        "items": [
            {"id": "1", "url": "https://quayside.example/1", "title": "One", "content_html": f"<p>{TEXT}</p>",
             "date_published": "2021-12-03T09:30:00Z"},
            {"id": "2", "content_text": TEXT, "author": {"name": "Tom Quay"}},
            {"id": "3"},
            7,
        ],
    }  # fmt: skip
    found = read_all(write(tmp_path, "a.json", json.dumps(feed)))
    assert reasons(found) == [(3, "no-text-column"), (4, "not-an-article")]
    first, second = (one for one in found if isinstance(one, Article))
    assert (first.title, first.text, first.byline) == ("One", TEXT, "Ada Brook")
    assert (first.publisher, first.published.origin) == ("The Quayside Courier", "feed")
    assert (second.byline, second.own_id) == ("Tom Quay", "2")


@pytest.mark.parametrize("items", [[], None, {}, "x"])
def test_a_json_feed_without_items_is_told(tmp_path, items):
    feed = {"version": "https://jsonfeed.org/version/1", "items": items}
    assert reasons(read_all(write(tmp_path, "a.json", json.dumps(feed)))) == [(None, "empty")]


@pytest.mark.parametrize("link", ["https://quayside.example/", "https://quayside.example/live"])
@pytest.mark.parametrize("form", ["rss", "json"])
def test_items_with_ids_of_their_own_and_one_link_are_articles_of_their_own(tmp_path, link, form):
    numbers = range(3)
    if form == "rss":
        items = "".join(
            f'<item><title>Number {n}</title><guid isPermaLink="false">g{n}</guid><link>{link}</link>'
            f"<description>{TEXT} Part {n}.</description></item>"
            for n in numbers
        )
        content = f'<rss version="2.0"><channel><title>Courier</title><link>{link}</link>{items}</channel></rss>'
    else:
        items = [{"id": f"g{n}", "url": link, "title": f"Number {n}", "content_text": f"{TEXT} {n}"} for n in numbers]
        content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": items})
    found = read_all(write(tmp_path, "a.feed", content))
    assert len({one.id for one in found}) == 3
    assert {one.url for one in found} == {link}


def test_items_with_ids_and_links_of_their_own_are_known_by_their_links(tmp_path):
    one, other = (RSS.replace("q-1", own) for own in ("q-1", "q-2"))
    assert read_all(write(tmp_path, "a.xml", one))[0].id == read_all(write(tmp_path, "b.xml", other))[0].id


def test_ampersands_that_nobody_escaped_are_signs(tmp_path):
    feed = "<rss version='2.0'><channel><title>Sand & Sea</title><item><title>AT&T & B&amp;B &#8211; R&D</title>"
    feed += f"<link>https://a.example/?a=1&b=2</link><description><![CDATA[<p>Q&A; {TEXT}</p>]]></description></item>"
    (article,) = read([write(tmp_path, "a.xml", feed + "</channel></rss>")], ReadOptions())
    assert (article.title, article.publisher) == ("AT&T & B&B – R&D", "Sand & Sea")
    assert article.url == "https://a.example/?a=1&b=2"
    assert article.text.endswith(TEXT)


def test_the_title_of_a_search_service_is_no_publisher(tmp_path):
    alert = ATOM.replace(
        "<title>The Quayside Courier</title>",
        '<title>Google Alert - ferry</title><link rel="self" href="https://www.google.com/alerts/feeds/1/2"/>',
    ).replace(
        "https://quayside.example/ferry",
        "https://www.google.com/url?rct=j&amp;url=https://www.quayside.example/ferry&amp;ct=ga",
    )
    (found,) = read_all(write(tmp_path, "alert.xml", alert))
    assert (found.publisher, found.url) == ("quayside.example", "https://www.quayside.example/ferry")
    search = RSS.replace(
        "<title>The Quayside Courier</title><link>https://quayside.example/",
        "<title>ferry - BingNews</title><link>https://www.bing.com/news/search?q=ferry",
    )
    assert [one.publisher for one in read_all(write(tmp_path, "bing.xml", search))[1:2]] == ["quayside.example"]


def test_whom_an_entry_of_a_search_service_names_is_its_publisher(tmp_path):
    feed = RSS.replace(
        "<title>The Quayside Courier</title><link>https://quayside.example/",
        "<title>ferry - Google News</title><link>https://news.google.com/search?q=ferry",
    ).replace(
        "<title>Second</title>",
        '<title>Second</title><source url="https://quayside.example">The Quayside Courier</source>',
    )
    assert read_all(write(tmp_path, "a.xml", feed))[1].publisher == "The Quayside Courier"


def test_a_date_of_a_feed_that_is_not_understood_is_told_and_the_next_is_less_certain(tmp_path):
    feed = ATOM.replace("<updated>", "<published>6. Mai 2024</published><updated>")
    article, told = read_all(write(tmp_path, "a.xml", feed))
    assert (article.published.value, article.published.certain) == ("2021-12-03T09:30+00:00", False)
    assert (told.reason, told.position) == ("unread-date", 1)
    assert "published '6. Mai 2024'" in told.detail
