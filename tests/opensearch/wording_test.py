"""What is sent of a text are its words, however they are found; needs no cluster."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.engines.opensearch.wording import stretch, wording, written
from index.words import MAX_FORM, columns, stem

SIGNS = ["'", "’", "-", "–", ".", ",", "&", "#", "@", '"', "“", "”", " ", "\n", "\u00a0", "\u2028", "\u200c", "(", "$"]
PARTS = [
    "Biden",
    "U.S",
    "O",
    "s",
    "é",
    "e\u0301",
    "1,000",
    "19",
    "COVID",
    "e",
    "mail",
    "習近平",
    "ﬁ",
    "İ",
    "x" * 70,
    "'s",
]
TEXTS = st.lists(st.sampled_from([*SIGNS, *PARTS]), max_size=30).map("".join) | st.text(max_size=40)


@given(TEXTS)
def test_the_words_of_a_text_are_those_of_its_pieces(text: str) -> None:
    cut = columns(text)
    found = wording(text)
    assert found.forms == " ".join(cut.forms)
    assert found.stems == " ".join([*map(stem, cut.forms), *(stem(word.form) for word in cut.joined)])
    assert found.distinct == {*cut.forms}
    as_written = [text[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)]
    assert [*written(text)] == [unicodedata.normalize("NFC", one)[:MAX_FORM] for one in as_written]
    assert found.written == " ".join(written(text))


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_stretch_has_the_words_that_begin_in_it(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    end = min(start + size, len(text))
    cut = columns(text)
    forms = [form for form, at in zip(cut.forms, cut.starts, strict=True) if start <= at < end]
    assert stretch(text, start, end) == (" ".join(forms), [*dict.fromkeys(map(stem, forms))])
