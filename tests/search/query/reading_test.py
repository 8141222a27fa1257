import pytest

from index.settings import Settings
from search.query.parser import parse
from search.query.reading import reading
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
            "and *cat* or a word one letter away",
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
    assert read(person=("A", "B"), outlet=("C", "D")) == "articles that mention A and B and cite C or D"
    assert read(person=("A", "B"), person_mode="any") == "articles that mention A or B"


def test_articles_without_names_or_dates_are_said() -> None:
    assert read(person=(NONE,), undated="only") == "articles that mention nobody and have no date"
    assert read(not_outlet=(NONE,)) == "articles citing at least one outlet"
    assert read(publisher=("CNN", NONE)) == "articles from CNN or no known publisher"
    assert read(publisher=("CNN", "Reuters"), undated="exclude") == "articles that have a date, from CNN or Reuters"
