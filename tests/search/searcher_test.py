import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import CorruptError, NoIndexError, StoreError
from index.settings import Settings
from index.types import Article, Tagged
from search.answer import Answer, Facet
from search.cursor import ExpiredCursorError
from search.request import NONE, ParameterError, SearchRequest
from search.searcher import Searcher

Build = Callable[..., None]


def ids(answer: Answer) -> list[int]:
    return [int(hit.tagged.article.id, 16) for hit in answer.hits]


def values(answer: Answer, field: str) -> dict[str, int]:
    [facet] = [facet for facet in answer.facets if facet.field == field]
    return {one.value: one.count for one in facet.values}


def facet(answer: Answer, field: str) -> Facet:
    return next(facet for facet in answer.facets if facet.field == field)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("white house", {1, 3, 4}),
        ('"white house"', {1, 3}),
        ('"house white"', set()),
        ('"house white"~3', {1, 3, 4}),
        ("house NEAR/3 white", {1, 3, 4}),
        ("(house OR port) NEAR/2 (white OR tour)", {1, 3, 4, 5}),
        ("resign", {2}),
        ('"resign"', set()),
        ("title:house", {4}),
        ("text:tours", {5}),
        ("vice-president", {1}),
        ("vice president", {1}),
        ("email", {4}),
        ("e-mail", {4}),
        ("covid19", {4}),
        ("covid 19", {4}),
        ("COVID-19", {4}),
        ("garcia", {3}),
        ("obrien", {3}),
        ("O’Brien", {3}),
        ('"1.2 trillion"', {3}),
        ("$1.2 trillion", {3}),
        ("27.8", {5}),
        ("@VP", {2}),
        ("kamala", {1, 2, 5}),
        ("senat*", {3}),
        ("t?lks", {3}),
        ("symonne~1", {2}),
        ("=House", {1, 3}),
        ("=house", {4}),
        ("=Garcia", set()),
        ("=García", {3}),
        ("harris OR mason", {1, 2, 4, 5}),
        ("harris -cnn", {5}),
        ("-harris", {3, 4}),
        ("NOT (harris OR mason)", {3}),
        ('person:"Kamala Harris"', {1, 2, 5}),
        ("person:harris", {1, 2, 5}),
        ('person:"KAMALA HARRIS"', {1, 2, 5}),
        ('person:"jose garcia"', {3}),
        ("person:obrien", {3}),
        ("outlet:usa", {2, 5}),
        ("publisher:gazette", {3, 4}),
        ('publisher:"(none)"', {5}),
        ("date:2021", {1, 2, 3}),
        ("date:2021-12", {2, 3}),
        ("date:2021-12-03", {2}),
        ("date:2021-12-01..2021-12-30", {2}),
        ("after:2021", {5}),
        ("before:2021-12", {1}),
    ],
)
def test_an_operator_finds(searcher: Searcher, query: str, found: set[int]) -> None:
    assert set(ids(searcher.ask(SearchRequest(q=query)))) == found


def test_a_word_itself_ranks_above_its_inflections(tmp_path: Path, build: Build) -> None:
    texts = {1: "They toured the port.", 2: "They tour the port.", 3: "Their tours of ports."}
    articles = [Article(id=f"{n:016x}", source="test", title="Port", text=text) for n, text in texts.items()]
    build(tmp_path, tuple(Tagged(article=article, mentions=()) for article in articles))
    searcher = Searcher(tmp_path, Settings())
    assert ids(searcher.ask(SearchRequest(q="tour")))[0] == 2
    assert ids(searcher.ask(SearchRequest(q="toured")))[0] == 1
    searcher.close()


def test_a_title_counts_more_than_a_text(searcher: Searcher) -> None:
    assert ids(searcher.ask(SearchRequest(q="house")))[0] == 4


def test_equals_are_ordered_by_date_and_the_undated_come_last(searcher: Searcher) -> None:
    assert ids(searcher.ask(SearchRequest())) == [5, 2, 3, 1, 4]
    assert ids(searcher.ask(SearchRequest(sort="newest"))) == [5, 2, 3, 1, 4]
    assert ids(searcher.ask(SearchRequest(sort="oldest"))) == [1, 3, 2, 5, 4]


def test_facets_count_all_matches_and_what_has_no_value(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="harris", size=1))
    assert answer.total == 3
    assert values(answer, "person") == {
        "Kamala Harris": 3,
        "Ashley Etienne": 1,
        "Pete Buttigieg": 1,
        "Symone Sanders": 1,
    }
    assert values(answer, "outlet") == {"CNN": 2, "USA Today": 2, "Vanity Fair": 1}
    assert (facet(answer, "person").distinct, facet(answer, "publisher").none) == (4, 1)
    everything = searcher.ask(SearchRequest())
    assert facet(everything, "person").none == 1


def test_several_people_mean_all_of_them_and_several_outlets_any(searcher: Searcher) -> None:
    assert ids(searcher.ask(SearchRequest(person=("Kamala Harris", "Symone Sanders")))) == [2]
    assert set(ids(searcher.ask(SearchRequest(outlet=("CNN", "USA Today"))))) == {1, 2, 5}
    people = SearchRequest(person=("Ashley Etienne", "Symone Sanders"), person_mode="any")
    assert set(ids(searcher.ask(people))) == {1, 2}
    assert ids(searcher.ask(SearchRequest(outlet=("CNN", "USA Today"), outlet_mode="all"))) == [2]


def test_a_facet_of_a_filter_by_any_counts_what_one_more_value_would_find(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(outlet=("Vanity Fair",)))
    assert values(answer, "outlet") == {"CNN": 2, "USA Today": 3, "Vanity Fair": 1}
    assert values(answer, "person") == {"Ashley Etienne": 1, "Kamala Harris": 1}
    narrowed = searcher.ask(SearchRequest(person=("Ashley Etienne",)))
    assert values(narrowed, "person") == {"Ashley Etienne": 1, "Kamala Harris": 1}


def test_the_count_of_a_value_is_what_choosing_it_finds(searcher: Searcher) -> None:
    for query in ("", "harris", "white house"):
        answer = searcher.ask(SearchRequest(q=query))
        for one in answer.facets:
            for value in one.values:
                chosen = SearchRequest(q=query, **{one.field: (value.value,)})  # type: ignore[arg-type]
                assert searcher.ask(chosen).total == value.count
            assert searcher.ask(SearchRequest(q=query, **{one.field: (NONE,)})).total == one.none  # type: ignore[arg-type]
        assert answer.timeline is not None
        for bar in answer.timeline.buckets:
            assert searcher.ask(SearchRequest(q=query, from_=bar.start, to=bar.end)).total == bar.count
        assert searcher.ask(SearchRequest(q=query, undated="only")).total == answer.timeline.undated
        beside = answer.timeline.undated + answer.timeline.coarse
        assert sum(bar.count for bar in answer.timeline.buckets) + beside == answer.total


def test_a_chosen_value_stays_visible_at_zero(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="mason", person=("Kamala Harris",)))
    [value] = facet(answer, "person").values
    assert (value.value, value.count, value.selected) == ("Kamala Harris", 0, True)
    beyond = searcher.ask(SearchRequest(person=("Pete Buttigieg", "Kamala Harris"), facet_size=1))
    assert {one.value for one in facet(beyond, "person").values} == {"Kamala Harris", "Pete Buttigieg"}


def test_values_can_be_excluded(searcher: Searcher) -> None:
    assert set(ids(searcher.ask(SearchRequest(not_person=("Kamala Harris",))))) == {3, 4}
    assert set(ids(searcher.ask(SearchRequest(q="harris", not_outlet=("CNN",))))) == {5}


def test_a_filter_is_folded_like_a_query(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(person=("kamala harris",)))
    assert answer.total == 3
    assert [one.value for one in facet(answer, "person").values if one.selected] == ["Kamala Harris"]


def test_dates_of_a_month_lie_in_a_range_as_a_whole(searcher: Searcher) -> None:
    assert set(ids(searcher.ask(SearchRequest(from_="2021-12-01", to="2021-12-31")))) == {2, 3}
    assert set(ids(searcher.ask(SearchRequest(from_="2021-12-02", to="2021-12-31")))) == {2}
    assert set(ids(searcher.ask(SearchRequest(from_="2021-12")))) == {2, 3, 5}
    assert set(ids(searcher.ask(SearchRequest(to="2021")))) == {1, 2, 3}


def test_undated_articles_can_be_left_out_or_alone(searcher: Searcher) -> None:
    assert set(ids(searcher.ask(SearchRequest(undated="exclude")))) == {1, 2, 3, 5}
    assert ids(searcher.ask(SearchRequest(undated="only"))) == [4]
    answer = searcher.ask(SearchRequest(undated="only", from_="2021"))
    assert answer.total == 0
    assert [notice.code for notice in answer.notices] == ["undated-in-range"]


def test_facet_values_can_be_searched(searcher: Searcher) -> None:
    _, found = searcher.facet(SearchRequest(q="harris"), "person", containing="kam har")
    assert [one.value for one in found.values] == ["Kamala Harris"]
    assert found.distinct == 1
    with pytest.raises(ParameterError):
        searcher.facet(SearchRequest(), "colour")


def test_only_wanted_facets_are_counted(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(facets=("outlet",)))
    assert [one.field for one in answer.facets] == ["outlet"]
    assert answer.timeline is None


def test_a_name_that_nobody_has_is_noted(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="person:nobody"))
    assert answer.total == 0
    assert [notice.code for notice in answer.notices] == ["unknown-name"]


def test_what_a_limit_cut_is_noted(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(max_expansions=1, max_exact_articles=1, max_near_places=1))
    codes = {
        "re*": "expansions-cut",
        "=House": "exact-ignored",
        "(the NEAR/20 a) NEAR/20 the": "near-cut",
    }
    for query, code in codes.items():
        assert [notice.code for notice in searcher.ask(SearchRequest(q=query)).notices] == [code], query
    searcher.close()


def test_what_costs_too_much_is_loosened_and_its_cost_named(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(max_query_places=4))
    asked = {
        '"house white"': "house white",
        'mason "house white"~3': "mason house white",
        "(house OR port) NEAR/1 (white OR tour)": "(house OR port) (white OR tour)",
        "white-house": "white house",
        'mason -"house white"': "mason -(house white)",
    }
    for query, loosened in asked.items():
        found, same = searcher.ask(SearchRequest(q=query)), searcher.ask(SearchRequest(q=loosened))
        [notice] = found.notices
        assert notice.code == "too-costly"
        assert "and a query may read 4;" in notice.message
        assert query[notice.start : notice.end].strip("-()") != ""
        assert ids(found) == ids(same), query
    assert searcher.ask(SearchRequest(q='"mason built"')).notices == ()
    searcher.close()


def test_a_near_of_too_many_pairs_is_searched_as_words(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(max_near_places=1))
    answer = searcher.ask(SearchRequest(q="(the NEAR/20 a) NEAR/20 mason"))
    assert ids(answer) == ids(searcher.ask(SearchRequest(q="the a mason")))
    assert "may make 1 in a query" in answer.notices[0].message
    searcher.close()


def test_places_read_once_are_paid_once(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(max_query_places=12))
    assert searcher.ask(SearchRequest(q='"white house" OR "house white"')).notices == ()
    searcher.close()


def test_beyond_the_deadline_an_answer_is_partial_and_says_so(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(query_seconds=0))
    answer = searcher.ask(SearchRequest(q="mason date:2021 OR -harris publisher:gazette"))
    assert [(one.code, one.start, one.end) for one in answer.notices] == [("deadline", 0, 5), ("deadline", 20, 26)]
    assert set(ids(answer)) == {1, 2, 3, 4}
    assert searcher.ask(SearchRequest(q="mason")).total == 0
    searcher.close()


def test_what_was_searched_is_marked_and_not_what_was_asked(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(max_near_places=1))
    [hit] = searcher.ask(SearchRequest(q="(the NEAR/20 a) NEAR/1 mason")).hits
    words = searcher.ask(SearchRequest(q="the a mason")).hits[0]
    assert hit.snippets == words.snippets
    assert any(one.marks for one in hit.snippets)
    searcher.close()


def test_beyond_the_deadline_hits_are_shown_by_their_opening_without_marks(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(query_seconds=0))
    for _ in range(2):
        answer = searcher.ask(SearchRequest(person=("Kamala Harris",)))
        [notice] = answer.notices
        assert (notice.code, notice.start, notice.end) == ("deadline", 0, 0)
        assert "3 of the articles here are shown by their opening" in notice.message
        assert {1, 2, 5} == set(ids(answer))
        for hit in answer.hits:
            [snippet] = hit.snippets
            assert snippet.text[:40] == hit.article.text[:40]
            assert (snippet.marks, hit.title_marks) == ((), ())
    searcher.close()


def test_sizes_beyond_the_limit_are_refused(searcher: Searcher) -> None:
    for request in (SearchRequest(size=1_000_000), SearchRequest(facet_size=1_000_000), SearchRequest(size=0)):
        with pytest.raises(ParameterError):
            searcher.ask(request)


def test_status_says_what_is_answered_from(searcher: Searcher) -> None:
    status = searcher.status()
    assert (status.engine, status.articles, status.undated) == ("whoosh", 5, 1)
    assert (status.first, status.last) == ("2021-11-18", "2022-01-05")
    assert status.generation == searcher.generation()


def test_an_article_is_found_by_its_id(searcher: Searcher) -> None:
    found = searcher.article(f"{3:016x}")
    assert found is not None
    assert found.article.title == "Budget talks resume"
    for unknown in ("", "x", "f" * 16, "0" * 15 + "9"):
        assert searcher.article(unknown) is None


def test_a_branch_of_an_or_that_does_not_hold_is_not_marked(searcher: Searcher) -> None:
    found = searcher.article(f"{2:016x}")
    assert found is not None
    for query in ("symone -harris OR resign", "resign OR person:harris -symone", "resign OR cnn date:2020"):
        title, text = searcher.marks(found, query)
        assert [found.article.title[start:end] for start, end in title] == ["resigns"], query
        assert [found.article.text[start:end] for start, end in text] == ["resigned"], query
        [hit] = [one for one in searcher.ask(SearchRequest(q=query)).hits if one.article.id == found.article.id]
        assert [one.text[slice(*mark)] for one in hit.snippets for mark in one.marks] == ["resigned"], query


def test_a_whole_article_is_marked(searcher: Searcher) -> None:
    found = searcher.article(f"{2:016x}")
    assert found is not None
    title, text = searcher.marks(found, "resign OR person:harris -etienne")
    assert [found.article.title[start:end] for start, end in title] == ["resigns"]
    assert [found.article.text[start:end] for start, end in text] == ["Harris", "resigned"]


# generations


def test_without_an_index_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        Searcher(tmp_path, Settings()).ask(SearchRequest())


def article(number: int) -> Tagged:
    return Tagged(
        article=Article(id=f"{number:016x}", source="test", title=f"Story {number}", text="Same."), mentions=()
    )


@pytest.fixture
def growing(tmp_path: Path, build: Build) -> Iterator[Searcher]:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings())
    yield searcher
    searcher.close()


def test_a_new_generation_is_noticed(growing: Searcher, tmp_path: Path, build: Build) -> None:
    before = growing.ask(SearchRequest())
    build(tmp_path, (article(99),), removed=(f"{10:016x}",))
    after = growing.ask(SearchRequest())
    assert (before.total, after.total) == (10, 10)
    assert growing.article(f"{99:016x}") is not None
    assert growing.article(f"{10:016x}") is None
    assert before.generation != after.generation == growing.generation()


def test_walking_goes_on_in_its_generation_while_the_index_changes(
    growing: Searcher, tmp_path: Path, build: Build
) -> None:
    answer = growing.ask(SearchRequest(size=3))
    walked = ids(answer)
    build(tmp_path, (article(1), article(15_000)), removed=(f"{12:016x}", f"{16:016x}"))
    while answer.next:
        answer = growing.ask(SearchRequest(size=3, cursor=answer.next))
        walked += ids(answer)
    assert walked == list(range(10, 20))


@pytest.mark.parametrize("seconds", [0, 900])
def test_a_generation_without_cursors_is_closed_and_one_with_stays(tmp_path: Path, build: Build, seconds: int) -> None:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings(cursor_seconds=seconds))
    first = searcher.ask(SearchRequest(size=9))
    for number in range(4):
        build(tmp_path, (article(number),))
        searcher.ask(SearchRequest(size=100))
    following = searcher.ask(SearchRequest(size=9, cursor=first.next))
    assert (following.generation == first.generation) == bool(seconds)
    searcher.close()


def test_a_cursor_of_a_generation_that_is_gone_goes_on_by_its_key(
    growing: Searcher, tmp_path: Path, build: Build
) -> None:
    cursor = growing.ask(SearchRequest(size=3)).next
    growing.close()  # nobody keeps it on disk
    build(tmp_path, (article(1),), removed=(f"{12:016x}",))
    build(tmp_path, (article(2),))
    other = Searcher(tmp_path, Settings())
    answer = other.ask(SearchRequest(size=3, cursor=cursor))
    assert ids(answer) == [13, 14, 15]
    assert answer.first == 5
    assert [notice.code for notice in answer.notices] == ["index-changed"]
    with pytest.raises(ExpiredCursorError) as expired:
        other.ask(SearchRequest(size=3, cursor=cursor), fixed=True)
    continued = other.ask(SearchRequest(size=3, cursor=expired.value.continued), fixed=True)
    assert ids(continued) == [13, 14, 15]
    other.close()


def test_a_cursor_outlives_its_searcher_while_its_generation_is_on_disk(
    growing: Searcher, tmp_path: Path, build: Build
) -> None:
    first = growing.ask(SearchRequest(size=8))
    build(tmp_path, (article(1),), removed=(f"{18:016x}",))
    other = Searcher(tmp_path, Settings())
    assert len(other.ask(SearchRequest()).hits) == 10
    answer = other.ask(SearchRequest(size=3, cursor=first.next), fixed=True)
    assert answer.generation == first.generation
    assert ids(first) + ids(answer) == list(range(10, 20))
    other.close()


def test_where_many_generations_gave_cursors_those_stay_in_which_somebody_walks(tmp_path: Path, build: Build) -> None:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings(max_older_generations=1))
    walking = searcher.ask(SearchRequest(size=2))
    for number in range(4):
        build(tmp_path, (article(number),))
        searcher.ask(SearchRequest(size=1))
        walking = searcher.ask(SearchRequest(size=2, cursor=walking.next), fixed=True)
    assert walking.next is None
    searcher.close()


def test_a_cursor_outlives_the_first_pages_of_others_however_often_an_indexer_commits(
    tmp_path: Path, build: Build
) -> None:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings(max_older_generations=1))
    waiting = searcher.ask(SearchRequest(size=4))
    for number in range(6):
        build(tmp_path, (article(number),), removed=(f"{10 + number:016x}",))
        assert searcher.ask(SearchRequest(size=1)).next, "it gives a cursor too"
    rest = searcher.ask(SearchRequest(size=100, cursor=waiting.next), fixed=True)
    assert ids(waiting) + ids(rest) == list(range(10, 20))
    searcher.close()
    build(tmp_path, (article(99),))
    assert len(list(tmp_path.glob("generations/*"))) == 2, "nothing is kept for nobody"


def test_beyond_what_may_be_kept_the_cursors_used_longest_ago_end_first(tmp_path: Path, build: Build) -> None:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings(max_older_generations=1, max_cursor_generations=1, keep_generations=1))
    answers = []
    for number in range(4):
        answers.append(searcher.ask(SearchRequest(size=4)))
        build(tmp_path, (article(number),))
        searcher.generation()
    with pytest.raises(ExpiredCursorError):
        searcher.ask(SearchRequest(size=4, cursor=answers[0].next), fixed=True)
    assert searcher.ask(SearchRequest(size=4, cursor=answers[-2].next), fixed=True).hits
    searcher.close()


def test_nothing_is_kept_longer_than_a_cursor_lives(tmp_path: Path, build: Build) -> None:
    build(tmp_path, tuple(article(number) for number in range(10, 20)))
    searcher = Searcher(tmp_path, Settings(cursor_seconds=0))
    for number in range(6):
        assert searcher.ask(SearchRequest(size=4)).next
        build(tmp_path, (article(number),))
    assert len(list(tmp_path.glob("generations/*"))) <= 4
    searcher.close()


def test_many_threads_ask_while_generations_come(growing: Searcher, tmp_path: Path, build: Build) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                assert growing.ask(SearchRequest(q="same story")).total >= 10
            except BaseException as error:  # noqa: BLE001  # whatever it is, the test shows it
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(100, 104):
        build(tmp_path, (article(number),))
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_damaged_index_is_a_clear_error(tmp_path: Path, build: Build) -> None:
    build(tmp_path, (article(1),))
    [segment] = tmp_path.glob("generations/*/*.seg")
    data = bytearray(segment.read_bytes())
    segment.write_bytes(bytes(data[: len(data) // 2]))
    with pytest.raises((CorruptError, StoreError)):
        Searcher(tmp_path, Settings()).ask(SearchRequest(q="same"))


def test_an_index_of_another_analysis_is_refused_and_never_misread(tmp_path: Path, build: Build) -> None:
    build(tmp_path, (article(1),), form="whoosh/1")
    with pytest.raises(StoreError, match=r"'whoosh/1'.*Index again"):
        Searcher(tmp_path, Settings()).ask(SearchRequest(q="same"))


def test_an_outlet_is_found_by_an_alias_that_the_archive_does_not_use(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="outlet:USAToday OR outlet:nyt"))
    assert answer.total == searcher.ask(SearchRequest(outlet=("USA Today",))).total > 0
    assert answer.reading == "articles that cite USA Today or cite The New York Times"


def test_what_an_alias_was_read_as_is_said(searcher: Searcher) -> None:
    for query, code, message in (
        ("outlet:USAToday", "read-as", "“USAToday” was read as USA Today."),
        ("ports -outlet:USAToday", "read-as", "“USAToday” was read as USA Today."),
        ("outlet:wsj", "unknown-name", "No outlet in the archive is called “wsj” or The Wall Street Journal."),
    ):
        [notice] = searcher.ask(SearchRequest(q=query)).notices
        assert (notice.code, notice.message) == (code, message)
        assert query[notice.start : notice.end] in query
        assert notice.end == len(query)


def test_an_alias_is_read_in_a_filter_too(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(outlet=("USAToday",), not_person=("kamala harris",)))
    assert (answer.request.outlet, answer.request.not_person) == (("USA Today",), ("Kamala Harris",))
    assert [notice.message for notice in answer.notices] == ["“USAToday” was read as USA Today."]
    assert answer.total == searcher.ask(SearchRequest(outlet=("USA Today",), not_person=("Kamala Harris",))).total
    [facet] = [one for one in answer.facets if one.field == "outlet"]
    assert [one.value for one in facet.values if one.selected] == ["USA Today"]


def test_walking_goes_on_whichever_way_a_name_was_given(searcher: Searcher) -> None:
    typed = SearchRequest(outlet=("USAToday",), size=1)
    first = searcher.ask(typed)
    for request in (typed, first.request):
        second = searcher.ask(replace(request, cursor=first.next))
        assert second.first == 2


def test_a_chosen_value_that_the_archive_has_not_stays_at_nothing(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(outlet=("Nowhere News", "CNN")))
    [facet] = [one for one in answer.facets if one.field == "outlet"]
    assert [(one.value, one.count) for one in facet.values if one.selected] == [("CNN", 2), ("Nowhere News", 0)]
    assert [notice.code for notice in answer.notices] == ["unknown-name"]
