"""However long names, addresses and texts are: no page is over 60 kB, and each control still leads on."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlencode

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from index.types import Article, Mention, PublicationDate, Tagged
from search.searcher import Searcher
from tests.archives import commit_articles
from web.application import create_application

MOST_BYTES = 60_000
SYLLABLES = ["bor", "dan", "fel", "gim", "hol", "jur", "kes", "lom", "nav", "pir"]


def hundred(head: str, number: int) -> str:
    """Make a name of a hundred letters."""
    name = f"{head} {number}"
    for step in range(40):
        name += f" {SYLLABLES[(number + step) % 10].title()}{SYLLABLES[(number * 7 + step) % 10]}"
    return name[:100].strip()


ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
"""Letters of two bytes, of which an address has six."""

PEOPLE = [hundred("Ada", number) for number in range(120)]
OUTLETS = [hundred("Gazette", number) for number in range(60)]
PUBLISHERS = [hundred("Courier", number) for number in range(3)]


def written(name: str, table: dict[int, int]) -> str:
    """Write a name in the letters of a table."""
    return name.lower().translate(table) if table else name


def article(number: int, table: dict[int, int]) -> Tagged:
    """Make an article of many such names in the letters of a table; the first one is as long as a book."""
    text, mentions = "", []
    named = [("person", one) for one in (*PEOPLE[:6], *PEOPLE[6 + number % 100 :][:6])]
    for kind, latin in (*named, *(("outlet", one) for one in (*OUTLETS[:4], *OUTLETS[4 + number % 50 :][:4]))):
        value = written(latin, table)
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
            source="test",
            title=f"Harbour witness {written(hundred('', number), table)}"[:100],
            text=text.strip(),
            byline=written(hundred("By", number), table),
            publisher=written(PUBLISHERS[number % 3], table),
            published=PublicationDate(value=published, precision="day", origin="page") if number % 9 else None,
            language="en",
        ),
        mentions=tuple(mentions),
    )


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from served(tmp_path_factory, {})


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve the same archive in the letters of another script, on pages as large as they are by default."""
    yield from served(tmp_path_factory, ARABIC, page_size=10, facet_size=10)


def served(
    tmp_path_factory: pytest.TempPathFactory, table: dict[int, int], *, page_size: int = 50, facet_size: int = 50
) -> Iterator[FlaskClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("heavy"), page_size=page_size, facet_size=facet_size)
    articles = tuple(article(number, table) for number in range(180))
    commit_articles(settings.data_dir, articles, settings=settings)
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


@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_no_page_is_large_in_another_script(far: FlaskClient, number: int) -> None:
    path, _, query = ADDRESSES[number].partition("?")
    pairs = [(name, written(value, ARABIC) if (name, value) in FIVE else value) for name, value in parse_qsl(query)]
    response = far.get(f"{path}?{urlencode(pairs)}", follow_redirects=True)
    assert response.status_code == 200
    assert len(response.data) <= MOST_BYTES


def test_all_names_of_a_facet_are_on_its_pages_however_many_fit(far: FlaskClient) -> None:
    address, found = f"/facets/person?{urlencode([Q, ('publisher', written(PUBLISHERS[0], ARABIC))])}", []
    while address:
        html = far.get(address).text
        found.append(re.findall(r'class="value" [^>]*><bdi>([^<]*)</bdi>', html))
        following = re.search(r'<a rel="next" href="([^"]*)"', html)
        address = unescape(following[1]) if following else ""
    names = [name for page in found for name in page]
    assert len(found) > 2
    total = re.search(r'<h1>[^<]*<span class="count">(\d+)', html)
    assert total
    assert len(names) == len(set(names)) == int(total[1])


@pytest.mark.parametrize("copies", [(0, 1), (0, 0x10), (1, 2)])
def test_a_comparison_of_long_texts_is_read_on_page_by_page(
    heavy: FlaskClient, monkeypatch: pytest.MonkeyPatch, copies: tuple[int, int]
) -> None:
    monkeypatch.setattr(Searcher, "are_copies", lambda *_: True)
    base = f"/articles/{copies[0]:016x}/copies/{copies[1]:016x}"
    address, texts, seen = base, "", 0
    while address:
        response = heavy.get(address)
        assert response.status_code == 200
        assert len(response.data) <= MOST_BYTES
        seen += 1
        text = re.search(r'<div class="text".*?</div>', response.text, re.DOTALL)
        assert text
        texts += unescape(re.sub(r"<summary>.*?</summary>|<ins>.*?</ins>|<[^>]*>", "", text[0]))
        following = re.search(r'rel="next" href="([^"]*part=\d+)"', response.text)
        address = unescape(following[1]) if following else ""
    whole, found = "".join(article(copies[0], {}).article.text.split()), "".join(texts.split())
    assert whole.startswith(found)
    assert found == whole or len(found) > 30_000, "only so many words are compared"
    assert (seen > 1) == (0 in copies)
    assert heavy.get(f"{base}?part=1").location == base
    assert heavy.get(f"{base}?part=99").status_code == 200


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


def test_where_addresses_are_very_long_other_forms_are_buttons_that_ask_the_same(far: FlaskClient) -> None:
    pairs = [(name, written(value, ARABIC)) for name, value in FIVE]
    html = far.get(f"/?{urlencode([Q, *pairs])}").text
    form = re.search(r'<form id="asked".*?</form>', html, re.DOTALL)
    assert form
    hidden = [(name, unescape(value)) for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', form[0])]
    paths = re.findall(r'<button form="asked" formaction="([^"]*)">', html)
    assert {"/facets/person", "/api/v1/search", "/api/v1/export.csv", "/feed.atom"} <= set(paths)
    total = (far.get(f"/api/v1/search?{urlencode([Q, *pairs])}").json or {})["total"]
    assert total > 1
    for path in paths:
        answer = far.get(f"{path}?{urlencode(hidden)}", follow_redirects=True)
        assert answer.status_code == 200
        if path == "/api/v1/search":
            assert (answer.json or {})["total"] == total


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
    assert "".join(texts.split()) == "".join(article(0, {}).article.text.split())
    assert marks == list(range(1, len(marks) + 1))
    assert (
        f'<mark id="m{len(marks)}" class="here">' in heavy.get(f"/articles/{0:016x}?q=harbour&match={len(marks)}").text
    )
    assert heavy.get(f"/articles/{0:016x}?part=1").status_code == 302
