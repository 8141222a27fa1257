"""What is said about dates where nothing is found: in words, never in the notation of filters."""

from dataclasses import dataclass

import pytest

from search.answer import ProposalKind
from web.advice import reason, way_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamed:
    kind: str = "date"
    text: str = "2024"
    alone: int = 0
    without: int = 5


@pytest.mark.parametrize(
    ("kind", "text", "when"),
    [
        ("date", "2024", "in 2024"),
        ("date", "2031..", "since 1 January 2031"),
        ("date", "..1899-12-31", "until 31 December 1899"),
        ("date", "2018..2019", "from 2018 to 2019"),
        ("date", "2018-02-03", "on 3 February 2018"),
        ("query", "date:..1899-12-31", "until 31 December 1899"),
        ("query", "date:2019-06", "in June 2019"),
    ],
)
def test_dates_that_match_nothing_are_said_in_words(kind: str, text: str, when: str) -> None:
    assert reason(Blamed(kind=kind, text=text)) == f"Nothing in the archive was published {when}."


def test_dates_that_match_something_say_how_much() -> None:
    said = "were published in 2024; without these dates there would be 5 articles."
    assert reason(Blamed(alone=12)) == f"12 articles {said}"
    assert reason(Blamed(alone=1)) == f"1 article {said.replace('were', 'was', 1)}"


@pytest.mark.parametrize("text", ["only", "exclude"])
def test_the_filter_of_the_undated_is_said_in_words(text: str) -> None:
    assert "dated only”" in reason(Blamed(kind="undated", text=text))


@pytest.mark.parametrize("text", ["2024", "1.2", "..", "2024-", "date"])
def test_a_word_of_the_query_stays_as_it_was_typed(text: str) -> None:
    assert reason(Blamed(kind="query", text=text)) == f"“{text}” matches nothing in the archive."


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("widen", "2019-01-01..2029-12-31", "Take more days: from 2019 to 2029"),
        ("widen", "2011-01-01..", "Take more days: since 1 January 2011"),
        ("drop", "date: 2024", "Leave out the dates (in 2024)"),
        ("drop", "date:..1899-12-31", "Leave out the dates (until 31 December 1899)"),
        ("drop", "moon, date: 2018..2019, person: Ada", "Leave out moon, the dates (from 2018 to 2019), person: Ada"),
        ("drop", "undated: only", "Leave out the condition “undated only”"),
        ("drop", "update: 2024", "Leave out update: 2024"),
        ("spelling", "moon, without date: 1969", "Did you mean moon, without the dates (in 1969)?"),
        ("drop", '"date: 2021-02-31"', 'Leave out "the dates (date: 2021-02-31)"'),
        ("loosen", "date:2019 moon", "Search more loosely: date:2019 moon"),
    ],
)
def test_a_way_out_says_dates_in_words(kind: ProposalKind, text: str, said: str) -> None:
    assert way_out(kind, text) == said
