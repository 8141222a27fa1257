"""The page of all values of one facet within a search."""

from heapq import nlargest
from itertools import accumulate

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from search.answer import Facet
from search.request import SearchRequest, to_params
from web.caching import conditional
from web.canonical import elsewhere
from web.language import _
from web.links import LONGEST, PATHS, changed, is_long, search_url
from web.listing import OWN, Wish, listing, places, read_wish, sort_names
from web.panel import chips, choices, kept, title
from web.reading_parameters import page_request_of, parted
from web.state import everything, searcher, state

pages = Blueprint("facets", __name__)

PAGE = 40
"""Names on a page, each with two controls."""

ROOM = 9_000
"""Bytes of the names of a page, each of which stands there four times, for the page to stay below 60 kB."""

ROOM_OF_MANY = 5_000
"""The same where the search has such filters itself."""


@pages.get("/facets/<field>")
def show(field: str) -> ResponseReturnValue:
    """Show whom a search's articles name, all of them."""
    if field not in PATHS:
        abort(404, _("There is no facet %(field)s. There are person, outlet and publisher.", field=field))
    own, rest = parted(request.query_string, OWN)
    asked = changed(page_request_of(rest), sort="relevance", size=None)
    wish = read_wish(own)
    if there := elsewhere(f"/facets/{field}", [*to_params(asked), *wish.pairs()]):
        return there
    return conditional(searcher().generation(), lambda: _render(field, asked, wish))


def _size(facet: Facet, room: int) -> int:
    """Give how many names a page has, whichever they are: as many as fit of the longest."""
    longest = nlargest(PAGE, (len(one.value.encode("utf-8", "replace")) for one in facet.values))
    return max(1, sum(filled <= room for filled in accumulate(longest))) if sum(longest) > room else PAGE


def _render(field: str, asked: SearchRequest, wish: Wish) -> str:
    facet = searcher().values(asked, field, containing=wish.contains)[1]
    answer = searcher().ask(changed(asked, size=1, facets=()))
    path = f"/facets/{field}"
    known = state().once(("places", field), lambda: places(everything(field).values, person=field == "person"))
    names = sort_names(facet.values, known)
    size = _size(facet, ROOM_OF_MANY if is_long(asked, LONGEST) else ROOM)
    shown = listing(names, wish, path=path, kept=to_params(asked), size=size, long=is_long(asked))
    page = Facet(field=field, values=shown.values, distinct=facet.distinct, none=facet.none)
    return render_template(
        "facet.html",
        title=title(field),
        answer=answer,
        asked=asked,
        listing=shown,
        choices=list(choices(page, asked, answer.total)),
        chips=list(chips(asked)),
        path=path,
        kept=kept(asked),
        long=is_long(asked),
        back_url=search_url(asked),
    )
