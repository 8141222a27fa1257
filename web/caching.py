"""Validators: an answer is the same as long as the address and the generation are."""

import hashlib
from collections.abc import Callable

from flask import Response, current_app, make_response, request

from index.version import VERSION


def conditional(generation: str, make: Callable[[], str | Response]) -> Response:
    """Answer 304 where the client has this very state already, else make the answer and label it.

    The entity tag covers version, generation and address (RFC 9110, section 8.8.3); it is weak, since compression on
    the way may change the bytes.
    """
    state = f"{VERSION}\n{generation}\n{request.method}\n{request.full_path}\n{current_app.config['STATIC_VERSION']}"
    tag = hashlib.sha256(state.encode()).hexdigest()[:32]
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make_response(make())
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
