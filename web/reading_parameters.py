"""From a query string to a search request."""

from urllib.parse import parse_qsl

from search.request import ParameterError, SearchRequest, from_params


def api_request(query_string: bytes) -> SearchRequest:
    """Read the API's parameters; raises ParameterError naming the one that is unknown or malformed."""
    return from_params(_pairs(query_string))


def page_request(query_string: bytes) -> SearchRequest:
    """Read the page's parameters: forgiving, so empty form fields are not given and swapped dates are put right."""
    pairs = _ordered(_pairs(query_string))
    return from_params([(name, value) for name, value in pairs if value.strip() or name == "q"])


def refuse_parameters(query_string: bytes) -> None:
    """Raise ParameterError where a resource that takes no parameters gets one."""
    for name, _ in _pairs(query_string):
        raise ParameterError(name, "there is no such parameter", remedy="This resource takes none")


def _ordered(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Swap `from` and `to` where a person filled them in the wrong way round; ISO dates sort as texts."""
    given = dict(pairs)
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    if not (first and last) or first[: len(last)] <= last[: len(first)]:
        return pairs
    swapped = {"from": last, "to": first}
    return [(name, swapped.get(name, value)) for name, value in pairs]


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query_string.decode("ascii", "replace"), keep_blank_values=True, errors="replace")
