from collections.abc import Callable
from pathlib import Path

import pytest

from index.settings import Settings
from index.types import Article, Mention, Tagged
from search.alphabet import OTHERS, alphabetical, initial, sort_key
from search.answer import FacetValue
from search.request import SearchRequest
from search.searcher import Searcher
from search.slugs import address, fingerprinted, meant, slug

PERSON = ("person",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kamala Harris", "kamala-harris"),
        ("José Díaz-Balart", "jose-diaz-balart"),
        ("Seán O’Brien", "sean-o-brien"),
        ("U.S. News & World Report", "us-news-world-report"),
        ("???", ""),
    ],
)
def test_a_slug_is_a_names_folded_words(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_every_value_has_an_address_that_means_it_alone(searcher: Searcher) -> None:
    for field in ("person", "outlet", "publisher"):
        values = [one.value for one in searcher.values(SearchRequest(), field)[1].values]
        assert values
        for value in values:
            assert meant(searcher, (field,), address(searcher, (field,), value)) == (value,)
            assert meant(searcher, (field,), fingerprinted(value)) == (value,)


@pytest.fixture
def namesakes(tmp_path: Path, build: Callable[..., None]) -> tuple[str, ...]:
    names = (
        "Jose Diaz",
        "José Díaz",
        "Ada Reyes",
        "∀∃",
        "J.D. Vance",
        "JD Vance",
        "J. D. Vance",
        "Ada Cole",
        "ADA COLE",
    )
    text = ", ".join(names)
    mentions = tuple(
        Mention(kind="person", value=name, surface=name, field="text", start=at, end=at + len(name), via="test")
        for name, at in ((name, text.index(name)) for name in names)
    )
    article = Article(id="1" * 16, source="test", title="", text=text)
    build(tmp_path, (Tagged(article=article, mentions=mentions),))
    return names


def test_names_that_fold_alike_are_told_by_fingerprints(tmp_path: Path, namesakes: tuple[str, ...]) -> None:
    searcher = Searcher(tmp_path, Settings())
    try:
        assert meant(searcher, PERSON, "jose-diaz") == ("Jose Diaz",)
        assert meant(searcher, PERSON, "ada-cole") == ("Ada Cole",)
        addresses = {name: address(searcher, PERSON, name) for name in namesakes}
        assert len(set(addresses.values())) == len(namesakes)
        for name, at in addresses.items():
            assert meant(searcher, PERSON, at) == (name,)
        assert addresses["Ada Reyes"] == "ada-reyes"
        assert addresses["∀∃"].startswith("~")
    finally:
        searcher.close()


def test_a_slug_that_is_nobodys_means_nobody(searcher: Searcher) -> None:
    assert meant(searcher, PERSON, "nobody-known") == ()
    assert meant(searcher, PERSON, "kamala") == ()
    assert meant(searcher, PERSON, "kamala-harris~000000") == ()
    assert meant(searcher, PERSON, "~000000") == ()
    assert meant(searcher, PERSON, "") == ()


@pytest.mark.parametrize(
    ("name", "person", "key"),
    [
        ("Kamala Harris", True, "harris kamala"),
        ("Martin Luther King Jr.", True, "king martin luther"),
        ("Cher", True, "cher"),
        ("Łukasz Żal", True, "zal lukasz"),
        ("The New York Times", False, "new york times"),
        ("60 Minutes", False, "60 minutes"),
    ],
)
def test_names_stand_where_an_index_has_them(name: str, person: bool, key: str) -> None:
    assert sort_key(name, person=person) == key


def test_names_under_no_letter_come_last() -> None:
    values = [FacetValue(value=name, count=1, selected=False) for name in ("日本", "60 Minutes", "The Zone", "Égalité")]
    ordered = [(one.value, letter) for one, letter in alphabetical(values, person=False)]
    assert ordered == [("Égalité", "E"), ("The Zone", "Z"), ("60 Minutes", OTHERS), ("日本", OTHERS)]
    assert [initial(name, person=False) for name, _ in ordered] == ["E", "Z", OTHERS, OTHERS]
