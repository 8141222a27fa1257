"""From a query string to a search request."""

import dataclasses
import re
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote_plus, unquote_to_bytes

from search.request import FACETS, PARAMETERS, ParameterError, SearchRequest, check, from_params
from web.language import _
from web.wording import shortest

PAGE_SIZES = (10, 20)
"""How many hits a page may show: with more it would be neither small nor quick."""

DATES = ("from", "to")
"""The parameters that are dates."""

Pairs = list[tuple[str, str]]

_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def page_request(query_string: bytes) -> SearchRequest:
    """Read the parameters of a search on a page; see `page_request_of`."""
    return page_request_of(pairs_of(query_string))


def page_request_of(pairs: Pairs) -> SearchRequest:
    """Read the parameters of a search on a page.

    `in` is one date or two around `..`, as a form with a list of dates gives them; it stands for `from` and `to`.
    Forgiving: empty form fields are not given, nor what others append to addresses (`utm_source`, `fbclid`), swapped
    dates are put right, and a page of more hits than fit is as large as may be. The page itself says which facets are
    counted. To the canonical address of all this leads `web.canonical.elsewhere`.
    """
    given = [
        (name, value.strip() if name in DATES else value)
        for name, value in _ordered(_spelled(pairs))
        if name in PARAMETERS and (value.strip() or name == "q")
    ]
    request = from_params(given)
    size = request.size
    if size is not None and size not in PAGE_SIZES:
        size = next((one for one in PAGE_SIZES if one >= size), PAGE_SIZES[-1])
    first, last = request.from_, request.to
    if first and last and len(first) == len(last) == len("2021-12-03"):
        first, last = shortest(first, last)
    return dataclasses.replace(
        request, q=request.q.strip(), from_=first, to=last, size=size, facets=FACETS, facet_size=None
    )


def _spelled(pairs: Pairs) -> Pairs:
    """Give `in` as `from` and `to`."""
    within = dict(pairs).get("in", "").strip()
    if not within:
        return pairs
    first, _, last = within.partition("..")
    return [pair for pair in pairs if pair[0] not in DATES] + [("from", first), ("to", last or first)]


def bad_dates(pairs: Pairs) -> dict[str, str]:
    """Give what was given as a date and is none, by the parameter."""
    return {name: value.strip() for name, value in pairs if name in DATES and value.strip() and not _is_date(value)}


def _is_date(value: str) -> bool:
    try:
        check(SearchRequest(from_=value.strip()))
    except ParameterError:
        return False
    return True


def parted(query_string: bytes, own: Collection[str]) -> tuple[dict[str, str], Pairs]:
    """Part a page's own parameters, of which the last given counts, from those of the search."""
    pairs = pairs_of(query_string)
    mine = {name: value for name, value in pairs if name in own and value.strip()}
    return mine, [(name, value) for name, value in pairs if name not in own]


def number_of(given: str) -> int:
    """Read a number from 1; what is none is 0."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def refuse_parameters(query_string: bytes) -> None:
    """Raise ParameterError where a resource that takes no parameters gets one."""
    refuse_parameters_of(pairs_of(query_string))


def refuse_parameters_of(pairs: Pairs) -> None:
    """Raise ParameterError where there is any parameter left that nobody reads."""
    for name, _value in pairs:
        raise ParameterError(
            name, _("there is no such parameter"), remedy=_("This address takes none such"), known=False
        )


def _ordered(pairs: Pairs) -> Pairs:
    """Swap `from` and `to` where a person filled them in the wrong way round; ISO dates sort as texts."""
    given = dict(pairs)
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    if not (first and last) or first[: len(last)] <= last[: len(first)]:
        return pairs
    swapped = {"from": last, "to": first}
    return [(name, swapped.get(name, value)) for name, value in pairs]


def strict_pairs_of(query_string: bytes) -> Pairs:
    """Give the names and values of a query string; raises ParameterError where one is no percent-encoded UTF-8."""
    before: list[str] = []
    for part in query_string.decode("latin-1").split("&"):
        name = unquote_plus(part.partition("=")[0])
        if not _is_encoded(part):
            raise ParameterError(
                name,
                _("it is not percent-encoded UTF-8"),
                remedy=_("Write a percent sign as %(sign)s, and other signs as their bytes", sign="%25"),
                nth=before.count(name),
            )
        before.append(name)
    return pairs_of(query_string)


def _is_encoded(part: str) -> bool:
    if not part.isascii() or _HALF_ESCAPE.search(part):
        return False
    try:
        unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def pairs_of(query_string: bytes) -> Pairs:
    """Give the names and values of a query string; letters that a client left unescaped are taken for UTF-8."""
    return parse_qsl(query_string.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
