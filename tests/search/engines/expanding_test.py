"""Which words a misspelt word stands for, against every word looked at one by one."""

from typing import Any, cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.settings import Settings
from search.engines.arrays.expanding import Expansions, expansion_share
from search.engines.arrays.source import Forms
from search.query.patterns import alike
from search.query.tree import Fuzzy, Wildcard

LETTERS = st.text("abç", min_size=1, max_size=6)


class Words:
    """A source of words alone."""

    def __init__(self, forms: list[str]) -> None:
        self._forms = sorted(forms)

    def forms(self, field: str, prefix: str) -> Forms:
        del field
        return self._given([form for form in self._forms if form.startswith(prefix)])

    def endings(self, field: str, suffix: str) -> Forms:
        del field
        return self._given([form for form in self._forms if form.endswith(suffix)])

    def frequency(self, field: str, form: str) -> int:
        del field
        return int(form in self._forms)

    def _given(self, forms: list[str]) -> Forms:
        return Forms(forms, np.ones(len(forms), dtype=np.int64))


def expansions(forms: list[str], node: Fuzzy | Wildcard, **limits: int) -> Expansions:
    source = cast("Any", Words(forms))
    return Expansions(source, expansion_share(node, Settings(**cast("Any", limits))), lambda _: None)


@settings(deadline=None)
@given(LETTERS, st.lists(LETTERS, max_size=60, unique=True))
def test_a_misspelt_word_stands_for_itself_and_all_words_one_letter_away(wanted: str, forms: list[str]) -> None:
    node = Fuzzy(text=wanted)
    folded = wanted.replace("ç", "c")
    known = list(dict.fromkeys(form.replace("ç", "c") for form in forms))
    first, *others = expansions(known, node).of(node)
    assert first == folded
    assert sorted(others) == sorted(form for form in known if form != folded and alike(form, folded))


def test_a_prefix_is_whole_only_where_no_word_of_it_is_cut() -> None:
    node = Wildcard(pattern="ab*")
    forms = ["aba", "abb", "abc", "b"]
    assert expansions(forms, node).whole_prefix(node) == "ab"
    assert expansions(forms, node, max_expansions=8).whole_prefix(node) is None
    assert len(expansions(forms, node, max_expansions=2).of(node)) == 2
    other = Wildcard(pattern="a*b")
    assert expansions(forms, other).whole_prefix(other) is None
    assert expansions(forms, other).of(other) == ["abb"]
