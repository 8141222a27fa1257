"""One address for each state of a page: other writings of it lead there."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from web.links import with_query
from web.reading_parameters import Pairs, pairs_of


def elsewhere(path: str, pairs: Pairs) -> AnyResponse | None:
    """Give the redirection to the canonical address of what is asked; None where it was asked so.

    How letters are escaped makes no difference, only what parameters there are, in which order.
    """
    if request.path == path and pairs_of(request.query_string) == pairs:
        return None
    return redirect(with_query(path, pairs), 302, Response)
