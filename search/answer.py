"""What Newsmorgue answers: plain data, the same for the page, the API and the command."""

from dataclasses import dataclass

from index.types import Tagged
from search.request import SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about a query that was repaired, ignored or could not be read; `start` to `end` are offsets in `q`."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of a field, with the places that matched as (start, end) offsets in `text`; never HTML."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that matches; `score` is BM25F, 0 where nothing was asked. `title_marks` are offsets in its title."""

    tagged: Tagged
    score: float
    snippets: tuple[Snippet, ...]
    title_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet with the number of hits that choosing it would give."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one field over all matches, commonest first.

    `distinct` is how many values there are, `none` how many matches have no value at all.
    """

    field: str
    values: tuple[FacetValue, ...]
    distinct: int
    none: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One bar of the timeline: ISO days `start` to `end`, both inclusive."""

    start: str
    end: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Matches over time, at most 60 bars; `interval` is day, month or year; undated ones are counted apart."""

    interval: str
    buckets: tuple[Bucket, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything about one question.

    `first` is the rank of the first hit of this page, from 1; `next` and `previous` are cursors. `took` is in seconds.
    """

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    total: int
    took: float
    generation: str
    first: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is being answered from; `first` and `last` are ISO days, None where no article is dated."""

    version: str
    engine: str
    generation: str
    articles: int
    undated: int
    first: str | None
    last: str | None
