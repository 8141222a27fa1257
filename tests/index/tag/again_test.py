import pytest

from index.tag.again import look_again
from index.tag.tokens import Span, analyse
from index.types import Article


def again(text: str, *, title: str = "") -> list[str]:
    """Look again where the model found only [Lena Marsh], the first two tokens of the text."""
    document = analyse(Article(id="0", source="test", title=title, text="Lena Marsh " + text))
    first = Span(kind="person", tokens=document.text, first=0, last=2)
    return [span.surface for span in look_again(document, [first])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("won. Then Marsh left and Lena Marsh came.", ["Lena Marsh", "Marsh", "Lena Marsh"]),
        ("won. Ms. Marsh’s rival lost.", ["Lena Marsh", "Marsh"]),
        ("won. But Marsh stayed.", ["Lena Marsh", "Marsh"]),
        ("won. They met at Marsh Tower and Marsh & Sons.", ["Lena Marsh"]),
        ("won. The Romney Marsh is wet. A marsh is wet.", ["Lena Marsh"]),
    ],
)
def test_a_surname_is_found_again_where_it_stands_alone(text: str, found: list[str]) -> None:
    assert again(text) == found


def test_the_title_is_looked_at_too() -> None:
    assert again("won.", title="Lena Marsh wins") == ["Lena Marsh", "Lena Marsh"]


def test_without_a_full_name_nothing_is_added() -> None:
    document = analyse(Article(id="0", source="test", title="", text="Marsh won. Marsh left."))
    one = Span(kind="person", tokens=document.text, first=0, last=1)
    assert look_again(document, [one]) == [one]


def test_a_name_at_the_very_end_is_found_as_long_as_it_is() -> None:
    document = analyse(Article(id="0", source="test", title="", text="Ann Quill left. He saw Ann Quill"))
    span = Span(kind="person", tokens=document.text, first=0, last=2)
    assert [(found.first, found.last) for found in look_again(document, [span])] == [(0, 2), (6, 8)]


def test_a_surname_is_found_with_its_particles() -> None:
    text = "Anna de Quill left. De Quill said so to the friends of de Quill."
    document = analyse(Article(id="0", source="test", title="", text=text))
    span = Span(kind="person", tokens=document.text, first=0, last=3)
    assert [found.surface for found in look_again(document, [span])] == ["Anna de Quill", "De Quill", "de Quill"]
