"""The controls beside the results: chips for what is chosen, facets for what may be."""

import dataclasses
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Answer, Facet, FacetValue
from search.request import NONE, SearchRequest, to_params
from web.language import _, iso_date
from web.links import Step, changed, search_url, steps, steps_out, toggled

ROOM = 400
"""Bytes of the names of a facet beside the results: what fills it with fewer than were counted is on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter in force and the address of the search without it; `key` is the same in each state of the page."""

    key: str
    kind: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet: choosing it or giving it up, and excluding it where the field allows.

    `key` is the same in each state of the page. `more` is how many hits choosing it adds, where one more value makes
    more of them; else None.
    """

    key: str
    value: str
    count: int
    more: int | None
    selected: bool
    step: Step
    step_out: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPanel:
    """One facet as shown: its values, the page of all of them, the articles without any, and the all/any switch.

    `mode` is None where there is nothing to switch.
    """

    field: str
    title: str
    choices: tuple[Choice, ...]
    distinct: int
    all_url: str | None
    none: Choice | None
    mode: str | None
    mode_url: str | None


def title(field: str) -> str:
    """Give the heading of a facet."""
    return {"person": _("People"), "outlet": _("Outlets named"), "publisher": _("Published by")}[field]


def shown(field: str, value: str) -> str:
    """Give a facet's value as people read it."""
    if value != NONE:
        return value
    return {"person": _("nobody"), "outlet": _("no outlet"), "publisher": _("nobody known")}[field]


def key(field: str, value: str) -> str:
    """Name a facet's value the same in each state of the page, shortly: pages have it often, and names can be long."""
    return f"{field} {zlib.crc32(value.encode('utf-8', 'replace')):x}"


def chips(request: SearchRequest) -> Iterator[Chip]:
    """Give one chip a filter in force, in the order of the panel."""
    kinds = {"person": _("person"), "outlet": _("outlet"), "publisher": _("published by")}
    for field, kind in kinds.items():
        for value in getattr(request, field):
            url = search_url(toggled(request, field, value))
            yield Chip(key=f"chip {key(field, value)}", kind=kind, text=shown(field, value), url=url)
    for field, attribute, kind in (
        ("person", "not_person", _("without person")),
        ("outlet", "not_outlet", _("without outlet")),
    ):
        for value in getattr(request, attribute):
            left = tuple(one for one in getattr(request, attribute) if one != value)
            url = search_url(changed(request, **{attribute: left}))
            yield Chip(key=f"chip -{key(field, value)}", kind=kind, text=shown(field, value), url=url)
    yield from _date_chips(request)


def _date_chips(request: SearchRequest) -> Iterator[Chip]:
    if request.from_ and request.from_ == request.to:
        yield Chip(
            key="chip dates",
            kind=_("in") if len(request.from_) < len("2021-12-03") else _("on"),
            text=iso_date(request.from_),
            url=search_url(changed(request, from_=None, to=None)),
        )
    else:
        if request.from_:
            url = search_url(changed(request, from_=None))
            yield Chip(key="chip from", kind=_("from"), text=iso_date(request.from_), url=url)
        if request.to:
            url = search_url(changed(request, to=None))
            yield Chip(key="chip to", kind=_("to"), text=iso_date(request.to), url=url)
    if request.undated != "include":
        words = _("undated only") if request.undated == "only" else _("dated only")
        url = search_url(changed(request, undated="include"))
        yield Chip(key="chip undated", kind=_("date"), text=words, url=url)


def panels(answer: Answer) -> Iterator[FacetPanel]:
    """Give each facet of an answer with the addresses of its controls; facets without any value are left out."""
    for facet in answer.facets:
        if facet.values:
            yield _panel(facet, answer.request, answer.total)


def choices(facet: Facet, request: SearchRequest, total: int) -> Iterator[Choice]:
    """Give the values of a facet, the chosen ones first, with the addresses that choose, give up and exclude each.

    `total` is the number of hits of the request.
    """
    into, out = steps(request, facet.field), steps_out(request, facet.field)
    adding = bool(getattr(request, facet.field)) and getattr(request, f"{facet.field}_mode", "any") == "any"
    for one in sorted(facet.values, key=lambda value: not value.selected):
        yield Choice(
            key=key(facet.field, one.value),
            value=shown(facet.field, one.value),
            count=one.count,
            more=one.count - total if adding and not one.selected else None,
            selected=one.selected,
            step=into(one.value),
            step_out=out(one.value) if out and not one.selected else None,
        )


def _panel(facet: Facet, request: SearchRequest, total: int) -> FacetPanel:
    mode = mode_url = None
    if getattr(request, facet.field) and facet.field != "publisher":
        mode = getattr(request, f"{facet.field}_mode")
        other = "any" if mode == "all" else "all"
        mode_url = search_url(changed(request, **{f"{facet.field}_mode": other}))
    none = None
    if facet.none and NONE not in getattr(request, facet.field) and not getattr(request, facet.field):
        none = Choice(
            key=key(facet.field, NONE),
            value=shown(facet.field, NONE),
            count=facet.none,
            more=None,
            selected=False,
            step=steps(request, facet.field)(NONE),
            step_out=None,
        )
    fitting = dataclasses.replace(facet, values=tuple(_fitting(facet.values)))
    more = facet.distinct > len(fitting.values)
    return FacetPanel(
        field=facet.field,
        title=title(facet.field),
        choices=tuple(choices(fitting, request, total)),
        distinct=facet.distinct,
        all_url=facet_url(facet.field, request) if more else None,
        none=none,
        mode=mode,
        mode_url=mode_url,
    )


def _fitting(values: tuple[FacetValue, ...]) -> Iterator[FacetValue]:
    """Give the chosen values, and of the others, given by count, those before the names fill their room."""
    filled = 0
    for one in values:
        if one.selected or filled < ROOM:
            yield one
        filled += len(one.value.encode("utf-8", "replace"))


def facet_url(field: str, request: SearchRequest) -> str:
    """Give the address of the page of all values of a facet within a search."""
    return search_url(changed(request, sort="relevance", size=None), base=f"/facets/{field}")


def kept(request: SearchRequest, *but: str) -> list[tuple[str, str]]:
    """Give the parameters that a form must carry along, but those that it has fields for."""
    return [(name, value) for name, value in to_params(changed(request)) if name not in but]
