"""Which values a typed name means, and how values are put in order."""

import numpy as np
import pytest

from search.engines.arrays import ordinals
from search.engines.arrays.ordinals import Ordinals

NAMES = ("AP", "Ada Elm", "Bo Ash", "J. Q. Public", "Jean-Luc Oak", "Jose Garcia", "José García", "ada elm", "🙂")


@pytest.mark.parametrize(
    ("typed", "whole", "any_part"),
    [
        ("Ada Elm", ["Ada Elm"], ["Ada Elm", "ada elm"]),
        ("ADA ELM", ["Ada Elm", "ada elm"], ["Ada Elm", "ada elm"]),
        ("garcía", ["Jose Garcia", "José García"], ["Jose Garcia", "José García"]),
        ("jeanluc", ["Jean-Luc Oak"], ["Jean-Luc Oak"]),
        ("luc oak", ["Jean-Luc Oak"], ["Jean-Luc Oak"]),
        ("J Q Public", ["J. Q. Public"], ["J. Q. Public"]),
        ("🙂", ["🙂"], []),
        ("Ash Elm", [], []),
        ("nobody", [], []),
        ("", [], []),
    ],
)
def test_a_typed_name_means_the_values_that_are_it_or_have_its_words(
    typed: str, whole: list[str], any_part: list[str]
) -> None:
    known = Ordinals(NAMES)
    assert list(known.meant(typed, whole=True)) == whole
    assert list(known.meant(typed, whole=False)) == any_part


@pytest.mark.parametrize("few", [0, 200])
def test_values_are_put_in_alphabetical_order_whatever_the_case(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordinals, "_FEW", few)
    some = np.array([8, 1, 7, 2, 0, 5], dtype=np.int64)
    ranks = Ordinals(NAMES).by_alphabet(some)
    ordered = [NAMES[one] for one in some[np.argsort(ranks)].tolist()]
    assert ordered == ["Ada Elm", "ada elm", "AP", "Bo Ash", "Jose Garcia", "🙂"]
