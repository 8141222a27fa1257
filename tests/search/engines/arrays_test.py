"""The operations that questions are answered by, each against the plainest way to do the same."""

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.arrays import ordering, parts
from search.engines.arrays.facets import KEYWORDS, Table
from search.engines.arrays.ordering import Order
from search.engines.arrays.parts import Matches, Weighable
from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.selecting import floor_of_best
from search.engines.arrays.source import Keywords
from search.engines.arrays.weighing import Leaf, Run
from search.engines.engine import Window

ARTICLES = 400
ROWS = st.lists(st.integers(0, ARTICLES - 1), unique=True, max_size=300).map(sorted)
TABLE = np.arange(65_536, dtype=np.float64) / 7


def rows_of(rows: list[int]) -> Any:
    return np.array(rows, dtype=np.int32)


def scratch() -> Scratch:
    return Scratch(np.arange(ARTICLES, dtype=np.int32))


@settings(deadline=None)
@given(ROWS, ROWS.filter(bool))
def test_sought_rows_are_found_where_they_stand(wanted: list[int], rows: list[int]) -> None:
    found = scratch().seek(rows_of(wanted), rows_of(rows))
    assert found.there.tolist() == [row in rows for row in wanted]
    assert all(rows[place] == row for place, row in zip(found.places, wanted, strict=True) if row in rows)


@settings(deadline=None)
@given(st.lists(st.tuples(ROWS, st.booleans()), max_size=4))
def test_a_leaf_weighs_the_same_everywhere_at_some_rows_and_when_kept(lists: list[tuple[list[int], bool]]) -> None:
    runs, expected = [], dict.fromkeys(range(ARTICLES), 0.0)
    for number, (rows, distinct) in enumerate(lists):
        given_rows = rows if distinct else rows + rows[: len(rows) // 2]
        codes = [(row * 31 + number) % 65_536 for row in given_rows]
        runs.append(Run(TABLE, rows_of(given_rows), np.array(codes, dtype=np.uint16), distinct))
        for row, code in zip(given_rows, codes, strict=True):
            expected[row] += TABLE[code]
    some = rows_of(list(range(0, ARTICLES, 3)))
    leaf = Leaf(runs, scratch())
    assert leaf.at(some).tolist() == pytest.approx([expected[row] for row in some.tolist()])
    matching = sorted({row for rows, _ in lists for row in rows})
    found = leaf.everywhere()
    assert sorted(found.rows.tolist()) == matching
    assert found.frequencies.tolist() == pytest.approx([expected[row] for row in found.rows.tolist()])
    kept = leaf.kept()
    assert kept.everywhere().rows.tolist() == matching
    assert kept.at(some).tolist() == pytest.approx(leaf.at(some).tolist())


@settings(deadline=None)
@given(st.lists(st.integers(0, 50), min_size=12, max_size=9_000), st.integers(1, 10))
def test_the_best_reach_their_floor(values: list[int], size: int) -> None:
    floor = floor_of_best(np.array(values), size)
    assert sorted(values)[-size] >= floor


class Dated:
    """A source of ids and dates alone."""

    def __init__(self, days: list[int]) -> None:
        self.articles = len(days)
        self.ids = np.array([f"{number * 7919 % 1_000:04}" for number in range(len(days))], dtype=np.bytes_)
        self.first_day = self.last_day = np.array(days, dtype=np.int32)

    def by_id(self) -> Any:
        return np.argsort(self.ids).astype(np.int32)


class Valued(Dated):
    """A source of keywords, too."""

    def __init__(self, articles: list[list[int]], values: int) -> None:
        super().__init__([1] * len(articles))
        flat = np.array([value for some in articles for value in some], dtype=np.int32)
        self._many = Keywords(values, np.array([len(some) for some in articles], dtype=np.int64), flat)
        self._none = Keywords(0, np.zeros(len(articles), dtype=np.int64), flat[:0])

    def keywords(self, field: str) -> Keywords:
        return self._none if field == "publisher" else self._many


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 30)), min_size=1, max_size=60),
    st.integers(1, 8),
    st.sampled_from([0, 500]),
)
def test_the_best_of_a_leaf_are_those_of_all_its_matches(
    articles: list[tuple[int, float]], size: int, few: int
) -> None:
    days, weights = [day for day, _ in articles], [round(weight, 7) + 1e-9 for _, weight in articles]
    rows = rows_of(list(range(len(articles))))
    table = np.zeros(65_536)
    table[: len(weights)] = weights
    leaf = Leaf([Run(table, rows, np.arange(len(rows), dtype=np.uint16), distinct=True)], scratch())
    part = Weighable(leaf, 3.0)
    order = Order(cast("Any", Dated(days)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parts, "FEW", few)
        best, total = part.best(size)
    assert total == len(articles)
    shown = order.page(best, "relevance", Window(size=size))
    expected = order.page(part.everywhere(), "relevance", Window(size=size))
    assert shown == expected


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), min_size=1, max_size=30), st.integers(1, 12))
def test_few_rows_are_ordered_as_many_are(articles: list[tuple[int, float]], size: int) -> None:
    matches = Matches(rows_of(list(range(len(articles)))), np.array([score for _, score in articles]))
    order = Order(cast("Any", Dated([day for day, _ in articles])))
    with pytest.MonkeyPatch.context() as patched:
        pages = []
        for few in (0, 100):
            patched.setattr(ordering, "_FEW", few)
            pages.append(order.page(matches, "relevance", Window(size=size)))
    assert pages[0] == pages[1]


@settings(deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), min_size=1, max_size=40),
    st.sampled_from([31, 40_000]),
    st.data(),
)
def test_values_are_counted_however_many_there_are(articles: list[list[int]], size: int, data: st.DataObject) -> None:
    table = Table(cast("Any", Valued(articles, size)), KEYWORDS)
    rows = data.draw(st.lists(st.integers(0, len(articles) - 1), unique=True))
    counted = [articles[row] for row in rows]
    for fields in (["person", "outlet", "publisher"], ["outlet"]):
        for field, tally in zip(fields, table.tallies(rows_of(rows), fields), strict=True):
            values = [] if field == "publisher" else counted
            assert len(tally.values) == (0 if field == "publisher" else size)
            assert tally.values[:31].tolist() == [
                sum(value in one for one in values) for value in range(min(31, len(tally.values)))
            ]
            assert not tally.values[31:].any()
            assert tally.none == sum(not one or field == "publisher" for one in counted)
    assert table.dates(rows_of(rows)).counts == ((len(rows),) if rows else ())
