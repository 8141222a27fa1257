"""Whoosh's own searcher finds over our codec what it finds over its own, with the same scores in the same order."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query
from whoosh.index import open_dir
from whoosh.reading import TermNotFound

from index.engines.whoosh import WhooshWriter
from index.engines.whoosh_codec import ArraysCodec
from index.packing import unpack
from index.settings import Settings
from index.types import Article, Mention, PublicationDate, Tagged
from tests.index.engines.stock import forms, stock_index

CHANCE = random.Random(11)
WORDS = [
    "oak",
    "oaks",
    "elm",
    "ash",
    "fir",
    "firs",
    "yew",
    "garcía",
    "the",
    "a",
    "習",
    "covid-19",
    "resigned",
    "resign",
]
PEOPLE = ["Ada Elm", "José García", "Bo Ash"]


def article(number: int) -> Tagged:
    day = CHANCE.choice([None, f"2021-{CHANCE.randint(1, 12):02}-05"])
    mentions = tuple(
        Mention(kind="person", value=name, surface="", field="text", start=0, end=0, via="test")
        for name in CHANCE.sample(PEOPLE, k=CHANCE.randint(0, 2))
    )
    return Tagged(
        article=Article(
            id=f"{CHANCE.randrange(2**40):x}-{number}",
            source="test",
            title=" ".join(CHANCE.choices(WORDS, k=4)),
            text=" ".join(CHANCE.choices(WORDS, k=CHANCE.randint(0, 150))),
            publisher=CHANCE.choice([None, "CNN", "The Hill"]),
            published=PublicationDate(value=day, precision="day", origin="page") if day else None,
        ),
        mentions=mentions,
    )


ARTICLES = [article(number) for number in range(120)]


@pytest.fixture(scope="module")
def stock() -> Iterator[Any]:
    with stock_index([ARTICLES]).searcher() as searcher:
        yield searcher


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    directory = tmp_path_factory.mktemp("codec")
    WhooshWriter(Settings(jobs=1)).write(directory, removed=[], added=ARTICLES)
    with open_dir(str(directory)).searcher() as searcher:
        yield searcher


QUERIES = [
    query.Term("text", "oak"),
    query.Term("text", "nowhere"),
    query.Term("title_stems", "fir"),
    query.Term("person", "José García"),
    query.Term("id", ARTICLES[7].article.id),
    query.And([query.Term("text", "oak"), query.Term("title", "elm")]),
    query.Or([query.Term("text", "yew"), query.Term("title", "yew"), query.Term("text_stems", "resign")]),
    query.And([query.Term("text", "ash"), query.Not(query.Term("text", "oak"))]),
    query.Phrase("text", ["covid", "19"]),
    query.Phrase("text", ["oak", "elm"], slop=3),
    query.Phrase("names", ["ada", "elm"]),
    query.Prefix("text", "res"),
    query.Wildcard("text", "f?r*"),
    query.FuzzyTerm("text", "oka", maxdist=2),
    query.TermRange("text", "elm", "fir"),
    query.AndMaybe(query.Term("text", "the"), query.Term("title", "the")),
    query.DisjunctionMax([query.Term("text", "garcia"), query.Term("names", "garcia")]),
    query.Every("person"),
    query.Every(),
]


def found(searcher: Any, one: query.Query, **options: Any) -> list[tuple[str, float]]:
    ids = searcher.reader().column_reader("id")
    return [(ids[hit.docnum], round(hit.score or 0.0, 4)) for hit in searcher.search(one, limit=None, **options)]


@pytest.mark.parametrize("one", QUERIES, ids=str)
def test_a_search_finds_the_same(stock: Any, ours: Any, one: query.Query) -> None:
    assert sorted(found(ours, one)) == sorted(found(stock, one))
    assert [score for _, score in found(ours, one)] == [score for _, score in found(stock, one)]


def test_a_search_sorts_by_a_column(stock: Any, ours: Any) -> None:
    for reverse in (False, True):
        options = {"sortedby": "date", "reverse": reverse}
        assert found(ours, query.Every(), **options) == found(stock, query.Every(), **options)


def test_the_best_of_many_are_the_same(stock: Any, ours: Any) -> None:
    for one in QUERIES:
        best = [[round(hit.score or 0.0, 4) for hit in searcher.search(one, limit=5)] for searcher in (stock, ours)]
        assert best[0] == best[1], one


def test_terms_and_what_is_known_of_them_are_the_same(stock: Any, ours: Any) -> None:
    theirs, mine = stock.reader(), ours.reader()
    assert list(mine.all_terms()) == list(theirs.all_terms())
    for field, term in theirs.all_terms():
        one, two = mine.term_info(field, term), theirs.term_info(field, term)
        assert (one.weight(), one.doc_frequency()) == (two.weight(), two.doc_frequency())
        assert (one.max_weight(), one.min_id(), one.max_id()) == (two.max_weight(), two.min_id(), two.max_id())
        if theirs.schema[field].scorable:
            assert (one.min_length(), one.max_length()) == (two.min_length(), two.max_length())
        assert mine.frequency(field, term) == theirs.frequency(field, term)
    for field in ("title", "text", "names", "title_stems", "text_stems"):
        assert mine.field_length(field) == theirs.field_length(field)
        assert mine.max_field_length(field) == theirs.max_field_length(field)
        assert [mine.doc_field_length(number, field) or 0 for number in range(len(ARTICLES))] == [
            theirs.doc_field_length(number, field) or 0 for number in range(len(ARTICLES))
        ]
    assert list(mine.expand_prefix("text", "res")) == list(theirs.expand_prefix("text", "res"))
    assert list(mine.terms_from("title", "f"))[:9] == list(theirs.terms_from("title", "f"))[:9]
    assert sorted(mine.terms_within("text", "oka", 2)) == sorted(theirs.terms_within("text", "oka", 2))
    cursor = mine.cursor("text")
    assert (cursor.first(), cursor.find("fi"), cursor.next()) == ("19", "fir", "firs")
    with pytest.raises(TermNotFound):
        mine.term_info("text", "nowhere")


def test_columns_are_the_same(stock: Any, ours: Any) -> None:
    theirs, mine = stock.reader(), ours.reader()
    for field in ("id", "person", "outlet", "publisher", "date", "date_last"):
        one, two = (reader.column_reader(field, translate=False) for reader in (mine, theirs))
        assert list(one) == [two[number] for number in range(len(ARTICLES))]
    packed = mine.column_reader("article", translate=False)
    assert [unpack(value) for value in packed] == ARTICLES


def test_removed_articles_are_not_found(tmp_path: Path) -> None:
    writer = WhooshWriter(Settings(jobs=1))
    writer.write(tmp_path, removed=[], added=ARTICLES[:60])
    writer.write(tmp_path, removed=[one.article.id for one in ARTICLES[:10]], added=[])
    with open_dir(str(tmp_path)).searcher() as searcher:
        expected = sorted(one.article.id for one in ARTICLES[10:60] if "oak" in forms(one.article.text))
        assert sorted(one for one, _ in found(searcher, query.Term("text", "oak"))) == expected


def test_whooshs_own_writer_says_that_it_cannot_write_the_codec(tmp_path: Path) -> None:
    WhooshWriter(Settings(jobs=1)).write(tmp_path, removed=(), added=[article(1)])
    writer = open_dir(tmp_path, "MAIN").writer(codec=ArraysCodec())
    with pytest.raises(NotImplementedError, match="export --whoosh"):
        writer.add_document(id=["2"], title=["oak"], text=["elm"])
    writer.cancel()
