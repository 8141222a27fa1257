"""Texts made to be slow: what reads an article must do work in proportion to its length.

Nothing is timed. Work is counted in calls of functions, twice as many of which may be made over twice the text, with
room for what depends on neighbours; and the long texts are so long that anything quadratic that makes no calls would
hold up the suite for minutes.
"""

import itertools
import sys
from collections.abc import Callable, Iterator

import pytest

from index.tag.dates import find_dates
from index.tag.default import DefaultTagger
from index.tag.outlets.find import find_outlets
from index.tag.settle import settle
from index.tag.tokens import analyse
from index.types import Article

CHARS = 300_000
SHORT_CHARS = 6_000
GROWTH = 3.0
"""Times the work over twice the text, at most: 2 where work is proportional, 4 where it is quadratic."""


def article_of(text: str, *, title: str = "") -> Article:
    return Article(id="a", source="a", title=title, text=text)


@pytest.mark.parametrize(
    "unit",
    ["5-", "Al-", "a.", "a.b", "ab.-", "a@", "x@x.", "5 - ", "W", "McAb", "[Yahoo]\n", "on Christmas ", "Al-Watan "],
)
def test_a_text_of_one_thing_over_and_over_is_read_through(unit: str) -> None:
    text = unit * (CHARS // len(unit))
    article = settle(article_of(text))
    document = analyse(article)
    for tokens in document.fields:
        places = zip(tokens.strings, tokens.starts, tokens.ends, strict=True)
        assert all(tokens.text[start:end] == string for string, start, end in places)
    for mention in (*find_outlets(document), *find_dates(article)):
        assert text[mention.start : mention.end] == mention.surface


def different_names() -> Iterator[str]:
    """Give names of which no two are the same: "Bano Falgu, ..."."""
    syllables = [onset + vowel for onset in ("B", "D", "F", "G", "K", "L", "M", "N", "R", "S") for vowel in "aeiou"]
    for first, second, third in itertools.product(syllables, repeat=3):
        yield f"{first}{second.lower()}n {third}{first.lower()}l{second.lower()}"


def joined(separator: str, words: Iterator[str], *, chars: int) -> str:
    text = ""
    while len(text) < chars:
        text += next(words) + separator
    return text


HOSTILE: dict[str, Callable[[int], str]] = {
    "different names": lambda chars: joined(", ", different_names(), chars=chars),
    "names on lines": lambda chars: joined("\n", different_names(), chars=chars),
    "names that share a surname": lambda chars: joined(
        ", ", (f"{name.split()[0]} Smith" for name in different_names()), chars=chars
    ),
    "speeches of many people": lambda chars: joined(
        " told the Daily Bugle on Tuesday. ", different_names(), chars=chars
    ),
    "acronyms that are explained": lambda chars: joined(
        " ",
        (f"{name} {name} ({''.join(w[0] for w in f'{name} {name}'.split())})" for name in different_names()),
        chars=chars,
    ),
    "one name": lambda chars: "Maria Lopez " * (chars // 12),
    "capitals": lambda chars: "MARIA LOPEZ TOLD CNN " * (chars // 21),
    "ambiguous outlets": lambda chars: "the Post, the Times and the Sun, " * (chars // 33),
    "dates": lambda chars: "on Tuesday, June 5, two years ago, in 1997-98, " * (chars // 47),
    "years": lambda chars: "1999 2000 " * (chars // 10),
    "brackets": lambda chars: "((((Ann (Lee)))) [CNN] " * (chars // 23),
    "one word": lambda chars: "Lopez" * (chars // 5),
    "no sentence": lambda chars: "he said that she said to the man of the town and " * (chars // 49),
    "initials": lambda chars: "J. R. R. " * (chars // 9),
}


@pytest.fixture(scope="module")
def tagger() -> DefaultTagger:
    tagger = DefaultTagger()
    tagger.mentions(article_of("Maria Lopez told CNN on Tuesday.", title="One"))  # loads the tables
    return tagger


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, Python's and C's, that some work makes."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(kind: str, tagger: DefaultTagger) -> None:
    short, long = article_of(HOSTILE[kind](SHORT_CHARS)), article_of(HOSTILE[kind](2 * SHORT_CHARS))
    once, twice = calls(lambda: tagger.mentions(short)), calls(lambda: tagger.mentions(long))
    assert twice < GROWTH * once


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_mention_in_a_hostile_text_is_what_stands_at_its_place(kind: str, tagger: DefaultTagger) -> None:
    text = HOSTILE[kind](SHORT_CHARS)
    end = 0
    for mention in tagger.mentions(article_of(text)):
        assert text[mention.start : mention.end] == mention.surface
        if mention.kind != "date":
            assert mention.start >= end
            end = mention.end


def test_a_title_as_long_as_an_article_is_read_through(tagger: DefaultTagger) -> None:
    title = joined(" ", different_names(), chars=SHORT_CHARS)
    for mention in tagger.mentions(article_of("", title=title)):
        assert title[mention.start : mention.end] == mention.surface
