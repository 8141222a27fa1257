import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.settings import Settings
from index.types import Article, Mention, Tagged
from search.answer import Snippet
from search.cutting import LENGTH
from search.engines.engine import shown
from search.marks import Looked, Mark, Marker, merged
from search.query.parser import parse
from search.sentences import last_sentence_end
from search.snippets import ELLIPSIS, excerpts

PASSAGES = 3
FILLER = "Nothing of note was said about it that week, or in the weeks that followed. "


def article(text: str, title: str = "") -> Tagged:
    return Tagged(article=Article(id="0", source="test", title=title, text=text), mentions=())


def marks_of(text: str, query: str, title: str = "") -> tuple[list[str], list[str]]:
    found = marker(query).find(Looked(shown(article(text, title)), 10**6))
    return [title[a:b] for a, b in merged(found.title)], [text[a:b] for a, b in merged(found.text)]


def marker(query: str, names: frozenset[str] = frozenset()) -> Marker:
    return Marker(parse(query, Settings()).tree, lambda _: names, most_pairs=Settings().max_near_places)


def snippets_of(text: str, query: str) -> tuple[Snippet, ...]:
    looked = Looked(shown(article(text)), 10**6)
    return excerpts(looked, marker(query).clauses(looked), most=PASSAGES)[0]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("resign", "She resigned. Resigning is hard.", ["resigned", "Resigning"]),
        ('"resigned"', "She resigned. Resigning is hard.", ["resigned"]),
        ("biden", "Biden’s plan, BIDEN said", ["Biden", "BIDEN"]),
        ('"white house"', "The White House is a white house; a house, white.", ["White House", "white house"]),
        ("white house", "The White House", ["White", "House"]),
        ("garcia", "García", ["García"]),
        ("covid19", "COVID-19 and Covid 19", ["COVID-19", "Covid 19"]),
        ("email", "An e-mail, an email, emails", ["e-mail", "email", "emails"]),
        ("e-mail", "An e-mail, an email", ["e-mail", "email"]),
        ("vice-president", "The vice president", ["vice president"]),
        ("imm*", "Immigrants and immigration", ["Immigrants", "immigration"]),
        ("wom?n", "women, woman, womxyn", ["women", "woman"]),
        ("kamalla~1", "Kamala, Kamalla, Pamela", ["Kamala", "Kamalla"]),
        ("=Apple", "An apple for Apple", ["Apple"]),
        ('"a c"~1', "a b c, b b a b b c", ["a", "c"]),
        ("a NEAR/1 c", "c b a. x x x x a", ["c", "a"]),
        ("(a OR b) NEAR/0 c", "a c x b x", ["a", "c"]),
        ("house -white", "white house", ["house"]),
        ("house NOT (white OR house)", "white house", ["house"]),
        ("title:house", "white house", []),
        ("text:house", "white house", ["house"]),
        ("date:2021 house", "a house in 2021", ["house"]),
        ("习近平", "习近平说", ["习近平"]),
    ],
)
def test_marks_are_the_surface_text_that_matched(query: str, text: str, marked: list[str]) -> None:
    assert marks_of(text, query)[1] == marked


def test_titles_are_marked_too() -> None:
    assert marks_of("", "title:house", "House of stone") == (["House"], [])
    assert marks_of("", "text:house", "House of stone") == ([], [])


def test_a_name_marks_its_mentions_and_so_does_a_word_that_matched_by_name() -> None:
    text = "The VP spoke. Harris left."
    mentions = tuple(
        Mention(kind="person", value="Kamala Harris", surface=text[a:b], field="text", start=a, end=b, via="test")
        for a, b in ((4, 6), (14, 20))
    )
    tagged = Tagged(article=article(text).article, mentions=mentions)
    for query in ('person:"Kamala Harris"', "kamala"):
        found = marker(query, frozenset({"Kamala Harris"})).find(Looked(shown(tagged), 1_000))
        assert [text[mark.start : mark.end] for mark in found.text] == ["VP", "Harris"]


def test_the_first_passage_covers_most_clauses() -> None:
    text = f"The dog barked. {FILLER * 5}The cat met the dog and the bird. {FILLER * 5}A bird sang."
    first = snippets_of(text, "dog cat bird")[0]
    assert first.text.startswith("The cat met the dog and the bird.")
    assert [first.text[start:end] for start, end in first.marks] == ["cat", "dog", "bird"]


def test_further_passages_show_what_the_first_leaves_out() -> None:
    text = f"The dog and a dog. {FILLER * 5}Dogs, a dog. {FILLER * 5}One cat."
    found = snippets_of(text, "dog OR cat")
    assert {found[0].text[:7], found[1].text[:7]} == {"The dog", "One cat"}


def test_without_marks_the_opening_is_shown() -> None:
    [snippet] = snippets_of(f"\n {FILLER * 9}", "-dog")
    assert snippet.text.startswith("Nothing of note")
    assert snippet.marks == ()
    assert len(snippet.text) <= LENGTH


def test_an_empty_text_has_no_passage() -> None:
    assert snippets_of("  \n", "dog") == ()


def test_long_sentences_are_cut_between_words_and_say_so() -> None:
    words = " ".join(f"word{'abcdefghij'[number % 10]}" for number in range(100))
    [snippet] = snippets_of(f"{words} needle {words}", "needle")
    assert snippet.text.startswith(ELLIPSIS + "word")
    assert snippet.text.endswith(ELLIPSIS)
    assert all(re.fullmatch(r"word[a-j]|needle", word) for word in snippet.text.strip(ELLIPSIS).split())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It ended. They left.", ["It ended.", "They left."]),
        ("The R.C.A. Building fell. It was old.", ["The R.C.A. Building fell.", "It was old."]),
        ("Edwin E. Aldrin Jr. walked. Nobody saw.", ["Edwin E. Aldrin Jr. walked.", "Nobody saw."]),
        ("On Nov. 22 he came to St. Louis. Why?", ["On Nov. 22 he came to St. Louis.", "Why?"]),
        ("He left the U.S. The plane was late.", ["He left the U.S.", "The plane was late."]),
        ("At 9 a.m. on Monday it rose 3.5 points.", ["At 9 a.m. on Monday it rose 3.5 points."]),
        ("“Go.” She went. (He stayed.) End", ["“Go.”", "She went.", "(He stayed.)", "End"]),
        ("What?! No… Yes! Mr. Ode left vs. Gen. Poe", ["What?!", "No…", "Yes!", "Mr. Ode left vs. Gen. Poe"]),
        ("A headline\n\nA text. no sentence", ["A headline", "A text. no sentence"]),
    ],
)
def test_sentences_end_at_full_stops_but_for_those_of_abbreviations(text: str, sentences: list[str]) -> None:
    cuts = [*sorted({last_sentence_end(text, 0, high, 0) for high in range(len(text))}), len(text)]
    assert [one for low, high in itertools.pairwise(cuts) if (one := text[low:high].strip())] == sentences


def test_a_passage_begins_with_a_sentence_and_not_behind_an_abbreviation() -> None:
    [snippet] = snippets_of(f"{FILLER * 3}On Nov. 22 Edwin E. Aldrin Jr. met the dog. {FILLER * 3}", "dog")
    assert snippet.text.startswith("On Nov. 22 Edwin E. Aldrin Jr. met the dog.")


def test_many_matches_stay_fast_enough_to_count() -> None:
    found = snippets_of("the cat " * 20_000, "the cat")
    assert 1 <= len(found) <= PASSAGES
    assert all(snippet.marks for snippet in found)


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
KEYCAP = "1\ufe0f\u20e3"
BITS = [
    "dog",
    "cat",
    "bird",
    ". ",
    "! ",
    "\n\n",
    ", ",
    " ",
    "e\u0301",
    FAMILY,
    KEYCAP,
    "习近平",
    "long" * 9,
    "\U0001f3fd",
]
TEXTS = st.lists(st.sampled_from(BITS), max_size=120).map("".join)


def cuts_a_grapheme(before: str, after: str) -> bool:
    """Say whether one grapheme goes on over a cut, by the rules for marks and joiners (UAX 29, GB9 and GB11)."""
    return bool(before and after) and (
        unicodedata.category(after[0]).startswith("M") or "\u200d" in before[-1] + after[0]
    )


@given(TEXTS, st.sampled_from(["dog", "dog cat", '"dog cat"', "bird*", "习", "nothing"]))
def test_a_passage_is_text_with_marks_in_order(text: str, query: str) -> None:
    marks = marker(query).find(Looked(shown(article(text)), 10**6)).text
    surfaces = {re.sub(r"\s+", " ", text[start:end]) for start, end in merged(marks)}
    found = snippets_of(text, query)
    assert len(found) <= PASSAGES
    flat = re.sub(r"\s+", " ", text)
    for snippet in found:
        body = snippet.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
        assert body in flat
        places = [match.start() for match in re.finditer(re.escape(body), flat)]
        assert any(
            not cuts_a_grapheme(flat[:at], body) and not cuts_a_grapheme(body, flat[at + len(body) :]) for at in places
        )
        assert len(body) <= LENGTH + max((len(surface) for surface in surfaces), default=0)
        assert [mark for mark in snippet.marks if mark[0] >= mark[1]] == []
        assert list(snippet.marks) == sorted(snippet.marks)
        assert {snippet.text[start:end] for start, end in snippet.marks} <= surfaces
        assert bool(snippet.marks) == bool(marks)


def test_overlapping_marks_join() -> None:
    marks = [Mark(start=0, end=5, clause=0), Mark(start=3, end=8, clause=1), Mark(start=8, end=9, clause=1)]
    assert merged(marks) == ((0, 8), (8, 9))
