import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.settings import Settings
from search.query.parser import Parsed, parse
from search.query.tree import Everything

SETTINGS = Settings()

TABLE = [
    # words and phrases
    ("", "", []),
    ("biden", "biden", []),
    ("white house", "white house", []),
    ("white AND house && staff", "white house staff", []),
    ('"white house"', '"white house"', []),
    ("“white house”", '"white house"', []),
    ("„white house“ «oval office»", '"white house" "oval office"', []),
    ('"  white   house "', '"white house"', []),
    ("Biden’s COVID-19 plan", "Biden COVID-19 plan", []),
    ("U.S. $1.2 trillion", "U.S 1.2 trillion", []),
    ("#BuildBackBetter @VP", "#BuildBackBetter @VP", []),
    ("AT&T O'Brien", "AT&T O'Brien", []),
    ("9/11", "9/11", []),
    ("习近平", "习近平", []),
    ("what happened?", "what happened", []),
    # OR, NOT, parentheses
    ("a OR b", "a OR b", []),
    ("a || b OR c", "a OR b OR c", []),
    ("a OR b c", "a OR b c", []),
    ("(a OR b) c", "(a OR b) c", []),
    ("a OR (b OR c)", "a OR b OR c", []),
    ("a (b c)", "a b c", []),
    ("((a))", "a", []),
    ("-a", "-a", []),
    ("NOT a", "-a", []),
    ("!a", "-a", []),
    ("− a", "a", ["nothing-searchable"]),
    ("−a", "-a", []),
    ("NOT NOT a", "a", []),
    ("a -b", "a -b", []),
    ("a -(b c)", "a -(b c)", []),
    ('a -"b c"', 'a -"b c"', []),
    ("a AND NOT b", "a -b", []),
    ("a OR -b", "a OR -b", []),
    ("a&&b||c", "a b OR c", []),
    ("well-known -unknown", "well-known -unknown", []),
    ("（a　OR　b）", "a OR b", []),
    # fields
    ("title:biden", "title:biden", []),
    ("TITLE:biden text:plan", "title:biden text:plan", []),
    ('title:"white house"', 'title:"white house"', []),
    ("title:(a OR b)", "title:a OR title:b", []),
    ("title:(a text:b)", "title:a text:b", []),
    ("-title:a", "-title:a", []),
    ('person:"Kamala Harris"', 'person:"Kamala Harris"', []),
    ("person:harris outlet:cnn publisher:fox", "person:harris outlet:cnn publisher:fox", []),
    ("person:(harris OR biden)", "person:harris OR person:biden", []),
    ("10:30", "10/30", []),
    # dates
    ("date:2021", "date:2021-01-01..2021-12-31", []),
    ("date:2021-11", "date:2021-11-01..2021-11-30", []),
    ("date:2021-11-05", "date:2021-11-05", []),
    ("date:2021-11-5", "date:2021-11-05", []),
    ("date:2021-11..2021-12", "date:2021-11-01..2021-12-31", []),
    ("date:2021-11..", "date:2021-11-01..", []),
    ("date:..2021-11", "date:..2021-11-30", []),
    ("before:2021-11", "date:..2021-10-31", []),
    ("after:2021-11", "date:2021-12-01..", []),
    ("date:(2020 OR 2021)", "date:2020-01-01..2020-12-31 OR date:2021-01-01..2021-12-31", []),
    # prefixes, wildcards, misspelt, exact
    ("imm*", "imm*", []),
    ("imm**", "imm*", []),
    ("wom?n", "wom?n", []),
    ("im*ed", "im*ed", []),
    ("title:imm*", "title:imm*", []),
    ("kamalla~1", "kamalla~1", []),
    ("kamalla~", "kamalla~1", []),
    ("=Apple", '="Apple"', []),
    ('="White House"', '="White House"', []),
    ("-=Apple", '-="Apple"', []),
    # close together
    ('"a b"~5', '"a b"~5', []),
    ('"a b" ~5', '"a b"~5', []),
    ("a NEAR/5 b", "a NEAR/5 b", []),
    ("a NEAR b", "a NEAR/10 b", []),
    ("(a OR b) NEAR/5 (c OR d)", "(a OR b) NEAR/5 (c OR d)", []),
    ("a NEAR/5 b NEAR/6 c", "a NEAR/5 b NEAR/6 c", []),
    ("a NEAR/5 (b NEAR/6 c)", "a NEAR/5 (b NEAR/6 c)", []),
    ("-a NEAR/5 b", "-a NEAR/5 b", []),
    ("x a NEAR/5 b y", "x a NEAR/5 b y", []),
    # everything that is mended
    ('"white house', "white house", ["lone-quote"]),
    ('a "b c" d"', 'a "b c" d', ["lone-quote"]),
    ("(a b", "a b", ["lone-parenthesis"]),
    ("a b)", "a b", ["lone-parenthesis"]),
    ("()", "", ["empty-group"]),
    ("a ()", "a", ["empty-group"]),
    ("AND a", "a", ["operator-without-operand"]),
    ("a OR", "a", ["operator-without-operand"]),
    ("a OR OR b", "a OR b", ["operator-without-operand"]),
    ("a AND OR b", "a OR b", ["operator-without-operand"]),
    ("NOT", "", ["operator-without-operand"]),
    ("a NEAR/3", "a", ["operator-without-operand"]),
    ("(a OR) b", "a b", ["operator-without-operand"]),
    ("war or peace", "war or peace", ["lower-case-operator"]),
    ("war and peace", "war and peace", ["lower-case-operator"]),
    ("not there", "not there", ["lower-case-operator"]),
    ("why not", "why not", []),
    ("+a +b", "a b", ["plus", "plus"]),
    ("a - b", "a b", ["nothing-searchable"]),
    ("🙂 a", "a", ["nothing-searchable"]),
    ('a "..."', "a", ["nothing-searchable"]),
    ("colour:red", "colour/red", ["unknown-field"]),
    ("http://example.org/a", "http/example/org/a", []),
    ("title: a", "title:a", ["blank-after-field"]),
    ("a title:", "a", ["blank-after-field", "field-without-value"]),
    ("date:tomorrow a", "a", ["bad-date"]),
    ("date:2021-02-30", "", ["bad-date"]),
    ("date:..", "", ["field-without-value", "nothing-searchable"]),
    ("date:2022..2021", "date:2021-01-01..2022-12-31", ["swapped-dates"]),
    ("before:0001", "", ["bad-date"]),
    ("b*", "", ["short-prefix"]),
    ("*ing", "", ["wildcard-start"]),
    ("?* a", "a", ["wildcard-start"]),
    ("covid-19*", "covid-19", ["wildcard-compound"]),
    ("person:kam*", "person:kam", ["wildcard-in-name"]),
    ("is~1", "is", ["fuzzy"]),
    ("vice-president~1", "vice-president", ["fuzzy"]),
    ("kamalla~2", "kamalla~1", ["fuzzy-distance"]),
    ("biden^2", "biden", ["boost"]),
    ('"biden"~3', '"biden"', ["distance-of-one"]),
    ('"a b"~500', '"a b"~49', ["distance-cut"]),
    ("a NEAR/500 b", "a NEAR/49 b", ["distance-cut"]),
    ('person:"a b"~2', 'person:"a b"', ["distance-of-name"]),
    ("a NEAR/5 -b", "a -b", ["near-operand"]),
    ("a NEAR/5 (b c)", "a b c", ["near-operand"]),
    ("a NEAR/5 person:b", "a person:b", ["near-operand"]),
]


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
