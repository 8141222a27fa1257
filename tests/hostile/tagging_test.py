"""Texts made to be slow: what reads an article must do work in proportion to its length.

Nothing is timed: the texts are so long that anything quadratic would hold up the suite for minutes.
"""

import pytest

from index.tag.dates import find_dates
from index.tag.outlets import find_outlets
from index.tag.settle import settle
from index.tag.tokens import analyse
from index.types import Article

CHARS = 300_000


@pytest.mark.parametrize(
    "unit",
    ["5-", "Al-", "a.", "a.b", "ab.-", "a@", "x@x.", "5 - ", "W", "McAb", "[Yahoo]\n", "on Christmas ", "Al-Watan "],
)
def test_a_text_of_one_thing_over_and_over_is_read_through(unit: str) -> None:
    text = unit * (CHARS // len(unit))
    article = settle(Article(id="a", source="a", title="", text=text))
    document = analyse(article)
    for tokens in document.fields:
        places = zip(tokens.strings, tokens.starts, tokens.ends, strict=True)
        assert all(tokens.text[start:end] == string for string, start, end in places)
    for mention in (*find_outlets(document), *find_dates(article)):
        assert text[mention.start : mention.end] == mention.surface
