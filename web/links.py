"""The addresses of searches: each state of the search page is one URL, and each control is a link to a neighbour."""

import dataclasses
from urllib.parse import urlencode

from search.request import SearchRequest, to_params

API_SEARCH = "/api/v1/search"
PAGE_SEARCH = "/"

_EXCLUSIONS = {"person": "not_person", "outlet": "not_outlet"}


def search_url(request: SearchRequest, *, base: str = PAGE_SEARCH) -> str:
    """Give the address of a search, on the page or (with `base`) on the API."""
    query = urlencode(to_params(request))
    return f"{base}?{query}" if query else base


def article_url(identity: str, *, q: str = "") -> str:
    """Give the address of an article's page; with `q` its matches are marked there."""
    query = f"?{urlencode({'q': q})}" if q else ""
    return f"/articles/{identity}{query}"


def match_url(identity: str, q: str, number: int) -> str:
    """Give the address of the n-th match of a query on an article's page, counted from 1."""
    return f"/articles/{identity}?{urlencode({'q': q, 'match': number})}#m{number}"


def naming_url(kind: str, value: str) -> str:
    """Give the address of all articles with one person, outlet or publisher."""
    return search_url(changed(SearchRequest(), **{kind: (value,)}))


def changed(request: SearchRequest, **changes: object) -> SearchRequest:
    """Give the same search with some fields changed, from its first page."""
    return dataclasses.replace(request, **{"cursor": None, **changes})  # type: ignore[arg-type]


def toggled(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """Choose a facet's value, or give it up where it is chosen; a choice ends the value's exclusion."""
    chosen: tuple[str, ...] = getattr(request, field)
    changes: dict[str, object] = {field: _toggle(chosen, value)}
    if field in _EXCLUSIONS:
        excluded: tuple[str, ...] = getattr(request, _EXCLUSIONS[field])
        changes[_EXCLUSIONS[field]] = tuple(one for one in excluded if one != value)
    return changed(request, **changes)


def excluded(request: SearchRequest, field: str, value: str) -> SearchRequest | None:
    """Exclude a facet's value, or end its exclusion; None where the field has no exclusion."""
    if field not in _EXCLUSIONS:
        return None
    refused: tuple[str, ...] = getattr(request, _EXCLUSIONS[field])
    chosen: tuple[str, ...] = getattr(request, field)
    kept = tuple(one for one in chosen if one != value)
    return changed(request, **{_EXCLUSIONS[field]: _toggle(refused, value), field: kept})


def _toggle(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value) if value in values else (*values, value)
