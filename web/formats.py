"""The same search in other forms: JSON, tables and feeds, as far as this server has them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app

from search.request import SearchRequest
from web.links import API_SEARCH, changed, search_url

_FORMS = (
    ("JSON", "application/json", (API_SEARCH,)),
    ("CSV", "text/csv", ("/api/v1/export.csv", "/export.csv")),
    ("NDJSON", "application/x-ndjson", ("/api/v1/export.ndjson", "/export.ndjson")),
    ("Atom", "application/atom+xml", ("/feed.atom", "/api/v1/feed.atom")),
    ("JSON Feed", "application/feed+json", ("/feed.json", "/api/v1/feed.json")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A search in another form: its name, its media type and its address."""

    name: str
    media_type: str
    url: str


def forms(request: SearchRequest) -> Iterator[Form]:
    """Give the other forms of a search, whole where they hold more than one page."""
    routes = {str(rule) for rule in current_app.url_map.iter_rules()}
    for name, media_type, paths in _FORMS:
        for path in paths:
            if path in routes:
                asked = request if path == API_SEARCH else changed(request, size=None)
                yield Form(name=name, media_type=media_type, url=search_url(asked, base=path))
                break
