"""However long names, addresses and texts are: no page is over 60 kB, and each control still leads on."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from index.engines.whoosh import WhooshWriter
from index.settings import Settings
from index.store.commit import commit, prepare
from index.store.lock import WriterLock
from index.types import Article, Mention, PublicationDate, Tagged
from search.searcher import Searcher
from web.application import create_application

MOST_BYTES = 60_000
SYLLABLES = ["bor", "dan", "fel", "gim", "hol", "jur", "kes", "lom", "nav", "pir"]


def hundred(head: str, number: int) -> str:
    """Make a name of a hundred letters."""
    name = f"{head} {number}"
    for step in range(40):
        name += f" {SYLLABLES[(number + step) % 10].title()}{SYLLABLES[(number * 7 + step) % 10]}"
    return name[:100].strip()


PEOPLE = [hundred("Ada", number) for number in range(120)]
OUTLETS = [hundred("Gazette", number) for number in range(60)]
PUBLISHERS = [hundred("Courier", number) for number in range(3)]


def article(number: int) -> Tagged:
    """Make an article of many such names; the first one is as long as a book."""
    text, mentions = "", []
    named = [("person", one) for one in (*PEOPLE[:6], *PEOPLE[6 + number % 100 :][:6])]
    for kind, value in (*named, *(("outlet", one) for one in (*OUTLETS[:4], *OUTLETS[4 + number % 50 :][:4]))):
        text += "The harbour witness said that "
        end = len(text) + len(value)
        mentions.append(
            Mention(
                kind="person" if kind == "person" else "outlet",
                value=value,
                surface=value,
                field="text",
                start=len(text),
                end=end,
                via="test",
                role="named" if kind == "person" else "cited",
            )
        )
        text += f"{value} had opened the gates.\n\n"
    text += "The harbour & its witness were “quiet”. " * (3_000 if number == 0 else 5)
    published = f"{2015 + number % 60 // 12}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return Tagged(
        article=Article(
            id=f"{number:016x}",
            source="/tmp/x",
            title=hundred("Harbour witness", number),
            text=text.strip(),
            byline=hundred("By", number),
            publisher=PUBLISHERS[number % 3],
            published=PublicationDate(value=published, precision="day", origin="page") if number % 9 else None,
            language="en",
        ),
        mentions=tuple(mentions),
    )


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("heavy"), page_size=50, facet_size=50)
    articles = tuple(article(number) for number in range(180))
    prepare(settings.data_dir)
    with WriterLock(settings.data_dir) as lock:
        commit(
            settings.data_dir,
            lock,
            base=None,
            write=lambda directory: WhooshWriter(settings).write(directory, removed=(), added=articles),
            form=WhooshWriter.form,
            archive="test",
            revision=1,
            articles=len(articles),
            keep=2,
        )
    searcher = Searcher(settings.data_dir, settings)
    yield create_application(searcher, settings).test_client()
    searcher.close()


FIVE = [
    *(("person", one) for one in PEOPLE[:2]),
    *(("outlet", one) for one in OUTLETS[:2]),
    ("publisher", PUBLISHERS[0]),
]
Q = ("q", "harbour witness")
ADDRESSES = [
    *(f"/?{urlencode([Q, *FIVE[:many]])}" for many in range(6)),
    f"/?{urlencode([Q, *FIVE, ('sort', 'newest'), ('group', 'story'), ('size', '20')])}",
    *(f"/facets/person?{urlencode([Q, *FIVE[:many]])}" for many in range(6)),
    *("/", "/people", "/outlets", "/quotes"),
    f"/articles/{0:016x}?{urlencode([Q, *FIVE])}",
    f"/articles/{1:016x}?{urlencode([Q, *FIVE])}",
    f"/articles/{1:016x}/similar",
]


@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_no_page_is_large(heavy: FlaskClient, number: int) -> None:
    response = heavy.get(ADDRESSES[number], follow_redirects=True)
    assert response.status_code == 200
    assert len(response.data) <= MOST_BYTES


def test_a_page_of_a_name_is_small(heavy: FlaskClient) -> None:
    for path in ("/people", "/outlets"):
        [address, *_] = re.findall(rf'<a class="value" href="({path}/[^"]*)"', heavy.get(path).text)
        assert len(heavy.get(address).data) <= MOST_BYTES


def fields(html: str, button: str) -> list[tuple[str, str]]:
    """Give what a browser sends when a button of the form of the whole search is pressed."""
    form = re.search(r'<form id="asked".*?</form>', html, re.DOTALL)
    assert form
    hidden = re.findall(r'name="([^"]*)" value="([^"]*)"', form[0])
    pressed = re.search(rf'<button form="asked" name="({button})" value="([^"]*)" class="[^"]*"[^>]*>', html)
    assert pressed
    return [(name, unescape(value)) for name, value in (*hidden, (pressed[1], pressed[2]))]


@pytest.mark.parametrize("button", ["person", "-person", "outlet", "-outlet", "publisher"])
def test_where_addresses_are_long_a_control_is_a_button_that_leads_to_its_one_address(
    heavy: FlaskClient, button: str
) -> None:
    html = heavy.get(f"/?{urlencode([Q, *FIVE[:3]])}").text
    pairs = fields(html, button)
    answer = heavy.get(f"/?{urlencode(pairs)}", follow_redirects=True)
    assert answer.status_code == 200
    assert dict(pairs)["q"] == "harbour witness"
    assert f"{pairs[-1][1]}</bdi>" in re.search(r'<ul class="chips".*?</ul>', answer.text, re.DOTALL)[0]  # type: ignore[index]


def test_bars_that_lead_nowhere_are_in_the_list_beside_them(heavy: FlaskClient) -> None:
    html = heavy.get(f"/?{urlencode([Q, *FIVE[:3], ('undated', 'exclude')])}").text
    bars, listed = html.count("<rect x="), html.count('<option value="2')
    assert bars > 12
    assert bars == listed
    assert 'data-key="bar"' not in html


def test_a_long_article_is_read_on_page_by_page_and_each_match_is_on_its_page(heavy: FlaskClient) -> None:
    address, texts, marks = f"/articles/{0:016x}?q=harbour", "", []
    while address:
        html = heavy.get(address).text
        assert len(html.encode()) <= MOST_BYTES
        text = re.search(r'<div class="text".*?</div>', html, re.DOTALL)
        assert text
        texts += unescape(re.sub("<[^>]*>", "", text[0]))
        marks += [int(one) for one in re.findall(r'<mark id="m(\d+)"', text[0])]
        following = re.search(r'rel="next" href="([^"]*part=\d+)"', html)
        address = unescape(following[1]) if following else ""
    assert "".join(texts.split()) == "".join(article(0).article.text.split())
    assert marks == list(range(1, len(marks) + 1))
    assert (
        f'<mark id="m{len(marks)}" class="here">' in heavy.get(f"/articles/{0:016x}?q=harbour&match={len(marks)}").text
    )
    assert heavy.get(f"/articles/{0:016x}?part=1").status_code == 302
