"""Names that the model passed over: found where they can hardly be anything else, and only there."""

import pytest

from index.tag.given import find_given_names
from index.tag.tokens import Span, analyse
from index.types import Article


def found(text: str, *, marked: int = 0) -> list[str]:
    document = analyse(Article(id="0", source="test", title="", text=text))
    spans = [Span(kind="outlet", tokens=document.text, first=0, last=marked)] if marked else []
    return [span.surface for span in find_given_names(document, spans)]


@pytest.mark.parametrize(
    "text", ["They met Diana Quillby again just before noon.", "The singer Samira Quillby left.", "Dr. Olga Bellham."]
)
def test_a_given_name_and_a_surname_are_found(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "They met at the Diana Hospital today.",
        "They met at Saint Diana Quillby.",
        "They met Diana Quillby Limited there.",
        "It is the Diana Times again.",
        "Diana Quillby Wins The Great Bellham Prize Again",
    ],
)
def test_what_may_be_a_thing_is_left_to_the_model(text: str) -> None:
    assert found(text) == []


def test_what_the_model_marked_is_left_alone() -> None:
    assert found("Diana Quillby left.", marked=2) == []


def test_a_month_is_a_given_name_of_who_made_something() -> None:
    assert found("The play by August Wilson opened.") == ["August Wilson"]
    assert found("It was over, and in August Wilson said so.") == []


def test_who_said_that_he_or_she_did_something_is_somebody() -> None:
    assert found("“Fine,” it read. Keane said he was proud.") == ["Keane"]
    assert found("Keane said it was closing.") == []
    assert found("Nobody said he was proud.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It said that Secretary of State Diana Quillby had left.", "Diana Quillby"),
        ("It said that the Chief of Staff Mark Quillby had left.", "Mark Quillby"),
        ("It said that Minister for Trade and Ports Olga Bellham had left.", "Olga Bellham"),
        ('They say Diana "Dee" Quillby left before the others arrived.', 'Diana "Dee" Quillby'),
        ("They met R. Quillbyram, a lawyer.", "R. Quillbyram"),
        ("The sprinter, Ato Quillby, left.", "Ato Quillby"),
        ("In it, as Quillby wrote, nobody won.", "Quillby"),
    ],
)
def test_offices_nicknames_and_initials_stand_with_a_name(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text", ["It was E. Quillbyram that they ate.", "The Bank of Diana Quillby is shut.", "They met the J. Times."]
)
def test_capitals_that_are_no_office_and_letters_that_are_no_initials_are_left(text: str) -> None:
    assert found(text) == []


def test_a_relative_s_given_name_is_found() -> None:
    assert found("They came with their daughter Chelsea in the rain.") == ["Chelsea"]
    assert found("His sister, Diana, would follow.") == ["Diana"]
    assert found("It was a daughter company of Chelsea in London.") == []
