"""The archive at a glance: what `/` shows before anything is asked."""

from flask import render_template

from search.request import SearchRequest
from web.examples import first_searches
from web.facts import archive_span
from web.links import FIELDS, name_url, search_url
from web.results import results
from web.state import everything, searcher
from web.timeline import chart

NAMES = 12
NEWEST = 5


def glance() -> str:
    """Show size and span of the archive, who and what it names most, three searches, and its newest articles."""
    status = searcher().status()
    if not status.articles:
        return render_template("empty.html")
    newest = searcher().ask(SearchRequest(sort="newest", size=NEWEST, facets=("date",)))
    tops = {
        kind: [(one.value, one.count, name_url(kind, one.value)) for one in everything(kind).values[:NAMES]]
        for kind in ("person", "outlet", "publisher")
    }
    return render_template(
        "home.html",
        status=status,
        span=archive_span(),
        distinct={kind: everything(kind).distinct for kind in tops},
        outlets=len({one.value for kind in FIELDS["/outlets"] for one in everything(kind).values}),
        tops=tops,
        chart=chart(newest.timeline, SearchRequest()) if newest.timeline else None,
        examples=first_searches(),
        newest=results(newest),
        everything_url=search_url(SearchRequest(sort="newest")),
        undated_url=search_url(SearchRequest(undated="only")),
    )
