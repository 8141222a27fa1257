import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tag.quotes.marks import paragraphs

marked = st.text(alphabet="\"“”‘’'«»`ab s.,!?\n—(", max_size=80)


def quoted(text: str) -> list[str]:
    return [text[one.first : one.last] for paragraph in paragraphs(text) for one in paragraph.stretches]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We won," he said. "We did."', ["We won,", "We did."]),
        ("“We won,” he said.", ["We won,"]),
        ("«We won,» he said.", ["We won,"]),
        ("``We won,'' he said.", ["We won,"]),
        ("“We won,’’ he said.", ["We won,"]),
        ("‘‘We won,’’ he said.", ["We won,"]),
        ("'We won,' he said.", ["We won,"]),
        ("‘We won the voters’ choice,’ he said.", ["We won the voters’ choice,"]),
        ("'We don't go,' he said, 'to the boys' club.'", ["We don't go,", "to the boys' club."]),
        ("It's the '90s and rock 'n' roll, the boys' club.", []),
        ("“She said ‘no’ to us,” he said.", ["She said ‘no’ to us,"]),
        ("'She said \"no\" to us,' he said.", ['She said "no" to us,']),
        ("He is 6'2\" tall and 5'4\" wide.", []),
        ('He said—"go"—and left ("now").', ["go", "now"]),
        ('That was "the end " of it.', ["the end"]),
        ('""', []),
    ],
)
def test_a_text_quotes_what_stands_between_its_marks(text: str, words: list[str]) -> None:
    assert quoted(text) == words


def test_a_quotation_goes_on_in_paragraphs_that_open_with_a_mark() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    stretches = [one for paragraph in paragraphs(text) for one in paragraph.stretches]
    assert [(one.closed, one.continues) for one in stretches] == [(False, False), (False, True), (True, True)]


def test_a_quotation_goes_on_where_the_break_between_paragraphs_was_lost() -> None:
    text = 'He said: "One. "Two." It rained.'
    [paragraph] = paragraphs(text)
    assert quoted(text) == ["One.", "Two."]
    assert paragraph.stretches[1].continues


def test_a_mark_that_is_never_closed_spoils_no_other_paragraph() -> None:
    assert quoted('"We lost it, he said.\n\nIt rained. "We won," he said.') == ["We won,"]


def test_a_paragraph_whose_opening_mark_was_forgotten_is_quoted_up_to_the_closing_one() -> None:
    assert quoted('We never asked for it," he said. "Never."') == ["We never asked for it,", "Never."]


@given(marked)
def test_stretches_lie_in_order_in_their_paragraphs_and_have_words(text: str) -> None:
    at = 0
    for paragraph in paragraphs(text):
        assert at <= paragraph.start < paragraph.end <= len(text)
        at = paragraph.start
        for one in paragraph.stretches:
            assert at <= one.start <= one.first < one.last <= one.end <= paragraph.end
            assert text[one.first : one.last].strip() == text[one.first : one.last]
            at = one.end
