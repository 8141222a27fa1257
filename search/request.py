"""What somebody asks: the same thing as a URL's query string, the API's parameters and the command's options."""

from dataclasses import dataclass
from typing import Literal

Mode = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Undated = Literal["include", "exclude", "only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question, immutable and hashable: the cache key, and one address of the search page.

    `from_` and `to` are ISO dates as precise as given (year, month or day), both inclusive. `size` and `facet_size`
    of None mean the settings' defaults. `cursor` is opaque, from an earlier answer. `facets` names the facets wanted.
    """

    q: str = ""
    person: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    not_person: tuple[str, ...] = ()
    not_outlet: tuple[str, ...] = ()
    person_mode: Mode = "all"
    outlet_mode: Mode = "any"
    from_: str | None = None
    to: str | None = None
    undated: Undated = "include"
    sort: Sort = "relevance"
    size: int | None = None
    cursor: str | None = None
    facets: tuple[str, ...] = ("person", "outlet", "publisher", "date")
    facet_size: int | None = None
