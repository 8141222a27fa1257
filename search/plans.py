"""From a request to what an engine is asked: its filters, and its number of matches."""

from collections.abc import Callable

from search.engines.engine import Engine, FacetWish, Filters, Plan, Window
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


def plan_of(
    tree: Node,
    request: SearchRequest,
    window: Window,
    *,
    copies: int = 0,
    facets: tuple[FacetWish, ...] = (),
    dates: bool = False,
) -> Plan:
    """Give what an engine is asked for a request, whose query was read as a tree."""
    return Plan(
        tree=tree,
        filters=filters_of(request),
        sort=request.sort,
        group=request.group,
        copies=copies,
        window=window,
        facets=facets,
        dates=dates,
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
