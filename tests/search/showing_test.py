import time
from collections.abc import Sequence

import pytest

from index.settings import Settings
from index.types import Article, Tagged
from search.answer import Hit
from search.engines.engine import Key, Shown, shown
from search.marks import Marker
from search.query.parser import parse
from search.request import SearchRequest
from search.searcher import Searcher
from search.showing import Showing

FILLER = "Nothing of note was said about it that week, or in the weeks that followed. "
TEXT = f"The dog met the cat. {FILLER * 5}A dog sang. {FILLER * 5}The cat left."
LATER = float("inf")


class Engine:
    """Shows articles of any id but `none`."""

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        return [None if one == "none" else shown(article(one)) for one in ids]


def article(article_id: str) -> Tagged:
    return Tagged(article=Article(id=article_id, source="test", title=f"A dog, {article_id}", text=TEXT), mentions=())


def showing(**settings: int) -> Showing:
    return Showing(Engine(), Settings(**settings))  # type: ignore[arg-type]  # all that is asked of an engine


def marker(query: str) -> Marker:
    return Marker(parse(query, Settings()).tree, lambda _: frozenset(), most_pairs=1_000)


def hits(shows: Showing, query: str, ids: Sequence[str], until: float = LATER) -> tuple[tuple[Hit, ...], int]:
    return shows.hits([Key(1.0, 0, one) for one in ids], marker(query), until)


def test_hits_are_given_in_order_and_what_is_gone_is_left_out() -> None:
    found, bare = hits(showing(), "dog", ["b", "none", "a"])
    assert [hit.article.id for hit in found] == ["b", "a"]
    assert bare == 0
    assert all(hit.title_marks == ((2, 5),) and hit.snippets for hit in found)


def test_the_same_words_are_looked_for_in_an_article_but_once() -> None:
    shows = showing()
    [first], _ = hits(shows, "dog cat", ["a"])
    [again, _], _ = hits(shows, "dog cat date:2020..2021 -bird", ["a", "b"])
    assert again.snippets[0] is first.snippets[0]


def test_other_words_make_other_snippets() -> None:
    shows = showing()
    [one], _ = hits(shows, "dog", ["a"])
    [other], _ = hits(shows, "cat", ["a"])
    assert one.snippets != other.snippets


def test_branches_that_an_article_decides_are_kept_by_the_whole_question() -> None:
    shows = showing()
    [one], _ = hits(shows, "(dog -cat) OR left", ["a"])
    [other], _ = hits(shows, "(dog -bird) OR left", ["a"])
    assert [hit.title_marks for hit in (one, other)] == [(), ((2, 5),)]


@pytest.mark.parametrize("bytes_", [0, 3_000])
def test_no_more_is_kept_than_may_be(bytes_: int) -> None:
    shows = showing(snippet_cache_bytes=bytes_)
    [first], _ = hits(shows, "dog", ["a"])
    for query in ("cat", "sang", "left"):
        hits(shows, query, ["a", "b"])
    [again], _ = hits(shows, "dog", ["a"])
    assert again.snippets == first.snippets
    assert again.snippets[0] is not first.snippets[0]


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_passages_are_shown_than_are_asked_for(most: int) -> None:
    [hit], _ = hits(showing(passages=most), "dog OR cat", ["a"])
    assert len(hit.snippets) == most


def test_hits_that_time_does_not_reach_are_shown_by_their_opening_unless_they_are_known() -> None:
    shows = showing()
    hits(shows, "cat", ["a"])
    found, bare = hits(shows, "cat", ["a", "b"], until=time.perf_counter())
    assert bare == 1
    assert [bool(hit.snippets[0].marks) for hit in found] == [True, False]
    again, bare = hits(shows, "cat", ["a", "b"])
    assert bare == 0
    assert all(hit.snippets[0].marks for hit in again)


def test_another_order_shows_the_snippets_that_were_made(searcher: Searcher) -> None:
    best = searcher.ask(SearchRequest(q="the")).hits
    newest = searcher.ask(SearchRequest(q="the", sort="newest")).hits
    same = {one.article.id: one for one in best}
    both = [(same[hit.article.id], hit) for hit in newest if hit.article.id in same]
    assert both
    assert all(one.snippets is other.snippets for one, other in both)
