"""What the search box proposes while somebody types."""

import json

from flask import Blueprint, Response, request

from web.caching import conditional
from web.language import _
from web.links import name_url, search_url
from web.state import searcher

pages = Blueprint("suggesting", __name__)

EACH = 4


@pages.get("/suggest")
def suggest() -> Response:
    """Complete what was typed: people and outlets lead to their pages, words to their search."""
    typed = request.args.get("q", "")

    kinds = {"person": _("person"), "outlet": _("outlet"), "word": _("word")}

    def make() -> Response:
        found = [
            {
                "text": one.text,
                "kind": kinds[one.kind],
                "count": one.total,
                "url": search_url(one.request) if one.kind == "word" else name_url(one.kind, one.text),
            }
            for one in searcher().suggest(typed, size=EACH)
        ]
        return Response(json.dumps({"suggestions": found}, ensure_ascii=False), mimetype="application/json")

    return conditional(searcher().generation(), make)
