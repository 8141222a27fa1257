"""A walk over all hits gives all of them or raises; who wants a few is given what can be had."""

from collections.abc import Callable

import pytest

from index.errors import PartialError
from search.engines.arrays.engine import ArrayEngine
from search.engines.engine import Plan, Shown
from search.partial import miss
from search.request import SearchRequest
from search.searcher import Searcher
from tests.partial import ROWS, always, amid, spoil

ALL = [f"{number:016x}" for number in (1, 2, 3, 4, 5)]


def ids(searcher: Searcher, found: list[str] | None = None, *, whole: bool = True) -> list[str]:
    found = [] if found is None else found
    with searcher.harvest(SearchRequest(), whole=whole) as harvest:
        found.extend(one.shown.article.id for one in harvest.hits)
    return found


@pytest.mark.parametrize("when", [always, amid])
def test_what_is_partial_once_or_twice_is_asked_for_again(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, when: Callable[[Plan], bool]
) -> None:
    spoilt = spoil(monkeypatch, 2, when=when)
    assert sorted(ids(searcher)) == ALL
    assert len(spoilt) == 2


def test_a_window_that_stays_partial_ends_the_walk_with_an_error_that_says_how_many_were_given(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = spoil(monkeypatch, 100, when=amid)
    found: list[str] = []
    with pytest.raises(PartialError, match=f"query_seconds.*{ROWS} were given before"):
        ids(searcher, found)
    assert len(found) == ROWS
    assert len(spoilt) == 3


def test_a_harvest_whose_total_is_not_known_does_not_begin(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, 100, when=always)
    with pytest.raises(PartialError), searcher.harvest(SearchRequest()):
        pytest.fail("it has begun")


def test_articles_that_a_silent_part_has_are_not_left_out(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    show, times = ArrayEngine.show, iter([True, False, True, True, True])

    def silent(engine: ArrayEngine, asked: list[str]) -> list[Shown | None]:
        found = show(engine, asked)
        if not next(times):
            return found
        miss("shards-failed")
        return [None, *found[1:]]

    spoil(monkeypatch, 0, when=always)
    monkeypatch.setattr(ArrayEngine, "show", silent)
    found: list[str] = []
    with pytest.raises(PartialError, match="did not answer"):
        ids(searcher, found)
    assert len(found) == ROWS


def test_who_wants_a_few_is_given_what_can_be_had(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Plan] = spoil(monkeypatch, 100, when=always)
    assert len(ids(searcher, whole=False)) == 1
    assert len(asked) == 2
