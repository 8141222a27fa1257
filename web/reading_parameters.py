"""From a query string to a search request."""

from urllib.parse import parse_qsl

from search.request import SearchRequest, from_params


def api_request(query_string: bytes) -> SearchRequest:
    """Read the API's parameters; raises ParameterError naming the one that is unknown or malformed."""
    return from_params(_pairs(query_string))


def page_request(query_string: bytes) -> SearchRequest:
    """Read the page's parameters: the API's, but fields of a form that were left empty count as not given."""
    return from_params([(name, value) for name, value in _pairs(query_string) if value.strip() or name == "q"])


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query_string.decode("ascii", "replace"), keep_blank_values=True, errors="replace")
