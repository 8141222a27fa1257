"""What the API serves of people and outlets; see web/api/types.py."""

from dataclasses import dataclass
from typing import Annotated

from web.api.quote_types import QuoteResult
from web.api.types import Address, Count, Day, Headline, NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in which the newest and the oldest articles write a name."""

    text: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Days of which the archive has more articles with a name than its share of others; log-likelihood decides."""

    start: Day
    end: Day
    articles: Annotated[Count, "with the name"]
    share: Annotated[float, "how many times as many as the archive's articles of the days lead to expect"]
    headlines: Annotated[tuple[Headline, ...], "those that are most about the name, one of each story"]
    url: Annotated[Address, "the search for its articles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A name under which articles have somebody, and why it is the same."""

    name: str
    articles: Annotated[Count, "that have the name; where it means this one in single articles, those"]
    reason: Annotated[str, "why it is the same; empty for the name that is shown"]
    confidence: Annotated[float | None, "from 0 to 1, where it was computed"]
    correction: Annotated[int | None, "the number of the correction, where somebody made it"]
    article: Annotated[str | None, "where it is so in single articles: the id of that of which the reason is told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Associate:
    """Somebody who stands with a name more often than chance would have it."""

    kind: NameKind
    value: str
    count: Annotated[Count, "articles with both"]
    score: Annotated[float, "how surprising that is: the log-likelihood ratio against the archive"]
    url: Annotated[Address, "the search for both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the archive has of a name as a person, as an outlet that is cited, or as a publisher."""

    kind: NameKind
    articles: Count
    undated: Count
    first: Annotated[Day | None, "the first day of the dated articles"]
    last: Annotated[Day | None, "their last day"]
    first_article: Annotated[Headline | None, "the first dated one"]
    latest_article: Annotated[Headline | None, "the latest dated one; null where that is the first"]
    peaks: Annotated[tuple[Peak, ...], "in the order of time"]
    quotes: Annotated[tuple[QuoteResult, ...], "what others are quoted saying of it, in the newest and the oldest"]
    forms: tuple[Form, ...]
    together: tuple[Associate, ...]
    url: Annotated[Address, "the search for its articles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLinks:
    """Where a name is."""

    page: Address
    api: Address
    quotes: Annotated[Address | None, "all that they are quoted saying; null for an outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person, or an outlet."""

    name: str
    generation: str
    roles: tuple[Role, ...]
    quotes: Annotated[tuple[QuoteResult, ...], "the latest that they are quoted saying; none of an outlet"]
    names: Annotated[tuple[Variant, ...], "under which articles have it, the commonest first"]
    links: NameLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several names that share an address."""

    name: str
    links: NameLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The names that share an address."""

    choices: tuple[Choice, ...]
