import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import (
    FACETS,
    PARAMETERS,
    VISIBLE,
    ParameterError,
    SearchRequest,
    date_range,
    from_params,
    to_params,
)

NAMES = st.lists(st.text(min_size=1).filter(lambda name: re.search(VISIBLE, name)), unique=True, max_size=3).map(tuple)
DATES = st.none() | st.sampled_from(["1999", "2021-02", "2021-12-03"])
REQUESTS = st.builds(
    SearchRequest,
    q=st.text(),
    person=NAMES,
    outlet=NAMES,
    publisher=NAMES,
    not_person=NAMES,
    not_outlet=NAMES,
    person_mode=st.sampled_from(["all", "any"]),
    outlet_mode=st.sampled_from(["all", "any"]),
    from_=DATES,
    undated=st.sampled_from(["include", "exclude", "only"]),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    size=st.none() | st.integers(1, 999),
    cursor=st.none() | st.text(),
    facets=st.lists(st.sampled_from(FACETS), unique=True).map(tuple),
    facet_size=st.none() | st.integers(1, 999),
)


@given(REQUESTS)
def test_parameters_read_back_to_the_same_request(request_: SearchRequest) -> None:
    assert from_params(to_params(request_)) == request_


@given(REQUESTS)
def test_parameters_come_in_one_order(request_: SearchRequest) -> None:
    names = [name for name, _ in to_params(request_)]
    assert names == sorted(names, key=PARAMETERS.index)


def test_defaults_are_left_out() -> None:
    assert to_params(SearchRequest()) == []
    assert to_params(SearchRequest(q="a", not_person=("B",), from_="2021")) == [
        ("q", "a"),
        ("-person", "B"),
        ("from", "2021"),
    ]


def test_every_field_of_a_request_has_a_parameter() -> None:
    assert len(PARAMETERS) == len(dataclasses.fields(SearchRequest))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "2"),
        ("sort", "best"),
        ("size", "0"),
        ("size", "ten"),
        ("size", "-1"),
        ("from", "2021-13"),
        ("to", "yesterday"),
        ("from", "2021-1-1"),
        ("person", " "),
        ("facets", "person,colour"),
        ("undated", "maybe"),
        ("person_mode", "some"),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as caught:
        from_params([(name, value)])
    assert caught.value.parameter == name
    assert caught.value.remedy


def test_a_single_parameter_given_twice_is_refused() -> None:
    with pytest.raises(ParameterError, match="twice"):
        from_params([("q", "a"), ("q", "b")])


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ParameterError, match="later"):
        from_params([("from", "2022"), ("to", "2021-12-31")])


def test_dates_are_whole_years_and_months_where_the_day_is_open() -> None:
    first, last = date_range(SearchRequest(from_="2021-02", to="2021-02"))
    assert first is not None
    assert last is not None
    assert last - first == 27
