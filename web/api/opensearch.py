"""For the search bar of a browser: the OpenSearch description, and completions in the form that browsers read."""

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request

from search.request import ParameterError
from web.api.encoding import dumps
from web.caching import conditional
from web.language import _
from web.reading_parameters import pairs_of, refuse_parameters
from web.state import searcher

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
SUGGESTIONS = "application/x-suggestions+json"
TERMS = "{searchTerms}"
EACH = 4

opensearch = Blueprint("opensearch", __name__)


@opensearch.get("/opensearch.xml")
def description() -> Response:
    """Describe this archive as a search engine (OpenSearch 1.1)."""
    refuse_parameters(request.query_string)
    root = request.host_url.rstrip("/")
    element = ET.Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    for name, text in (
        ("ShortName", "Newsmorgue"),
        ("Description", "News articles, by what they say and whom they name"),
        ("InputEncoding", "UTF-8"),
        ("Image", f"{root}/static/icon.svg"),
    ):
        ET.SubElement(element, name).text = text
    for media_type, path in (
        ("text/html", f"/?q={TERMS}"),
        ("application/atom+xml", f"/feed.atom?q={TERMS}"),
        (SUGGESTIONS, f"/opensearch/suggestions?q={TERMS}"),
    ):
        ET.SubElement(element, "Url", {"type": media_type, "method": "get", "template": root + path})
    text = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    response = Response(text, mimetype="application/opensearchdescription+xml")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@opensearch.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Complete what was typed (OpenSearch Suggestions 1.1): what was typed, then ways to go on."""
    pairs = pairs_of(request.query_string)
    for name, _value in pairs:
        if name != "q":
            raise ParameterError(name, _("there is no such parameter"), remedy=_("There is: q"), known=False)
    typed = dict(pairs).get("q", "")

    def make() -> Response:
        found = [one.text for one in searcher().suggest(typed, size=EACH)]
        return Response(dumps([typed, found]), mimetype=SUGGESTIONS)

    return conditional(searcher().generation(), make)
