"""Validators: an answer is the same as long as the address and the generation are."""

import hashlib
from collections.abc import Callable

from flask import Response, current_app, make_response, request

from index.version import VERSION
from search.partial import missed

GENERATION = "newsmorgue.generation"
"""Where a request's environment says of which generation its answer is, if that is the same until the next one."""


def conditional(generation: str, make: Callable[[], str | Response]) -> Response:
    """Answer 304 where the client has this very state already, else anew, with the label for next time.

    The entity tag covers version, generation and address (RFC 9110, section 8.8.3); it is weak, since compression on
    the way may change the bytes. A 304 asks the engine nothing; nor does an answer that `web.serving.keeping` kept. A
    partial answer has no label and is kept by nobody: another time there is more.
    """
    state = (VERSION, generation, request.host_url, request.full_path, current_app.config["STATIC_VERSION"])
    tag = hashlib.sha256("\n".join(state).encode("utf-8", "replace")).hexdigest()[:32]
    request.environ[GENERATION] = generation
    known = request.if_none_match.contains_weak(tag)
    with missed() as parts:
        response = Response(status=304) if known else make_response(make())
    if parts:
        passing()
        response.headers["Cache-Control"] = "no-store"
        return response
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def passing() -> None:
    """Say that the answer in the making is not worth keeping."""
    request.environ.pop(GENERATION, None)


def walking(generation: str) -> None:
    """Say of which generation the answer in the making is.

    That of an older one is not kept: who asks for it again has to reach the searcher, which keeps the generation for
    who walks in it.
    """
    if request.environ.get(GENERATION) != generation:
        passing()
