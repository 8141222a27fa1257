"""The archive's words as arrays say the same as the words one by one."""

from hypothesis import given
from hypothesis import strategies as st

from search.query.patterns import neighbours
from search.vocabulary import LONGEST, Vocabulary

FORMS = st.text(alphabet="abcdé中\U0001f600", min_size=1, max_size=7)
WORDS = st.dictionaries(FORMS, st.integers(1, 9), max_size=40)


def distance(one: str, two: str) -> int:
    """Levenshtein's, as it is defined."""
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for column, other in enumerate(two, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != other)))
    return row[-1]


@given(words=WORDS, form=FORMS, least=st.integers(1, 5))
def test_the_words_a_letter_away_are_those_found_one_by_one(words: dict[str, int], form: str, least: int) -> None:
    expected = sorted((one, count) for one, count in neighbours(form, words.items()) if count >= least)
    assert Vocabulary(words.items(), 100).near(form, least) == expected


@given(words=WORDS, form=FORMS)
def test_the_words_two_letters_away_are_those_found_one_by_one(words: dict[str, int], form: str) -> None:
    expected = [
        (one, count)
        for one, count in sorted(words.items())
        if one != form and one[0] == form[0] and distance(one, form) <= 2
    ]
    assert Vocabulary(words.items(), 100).two_apart(form) == expected


@given(words=WORDS, prefix=st.text(alphabet="abcdé中", max_size=3), most=st.integers(0, 50))
def test_the_commonest_words_that_begin_so(words: dict[str, int], prefix: str, most: int) -> None:
    begin = [one for one in words.items() if one[0].startswith(prefix)]
    expected = sorted(begin, key=lambda one: (-one[1], one[0]))[:most]
    assert Vocabulary(words.items(), 100).commonest(prefix, most) == expected


@given(words=WORDS, form=FORMS)
def test_each_word_has_its_count(words: dict[str, int], form: str) -> None:
    assert Vocabulary(words.items(), 100).count(form) == words.get(form, 0)


def test_the_commonest_words_are_kept_where_there_are_too_many() -> None:
    vocabulary = Vocabulary({"rare": 1, "common": 9, "usual": 5, "x" * (LONGEST + 1): 99}.items(), 2)
    assert vocabulary.commonest("", 5) == [("common", 9), ("usual", 5)]
    assert vocabulary.bytes == len("common") + len("usual") + 16
