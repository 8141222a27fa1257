from collections.abc import Callable
from pathlib import Path

import pytest

from index.settings import Settings
from index.types import Article, Tagged
from search.answer import Blame, Diagnosis
from search.request import SearchRequest
from search.searcher import Searcher


def blamed(found: Diagnosis) -> dict[str, tuple[int, int]]:
    return {one.text: (one.alone, one.without) for one in found.blame}


def test_the_clause_that_matches_nothing_is_to_blame(searcher: Searcher) -> None:
    found = searcher.diagnose(SearchRequest(q="harris zeppelin"))
    assert found.total == 0
    assert blamed(found) == {"zeppelin": (0, 3)}
    [blame] = found.blame
    assert (blame.kind, blame.start, blame.end) == ("query", 7, 15)
    assert blame.request.q == "harris"


def test_a_filter_is_to_blame_too(searcher: Searcher) -> None:
    found = searcher.diagnose(SearchRequest(q="mason", person=("Kamala Harris",)))
    assert blamed(found) == {"mason": (1, 3), "Kamala Harris": (3, 1)}
    assert {one.kind for one in found.blame} == {"query", "person"}


REQUESTS = [
    SearchRequest(q="harris zeppelin"),
    SearchRequest(q="zeppelin"),
    SearchRequest(q="mason harris ports symone"),
    SearchRequest(q='"house white"'),
    SearchRequest(q='"white stone house" OR "ports tour"'),
    SearchRequest(q="mason NEAR/1 ward"),
    SearchRequest(q="budget date:2020-01"),
    SearchRequest(q="budget", from_="2021-11-01", to="2021-11-05"),
    SearchRequest(q="harris -harris"),
    SearchRequest(q="sennators budgett"),
    SearchRequest(q="whitehouse"),
    SearchRequest(q="person:kamalla"),
    SearchRequest(q="person:nobody", publisher=("Harbour Post", "Nowhere"), undated="only"),
    SearchRequest(outlet=("CNN", "Vanity Fair"), outlet_mode="all", not_person=("Kamala Harris",)),
    SearchRequest(q="zeppelin", sort="oldest", size=1, facets=("person",)),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_every_request_that_is_proposed_has_the_hits_that_are_said(searcher: Searcher, request_: SearchRequest) -> None:
    found = searcher.diagnose(request_)
    assert searcher.ask(request_).total == found.total == 0
    for proposal in (*found.spelling, *found.nearest):
        assert searcher.ask(proposal.request).total == proposal.total > 0, proposal
    for blame in found.blame:
        assert searcher.ask(blame.request).total == blame.without, blame
        assert request_.q[blame.start : blame.end] != "" or blame.kind != "query"


@pytest.mark.parametrize(
    ("asked", "spelt"),
    [
        ("sennators", "senators"),
        ("sennators budgett", "senators budget"),
        ("resinged", "resigned"),
        ("bugdet talks", "budget talks"),
        ("whitehouse", "white house"),
        ('"wite house"', '"white house"'),
        ("buttigeig", "buttigieg"),
        ("sanatirs", "senators"),
        ("person:kamalla", "person:kamala"),
        ("wst", "west"),
        ("vsit", "visit"),
        ("teh", "the"),
        ("sennators zzgrblx", "senators"),
        ("sennators harris zzgrblx", "senators"),
        ("sennators date:1950", "senators"),
        ("sennators NEAR/5 resumed", "senators NEAR/5 resumed"),
        ("=Senatros", '="Senators"'),
    ],
)
def test_another_spelling_is_one_of_the_archives_own(searcher: Searcher, asked: str, spelt: str) -> None:
    found = searcher.diagnose(SearchRequest(q=asked))
    assert found.spelling[0].request.q == spelt


@pytest.mark.parametrize("query", ["", "harris", "sennators"])
def test_a_name_that_a_filter_misspells_is_spelt_as_the_archive_has_it(searcher: Searcher, query: str) -> None:
    found = searcher.diagnose(SearchRequest(q=query, person=("Kamla Harris",), publisher=("Harbor Post",)))
    spelt = [one for one in found.spelling if one.request.person == ("Kamala Harris",)]
    if query != "sennators":
        assert spelt[0].request == SearchRequest(q=query, person=("Kamala Harris",), publisher=("Harbour Post",))
        assert spelt[0].text == "Kamala Harris Harbour Post"
    for one in found.spelling:
        assert searcher.ask(one.request).total == one.total > 0


@pytest.mark.parametrize(
    ("asked", "text", "spelt"),
    [
        (
            SearchRequest(q="ward", person=("Kamla Harris",)),
            "Kamala Harris, without ward",
            SearchRequest(person=("Kamala Harris",)),
        ),
        (SearchRequest(q="sennators zzgrblx"), "senators, without zzgrblx", SearchRequest(q="senators")),
        (
            SearchRequest(q="sennators", from_="1950", to="1950"),
            "senators, without date: 1950",
            SearchRequest(q="senators"),
        ),
    ],
)
def test_another_spelling_says_what_it_leaves_out(
    searcher: Searcher, asked: SearchRequest, text: str, spelt: SearchRequest
) -> None:
    assert (text, spelt) in [(one.text, one.request) for one in searcher.diagnose(asked).spelling]


def test_a_phrase_that_no_text_has_is_tried_without_its_rarest_word(searcher: Searcher) -> None:
    found = searcher.diagnose(SearchRequest(q='"white zebra house"'))
    assert ("drop", "zebra", "white house") in [(one.kind, one.text, one.request.q) for one in found.nearest]


def test_parts_that_name_the_same_are_told_apart(searcher: Searcher) -> None:
    asked = SearchRequest(person=("Kamala Harris",), not_person=("Kamala Harris",))
    said = [one.text for one in searcher.diagnose(asked).nearest]
    assert set(said) == {"person: Kamala Harris", "-person: Kamala Harris"}


def test_nothing_is_doubted_that_is_found_often(searcher: Searcher) -> None:
    found = searcher.diagnose(SearchRequest(q="the"))
    assert (found.total, found.blame, found.spelling, found.nearest) == (5, (), (), ())


@pytest.mark.parametrize(
    ("asked", "kind", "near"),
    [
        (SearchRequest(q='"house white"'), "loosen", SearchRequest(q="house white")),
        (SearchRequest(q="mason NEAR/1 ward"), "loosen", SearchRequest(q="mason ward")),
        (SearchRequest(q="budget date:2021-12-03"), "widen", SearchRequest(q="budget date:2021-12-01..2021-12-31")),
        (
            SearchRequest(q="budget", from_="2021-11-01", to="2021-11-05"),
            "widen",
            SearchRequest(q="budget", from_="2021-01-01", to="2021-12-31"),
        ),
        (SearchRequest(q="mason ports"), "any", SearchRequest(q="mason OR ports")),
        (SearchRequest(q="mason ports zeppelin"), "any", SearchRequest(q="mason OR ports")),
        (SearchRequest(q="mason -visit"), "drop", SearchRequest(q="mason")),
        (SearchRequest(q="zeppelin airship mason"), "drop", SearchRequest(q="mason")),
    ],
)
def test_the_nearest_question_is_proposed(
    searcher: Searcher, asked: SearchRequest, kind: str, near: SearchRequest
) -> None:
    found = searcher.diagnose(asked)
    assert (kind, near) in [(one.kind, one.request) for one in found.nearest]


def test_a_diagnosis_counts_no_more_than_it_may(archive_dir: object) -> None:
    searcher = Searcher(archive_dir, Settings(max_diagnosis_counts=1))  # type: ignore[arg-type]
    found = searcher.diagnose(SearchRequest(q="mason ports harris zeppelin"))
    assert found == Diagnosis(total=0, blame=(), spelling=(), nearest=())
    searcher.close()


def test_words_people_and_outlets_are_completed_with_their_hits(searcher: Searcher) -> None:
    found = searcher.suggest("ha")
    assert [(one.kind, one.text, one.total) for one in found] == [
        ("person", "Kamala Harris", 3),
        ("word", "harris", 3),
        ("word", "had", 2),
        ("word", "harbour", 2),
    ]
    assert ("outlet", "USA Today", 2) in [(one.kind, one.text, one.total) for one in searcher.suggest("usa t")]
    for one in (*found, *searcher.suggest("white ho"), *searcher.suggest("kam ha")):
        assert searcher.ask(one.request).total == one.total
    assert searcher.suggest("white ho")[-1].request.q == "white house"


def test_nothing_is_completed_from_too_little(searcher: Searcher) -> None:
    assert searcher.suggest("") == searcher.suggest("h") == searcher.suggest("…") == ()
    assert len([one for one in searcher.suggest("wa", 2) if one.kind == "word"]) == 2


def test_similar_articles_share_telling_words(searcher: Searcher) -> None:
    hits = searcher.similar(f"{1:016x}")
    assert int(hits[0].tagged.article.id, 16) in {2, 5}
    assert f"{1:016x}" not in {hit.tagged.article.id for hit in hits}
    assert len(searcher.similar(f"{1:016x}", 1)) == 1
    assert searcher.similar("f" * 16) == ()
    bare = searcher.similar(f"{1:016x}", passages=False)
    assert [(hit.article, hit.score) for hit in bare] == [(hit.article, hit.score) for hit in hits]
    assert any(hit.snippets for hit in hits)
    assert not any(hit.snippets or hit.title_marks for hit in bare)


def test_blame_is_plain_data() -> None:
    one = Blame(kind="query", text="a", start=0, end=1, alone=0, without=0, request=SearchRequest())
    assert hash(one) == hash(one)


def test_the_same_article_told_again_comes_last_among_the_similar(tmp_path: Path, build: Callable[..., None]) -> None:
    report = "The harbour council of Eastport voted to dredge the harbour, and the council will pay the dredger. "
    texts = [report * 3, report * 3 + "Copied.", report + "The dredger and the harbour wait for the council."]
    others = [f"Nothing of note happened on day {number} of the fair." for number in range(30)]
    articles = [Article(id=f"{n:016x}", source="test", title="", text=text) for n, text in enumerate([*texts, *others])]
    build(tmp_path, tuple(Tagged(article=one, mentions=()) for one in articles))
    searcher = Searcher(tmp_path, Settings())
    assert [int(hit.article.id, 16) for hit in searcher.similar(f"{0:016x}")] == [2, 1]
    searcher.close()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("=Sena", "=Senators"),
        ("=sena", None),
        ('"white ho', '"white house"'),
        ("mason “white st", 'mason “white stone"'),
        ("-harb", "-harbour"),
        ("-harr", '-person:"Kamala Harris"'),
        ("mason -outlet:us", 'mason -outlet:"USA Today"'),
        ('person:"Kam', 'person:"Kamala Harris"'),
        ("person:kam", 'person:"Kamala Harris"'),
        ("publisher:har", 'publisher:"Harbour Post"'),
        ("covid-1", "covid-19"),
        ("title:bud", "title:budget"),
    ],
)
def test_what_is_completed_keeps_its_signs(searcher: Searcher, typed: str, expected: str | None) -> None:
    found = searcher.suggest(typed)
    assert (expected in [one.text for one in found]) if expected else not found
    for one in found:
        assert one.kind == "word" or '"' in typed or typed.isalpha()
        assert searcher.ask(one.request).total == one.total


@pytest.mark.parametrize(
    "typed", ["-(harr", "NOT (harr", "mason -(ward OR harr", "NOT harr", '-("harr', "-kamala harr"]
)
def test_nobody_is_proposed_in_place_of_an_exclusion(searcher: Searcher, typed: str) -> None:
    for one in searcher.suggest(typed):
        assert one.kind == "word"
        assert one.request.q.startswith(typed.removesuffix("harr"))


@pytest.mark.parametrize("typed", ["date:20", "date: 20", "-date:20", "mason before:20", "date:(20", "published:20"])
def test_dates_are_not_completed_with_words(searcher: Searcher, typed: str) -> None:
    assert searcher.suggest(typed) == ()
