"""Looking for the places of clauses finds what cutting the whole text into words finds."""

import itertools
import random
from collections.abc import Iterable

import pytest

from index.settings import Settings
from search import looking
from search.candidates import Flat
from search.looking import clause_of, matches, some_matches
from search.query.parser import parse
from search.query.tree import Near, Textual, Word
from search.text_places import TextPlaces

WORDS = (
    *("House", "house", "houses", "housing", "White-house", "isn't", "isn’t", "ISNT", "don't", "U.S.", "us", "U.S.’s"),
    *("use", "COVID-19", "covid19", "covid", "#MeToo", "me", "too", "García", "garcia", "Garci\u0301a", "O'Brien"),
    *("obrien", "AT&T", "att", "1,000", "1000", "1.2", "12", "e-mail", "email", "mail", "emails", "dying", "die"),
    *("women's", "woman", "习近平", "x习y", "rock'n'roll", "—", ".", ",", "\ufb01re", "fire", "Trump’s", "trumps"),
    *("trumpet", "the", "a", "9am", "9", "vice-president", "vice", "president"),
    *("w8", "W-8", "w88", "w8,8", "w8.5", "w’8", "8th", "8", "8,", "w８", "8８", "ｗ8", "19", "1,999", "1999", "8'8"),
)
MANY = 10**9
QUERIES = (
    *(
        "w8",
        '"w 8"',
        '"8 w"',
        "8th",
        "1999",
        "w88 8",
        '"a 8 w"',
        "=w8",
        '"w 8"~1',
        "8 NEAR/1 w",
        "19 NEAR/2 8",
        "w8 NEAR/1 w88",
        "1999 NEAR/3 w",
    ),
    *("house", "isnt", "isn't", "us", "covid-19", "covid19", "metoo", "me", "garcia", "obrien", "o'brien", "at&t"),
    *("1000", "1.2", "email", "e-mail", "die", "woman", "习近平", "习", "fire", "trump", "vice-president", "text:us"),
    *("tru*", "gar*", "1*", "hous?s", "embil~1", "garcia~1", "=House", "=García", '="O\'Brien a"', "title:house"),
    *('"house white"', '"us use"', '"me too"', '"isnt"', '"a house"~2', '"me me a"~3', "the NEAR/2 house"),
    *("(us OR covid*) NEAR/3 (me OR 1000)", '"vice president" NEAR/4 e-mail', "(a NEAR/1 the) NEAR/2 9"),
)


def clauses() -> list[Textual | Near]:
    trees = [parse(one, Settings()).tree for one in QUERIES]
    return [one for one in trees if isinstance(one, Textual | Near)]


@pytest.mark.parametrize("clause", clauses(), ids=str)
def test_what_is_found_is_what_the_whole_text_has(clause: Textual | Near) -> None:
    chance = random.Random(str(clause))
    ready = clause_of(clause, MANY)
    for _ in range(150):
        words = chance.choices(WORDS, k=chance.randint(0, 40))
        blanks = chance.choices([" ", " ", " ", "\n\n", "\u00a0", "-"], k=len(words))
        text = "".join(itertools.chain.from_iterable(zip(words, blanks, strict=True)))
        whole = TextPlaces(text).find(clause, "text")
        flat = Flat(text)
        assert matches(flat, ready, "text") == whole, text
        some = some_matches(flat, ready, "text", 2)
        assert set(some) <= set(whole), text
        assert bool(some) == bool(whole), text


@pytest.mark.parametrize("text", ["a house. " * 900, "a dog. " * 900 + "a house"], ids=["many", "late"])
def test_in_long_texts_some_matches_are_enough_but_none_means_none(text: str) -> None:
    clause = clause_of(Near(left=Word(text="house"), right=Word(text="a"), distance=1), MANY)
    flat = Flat(text)
    some, whole = some_matches(flat, clause, "text", 5), TextPlaces(text).find(clause.node, "text")
    assert some
    assert set(some) <= set(whole)
    assert max(some)[1] == len(text) or len(some) < len(whole)


@pytest.mark.parametrize("question", ["w8", '"w7 w7"', "w1 NEAR/2 w2", "w15*", '"w3 w"~2'])
def test_little_of_a_huge_text_is_cut_whatever_its_words_are(monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    chance = random.Random(4)
    text = " ".join(f"w{chance.randrange(40)}" for _ in range(60_000))
    node = parse(question, Settings()).tree
    cut = 0

    class Counting(TextPlaces):
        def __init__(self, content: str, regions: Iterable[tuple[int, int]] | None = None, *, gap: int = 1) -> None:
            nonlocal cut
            regions = [(0, len(content))] if regions is None else list(regions)
            cut += sum(end - start for start, end in regions)
            super().__init__(content, regions, gap=gap)

    monkeypatch.setattr(looking, "TextPlaces", Counting)
    assert isinstance(node, Textual | Near)
    assert some_matches(Flat(text), clause_of(node, MANY), "text", 24)
    assert 0 < cut < len(text) // 5


@pytest.mark.parametrize(
    ("most_pairs", "found"),
    [
        (1, ["a", "b", "c", "x", "c", "a"]),
        (2, ["a", "b", "c"]),
        (MANY, ["a", "b", "c"]),
    ],
)
def test_words_of_nears_that_make_too_many_pairs_are_found_alone(most_pairs: int, found: list[str]) -> None:
    text = "a b c k k k k k k x k k k k k k c k k k k k k a"
    node = parse("(a NEAR/0 b) NEAR/0 (c OR x)", Settings()).tree
    assert isinstance(node, Near)
    spans = matches(Flat(text), clause_of(node, most_pairs), "text")
    assert [text[start:end] for start, end in spans] == found
    assert spans == TextPlaces(text).find(node, "text", most_pairs=most_pairs)
