from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from index.types import Article, Mention, Tagged
from search.answer import Answer
from search.request import SearchRequest
from search.searcher import Searcher


def ids(answer: Answer) -> set[int]:
    return {int(hit.article.id, 16) for hit in answer.hits}


@pytest.mark.parametrize(
    ("asked", "query", "said", "notices"),
    [
        (SearchRequest(person=("kamala harris",)), 'person:"Kamala Harris"', "mention Kamala Harris", []),
        (SearchRequest(person=("kamala",)), "person:kamala", "mention Kamala Harris", ["read-as"]),
        (SearchRequest(person=("s",)), "person:s", "mention s", ["unknown-name"]),
        (SearchRequest(outlet=("usatoday",)), 'outlet:"USA Today"', "cite USA Today", ["read-as"]),
        (SearchRequest(publisher=("post",)), "publisher:post", "from Harbour Post", ["read-as"]),
        (
            SearchRequest(publisher=("gazette", "post")),
            "publisher:gazette OR publisher:post",
            "Gazette or Harbour",
            ["read-as"] * 2,
        ),
        (SearchRequest(not_person=("kamala",)), "-person:kamala", "not mentioning Kamala Harris", ["read-as"]),
    ],
    ids=str,
)
def test_a_filter_means_what_the_same_name_does_in_a_query(
    searcher: Searcher, asked: SearchRequest, query: str, said: str, notices: list[str]
) -> None:
    found = searcher.ask(asked)
    assert ids(found) == ids(searcher.ask(SearchRequest(q=query)))
    assert said in found.reading
    assert [notice.code for notice in found.notices] == notices


PEOPLE = {1: ("Joe Biden",), 2: ("Jill Biden", "HARRIS"), 3: ("Kamala Harris",), 4: ()}


@pytest.fixture
def bidens(tmp_path: Path, build: Callable[..., None]) -> Iterator[Searcher]:
    articles = [
        Tagged(
            article=Article(id=f"{number:016x}", source="test", title="", text="Ballot US us"),
            mentions=tuple(
                Mention(kind="person", value=name, surface="", field="text", start=0, end=0, via="test", role="named")
                for name in names
            ),
        )
        for number, names in PEOPLE.items()
    ]
    build(tmp_path, tuple(articles))
    searcher = Searcher(tmp_path, Settings())
    yield searcher
    searcher.close()


def test_a_part_of_names_is_said_and_shown_as_what_it_means(bidens: Searcher) -> None:
    found = bidens.ask(SearchRequest(q="ballot", person=("biden",)))
    assert ids(found) == ids(bidens.ask(SearchRequest(q="ballot person:biden"))) == {1, 2}
    assert found.reading == "articles that contain *ballot* and mention a person whose name has *biden*"
    [notice] = found.notices
    assert notice.code == "part-of-name"
    assert "person:biden" in notice.message
    assert "Jill Biden" in notice.message
    [people] = [facet for facet in found.facets if facet.field == "person"]
    assert ("biden", 2) in [(one.value, one.count) for one in people.values if one.selected]
    either = bidens.ask(SearchRequest(person=("biden", "Kamala Harris"), person_mode="any"))
    assert ids(either) == {1, 2, 3}
    [people] = [facet for facet in either.facets if facet.field == "person"]
    assert {(one.value, one.count) for one in people.values if one.selected} == {("biden", 2), ("Kamala Harris", 1)}


def test_an_excluded_part_of_names_excludes_all_that_have_it_and_says_so(bidens: Searcher) -> None:
    found = bidens.ask(SearchRequest(not_person=("Biden",)))
    assert ids(found) == {3, 4}
    assert found.reading == "articles not mentioning any person whose name has *Biden*"
    assert [notice.code for notice in found.notices] == ["part-of-name"]


def test_a_full_name_goes_before_its_namesakes_and_says_that_there_are_some(bidens: Searcher) -> None:
    found = bidens.ask(SearchRequest(person=("harris",)))
    assert (ids(found), found.request.person) == ({2}, ("HARRIS",))
    [notice] = found.notices
    said = "was read as HARRIS alone; 1 more person has it in the name, as person: finds in a query."
    assert notice.message == f"“harris” {said}"
    assert bidens.ask(SearchRequest(not_person=("HARRIS",))).notices == (), "just as facets show it"
    assert bidens.ask(SearchRequest(person=("Kamala Harris",))).notices == ()


def test_writing_is_ignored_where_too_many_would_be_read_and_never_excludes_more(
    bidens: Searcher, tmp_path: Path
) -> None:
    assert bidens.ask(SearchRequest(q="ballot =us")).total == 4
    assert bidens.ask(SearchRequest(q="ballot -=uS")).total == 4
    assert bidens.ask(SearchRequest(q="ballot -=US")).total == 0
    few = Searcher(tmp_path, Settings(max_exact_articles=2))
    ignored = few.ask(SearchRequest(q="ballot =uS"))
    assert (ignored.total, ignored.reading) == (4, "articles that contain *ballot* and *uS* in just this form")
    excluded = few.ask(SearchRequest(q="ballot -=US"))
    assert (excluded.total, excluded.reading) == (4, "articles that contain *ballot*")
    assert [one.code for one in (*ignored.notices, *excluded.notices)] == ["exact-ignored"] * 2
    narrowed = few.ask(SearchRequest(q='=uS person:"Joe Biden"'))
    assert (narrowed.total, narrowed.notices) == (0, ())
    few.close()
