"""News of the wire: NITF, NewsML-G2, NewsML 1 and ninjs, safe from what XML may hold."""

import json

import pytest

from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."

NITF = f"""<nitf><head><title>Wrong</title><docdata management-status="usable">
<doc-id id-string="q-1"/><date.issue norm="20211203T093000-0500"/></docdata>
<pubdata name="The Quayside Courier" date.publication="20211204"/></head>
<body xml:lang="en-GB"><body.head><hedline><hl1>Ferry stays away</hl1><hl2>Nobody knows why</hl2></hedline>
<byline>By Ada Brook, <byttl>Staff Reporter</byttl></byline></body.head>
<body.content><p>{TEXT}</p><media><media-caption>A ferry.</media-caption></media>
<p>Nobody&nbsp;knew <em>why</em> &amp; when.</p></body.content></body></nitf>"""

G2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:quayside.example:1" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:QC"><name>Quayside Press</name></provider>
<versionCreated>2021-12-04T09:30:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><contentCreated>2021-12-03T09:30:00Z</contentCreated><by>By Ada Brook</by>
<language tag="en-GB"/><headline>Ferry stays away</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title></head><body><p>{TEXT}</p><p>Nobody knew why.</p></body></html></inlineXML></contentSet>
</newsItem>"""

NEWSML = f"""<NewsML><NewsEnvelope><SentFrom><Party FormalName="Quayside Wire"/></SentFrom></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:q:1</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20211203T093000Z</FirstCreated><Status FormalName="Usable"/>
</NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry stays away</HeadLine></NewsLines>
<NewsComponent><ContentItem><DataContent><html><body><p>{TEXT}</p></body></html></DataContent></ContentItem>
</NewsComponent></NewsComponent></NewsItem></NewsML>"""


def read_all(tmp_path, content, name="a.xml", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([str(path)], ReadOptions(**options)))


def read_one(tmp_path, content, name="a.xml"):
    (article,) = read_all(tmp_path, content, name)
    assert isinstance(article, Article), article
    return article


def reason(tmp_path, content, name="a.xml", **options):
    (rejected,) = read_all(tmp_path, content, name, **options)
    assert isinstance(rejected, Rejected)
    return rejected.reason


def test_nitf_is_read_without_pictures_and_with_entities_of_html(tmp_path):
    article = read_one(tmp_path, NITF)
    assert article.title == "Ferry stays away"
    assert article.text == f"{TEXT}\n\nNobody knew why & when."
    assert article.byline == "Ada Brook"
    assert article.publisher == "The Quayside Courier"
    assert article.published.value == "2021-12-03T09:30-05:00"
    assert (article.own_id, article.language) == ("q-1", "en")


def test_a_doctype_that_names_a_dtd_is_passed_over_and_one_that_declares_entities_refused(tmp_path):
    named = '<!DOCTYPE nitf SYSTEM "http://nitf.example/nitf.dtd">'
    assert read_one(tmp_path, named + NITF).title == "Ferry stays away"
    assert reason(tmp_path, '<!DOCTYPE nitf [<!ENTITY a "b">]>' + NITF) == "forbidden-dtd"
    assert reason(tmp_path, '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + NITF) == "forbidden-dtd"


def test_newsml_g2_is_read(tmp_path):
    article = read_one(tmp_path, G2)
    assert (article.title, article.byline, article.publisher) == ("Ferry stays away", "Ada Brook", "Quayside Press")
    assert article.text == f"{TEXT}\n\nNobody knew why."
    assert article.published.value == "2021-12-03T09:30+00:00"
    assert article.own_id == "urn:newsml:quayside.example:1"


def test_a_message_gives_an_article_for_each_item(tmp_path):
    item = G2.partition("?>")[2]
    second = item.replace(":1", ":2", 1).replace("stat:usable", "stat:canceled")
    picture = item.replace("ninat:text", "ninat:picture")
    message = f"<newsMessage><itemSet>{item}{second}{picture}<packageItem/></itemSet></newsMessage>"
    found = read_all(tmp_path, message)
    assert [getattr(one, "reason", "article") for one in found] == ["article", "withdrawn", "not-text"]
    assert [one.source.rsplit(":", 1)[1] for one in found] == ["1", "2", "3"]


def test_nitf_in_newsml_g2_is_read(tmp_path):
    start, end = G2.index("<html"), G2.index("</inlineXML>")
    article = read_one(tmp_path, G2[:start] + NITF.replace("&nbsp;", " ") + G2[end:])
    assert (article.byline, article.publisher) == ("Ada Brook", "Quayside Press")
    assert article.text.startswith(TEXT)


def test_newsml_1_is_read(tmp_path):
    article = read_one(tmp_path, NEWSML)
    assert (article.title, article.text, article.publisher) == ("Ferry stays away", TEXT, "Quayside Wire")
    assert article.published.value == "2021-12-03T09:30+00:00"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NITF.replace("usable", "canceled"), "withdrawn"),
        (NITF.replace(TEXT, "").replace("Nobody&nbsp;knew <em>why</em> &amp; when.", ""), "no-text"),
        (NITF.replace("</nitf>", ""), "not-xml"),
        ("<packageItem></packageItem>", "empty"),
        ("<NewsML></NewsML>", "empty"),
        (G2.replace("ninat:text", "ninat:video"), "not-text"),
        (NEWSML.replace("Usable", "Canceled"), "withdrawn"),
    ],
)
def test_what_is_no_story_is_told(tmp_path, content, expected):
    assert reason(tmp_path, content) == expected


def test_depths_are_refused(tmp_path):
    assert reason(tmp_path, "<nitf>" + "<p>" * 100_000) == "too-deep"
    assert reason(tmp_path, NITF, max_xml_depth=3) == "too-deep"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_read(tmp_path, encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?>' + NITF.replace("Harbourside", "Århus")
    assert "Århus" in read_one(tmp_path, content.encode(encoding)).text


NINJS = {
    "uri": "http://quayside.example/1",
    "type": "text",
    "versionCreated": "2021-12-04T09:30:00Z",
    "firstCreated": "2021-12-03T09:30:00Z",
    "pubStatus": "usable",
    "by": "Ada Brook",
    "language": "en",
    "infoSources": [{"name": "Quayside Press"}],
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry stays away"}],
    "bodies": [
        {"role": "xhtml", "contentType": "text/html", "value": f"<p>{TEXT}</p>"},
        {"role": "text", "contentType": "text/plain", "value": TEXT},
    ],
}


def test_ninjs_is_read_by_its_own_names(tmp_path):
    article = read_one(tmp_path, json.dumps(NINJS), "a.json")
    assert (article.title, article.text, article.byline) == ("Ferry stays away", TEXT, "Ada Brook")
    assert (article.publisher, article.published.value) == ("Quayside Press", "2021-12-03T09:30+00:00")
    assert article.own_id == "http://quayside.example/1"


def test_older_ninjs_and_lines_of_it_are_read(tmp_path):
    old = {
        "uri": "urn:q:2",
        "type": "text",
        "versioncreated": "2021-12-03",
        "pubstatus": "usable",
        "headline": "Ferry stays away",
        "body_html": f"<p>{TEXT}</p>",
    }
    oldest = {name: value for name, value in old.items() if name != "pubstatus"} | {"infosource": [{"name": "Courier"}]}
    found = read_all(tmp_path, "".join(f"{json.dumps(one)}\n" for one in (old, NINJS, oldest)), "a.jsonl")
    assert [one.title for one in found] == ["Ferry stays away"] * 3
    assert all(one.text == TEXT for one in found)
    assert (found[2].publisher, found[2].published.value) == ("Courier", "2021-12-03")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "picture"}, "not-text"),
        ({"pubStatus": "canceled"}, "withdrawn"),
        ({"bodies": [], "headlines": 7}, "no-text-column"),
        ({"bodies": [None, {"value": 7}]}, "no-text-column"),
    ],
)
def test_ninjs_that_is_no_story_is_told(tmp_path, change, expected):
    found = reason(tmp_path, json.dumps(NINJS | change), "a.json")
    assert found in (expected, "no-text")


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (9, 10)])
def test_of_the_versions_of_a_story_in_one_message_the_last_is_read(tmp_path, order):
    item = G2.partition("?>")[2].strip()
    versions = [
        item.replace("guid=", f'version="{one}" guid=').replace("Nobody knew why.", f"Version {one}.") for one in order
    ]
    message = f"<newsMessage><itemSet>{''.join(versions)}</itemSet></newsMessage>"
    found = read_all(tmp_path, message)
    [article] = [one for one in found if isinstance(one, Article)]
    [older] = [one for one in found if isinstance(one, Rejected)]
    assert article.text.endswith(f"Version {max(order)}.")
    assert (older.reason, older.position) == ("older-version", order.index(min(order)) + 1)


def test_a_later_version_that_withdraws_a_story_withdraws_all_of_it(tmp_path):
    item = G2.partition("?>")[2].strip()
    versions = item.replace("guid=", 'version="1" guid=') + item.replace("guid=", 'version="2" guid=').replace(
        "stat:usable", "stat:canceled"
    )
    found = read_all(tmp_path, f"<newsMessage><itemSet>{versions}</itemSet></newsMessage>")
    assert [one.reason for one in found] == ["older-version", "withdrawn"]


def test_revisions_of_newsml_are_versions(tmp_path):
    start, end = NEWSML.index("<NewsItem>"), NEWSML.index("</NewsML>")
    identifier = "<NewsIdentifier><ProviderId>q</ProviderId><NewsItemId>7</NewsItemId><RevisionId>{}</RevisionId>"
    items = [NEWSML[start:end].replace("<NewsIdentifier>", identifier.format(one)) for one in (1, 2)]
    found = read_all(tmp_path, NEWSML[:start] + "".join(items) + NEWSML[end:])
    assert [getattr(one, "reason", "read") for one in found] == ["older-version", "read"]
