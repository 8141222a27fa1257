import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.settings import Settings
from search.query.doubts import fields_of
from search.query.parser import Parsed, parse
from search.query.tree import (
    DateRange,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Positional,
    Value,
    Wildcard,
    Word,
    both,
    either,
    near_operand,
    negated,
)

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


def test_the_page_has_five_hundred_rows() -> None:
    assert len({query for query, _, _ in rows()}) >= 490


WORDS_AS_WORDS = {
    *(
        "lower-case-operator",
        "operator-in-quotes",
        "name-without-quotes",
        "bare-date",
        "contradiction",
        "foreign-operator",
    ),
    *("address", "word-range", "sign-ignored"),
}
"""Notices about what was read as it stands, which a normal form gives again."""


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
    assert {notice.code for notice in again.notices} <= WORDS_AS_WORDS


@pytest.mark.parametrize(
    ("query", "code", "marked"),
    [
        ('say "white house', "lone-quote", '"'),
        ("a b) c", "lone-parenthesis", ")"),
        ("a colour:red", "unknown-field", "colour:"),
        ("a (b", "open-parenthesis", "("),
        ("a –b c", "unusual-sign", "–"),
        ("a «b c»", "unusual-sign", "«b c»"),
        ("a 'b c' d", "single-quotes", "'b c'"),
        ("say c++ now", "sign-ignored", "c++"),
        ("title:x NEAR/3 text:y", "near-fields", "NEAR/3"),
        ("a person:=Harris", "exact-name", "=Harris"),
        ('a ="b c"~3', "misplaced-distance", "~3"),
        ('"b c"~x a', "bad-distance", "~x"),
        ("a before:2021..2022", "range-as-bound", "2021..2022"),
        ("a w/5 b", "foreign-operator", "w/5"),
        ("a intitle:b", "foreign-field", "intitle:"),
        ("a near b", "lower-case-operator", "near"),
        ("a date:soon b", "bad-date", "soon"),
        ("a OR", "operator-without-operand", "OR"),
        ("a b* c", "short-prefix", "b*"),
        ("war or peace", "lower-case-operator", "or"),
    ],
)
def test_a_notice_points_at_what_it_is_about(query: str, code: str, marked: str) -> None:
    [notice] = read(query).notices
    assert (notice.code, query[notice.start : notice.end]) == (code, marked)


def test_faults_of_one_kind_give_one_notice_at_the_first_with_their_number() -> None:
    [notice] = read("a " + "(" * 50 + "b").notices[:1]
    assert (notice.code, notice.start, notice.end) == ("open-parenthesis", 2, 3)
    assert notice.message.endswith("The same in 19 more places.")
    codes = [notice.code for notice in read("a " + "(" * 50 + "b").notices]
    assert codes == ["open-parenthesis", "too-deep"]


def test_faults_of_one_kind_are_told_apart_and_the_advice_is_given_once() -> None:
    [notice] = read("foo:a bar:b").notices
    assert "“foo:a”" in notice.message
    assert "“bar:b”" in notice.message
    assert notice.message.count("Fields are") == 1


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("since:monday", "date:2021-11-05.."),
        ("biden WITHIN 5 trump", "NEAR/5"),
        ("biden AND/OR trump", "OR"),
        ("a | b", "OR"),
        ("immigra!", "immigra*"),
        ("person:Kamala Harris", 'person:"Kamala Harris"'),
        ("outlet:New York Times", 'outlet:"New York Times"'),
        ("'white house'", '"white house"'),
        ("date:5/11/2021", "2021-11-05 or 2021-05-11"),
        ("2021-11-05", "date:2021-11-05"),
        ("NEAR(a b)", "biden NEAR/5 border"),
        ("ke?", "“*”"),
        ("foo:bar", "title:, text:, person:"),
    ],
)
def test_a_notice_says_what_to_type_instead(query: str, advice: str) -> None:
    assert advice in read(query).notices[-1].message


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


TEXT_FIELDS = st.sampled_from(["", "title", "text"])
NAMES = st.sampled_from(
    ["biden", "Harris", "U.S", "covid-19", "O'Brien", "AT&T", "习近平", "near/by", "or", "w-5", "#MeToo"]
)
PHRASES = st.lists(NAMES, min_size=2, max_size=3).map(" ".join)
DISTANCES = st.integers(0, 49)
DAYS = st.dates()
WORDS = st.builds(Word, text=NAMES, field=TEXT_FIELDS)
TEXTUAL = st.one_of(
    WORDS,
    st.builds(Phrase, text=PHRASES, distance=DISTANCES, field=TEXT_FIELDS),
    st.builds(Wildcard, pattern=st.sampled_from(["imm*", "wom?n", "im*ed", "im*on*"]), field=TEXT_FIELDS),
    st.builds(Fuzzy, text=st.sampled_from(["kamalla", "bidan"]), field=TEXT_FIELDS),
)
RANGES = st.one_of(
    st.tuples(DAYS, DAYS).map(lambda days: DateRange(first=min(days), last=max(days))),
    st.builds(DateRange, first=DAYS, last=st.none()),
    st.builds(DateRange, first=st.none(), last=DAYS),
)
VALUE_FIELDS = st.sampled_from(["person", "outlet", "publisher"])
LEAVES = st.one_of(
    TEXTUAL,
    st.builds(Exact, text=NAMES | PHRASES, field=TEXT_FIELDS),
    st.builds(Value, field=VALUE_FIELDS, text=NAMES, whole=st.booleans()),
    st.builds(Value, field=VALUE_FIELDS, text=PHRASES | st.just("(none)"), whole=st.just(True)),
    RANGES,
)


def nears(sides: st.SearchStrategy[Positional]) -> st.SearchStrategy[Positional]:
    one_field = sides.filter(lambda side: bool(fields_of(side)))
    joined = st.builds(Near, left=one_field, right=one_field, distance=DISTANCES)
    return joined.filter(lambda near: bool(fields_of(near))) | st.lists(sides, min_size=2, max_size=3).map(
        lambda clauses: positional(either(list(clauses)))
    )


def positional(node: Node) -> Positional:
    operand = near_operand(node)
    assert operand
    return operand


POSITIONAL = st.recursive(TEXTUAL, nears, max_leaves=5)
TREES = st.recursive(
    LEAVES | POSITIONAL,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(both),
        st.lists(inner, min_size=2, max_size=3).map(either),
        inner.map(negated),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_prints_a_normal_form_that_reads_back_to_it(tree: Node) -> None:
    assert parse(str(tree), Settings(max_query_chars=10**6, max_query_terms=10**3)).tree == tree


PIECES = [
    *('"', "“", "”", "(", ")", "-", "!", "+", "=", ":", "*", "?", "~", "~1", "~5", "^2", "..", ".", ",", "/", "_", "|"),
    *("AND", "OR", "NOT", "NEAR", "NEAR/3", "&&", "||", "or", "title:", "person:", "date:", "before:", "foo:", "&"),
    *(" ", " ", " ", " ", "\n", "a", "biden", "White", "2021", "-11", "1,000", "U.S.", "O'Brien", "'s", "’", "ʼ", "#"),
    *(
        "w/5",
        "near/5",
        "ANDNOT",
        "date:",
        "..",
        "TO",
        "«",
        "»",
        "＂",
        "–",
        "—",
        "'",
        "‘",
        "title=",
        "[",
        "]",
        "{",
        ">=",
    ),
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
    "-a",
    "=",
    "'a ",
    "'",
    "date:[",
    "date:1..",
    "a w/5 ",
    "a.",
    "_a",
    "person:A ",
    '"a"~',
    '"a"^*',
]


@pytest.mark.parametrize("piece", PILED)
def test_neither_the_stack_nor_the_time_grows_beyond_the_query(piece: str) -> None:
    generous = Settings(max_query_chars=10**6, max_query_terms=10**6)
    parse(piece * 20_000, generous)


def test_an_empty_query_means_everything() -> None:
    assert read(" ").tree == Everything()
