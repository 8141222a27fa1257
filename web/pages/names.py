"""The lists of all people and of all outlets."""

from collections import Counter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search.answer import FacetValue
from search.request import SearchRequest
from web.caching import conditional
from web.canonical import elsewhere
from web.language import _
from web.links import FIELDS, name_url
from web.listing import OWN, Sorted, Wish, listing, places, read_wish, sort_names
from web.reading_parameters import parted
from web.state import searcher, state
from web.wording import articles

pages = Blueprint("names", __name__)


@pages.get("/people")
def people() -> ResponseReturnValue:
    """List everybody whom the archive names."""
    return _index("/people")


@pages.get("/outlets")
def outlets() -> ResponseReturnValue:
    """List every outlet that the archive cites or has articles of."""
    return _index("/outlets")


def _index(path: str) -> ResponseReturnValue:
    own, _others = parted(request.query_string, OWN)
    wish = read_wish(own)
    if there := elsewhere(path, wish.pairs()):
        return there
    return conditional(searcher().generation(), lambda: _render(path, wish))


def _render(path: str, wish: Wish) -> str:
    person = path == "/people"
    return render_template(
        "names.html",
        title=_("People") if person else _("Outlets"),
        lead=_lead(path),
        listing=listing(_names(path, wish.contains), wish, path=path, kept=[]),
        path=path,
        person=person,
        kept=[],
        address=lambda value: name_url("person" if person else "outlet", value),
    )


def _lead(path: str) -> str:
    total = articles(searcher().status().articles)
    if path == "/people":
        return _("Everybody whom the %(articles)s of this archive name, under the fullest name found.", articles=total)
    return _("Every outlet that the %(articles)s of this archive cite or were published by.", articles=total)


def _names(path: str, contains: str) -> Sorted:
    """Give the names of the list that have some words."""
    if not contains:
        return _all(path)
    known = state().once(("places", path), lambda: places(_all(path).by_count, person=path == "/people"))
    return sort_names(_values(path, contains), known)


def _all(path: str) -> Sorted:
    def make() -> Sorted:
        values = _values(path)
        return sort_names(values, places(values, person=path == "/people"))

    return state().once(("names", path), make)


def _values(path: str, contains: str = "") -> tuple[FacetValue, ...]:
    """Give the values of the list, commonest first: an outlet counts where it is cited, and where it published."""
    facets = [searcher().values(SearchRequest(), field, containing=contains)[1] for field in FIELDS[path]]
    if len(facets) == 1:
        return facets[0].values
    counts: Counter[str] = Counter()
    for facet in facets:
        counts.update({one.value: one.count for one in facet.values})
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return tuple(FacetValue(value=value, count=count, selected=False) for value, count in ordered)
