"""The addresses of searches: each state of the search page is one URL, and each control is a link to a neighbour."""

import dataclasses
import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, quote_plus, urlencode

from flask import g

from search.correcting import NameKind
from search.request import FACETS, SearchRequest, to_params
from search.slugs import address, fingerprinted
from web.letters import lettered
from web.reading_parameters import PAGE_SIZES
from web.state import searcher, state
from web.wording import shortest

API_SEARCH = "/api/v1/search"
PAGE_SEARCH = "/"
API_QUOTES = "/api/v1/quotes"
PAGE_QUOTES = "/quotes"

_EXCLUSIONS = {"person": "not_person", "outlet": "not_outlet"}

_BLANK = secrets.token_hex(16)
"""What stands for a value in an address that is made for many: nobody can have typed it."""

LONG = 100
"""Bytes of a search's address, beyond which no page repeats it in its many controls; see `Step`."""

LONGEST = 300
"""Bytes of a search's address, beyond which it does not go along to its articles either."""

MOST_ADDRESSES = 20_000
"""Slugs of names that are kept, some 300 bytes each."""

PATHS = {"person": "/people", "outlet": "/outlets", "publisher": "/outlets"}
"""Where the pages of a kind of names are."""

FIELDS = {"/people": ("person",), "/outlets": ("outlet", "publisher")}
"""The facets whose values have their pages there."""

KINDS: dict[str, NameKind] = {"/people": "person", "/outlets": "outlet"}
"""What the names there are of."""


def search_url(request: SearchRequest, *, base: str = PAGE_SEARCH) -> str:
    """Give the address of a search, on the page or (with `base`) elsewhere."""
    return with_query(base, to_params(request))


def quotes_url(name: str) -> str:
    """Give the address of all quotations of a person."""
    return with_query(PAGE_QUOTES, [("by", name)])


def with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    """Give an address with parameters."""
    query = urlencode(pairs)
    return f"{path}?{query}" if query else path


def article_url(identity: str, *, request: SearchRequest | None = None, match: int | None = None, part: int = 1) -> str:
    """Give the address of an article's page, or of a further `part` of it.

    With the request of a search its matches are marked there, and with the article's place (search/neighbours.py) as
    the cursor its neighbours in the results are shown. `match` goes to the n-th match, counted from 1.
    """
    pairs = to_params(_paged(request)) if request else []
    if part > 1:
        pairs.append(("part", str(part)))
    if match is not None:
        return f"{with_query(f'/articles/{identity}', [*pairs, ('match', str(match))])}#m{match}"
    return with_query(f"/articles/{identity}", pairs)


def similar_url(identity: str) -> str:
    """Give the address of the articles most like one."""
    return f"/articles/{identity}/similar"


def comparison_url(identity: str, other: str) -> str:
    """Give the address of what differs between an article and a near copy."""
    return f"/articles/{identity}/copies/{other}"


def name_url(kind: str, value: str) -> str:
    """Give the address of the page of a person or an outlet."""
    path = PATHS[kind]
    return f"{path}/{quote(_addresses()(FIELDS[path], value), safe='~')}"


def _addresses() -> Callable[[tuple[str, ...], str], str]:
    """Give what gives the slugs of names; a generation's are kept, as the same names stand on most pages."""
    if "addresses" not in g:
        given = functools.partial(address, searcher())
        g.addresses = state().once("addresses", lambda: functools.lru_cache(MOST_ADDRESSES)(given))
    return cast(Callable[[tuple[str, ...], str], str], g.addresses)


def fingerprinted_url(kind: str, value: str) -> str:
    """Give the address of the page of a person or an outlet that no other of the same slug can take."""
    return f"{PATHS[kind]}/{quote(fingerprinted(value), safe='~')}"


def naming_url(kind: str, value: str) -> str:
    """Give the address of all articles with one person, outlet or publisher."""
    return search_url(changed(SearchRequest(), **{kind: (value,)}))


def changed(request: SearchRequest, **changes: object) -> SearchRequest:
    """Give the same search with some fields changed, from its first page."""
    return dataclasses.replace(request, **{"cursor": None, **changes})  # type: ignore[arg-type]


def within(request: SearchRequest, start: str, end: str) -> SearchRequest:
    """Narrow a search to a span of ISO days, written as shortly as they allow."""
    first, last = shortest(start, end)
    return changed(request, from_=first, to=last, undated="include")


def toggled(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """Choose a facet's value, or give it up where it is chosen; a choice ends the value's exclusion."""
    chosen: tuple[str, ...] = getattr(request, field)
    changes: dict[str, object] = {field: _toggle(chosen, value)}
    if field in _EXCLUSIONS:
        excluded: tuple[str, ...] = getattr(request, _EXCLUSIONS[field])
        changes[_EXCLUSIONS[field]] = tuple(one for one in excluded if one != value)
    return changed(request, **changes)


def togglings(request: SearchRequest, field: str, *, base: str = PAGE_SEARCH) -> Callable[[str], str]:
    """Give what gives the address of `toggled` for each value of a facet: for most the same but for the value."""
    there = {*getattr(request, field), *(getattr(request, _EXCLUSIONS[field]) if field in _EXCLUSIONS else ())}
    before, _, behind = search_url(toggled(request, field, _BLANK), base=base).partition(_BLANK)

    def url(value: str) -> str:
        if value in there:
            return search_url(toggled(request, field, value), base=base)
        return f"{before}{quote_plus(value)}{behind}"

    return url


def spans(request: SearchRequest, *, base: str = PAGE_SEARCH) -> Callable[[str, str], str]:
    """Give what gives the address of a search narrowed to each of some spans of ISO dates."""
    url = search_url(changed(request, from_=_BLANK, to=_BLANK), base=base)
    before, between, behind = url.split(_BLANK)
    return lambda start, end: f"{before}{start}{between}{end}{behind}"


def excluded(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """Exclude a facet's value, or end its exclusion; a value that was chosen is given up."""
    refused: tuple[str, ...] = getattr(request, _EXCLUSIONS[field])
    chosen: tuple[str, ...] = getattr(request, field)
    kept = tuple(one for one in chosen if one != value)
    return changed(request, **{_EXCLUSIONS[field]: _toggle(refused, value), field: kept})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The way from a search to one of its many neighbours: an address, or what a form that has the search adds to it.

    A page has a hundred such ways and more. Where the search's own address is long, `url` is None: the page has the
    search once, in the form *asked*, and a button of it adds the parameter `name` with the `value`.
    """

    name: str
    value: str
    url: str | None


def is_long(request: SearchRequest, most: int = LONG) -> bool:
    """Tell whether the address of a search is too long to stand in each of a page's many controls."""
    return len(lettered(search_url(changed(request))).encode()) > most


def steps(request: SearchRequest, field: str) -> Callable[[str], Step]:
    """Give what gives the step that `toggled` is, for each value of a facet."""
    return _stepping(request, field, lambda value: toggled(request, field, value))


def steps_out(request: SearchRequest, field: str) -> Callable[[str], Step] | None:
    """Give what gives the step that `excluded` is, for each value of a facet; None where none can be excluded."""
    if field not in _EXCLUSIONS:
        return None
    return _stepping(request, f"-{field}", lambda value: excluded(request, field, value))


def _stepping(request: SearchRequest, name: str, taken: Callable[[str], SearchRequest]) -> Callable[[str], Step]:
    field = name.removeprefix("-")
    there = {*getattr(request, field), *(getattr(request, _EXCLUSIONS[field]) if field in _EXCLUSIONS else ())}
    long = is_long(request)
    before, _, behind = ("", "", "") if long else search_url(taken(_BLANK)).partition(_BLANK)

    def step(value: str) -> Step:
        if value in there:
            return Step(name=name, value=value, url=search_url(taken(value)))
        return Step(name=name, value=value, url=None if long else f"{before}{quote_plus(value)}{behind}")

    return step


def _toggle(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value) if value in values else (*values, value)


def _paged(request: SearchRequest) -> SearchRequest:
    """Give a request as pages have it: which facets are counted is theirs to say, and how many hits they may show."""
    size = request.size if request.size in PAGE_SIZES else None
    return dataclasses.replace(request, size=size, facets=FACETS, facet_size=None)
