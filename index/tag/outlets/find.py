"""Finding the outlets that an article names, and settling which outlet each name means."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from index.tag.outlets.context import STRONG, WEAK, evidence
from index.tag.outlets.place import Place, known_names
from index.tag.outlets.roles import role_of
from index.tag.outlets.table import Outlet, OutletTable, default_table
from index.tag.tokens import Document, Span
from index.types import Article, Mention


def find_outlets(document: Document, spans: Sequence[Span] = (), *, table: OutletTable | None = None) -> list[Mention]:
    """Find every outlet that an article names, each place with its canonical name and its role."""
    table = table or default_table()
    places = [place for tokens in document.fields for place in known_names(tokens, table)]
    own = publisher_of(document.article, table)
    _decide(places, own)
    return [_mention(place, own.name if own else document.article.publisher or "") for place in places if place.value]


def publisher_of(article: Article, table: OutletTable) -> Outlet | None:
    """Give the known outlet that published an article: by its publisher's name, else by its address."""
    if article.publisher and (outlet := table.by_name(article.publisher)) is not None:
        return outlet
    return table.by_domain(urlsplit(article.url).hostname or "") if article.url else None


def _decide(places: list[Place], own: Outlet | None) -> None:
    named: list[Outlet] = []
    for place in places:
        if place.safe:
            outlet = _among(place.candidates, [], own) or place.candidates[0]
            place.value, place.via = outlet.name, "table"
            named.append(outlet)
    for place in places:
        if place.safe:
            continue
        weight = evidence(place)
        if weight < 0:
            continue
        outlet = next((o for o in place.candidates if o in named), None)
        if outlet is not None:
            place.value, place.via = outlet.name, "short name of an outlet named in full"
        elif weight >= STRONG or (weight >= WEAK and own in place.candidates):
            outlet = _among(place.candidates, named, own)
            if outlet is not None:
                place.value, place.via = outlet.name, "table + context"


def _among(candidates: Sequence[Outlet], named: Sequence[Outlet], own: Outlet | None) -> Outlet | None:
    """Choose among outlets of one name: one named in full, the publisher, the one of the publisher's country."""
    if len(candidates) == 1:
        return candidates[0]
    for outlet in candidates:
        if outlet in named or outlet is own:
            return outlet
    country = own.country if own else ""
    return next((outlet for outlet in candidates if outlet.country == country), None)


def _mention(place: Place, publisher: str) -> Mention:
    return Mention(
        kind="outlet",
        value=place.value,
        surface=place.surface,
        field=place.tokens.field,
        start=place.tokens.starts[place.first],
        end=place.tokens.ends[place.last - 1],
        via=place.via,
        role=role_of(place, publisher),
    )
