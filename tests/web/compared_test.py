"""Comparisons are cut into pages: nothing is lost, no word is cut, and no page is too large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from search.difference import Run, difference
from web.compared import TAGS, Paragraph, pages, paragraphs, passages

KINDS = st.sampled_from(["same", "removed", "added"])
TEXTS = st.text("ab <&é漢 ", min_size=1, max_size=60).filter(str.strip)
RUNS = st.builds(Run, kind=KINDS, text=TEXTS)
PARAGRAPHS = st.lists(st.lists(RUNS, min_size=1, max_size=4).map(tuple), max_size=12)


def weight(page: tuple[Paragraph, ...]) -> int:
    return sum(TAGS + sum(TAGS + len(escape(run.text).encode()) for run in one) for one in page)


@given(every=PARAGRAPHS, room=st.integers(120, 400))
def test_pages_hold_all_runs_in_order_and_never_more_than_their_room(every: list[Paragraph], room: int) -> None:
    cut = list(pages(iter(every), room=room))
    assert "".join(run.text for page in cut for one in page for run in one) == "".join(
        run.text for one in every for run in one
    )
    assert [run.kind for page in cut for one in page for run in one if run.text] != [] or not every
    assert all(page and all(one for one in page) for page in cut)
    assert all(weight(page) <= room for page in cut)


def test_a_long_paragraph_is_cut_between_words() -> None:
    words = [f"word{number}" for number in range(900)]
    cut = list(pages(iter([(Run(kind="same", text=" ".join(words)),)]), room=1_000))
    assert len(cut) > 5
    assert [word for page in cut for one in page for run in one for word in run.text.split()] == words


def test_a_word_longer_than_a_page_ends_nothing() -> None:
    cut = list(pages(iter([(Run(kind="added", text="&" * 5_000),)]), room=600))
    assert "".join(run.text for page in cut for one in page for run in one) == "&" * 5_000


@pytest.mark.parametrize(("changed", "folded"), [(0, [False, True]), (5, [True, False, True])])
def test_paragraphs_far_from_any_change_are_folded(changed: int, folded: list[bool]) -> None:
    one = [f"The tide of day {day} came in." for day in range(11)]
    other = [line.replace("tide", "storm") if at == changed else line for at, line in enumerate(one)]
    found = list(paragraphs(difference("\n\n".join(one), "\n\n".join(other), most=1_000)))
    assert [passage.folded for passage in passages(found)] == folded
