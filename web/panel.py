"""The controls beside the results: chips for what is chosen, facets for what may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Answer, Facet
from search.request import SearchRequest
from web.links import changed, excluded, search_url, toggled
from web.wording import iso_date

TITLES = {"person": "People", "outlet": "Outlets named", "publisher": "Published by"}
MORE_VALUES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter in force and the address of the search without it."""

    kind: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet: choosing it or giving it up, and excluding it where the field allows."""

    value: str
    count: int
    selected: bool
    url: str
    exclude_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPanel:
    """One facet as shown: its values, how many more there are, and the switch between all and any."""

    field: str
    title: str
    choices: tuple[Choice, ...]
    distinct: int
    none: int
    more_url: str | None
    mode: str | None
    mode_url: str | None


def chips(request: SearchRequest) -> Iterator[Chip]:
    """Give one chip a filter in force, in the order of the panel."""
    for field, kind in (("person", "person"), ("outlet", "outlet"), ("publisher", "published by")):
        for value in getattr(request, field):
            yield Chip(kind=kind, text=value, url=search_url(toggled(request, field, value)))
    for field, kind in (("not_person", "not person"), ("not_outlet", "not outlet")):
        for value in getattr(request, field):
            left = tuple(one for one in getattr(request, field) if one != value)
            yield Chip(kind=kind, text=value, url=search_url(changed(request, **{field: left})))
    if request.from_:
        yield Chip(kind="from", text=iso_date(request.from_), url=search_url(changed(request, from_=None)))
    if request.to:
        yield Chip(kind="to", text=iso_date(request.to), url=search_url(changed(request, to=None)))
    if request.undated != "include":
        words = "undated only" if request.undated == "only" else "dated only"
        yield Chip(kind="date", text=words, url=search_url(changed(request, undated="include")))


def panels(answer: Answer) -> Iterator[FacetPanel]:
    """Give each facet of an answer with the addresses of its controls; facets without any value are left out."""
    for facet in answer.facets:
        if facet.values:
            yield _panel(facet, answer.request)


def _panel(facet: Facet, request: SearchRequest) -> FacetPanel:
    choices = []
    for one in facet.values:
        exclusion = None if one.selected else excluded(request, facet.field, one.value)
        choices.append(
            Choice(
                value=one.value,
                count=one.count,
                selected=one.selected,
                url=search_url(toggled(request, facet.field, one.value)),
                exclude_url=search_url(exclusion) if exclusion else None,
            )
        )
    mode = mode_url = None
    if len(getattr(request, facet.field)) > 1 and facet.field != "publisher":
        mode = getattr(request, f"{facet.field}_mode")
        other = "any" if mode == "all" else "all"
        mode_url = search_url(changed(request, **{f"{facet.field}_mode": other}))
    more = facet.distinct > len(facet.values)
    return FacetPanel(
        field=facet.field,
        title=TITLES[facet.field],
        choices=tuple(choices),
        distinct=facet.distinct,
        none=facet.none,
        more_url=search_url(changed(request, facet_size=MORE_VALUES)) if more and not request.facet_size else None,
        mode=mode,
        mode_url=mode_url,
    )
