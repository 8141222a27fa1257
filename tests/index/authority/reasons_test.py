"""Reasons are told without those whom users withhold."""

import pytest

from index.authority.authority import Authority
from index.authority.identities import identities_of
from index.authority.reasons import UNTOLD
from index.authority.types import Correction, Resolution
from tests.index.authority.cases import log, rename, split

HERE, THERE = "1111111111111111", "2222222222222222"


def meaning(value: str, to: str, reason: str, article: str | None = HERE) -> Resolution:
    return Resolution(kind="person", value=value, article=article, to=to, reason=reason, confidence=0.9)


COMPUTED = identities_of(
    [
        meaning("Reyes", "Ada Reyes", "The only Reyes in 3 articles; beside Peter J. Quillon Jr., as elsewhere"),
        meaning("A. Reyes", "Ada Reyes", "A shorter name; 3 articles have “Ada Reyes”", article=None),
        meaning("Ray", "Bob Ray", "Of 2 called Ray; beside Quillon, as elsewhere"),
        meaning("Fox", "Cy Fox", "“quillon” beside the name here", article=THERE),
        meaning("Quillon", "Uma Quillon", "Of 2 called Quillon, the one in 9 articles", article=THERE),
        meaning("Quillon", "Peter Quillon", "The only Quillon in 2 articles"),
        meaning("Peter J. Quillon Jr.", "Peter Quillon", "A middle name; 2 articles have “Peter Quillon”", None),
    ]
)


def told(*corrections: Correction) -> dict[str, list[str]]:
    authority = Authority(COMPUTED, log(*corrections))
    shown = ("Ada Reyes", "Bob Ray", "Cy Fox", "Uma Quillon", "Peter Quillon")
    return {name: [one.reason for one in authority.variants("person", name)] for name in shown}


def hide(name: str, what: str = "hide") -> Correction:
    return Correction(what=what, names=(name,))  # type: ignore[arg-type]  # one of the kinds


@pytest.mark.parametrize("name", ["Peter Quillon", "PETER QUILLON", "Peter J. Quillon Jr."])
def test_who_is_hidden_stands_in_nobodys_reasons_by_any_name(name: str) -> None:
    found = told(hide(name))
    assert found["Ada Reyes"] == ["A shorter name; 3 articles have “Ada Reyes”", "The only Reyes in 3 articles"]
    assert found["Bob Ray"] == ["Of 2 called Ray"]
    assert found["Cy Fox"] == [UNTOLD]
    assert found["Peter Quillon"] == []


def test_another_of_the_surname_keeps_reasons() -> None:
    assert told(hide("Peter Quillon"))["Uma Quillon"] == ["Of 2 called Quillon, the one in 9 articles"]


def test_who_is_shown_under_a_new_name_and_then_hidden_stands_nowhere() -> None:
    found = told(rename("Peter Quillon", "The Source"), hide("The Source"))
    assert not any("Peter" in reason for reasons in found.values() for reason in reasons)


def test_what_is_nobody_stands_nowhere_by_its_whole_name() -> None:
    found = told(hide("Peter J. Quillon Jr.", "nobody"))
    assert found["Ada Reyes"][1] == "The only Reyes in 3 articles"
    assert found["Cy Fox"] == ["“quillon” beside the name here"]


def test_who_is_split_to_nobody_stands_in_no_reason_of_that_article() -> None:
    assert told(split("Quillon", "", HERE))["Bob Ray"] == ["Of 2 called Ray"]
    assert told(split("Quillon", "", THERE))["Bob Ray"] == ["Of 2 called Ray; beside Quillon, as elsewhere"]


def test_without_anybody_hidden_reasons_are_as_they_were_computed() -> None:
    assert told()["Ada Reyes"][1].endswith("beside Peter J. Quillon Jr., as elsewhere")
