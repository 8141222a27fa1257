import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.settings import Settings
from search.query.parser import Parsed, parse
from search.query.tree import Everything

SETTINGS = Settings()

PAGE = Path(__file__).parents[3] / "docs" / "query-table.md"


def rows() -> list[tuple[str, str, list[str]]]:
    """Give the rows of the page: a query, its normal form, and the notices."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            typed, tree, codes = (cell.replace("\\|", "|")[1:-1] for cell in re.split(r"(?<!\\)\|", line)[1:-1])
            form = "" if tree == "everything" else tree.strip("`")
            found.append((typed.strip("`"), form, [code for code in codes.split(", ") if code]))
    return found


TABLE = [
    *rows(),
    ("", "", []),
    (" \t\n", "", []),
    ("a\tb", "a b", []),
    ("\u00ada", "a", []),
    ("a\x00b", "a/b", []),
    ("a\\b", "a/b", []),
    ("`a`", "a", []),
]


def test_the_page_has_two_hundred_rows() -> None:
    assert len({query for query, _, _ in rows()}) >= 200


def read(query: str) -> Parsed:
    return parse(query, SETTINGS)


@pytest.mark.parametrize(("query", "tree", "codes"), TABLE, ids=[row[0] for row in TABLE])
def test_a_query_is_read_so_and_says_what_was_mended(query: str, tree: str, codes: list[str]) -> None:
    parsed = read(query)
    assert (str(parsed.tree), [notice.code for notice in parsed.notices]) == (tree, codes)
    for notice in parsed.notices:
        assert 0 <= notice.start < notice.end <= len(query)
        assert notice.message.endswith(".")


@pytest.mark.parametrize("query", [row[0] for row in TABLE])
def test_the_normal_form_reads_back_to_the_same_tree(query: str) -> None:
    tree = read(query).tree
    again = read(str(tree))
    assert again.tree == tree
    assert {notice.code for notice in again.notices} <= {"lower-case-operator"}


@pytest.mark.parametrize(
    ("query", "code", "marked"),
    [
        ('say "white house', "lone-quote", '"'),
        ("a b) c", "lone-parenthesis", ")"),
        ("a colour:red", "unknown-field", "colour:"),
        ("a date:soon b", "bad-date", "soon"),
        ("a OR", "operator-without-operand", "OR"),
        ("a b* c", "short-prefix", "b*"),
        ("war or peace", "lower-case-operator", "or"),
    ],
)
def test_a_notice_points_at_what_it_is_about(query: str, code: str, marked: str) -> None:
    [notice] = read(query).notices
    assert (notice.code, query[notice.start : notice.end]) == (code, marked)


def test_a_query_that_is_too_long_is_cut() -> None:
    parsed = parse("word " * 1_000, Settings(max_query_chars=9))
    assert str(parsed.tree) == "word word"
    [notice] = parsed.notices
    assert (notice.code, notice.start, notice.end) == ("too-long", 9, 5_000)


def test_words_beyond_the_limit_are_ignored_with_one_notice() -> None:
    parsed = parse('a "b c" d e', Settings(max_query_terms=3))
    assert str(parsed.tree) == 'a "b c"'
    assert [notice.code for notice in parsed.notices] == ["too-many-terms"]


def test_parentheses_beyond_the_limit_are_ignored() -> None:
    parsed = parse("((a) b)", Settings(max_query_depth=1))
    assert str(parsed.tree) == "a b"
    assert [notice.code for notice in parsed.notices] == ["too-deep"]


PIECES = [
    *('"', "“", "”", "(", ")", "-", "!", "+", "=", ":", "*", "?", "~", "~1", "~5", "^2", "..", ".", ",", "/", "_", "|"),
    *("AND", "OR", "NOT", "NEAR", "NEAR/3", "&&", "||", "or", "title:", "person:", "date:", "before:", "foo:", "&"),
    *(" ", " ", " ", " ", "\n", "a", "biden", "White", "2021", "-11", "1,000", "U.S.", "O'Brien", "'s", "’", "ʼ", "#"),
    *("@", "é", "ß", "İ", "习", "\u00ad", "\u0301", "\u200d", "٣", "²", "🙂", "\ud800", "\x00", "AaB"),
]


def check(query: str) -> None:
    parsed = read(query)
    assert all(0 <= notice.start <= notice.end <= len(query) for notice in parsed.notices)
    assert read(str(parsed.tree)).tree == parsed.tree


def test_ten_thousand_random_strings_of_operators_never_raise_and_read_back() -> None:
    chance = random.Random(20211105)
    for _ in range(10_000):
        check("".join(chance.choices(PIECES, k=chance.randint(1, 20))))


@given(st.text(max_size=60))
def test_any_text_is_read_and_reads_back(query: str) -> None:
    check(query)


PILED = [
    "(",
    ")",
    '"',
    "-",
    "a ",
    "a OR ",
    "NOT ",
    "(a ",
    '"a" ',
    "title:",
    ",title:",
    "a NEAR/1 ",
    "~ ",
    "*",
    "_",
    "- ",
]


@pytest.mark.parametrize("piece", PILED)
def test_neither_the_stack_nor_the_time_grows_beyond_the_query(piece: str) -> None:
    generous = Settings(max_query_chars=10**6, max_query_terms=10**6)
    parse(piece * 20_000, generous)


def test_an_empty_query_means_everything() -> None:
    assert read(" ").tree == Everything()
