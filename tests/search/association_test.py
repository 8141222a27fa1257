import math

import pytest

from search.answer import Facet, FacetValue
from search.association import associates, log_likelihood


def facet(**counts: int) -> Facet:
    values = tuple(FacetValue(value=name, count=count, selected=False) for name, count in counts.items())
    return Facet(field="person", values=values, distinct=len(values), none=0)


def test_the_measure_is_dunnings() -> None:
    observed = ((110, 2442), (111, 29114))
    rows, columns = [sum(row) for row in observed], [sum(pair) for pair in zip(*observed, strict=True)]
    total = sum(rows)
    expected = 2 * sum(
        observed[i][j] * math.log(observed[i][j] * total / (rows[i] * columns[j])) for i in (0, 1) for j in (0, 1)
    )
    assert log_likelihood(110, 2552, 221, 31777) == pytest.approx(expected) == pytest.approx(270.72, abs=0.01)


def test_names_that_stand_apart_as_often_as_chance_has_it_score_nothing() -> None:
    assert log_likelihood(25, 50, 50, 100) == pytest.approx(0)


def test_who_stands_everywhere_does_not_lead() -> None:
    within = facet(everywhere=100, aide=40, stranger=1)
    totals = {"everywhere": 900, "aide": 50, "stranger": 1}
    found = associates(within, totals, subject=100, archive=1000, size=5)
    assert [one.value for one in found] == ["aide", "everywhere"]
    assert (found[0].together, found[0].overall) == (40, 50)


def test_who_stands_together_less_than_chance_has_it_is_left_out() -> None:
    assert not associates(facet(rival=5), {"rival": 500}, subject=100, archive=1000, size=5)


def test_names_that_always_stand_together_have_a_score() -> None:
    found = associates(facet(twin=10), {"twin": 10}, subject=10, archive=10_000, size=5)
    assert found[0].score > 100
