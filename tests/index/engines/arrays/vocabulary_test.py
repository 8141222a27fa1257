"""Words cut by whole arrays are those that index/words.py cuts one by one."""

import bisect

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.engines.arrays import pieces
from index.engines.arrays.vocabulary import Vocabulary
from index.words import columns, stem

PARTS = st.sampled_from(
    [
        *("Biden", "'s", "’s", "’", "'", "‘", "“", "”", "—", "–", "-", ".", ",", "&", "#", "@", "_", "/", "…", "S"),
        *(
            "e",
            "mail",
            "19",
            "1,000",
            "2.5",
            "U.S.",
            "A.",
            "O'Brien",
            "l’Élysée",
            "García",
            "ß",
            "习",
            "近",
            "ไทย",
            "ʼ",
        ),
        *(" ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u0301", "\u200d", "\ud800", "x" * 70, "BuildBack", "vice"),
    ]
)


def check(vocabulary: Vocabulary, texts: list[str]) -> None:
    places = [range(-1, len(text) + 2) for text in texts]
    found, before = vocabulary.words(texts, places)
    begins = [columns(text).starts for text in texts]
    assert before == [
        [bisect.bisect_left(own, one) for one in wanted] for own, wanted in zip(begins, places, strict=True)
    ]
    names, starts = vocabulary.forms(), np.cumsum(found.counts) - found.counts
    for number, text in enumerate(texts):
        expected = columns(text)
        ids = found.forms[starts[number] : starts[number] + found.counts[number]]
        assert [names[one] for one in ids.tolist()] == expected.forms
        joined = found.joined[found.joined_by == number]
        assert [names[one] for one in joined.tolist()] == [word.form for word in expected.joined]


@given(st.lists(st.lists(PARTS, max_size=12).map("".join), min_size=1, max_size=4))
@example(["U.S.'s", "A.’s", "#MeToo@VP", "''x''", "a—b", "vice-president's e-mail-e", "1,0000 12,345.6.7 0-0-a"])
def test_words_are_those_of_the_analysis(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    check(vocabulary, texts)
    check(vocabulary, texts[::-1])


def test_many_pieces_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_FIRST_SIZE", 64)
    vocabulary = Vocabulary()
    words = [f"{prefix}{number}x" for number in range(1_000) for prefix in ("a", "somewhatlonger", "b" * 40)]
    check(vocabulary, [" ".join(words)])
    check(vocabulary, [" ".join(words[::7])])


def test_each_form_has_its_stem() -> None:
    vocabulary = Vocabulary()
    vocabulary.words(["voters voting votes men women Harris crises lukashenko 1990"])
    ids = vocabulary.stem_ids()
    stems = vocabulary.stems()
    assert [stems[one] for one in ids.tolist()] == [stem(form) for form in vocabulary.forms()]
    vocabulary.words(["counted"])
    last = int(vocabulary.stem_ids()[-1])
    assert vocabulary.stems()[last] == "count"
