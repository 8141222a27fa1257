"""The page for people, docs/query-language.md, says what is so."""

import re
from pathlib import Path

import pytest

from index.settings import Settings
from index.words import stem, words
from search.query.parser import parse
from search.request import SearchRequest
from search.searcher import Searcher

PAGE = Path(__file__).parents[3] / "docs" / "query-language.md"
ROWS = [
    [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
FINDS = [row[0].strip("`") for row in ROWS if len(row) == 2]
MENDED = [(row[0].strip("`"), row[1]) for row in ROWS if len(row) == 3]


def test_the_page_has_its_tables() -> None:
    assert len(FINDS) > 30
    assert len(MENDED) > 20


@pytest.mark.parametrize("query", FINDS)
def test_an_example_is_read_without_a_notice(query: str, searcher: Searcher) -> None:
    assert parse(query, Settings()).notices == ()
    assert {notice.code for notice in searcher.ask(SearchRequest(q=query)).notices} <= {"unknown-name"}


@pytest.mark.parametrize(("query", "code"), MENDED)
def test_an_example_of_mending_gives_its_notice(query: str, code: str) -> None:
    assert code in [notice.code for notice in parse(query, Settings()).notices]


def test_every_notice_of_the_reader_is_on_the_page() -> None:
    sources = (Path(__file__).parents[3] / "search").rglob("*.py")
    found = {
        code
        for path in sources
        for code in re.findall(r"(?:notes\.add\(|_cut\(|code=)\"([a-z-]+)\"", path.read_text(encoding="utf-8"))
    }
    assert found <= set(re.findall(r"[a-z]+(?:-[a-z]+)*", PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("COVID-19", "covid19"),
        ("U.S.", "us"),
        ("García", "garcia"),
        ("vice-president", "vice president"),
        ("#BuildBackBetter", "build back better"),
    ],
)
def test_writings_that_the_page_calls_the_same_are(one: str, two: str) -> None:
    assert [word.form for word in words(one)] == [word.form for word in words(two)]


def test_inflections_are_those_of_the_page() -> None:
    assert {stem(word) for word in ("resign", "resigns", "resigned", "resigning")} == {"resign"}
