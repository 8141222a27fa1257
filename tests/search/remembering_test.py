"""Answers that were given before."""

from pathlib import Path
from typing import Any

from index.settings import Settings
from search.remembering import Answers
from search.request import SearchRequest
from search.searcher import Searcher


def test_the_same_question_is_answered_from_what_was_kept(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings())
    first = searcher.ask(SearchRequest(q="harris"))
    again = searcher.ask(SearchRequest(q="harris"))
    other = searcher.ask(SearchRequest(q="harris", sort="newest"))
    assert again.hits is first.hits
    assert other.hits is not first.hits
    assert (searcher.status().answers, searcher.status().answers_kept) == (3, 1)
    searcher.close()


def test_nothing_is_kept_where_the_setting_says_so(archive_dir: Path) -> None:
    searcher = Searcher(archive_dir, Settings(kept_answers=0))
    first, again = (searcher.ask(SearchRequest(q="harris")) for _ in range(2))
    assert [hit.article for hit in again.hits] == [hit.article for hit in first.hits]
    assert searcher.status().answers_kept == 0
    searcher.close()


def test_a_new_generation_answers_anew(tmp_path: Path, build: Any) -> None:
    from_before = tmp_path / "data"
    build(from_before, ())
    searcher = Searcher(from_before, Settings())
    assert searcher.ask(SearchRequest(q="")).total == 0
    build(from_before, ())
    searcher.ask(SearchRequest(q=""))
    assert searcher.status().answers_kept == 0
    searcher.close()


def test_what_nobody_asked_for_longest_goes() -> None:
    answers = Answers(2)
    one, two, three = object(), object(), object()
    answers.keep("one", one)  # type: ignore[arg-type]
    answers.keep("two", two)  # type: ignore[arg-type]
    answers.get("one")
    answers.keep("three", three)  # type: ignore[arg-type]
    assert (answers.get("one"), answers.get("two"), answers.get("three")) == (one, None, three)
