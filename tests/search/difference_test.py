import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.difference import Difference, difference

WORDS = ["the", "ferry", "of", "a", "pier", "council", "Monday", ",", ".", "“", "’s", "\n\n", "Harbour"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def told(one: str, other: str, most: int = 1_000) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in difference(one, other, most=most).runs]


def side(found: Difference, kind: str) -> str:
    return "".join(run.text for run in found.runs if run.kind in {"same", kind})


def plain(text: str) -> str:
    return "".join(text.translate(str.maketrans({"’": "'", "“": '"'})).split())


@given(TEXTS, TEXTS)
def test_what_is_the_same_and_removed_is_the_one_text_and_with_the_added_the_other(one: str, other: str) -> None:
    found = difference(one, other, most=1_000)
    assert plain(side(found, "removed")) == plain(one)
    assert plain(side(found, "added")) == plain(other)
    assert all(left.kind != right.kind for left, right in zip(found.runs, found.runs[1:], strict=False))


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    found = difference(text, text, most=1_000)
    assert {run.kind for run in found.runs} <= {"same"}
    assert (found.removed, found.added) == (0, 0)


def test_words_are_told_and_not_letters() -> None:
    assert told("The council met on Monday.", "The council meets on a Monday.") == [
        ("same", "The council "),
        ("removed", "met "),
        ("added", "meets "),
        ("same", "on "),
        ("added", "a "),
        ("same", "Monday."),
    ]


def test_the_form_of_quotes_and_blanks_makes_no_difference() -> None:
    assert {kind for kind, _ in told("“No,” it’s  said –\nhere", '"No," it\'s said - here')} == {"same"}


def test_a_new_paragraph_is_one_of_its_own() -> None:
    found = told("One stays.\n\nThree stays.", "One stays.\n\nTwo is new.\n\nThree stays.")
    assert ("added", "Two is new.\n\n") in found
    assert "removed" not in {kind for kind, _ in found}


def test_a_word_or_two_inside_a_long_change_are_part_of_it() -> None:
    found = told("x a b c of d e f y", "x k l m of n o p y")
    assert found == [("same", "x "), ("removed", "a b c of d e f "), ("added", "k l m of n o p "), ("same", "y")]


def test_texts_that_are_too_long_are_cut_and_it_is_told() -> None:
    found = difference("a b c d", "a b c e", most=3)
    assert (found.cut, found.same, found.removed, found.added) == (True, 3, 0, 0)
    assert not difference("a b c", "a b d", most=3).cut


@pytest.mark.parametrize("words", [["a", "b"], [f"w{number}" for number in range(40)]])
def test_long_texts_without_words_of_their_own_are_compared_too(words: list[str]) -> None:
    chance = random.Random(5)
    one = [chance.choice(words) for _ in range(3_000)]
    other = [word for word in one if chance.random() > 0.02]
    found = difference(" ".join(one), " ".join(other), most=10_000)
    assert plain(side(found, "removed")) == "".join(one)
    assert plain(side(found, "added")) == "".join(other)
