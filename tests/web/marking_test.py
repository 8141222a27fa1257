from hypothesis import given
from hypothesis import strategies as st

from index.types import Mention
from web.marking import marked_html, paragraphs, pieces


def mention(text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(
        kind="person", value=surface, surface=surface, field="text", start=start, end=start + len(surface), via="test"
    )


def disjoint(offsets: list[int]) -> list[tuple[int, int]]:
    ordered = sorted(set(offsets))
    return list(zip(ordered[::2], ordered[1::2], strict=False))


@given(st.text(), st.lists(st.integers(0, 60)))
def test_pieces_join_to_the_text_whatever_is_marked(text: str, offsets: list[int]) -> None:
    marks = disjoint(offsets)
    cut = list(pieces(text, marks))
    assert "".join(piece.text for piece in cut) == text
    marked = "".join(piece.text for piece in cut if piece.marked)
    assert marked == "".join(text[start:end] for start, end in marks)


def test_a_mark_inside_a_name_leaves_the_name_whole() -> None:
    text = "Ada Reyes spoke.\n\nThen Reyes left."
    found = list(paragraphs(text, [mention(text, "Ada Reyes")], [(4, 9), (23, 28)]))
    assert len(found) == 2
    name = found[0][0]
    assert name.mention is not None
    assert [(piece.text, piece.marked) for piece in name.pieces] == [("Ada ", False), ("Reyes", True)]
    assert "".join(piece.text for stretch in found[1] for piece in stretch.pieces) == "Then Reyes left."
    assert [piece.text for stretch in found[1] for piece in stretch.pieces if piece.marked] == ["Reyes"]


def test_a_snippet_as_html_escapes_everything_but_its_marks() -> None:
    assert str(marked_html('<script>"x"</script>', [(1, 7)])) == (
        "&lt;<mark>script</mark>&gt;&#34;x&#34;&lt;/script&gt;"
    )
