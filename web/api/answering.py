"""What the resources share: JSON answers and the links in their headers."""

from typing import Any

from flask import Response

from search.request import SearchRequest
from web.api.encoding import dumps
from web.api.operations import JSON
from web.links import changed, search_url

DOCUMENT = "/api/v1/openapi.json"

LINKS = 2_000
"""Bytes that the links in an answer's headers may take: proxies keep 4 kB for all headers, and refuse more."""

NEXT = "next"
"""The link that is never left out: who follows links alone would take a page for the last one."""


def json_answer(body: Any) -> Response:
    """Give an object of the API's types as JSON, with the way to its description (RFC 8631)."""
    response = Response(dumps(body), mimetype=JSON)
    link(response, "service-desc", DOCUMENT)
    return response


def link(response: Response, relation: str, url: str | None, *, media_type: str = "") -> None:
    """Add a link (RFC 8288) to the headers, where there is an address and room for it; bodies have all of them."""
    if url:
        told = f'<{url}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")
        if relation == NEXT or len(told) + sum(map(len, response.headers.getlist("Link"))) <= LINKS:
            response.headers.add("Link", told)


def link_alternates(response: Response, asked: SearchRequest) -> None:
    """Link the same search as a page for people and as feeds."""
    whole = changed(asked, facets=SearchRequest().facets, facet_size=None, size=None)
    for path, media_type in (
        ("/", "text/html"),
        ("/feed.atom", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
    ):
        link(response, "alternate", search_url(whole, base=path), media_type=media_type)
