"""The parameters of a search (search/request.py) as the OpenAPI document tells them, and those of single addresses."""

from typing import Any

from index.settings import Settings
from search.request import CHOICES, FACETS, LISTS, PARAMETERS, VISIBLE, SearchRequest
from web.api.operations import Parameter
from web.api.schemas import Schema
from web.api.shapes import DEFAULT_FIELDS, FIELDS

_LEAP = r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
_DAY = (
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])|"
    r"(?:0[1-9]|1[0-2])"
)
DATE = rf"^(?:{_LEAP}|(?!0000)\d{{4}}(?:-(?:{_DAY}))?)$"
"""A year, a month or a day that there is."""

_DESCRIPTIONS = {
    "q": "the query; its language is at /help. It never fails: what cannot be read is noted in the answer",
    "person": "only articles that name this person; several mean all of them",
    "outlet": "only articles that cite this outlet; several mean any of them",
    "publisher": "only articles that this outlet published; several mean any of them",
    "-person": "no article that names this person",
    "-outlet": "no article that cites this outlet",
    "person_mode": "whether all of the people must be named, or any",
    "outlet_mode": "whether all of the outlets must be cited, or any",
    "from": "published in this year, month or day, or later",
    "to": "published in this year, month or day, or earlier",
    "undated": "what becomes of articles that nothing dates",
    "sort": "the order of the hits",
    "group": "with `story`, near copies are one hit: the earliest that matches; facets and timeline count stories then",
    "size": "hits on a page",
    "cursor": "from an earlier answer, unchanged, with the same question",
    "facets": "which facets to count, between commas; an empty value for none",
    "facet_size": "values shown of each facet",
}


def _schema(name: str, settings: Settings) -> Schema:
    if name in CHOICES:
        return {"type": "string", "enum": list(CHOICES[name]), "default": getattr(SearchRequest(), name)}
    if name in LISTS:
        items = {"type": "string", "pattern": VISIBLE}
        return {"type": "array", "items": items, "maxItems": settings.max_filter_values}
    if name in {"from", "to"}:
        return {"type": "string", "pattern": DATE, "examples": ["2021", "2021-12", "2021-12-03"]}
    if name == "facets":
        return {"type": "array", "items": {"type": "string", "enum": [*FACETS, ""]}, "default": list(FACETS)}
    numbers = {
        "size": (settings.page_size, settings.max_page_size),
        "facet_size": (settings.facet_size, settings.max_facet_size),
    }
    if name in numbers:
        default, most = numbers[name]
        return {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return {"type": "string"}


def _parameter(name: str) -> Parameter:
    return Parameter(
        name=name,
        description=_DESCRIPTIONS[name],
        schema=lambda settings: _schema(name, settings),
        repeated=name in LISTS,
        of_search=True,
    )


SEARCH = tuple(_parameter(name) for name in PARAMETERS)
"""Every parameter of a search."""


def some(*but: str) -> tuple[Parameter, ...]:
    """Give the parameters of a search without some."""
    return tuple(one for one in SEARCH if one.name not in but)


def own(name: str, description: str, *, required: bool = False, in_path: bool = False, **schema: Any) -> Parameter:
    """Make a parameter of one address."""
    return Parameter(
        name=name,
        description=description,
        schema=lambda _settings: schema,
        required=required,
        in_path=in_path,
    )


FIELDS_WANTED = own(
    "fields",
    "which fields each line has, in this order, between commas",
    type="array",
    items={"type": "string", "enum": list(FIELDS)},
    minItems=1,
    uniqueItems=True,
    default=list(DEFAULT_FIELDS),
)
ABOUT = own(
    "about",
    "whether a first line tells the query, its reading and the generation, which the headers tell anyway",
    type="string",
    enum=["exclude", "include"],
    default="exclude",
)
CONTAINS = own("contains", "only values that have these words, which may be cut short", type="string", maxLength=100)
IDENTITY = own("identity", "the article's `id`", in_path=True, required=True, type="string", pattern="^[0-9a-f]{16}$")
FIELD = own("field", "whose values", in_path=True, required=True, type="string", enum=["person", "outlet", "publisher"])
SLUG = own(
    "slug",
    "a name's words in small letters, joined by hyphens, as in the address of its page",
    in_path=True,
    required=True,
    type="string",
    minLength=1,
)
BY = own("by", "only quotations of this person, by full name or a part of it", type="string", maxLength=200)
TYPED = own("q", "what was typed so far", required=True, type="string")
EACH = own("size", "how many of each kind", type="integer", minimum=1, maximum=20, default=5)
