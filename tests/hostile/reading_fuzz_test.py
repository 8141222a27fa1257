"""Every reader, fed with what is nearly right: whole inputs of each form, of which some bytes were changed.

Nothing may be raised, everything must be told, and what comes out can be stored. Short here; `make fuzz` goes on for
an hour (FUZZ_EXAMPLES examples a form), and prints what it finds.
"""

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.read.containers.leaves import CONTAINERS
from index.read.detect import FORMATS
from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
OPTIONS = ReadOptions(max_line_bytes=20_000, piece_bytes=4_096, max_expanded_bytes=200_000, max_depth=8)
TEXT = "The council of Harbourside met on Monday and spoke about the ferry."
RECORD = {
    "id": "1",
    "title": "Ferry",
    "text": TEXT,
    "date": "2021-12-03",
    "url": "https://a.example/1",
    "author": "Ada",
}
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry | Courier</title>
<meta property="article:published_time" content="2021-12-03"><script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Ferry", "author": [{{"name": "Ada"}}], "articleBody": "{TEXT}"}}</script></head>
<body><article><h1>Ferry</h1><time datetime="2021-12-03">3 December</time>{f"<p>{TEXT}</p>" * 4}</article></body></html>
"""
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title><item><title>Ferry &amp; pier</title>
<link>https://a.example/1</link><pubDate>Fri, 03 Dec 2021 09:30:00 GMT</pubDate><author>Ada</author>
<description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>"""
NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "x.dtd"><nitf><head><docdata>
<date.issue norm="20211203"/></docdata></head><body><body.head><hedline><hl1>Ferry</hl1></hedline><byline>Ada</byline>
</body.head><body.content><p>{TEXT}&nbsp;</p></body.content></body></nitf>"""
G2 = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="1"><itemMeta>
<itemClass qcode="ninat:text"/><versionCreated>2021-12-03</versionCreated></itemMeta><contentMeta>
<headline>Ferry</headline></contentMeta><contentSet><inlineXML><html><body><p>{TEXT}</p></body></html></inlineXML><inlineData>{TEXT}</inlineData>
</contentSet></newsItem></itemSet></newsMessage>"""
NEWSML = f"""<NewsML><NewsItem><NewsManagement><FirstCreated>20211203</FirstCreated></NewsManagement><NewsComponent>
<NewsLines><HeadLine>Ferry</HeadLine></NewsLines><ContentItem><DataContent><p>{TEXT}</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""
MAIL = f"""From: "Courier" <a@b.example>
Subject: =?utf-8?q?Ferry?=
Date: Fri, 03 Dec 2021 09:30:00 -0500
Message-ID: <1@b.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{TEXT}
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+Y2Fm6TwvcD4=
--b--
"""
NINJS = {
    "uri": "https://a.example/1",
    "type": "text",
    "versionCreated": "2021-12-03",
    "pubStatus": "usable",
    "headlines": [{"role": "main", "value": "Ferry"}],
    "bodies": [{"contentType": "text/html", "value": f"<p>{TEXT}</p>"}],
}
JSON_FEED = {"version": "https://jsonfeed.org/version/1", "title": "Courier", "items": [{"content_html": TEXT}]}
HTTP = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    f"{len(PAGE):x}\r\n{PAGE}\r\n0\r\n\r\n"
)
WARC = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Length: {len(HTTP)}\r\n\r\n"
    f"{HTTP}\r\n\r\n"
)
ARC = (
    "filedesc://a 0.0.0.0 20211203 text/plain 2\n1 \n"
    f"http://a.example/1 127.0.0.1 20211203 text/html {len(HTTP)}\n{HTTP}\n"
)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", TEXT)
        archive.writestr("c.jsonl", json.dumps(RECORD) * 2)
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, text in (("a/b.txt", TEXT), (f"{'n' * 120}.jsonl", json.dumps(RECORD))):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()


SAMPLES = {
    "a.txt": f"date 2021-12-03 Ferry stays away.\n\n{TEXT}\n\nKevin Quay/Getty Images\n".encode(),
    "b.txt": f"Ferry stays away\nBy Ada Brook\nDecember 3, 2021\n\n{TEXT}\n".encode("utf-16"),
    "a.html": PAGE.encode(),
    "a.json": json.dumps({"articles": [RECORD, RECORD]}).encode(),
    "b.json": json.dumps(NINJS).encode(),
    "c.json": json.dumps(JSON_FEED).encode(),
    "a.jsonl": f"{json.dumps(RECORD)}\n{json.dumps(NINJS)}\n".encode(),
    "a.csv": f'title,text,date\nFerry,"{TEXT}",2021-12-03\nPier,"{TEXT} ""So"" it said.",\n'.encode(),
    "rss.xml": RSS.encode(),
    "nitf.xml": NITF.encode(),
    "g2.xml": G2.encode(),
    "newsml.xml": NEWSML.encode(),
    "a.eml": MAIL.encode(),
    "a.mbox": f"From a Fri Dec  3 14:30:00 2021\n{MAIL}\nFrom b Fri Dec  3 14:30:00 2021\n{MAIL}\n".encode(),
    "a.warc": (WARC * 2).encode(),
    "a.warc.gz": gzip.compress(WARC.encode(), mtime=0) * 2,
    "a.arc": ARC.encode(),
    "a.zip": zipped(),
    "a.tar": tarred(),
    "a.txt.gz": gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0),
}

NASTY = st.sampled_from(
    [
        *(b"", b"\0", b"<", b"&", b"&#x0;", b'"', b"\\", b"\r", b"\n\n", b"{", b"[" * 20, b"-1", b"9" * 30, b"=?x?b?"),
        *(b"<!--", b"]]>", b"<![CDATA[", b"<!ENTITY a 'b'>", b"<!DOCTYPE html>", b"<?xml version='1.0'?>"),
        *(b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xef\xbf\xbf", b"\x80", b"0000-00-00", b"9999-12-31T99:99"),
        *(b"\nFrom a 00:00\n", b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"Content-Length: 99999999999999\r\n"),
    ]
)


@st.composite
def changed(draw: st.DrawFn, sample: bytes) -> bytes:
    """Give a sample of which up to four spans were replaced by nasty, random or its own bytes."""
    data = sample
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 8, 64, 1_000])))
        other = draw(st.integers(0, len(sample)))
        inserted = draw(NASTY | st.binary(max_size=12) | st.just(sample[other : other + 200]))
        data = data[:start] + inserted + data[end:]
    return data


def test_every_form_has_a_sample(tmp_path: Path) -> None:
    recognised = set()
    for name, content in SAMPLES.items():
        (tmp_path / name).write_bytes(content)
        assert any(isinstance(one, Article) for one in read([str(tmp_path / name)], OPTIONS)), name
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        recognised.update(one.name for one in CONTAINERS if one.recognise(plain))
    assert recognised == {one.name for one in CONTAINERS}
    assert len(FORMATS) <= len(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_that_is_nearly_right_is_raised(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(changed(SAMPLES[name]))
    def feed(content: bytes) -> None:
        path.write_bytes(content)
        found = list(read([str(path)], OPTIONS))
        assert found, "neither an article nor a reason"
        for one in found:
            assert one.source.startswith(str(path))
            if isinstance(one, Article):
                assert one.text.strip()
                json.dumps([one.title, one.text, one.byline, one.publisher, one.url, one.source]).encode()
                (one.title + one.text + (one.byline or "") + (one.publisher or "") + one.source).encode()
            else:
                assert one.reason not in ("", "reader-failed"), one.detail
                assert one.detail
                (one.source + one.detail).encode()

    feed()
