"""From a request to what an engine is asked: its filters, and its number of matches."""

from collections.abc import Callable

from search.engines.engine import Engine, Filters, Plan, Window
from search.query.tree import Node
from search.request import Group, SearchRequest, date_range

Count = Callable[[Node, SearchRequest], int]
"""Counts the hits of a tree under a request's filters, as the request groups them."""


def filters_of(request: SearchRequest) -> Filters:
    """Give a request's filters."""
    first, last = date_range(request)
    return Filters(
        person=request.person,
        outlet=request.outlet,
        publisher=request.publisher,
        not_person=request.not_person,
        not_outlet=request.not_outlet,
        person_mode=request.person_mode,
        outlet_mode=request.outlet_mode,
        first=first,
        last=last,
        undated=request.undated,
    )


def counter(engine: Engine) -> Count:
    """Give what counts matches in an engine, each question once."""
    known: dict[tuple[Node, Filters, Group], int] = {}

    def count(tree: Node, request: SearchRequest) -> int:
        key = tree, filters_of(request), request.group
        if key not in known:
            known[key] = engine.run(Plan(tree=tree, filters=key[1], group=key[2], window=Window(size=1))).total
        return known[key]

    return count
