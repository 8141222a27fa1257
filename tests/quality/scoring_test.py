"""The scorer counts rows of a facet: one right row a person, everything else wrong."""

from typing import Any

import pytest

from benchmarks.scoring import Tally, count, record_of
from index.types import Mention


def label(
    name: str, known_as: str | None = None, kind: str = "mention", surfaces: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {"name": name, "known_as": known_as, "kind": kind, "surfaces": list(surfaces)}


def tally(
    labels: list[dict[str, Any]], names: list[str], kind: str = "people", role: str = "named"
) -> tuple[int, int, int]:
    found = Tally()
    count(found, {kind: labels}, {kind: [{"name": name, "role": role} for name in names]}, kind)
    return found.right, found.wrong.total(), found.missed.total()


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (["Joe Biden"], (1, 0, 0)),
        (["Biden"], (1, 0, 0)),
        (["BIDEN"], (1, 0, 0)),
        (["Biden", "Joe Biden"], (1, 1, 0)),
        (["Joseph Biden"], (0, 1, 1)),
        ([], (0, 0, 1)),
    ],
)
def test_a_person_is_right_once_under_the_name_or_the_usual_name(
    names: list[str], counts: tuple[int, int, int]
) -> None:
    assert tally([label("Biden", "Joe Biden")], names) == counts


def test_accents_periods_apostrophes_and_hyphens_do_not_count() -> None:
    labels = [label("J.B. O’Néill-Smith")]
    assert tally(labels, ["JB O'Neill Smith"]) == (1, 0, 0)


@pytest.mark.parametrize("kind", ["byline", "credit", "self", "fictional"])
def test_optional_labels_are_neither_asked_for_nor_counted_against(kind: str) -> None:
    assert tally([label("Ann Lee", kind=kind)], ["Ann Lee"]) == tally([label("Ann Lee", kind=kind)], []) == (0, 0, 0)


def test_an_outlet_is_right_under_any_of_its_surfaces() -> None:
    labels = [label("The Daily Bell", surfaces=("Bell",))]
    assert tally(labels, ["Daily Bell"], "outlets") == tally(labels, ["Bell"], "outlets") == (1, 0, 0)


def test_an_unasked_publisher_is_not_wrong_but_an_unasked_citation_is() -> None:
    assert tally([], ["Bell"], "outlets", "publisher") == (0, 0, 0)
    assert tally([], ["Bell"], "outlets", "cited") == (0, 1, 0)


def test_an_outlet_cited_anywhere_is_cited() -> None:
    mentions = [
        Mention(kind="outlet", value="Bell", surface="Bell", field="text", start=0, end=4, via="table", role=role)
        for role in ("credit", "cited", "publisher")
    ]
    assert record_of("1", mentions)["outlets"] == [{"name": "Bell", "role": "cited"}]


def test_precision_recall_and_f1() -> None:
    found = Tally(right=6)
    found.wrong["x"], found.missed["y"] = 2, 4
    assert (found.precision, found.recall, round(found.f1, 3)) == (0.75, 0.6, 0.667)
    assert Tally().f1 == 0
