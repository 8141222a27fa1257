import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.settings import Settings
from search.query.parser import parse
from search.query.reading import reading
from search.query.tree import And, Near, Node, Not, Or, Value, Word, both, either, leaves, negated
from search.request import NONE, SearchRequest


def read(**asked: object) -> str:
    request = SearchRequest(**asked)  # type: ignore[arg-type]
    return reading(parse(request.q, Settings()).tree, request)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "all articles"),
        ("biden", "articles that contain *biden*"),
        ("white house staff", "articles that contain *white*, *house* and *staff*"),
        ('"white house"', "articles that contain *white house* as a phrase"),
        ('"houses"', "articles that contain *houses* in just this form"),
        ("a OR b", "articles that contain (*a* or *b*)"),
        ("(a OR b) c -d", "articles that contain (*a* or *b*) and *c*, not containing *d*"),
        ("title:a text:b", "articles that contain *a* in the title and *b* in the text"),
        (
            "imm* =Apple cat~1",
            "articles that contain words that begin with *imm*, *Apple* written just so "
            "and *cat* (or a word one letter away)",
        ),
        ('"a b"~5', "articles that contain the words *a b* (at most 5 others between)"),
        ("a NEAR/0 b", "articles that contain *a* near *b* (no word between)"),
        ("a NEAR/1 b", "articles that contain *a* near *b* (at most 1 word between)"),
        ("im*on wom?n", "articles that contain words like *im…on* and words like *wom?n*"),
        ("foo:bar 9/11 COVID-19", "articles that contain *foo bar* in a row, *9 11* in a row and *COVID-19*"),
        ("a NEAR/5 b", "articles that contain *a* near *b* (at most 5 words between)"),
        ("person:kamala", "articles that mention a person whose name has *kamala*"),
        ("outlet:cnn", "articles that cite an outlet whose name has *cnn*"),
        ("publisher:fox", "articles that are from a publisher whose name has *fox*"),
        ("-person:harris", "articles not mentioning any person whose name has *harris*"),
        ("-publisher:fox a", "articles that contain *a*, not from any publisher whose name has *fox*"),
        ('person:"(none)"', "articles that mention nobody"),
        ('-person:"(none)"', "articles mentioning at least one person"),
        ('-outlet:"(none)"', "articles citing at least one outlet"),
        ('a OR -outlet:"(none)"', "articles that contain *a* or cite at least one outlet"),
        ('publisher:"(none)"', "articles that have no known publisher"),
        ('-publisher:"(none)"', "articles with a known publisher"),
        ("a OR -person:b", "articles that contain *a* or do not mention any person whose name has *b*"),
        ("date:2021-11", "articles in November 2021"),
        ("date:2021", "articles in 2021"),
        ("date:2021-11-05", "articles on 5 November 2021"),
        ("date:2020-01..2021-06", "articles from January 2020 to June 2021"),
        ("date:2020..2021", "articles from 2020 to 2021"),
        ("a after:2021-11", "articles that contain *a*, since 1 December 2021"),
        ("a before:2021-11", "articles that contain *a*, until 31 October 2021"),
        ("a OR person:b", "articles that contain *a* or mention a person whose name has *b*"),
        ("-(a person:b)", "articles but not those that contain *a* and mention a person whose name has *b*"),
        ("date:2020 OR -date:2021", "articles that are in 2020 or are not in 2021"),
        ("biden (harris OR -pence)", "articles that contain *biden* and (contain *harris* or do not contain *pence*)"),
        ("(a b) OR -c", "articles that contain (*a* and *b*) or do not contain *c*"),
        (
            "person:a (outlet:b OR date:2020)",
            "articles that mention a person whose name has *a* and (cite an outlet whose name has *b* or are in 2020)",
        ),
        ("(a OR b) (c OR d)", "articles that contain (*a* or *b*) and (*c* or *d*)"),
        ("(a OR -b) date:2020", "articles that (contain *a* or do not contain *b*), in 2020"),
        (
            "-(a OR person:b) date:2020",
            "articles but not those that (contain *a* or mention a person whose name has *b*), in 2020",
        ),
        (
            "a NEAR/1 b NEAR/2 (c OR d) e",
            "articles that contain ((*a* near *b*, at most 1 word between) near (*c* or *d*), at most 2 words between) "
            "and *e*",
        ),
    ],
)
def test_a_query_is_said_in_plain_words(query: str, expected: str) -> None:
    assert read(q=query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('person:"Kamala Harris"', "articles that mention Kamala Harris"),
        ('person:"kamala harris"', "articles that mention Kamala Harris"),
        ('-person:"Kamala Harris"', "articles not mentioning Kamala Harris"),
        ('person:"Harris"', "articles that mention a person whose name has *Harris*"),
        ("person:kamala", "articles that mention a person whose name has *kamala*"),
        ('person:"Nobody Here"', "articles that mention Nobody Here"),
    ],
)
def test_a_name_in_quotes_is_a_full_name_only_where_somebody_bears_it(query: str, expected: str) -> None:
    people = frozenset({"Kamala Harris"})
    request = SearchRequest(q=query)
    tree = parse(query, Settings()).tree
    assert reading(tree, request, lambda name: people if "arris" in name.text else frozenset()) == expected


def test_filters_are_part_of_the_reading() -> None:
    asked = {"person": ("Kamala Harris",), "not_outlet": ("Fox News",), "from_": "2021-11", "to": "2021-11"}
    expected = "*white house* as a phrase and mention Kamala Harris, not citing Fox News, in November 2021"
    assert read(q='"white house"', **asked) == f"articles that contain {expected}"


def test_modes_are_said() -> None:
    assert read(person=("A", "B"), outlet=("C", "D")) == "articles that mention A and B and cite (C or D)"
    assert read(outlet=("C", "D")) == "articles that cite C or D"
    assert read(person=("A", "B"), person_mode="any") == "articles that mention A or B"


def test_articles_without_names_or_dates_are_said() -> None:
    assert read(person=(NONE,), undated="only") == "articles that mention nobody and have no date"
    assert read(not_outlet=(NONE,)) == "articles citing at least one outlet"
    assert read(publisher=("CNN", NONE)) == "articles from CNN or no known publisher"
    assert read(publisher=("CNN", "Reuters"), undated="exclude") == "articles that have a date, from CNN or Reuters"


_WORDS = st.just(None).map(lambda _: Word(text="w"))
_NEARS = st.recursive(
    _WORDS,
    lambda inner: (
        st.builds(lambda one, two, n: Near(left=one, right=two, distance=n), inner, inner, st.integers(0, 3))
        | st.builds(lambda one, two: either([one, two]), inner, inner)
    ),
    max_leaves=4,
)
_TREES = st.recursive(
    _WORDS | _NEARS | st.just(None).map(lambda _: Value(field="person", text="w", whole=False)),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(both)
        | st.lists(inner, min_size=2, max_size=3).map(either)
        | inner.map(negated)
    ),
    max_leaves=9,
)


def numbered(node: Node, numbers: "count[int]") -> Node:
    """Give each leaf a text of its own."""
    match node:
        case And(clauses=clauses) | Or(clauses=clauses):
            return type(node)(clauses=tuple(numbered(one, numbers) for one in clauses))
        case Not():
            return Not(clause=numbered(node.clause, numbers))
        case Near():
            left, right = numbered(node.left, numbers), numbered(node.right, numbers)
            return Near(left=left, right=right, distance=node.distance)  # type: ignore[arg-type]
        case Value():
            return Value(field=node.field, text=f"w{next(numbers)}", whole=False)
    return Word(text=f"w{next(numbers)}")


def grouped(node: Node) -> list[Node]:
    """Give the clauses that hold several and must be kept together: all within a tree but its outermost AND."""
    inner = node.clauses if isinstance(node, And) else (node,)
    if len(inner) == 1 and not isinstance(node, Not):
        return _within(node)[1:]
    return [found for one in inner for found in _within(one)]


def _within(node: Node) -> list[Node]:
    sides = {Not: ("clause",), Near: ("left", "right")}.get(type(node), ())
    inner = node.clauses if isinstance(node, And | Or) else tuple(getattr(node, side) for side in sides)
    own = [node] if isinstance(node, And | Or | Near) else []
    return own + [found for one in inner for found in _within(one)]


def bracketed(said: str) -> set[frozenset[str]]:
    """Give what stands between each pair of parentheses of a reading."""
    found, opened = set(), []
    for place, sign in enumerate(said):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            found.add(frozenset(re.findall(r"w\d+", said[opened.pop() : place])))
    assert not opened
    return found


@given(_TREES)
def test_whatever_holds_several_clauses_is_kept_together_in_a_reading(tree: Node) -> None:
    tree = numbered(tree, count())
    said = reading(tree, SearchRequest(from_="2020"))
    pairs = bracketed(said)
    for node in grouped(tree):
        assert frozenset(leaf.text for leaf in leaves(node)) in pairs, (str(tree), str(node), said)  # type: ignore[union-attr]
