import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tag.tokens import tokenise


def strings(text: str) -> list[str]:
    return list(tokenise("text", text).strings)


def sentences(text: str) -> list[list[str]]:
    tokens = tokenise("text", text)
    return [list(tokens.strings[a:b]) for a, b in itertools.pairwise(tokens.bounds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Biden’s aides", ["Biden", "’s", "aides"]),
        ("the Clintons' house", ["the", "Clintons", "'", "house"]),
        ("Trump-backed", ["Trump", "-", "backed"]),
        ("Sen. O’Brien didn't", ["Sen.", "O’Brien", "didn't"]),
        ("J.D. Vance of the U.S.", ["J.D.", "Vance", "of", "the", "U.S."]),
        ("Ocasio-Cortez/AP", ["Ocasio", "-", "Cortez", "/", "AP"]),
        ("told Salon.com on 3,000 pages", ["told", "Salon.com", "on", "3,000", "pages"]),
        ("said.The end", ["said", ".", "The", "end"]),
        ("@reporter wrote to a.b@c.org", ["@reporter", "wrote", "to", "a.b@c.org"]),
    ],
)
def test_the_edges_of_names_are_edges_of_tokens(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


def test_an_abbreviation_or_an_initial_ends_no_sentence() -> None:
    assert len(sentences("We met Sen. Ames and J. Q. Doe on Nov. 5 in St. Paul.")) == 1


def test_an_abbreviation_ends_a_sentence_where_the_next_word_opens_one() -> None:
    assert len(sentences("They live in the U.S. The move is recent.")) == 2


def test_a_line_ends_a_sentence() -> None:
    assert sentences("No full stop\nNext line") == [["No", "full", "stop"], ["Next", "line"]]


def test_a_title_is_one_sentence() -> None:
    assert tokenise("title", "Who won? Nobody did.").bounds == (0, 6)


@given(st.text(alphabet=st.sampled_from("Ab’'.- \nÉ9@/,“”é") | st.characters(), max_size=80))
def test_tokens_stand_where_they_say_and_nothing_but_blanks_is_lost(text: str) -> None:
    tokens = tokenise("text", text)
    end = 0
    for string, start, stop in zip(tokens.strings, tokens.starts, tokens.ends, strict=True):
        assert text[start:stop] == string != ""
        assert text[end:start].strip() == ""
        end = stop
    assert text[end:].strip() == ""
    assert len(tokens.sentences) == len(tokens)
    assert tokens.bounds[-1] == len(tokens)
    for index, number in enumerate(tokens.sentences):
        assert tokens.bounds[number] <= index < tokens.bounds[number + 1]


def test_a_token_is_found_by_any_offset_in_it() -> None:
    tokens = tokenise("text", "Ada met Bob")
    assert [tokens.strings[tokens.index_at(offset)] for offset in (0, 2, 4, 8, 10)] == [
        "Ada",
        "Ada",
        "met",
        "Bob",
        "Bob",
    ]
    assert tokens.index_at(11) == 3
