"""Long texts on several pages: nothing is lost, no page is large, no name or word is cut."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from index.types import Mention
from web.parts import ROOM, parts

WORDS = "The harbour of Ostermund was quiet, and the gulls “said” so.\n\n"


def mention(text: str, surface: str, start: int) -> Mention:
    return Mention(
        kind="person", value=surface, surface=surface, field="text", start=start, end=start + len(surface), via="test"
    )


def test_a_text_of_usual_length_is_one_part() -> None:
    assert parts(WORDS * 100, [], []) == ((0, len(WORDS) * 100),)
    assert parts("", [], []) == ((0, 0),)


def test_parts_join_to_the_text_end_with_a_paragraph_and_fit() -> None:
    text = (WORDS * 2_000).strip()
    found = parts(text, [], [])
    assert len(found) > 4
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    for (start, end), (following, _) in pairwise(found):
        assert text[end:following] == "\n\n"
        assert len(escape(text[start:end]).encode()) <= ROOM


def test_marks_and_links_weigh_too() -> None:
    text = (WORDS * 250).strip()
    marks = [(at, at + 3) for at in range(0, len(text), len(WORDS))]
    names = [mention(text, "Ostermund", at + 15) for at in range(0, len(text), len(WORDS))]
    assert len(parts(text, [], [])) == 1
    assert len(parts(text, names, marks)) > 1


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="ab \n&é", max_size=400), st.integers(0, 390))
def test_one_endless_paragraph_is_cut_between_words_and_never_within_a_name(text: str, at: int) -> None:
    text = "word & word " * 3_000 + text.replace("\n\n", "\n") + " Ada Reyes" + " x" * 9_000
    start = text.index("Ada Reyes")
    found = parts(text, [mention(text, "Ada Reyes", start)], [(at, at + 4)])
    assert "".join(text[low:high] for low, high in found) == text
    assert all(len(escape(text[low:high]).encode()) <= ROOM for low, high in found)
    assert not any(start < cut < start + 9 or at < cut < at + 4 for _, cut in found)
