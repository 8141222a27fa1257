"""Sentences of our own, with the spans that a model would mark: [people]; what completing makes of them."""

import pytest

from index.tag.completing import complete_names
from index.tag.lineups import complete_lists
from index.tag.tokens import Document, Span, analyse
from index.types import Article


def marked(text: str) -> tuple[Document, list[Span]]:
    plain = text.replace("[", "").replace("]", "")
    document = analyse(Article(id="0", source="test", title="", text=plain))
    spans, offset, start = [], 0, -1
    for character in text:
        if character == "[":
            start = offset
        elif character == "]":
            first, last = document.text.index_at(start), document.text.index_at(offset - 1) + 1
            spans.append(Span(kind="person", tokens=document.text, first=first, last=last))
        else:
            offset += 1
    return document, spans


def completed(text: str) -> list[str]:
    document, spans = marked(text)
    return [span.surface for span in complete_names(document, spans)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The minister Lena [Marsh Quill] left.", ["Lena Marsh Quill"]),
        ("They met Will [Marsh] there.", ["Will Marsh"]),
        ("The lawyer [Thomas P.] [O’Dowd] spoke.", ["Thomas P. O’Dowd"]),
        ("It was [Emmanuel] d’Harville, they said.", ["Emmanuel d’Harville"]),
        ("A story by [Monica Quill] de Marsh won.", ["Monica Quill de Marsh"]),
        ("Vice Premier [Liu] He, who spoke, left.", ["Liu He"]),
        ("The founder [Lai] Min-nan survived.", ["Lai Min-nan"]),
    ],
)
def test_the_half_that_the_model_left_out_is_taken(text: str, names: list[str]) -> None:
    assert completed(text) == names


def test_an_unknown_given_name_is_taken_where_the_article_has_no_other() -> None:
    assert completed("A clerk, Quorra [Zellig], wept. [Zellig] left.") == ["Quorra Zellig", "Zellig"]


def test_a_word_that_stands_elsewhere_by_itself_is_no_given_name() -> None:
    assert completed("The Quorra [Zellig] wept for. Quorra is a firm. [Zellig] left.")[0] == "Zellig"


def test_a_full_name_in_no_span_is_found_by_its_surname() -> None:
    assert completed("Then Ned Zellig came. “Well,” [Zellig] said.") == ["Ned Zellig", "Zellig"]


def test_a_surname_after_a_given_name_is_taken_where_it_stands_alone_elsewhere() -> None:
    assert completed("The singer [Zoe] Quill, 30, left. [Quill] laughed.") == ["Zoe Quill", "Quill"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He married June [Carter] there.", ["June Carter"]),
        ("In June [Carter] said so.", ["Carter"]),
        ("Between May and June [Carter] said so.", ["Carter"]),
        ("On 5 June [Carter] said so.", ["Carter"]),
        ("He had met April [Marsh] before.", ["April Marsh"]),
    ],
)
def test_a_month_is_a_given_name_where_no_time_is_told(text: str, names: list[str]) -> None:
    assert completed(text) == names


def test_an_office_and_a_title_are_no_given_names() -> None:
    assert completed("They thanked Dean [Marsh] and Senator [Quill].") == ["Marsh", "Quill"]


def test_the_entries_that_the_model_missed_in_a_line_up_are_taken() -> None:
    text = "[Marsh], [Quill], White; [Dell], [Keane], Little, [Bloom], [Hadid], [Olafsson]."
    _, spans = marked(text)
    assert [span.surface for span in complete_lists(spans)] == ["White", "Little"]


def test_a_sentence_of_few_names_is_no_line_up() -> None:
    _, spans = marked("[Marsh], [Quill], White and [Dell] came.")
    assert not list(complete_lists(spans))


def test_two_unknown_given_names_are_taken_together() -> None:
    assert completed("The winner Aurra San [Quu Kyi] spoke.") == ["Aurra San Quu Kyi"]


def test_a_word_with_its_capital_inside_is_no_given_name() -> None:
    assert completed("The late uNkk [Zellig] wept.") == ["Zellig"]
