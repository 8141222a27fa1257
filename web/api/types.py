"""What the API serves: each JSON object is one of these types, and the OpenAPI document is made from them.

A field's annotation says what it means; a keyword beside it adds to its JSON Schema. A field that has None as its
default is left out where it has no value; every other field is always there.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from index.types import DateOrigin, FieldName, MentionKind, MentionRole, Precision
from web.api.schemas import Keyword

Address = Annotated[str, Keyword("format", "uri-reference")]
Count = Annotated[int, Keyword("minimum", 0)]
Day = Annotated[str, Keyword("pattern", r"^\d{4}-\d{2}-\d{2}$")]
NameKind = Literal["person", "outlet", "publisher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about a query that was repaired, ignored or could not be read."""

    code: Annotated[str, "a stable word for programs"]
    message: Annotated[str, "a sentence for people"]
    start: Annotated[Count, "where in `q` it begins, in characters"]
    end: Annotated[Count, "where in `q` it ends"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was asked, and how it was understood."""

    q: Annotated[str, "the query as it was given"]
    filters: Annotated[dict[str, tuple[str, ...]], "the other parameters in force, names as facets show them"]
    reading: Annotated[str, "the query in plain words"]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published, as precisely as known and never more."""

    value: Annotated[str, "ISO 8601, cut at the precision"]
    precision: Precision
    origin: Annotated[DateOrigin, "where the date was found"]
    certain: Annotated[bool, "false where the form was ambiguous or the evidence indirect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLinks:
    """Where an article is."""

    page: Annotated[Address, "its page"]
    api: Annotated[Address, "the whole article as JSON"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage with the places that matched."""

    field: FieldName
    text: str
    marks: Annotated[tuple[tuple[int, int], ...], "start and end of each match in `text`, in characters"]
    html: Annotated[str, "the text escaped, with `<mark>` around the matches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What every answer tells of an article."""

    id: Annotated[str, "stable over re-indexing", Keyword("pattern", "^[0-9a-f]{16}$")]
    url: Annotated[str | None, "where it was published"]
    title: Annotated[str, "may be empty"]
    published: Annotated[Published | None, "null where nothing dates it"]
    publisher: str | None
    byline: str | None
    people: Annotated[tuple[str, ...], "whom it names, in the order of their first mention"]
    outlets: Annotated[tuple[str, ...], "the outlets that it cites"]
    links: ArticleLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article as a line says it."""

    id: Annotated[str, Keyword("pattern", "^[0-9a-f]{16}$")]
    title: Annotated[str, "may be empty"]
    publisher: str | None
    published: Annotated[Published | None, "null where nothing dates it"]
    links: ArticleLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A near copy of an article: what says the same in nearly the same words."""

    id: Annotated[str, Keyword("pattern", "^[0-9a-f]{16}$")]
    title: Annotated[str, "may be empty"]
    publisher: str | None
    published: Annotated[Published | None, "null where nothing dates it"]
    url: Annotated[str | None, "where it was published"]
    links: ArticleLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(ArticleHead):
    """One hit of a search; with `group=story` the earliest of the near copies that match."""

    score: Annotated[float, "BM25F; 0 where nothing was asked; with `group=story` that of the best copy"]
    snippets: tuple[Snippet, ...]
    copies: Annotated[tuple[Copy, ...] | None, "the other near copies that match, earliest first, up to a few"] = None
    copies_total: Annotated[Count | None, "how many there are; like `copies` only with `group=story`"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet."""

    value: str
    count: Annotated[Count, "the hits there would be if it were chosen too: articles, or stories"]
    selected: bool
    url: Annotated[Address, "the search with this value chosen, or given up where it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The commonest values of one field over all matches."""

    values: tuple[FacetValue, ...]
    distinct: Annotated[Count, "how many values there are"]
    none: Annotated[Count, "the articles without any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One bar of the timeline."""

    start: Annotated[Day, "its first day"]
    end: Annotated[Day, "its last day"]
    count: Count
    url: Annotated[Address, "the search narrowed to these days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All matches over time, in at most 60 bars."""

    interval: Literal["day", "month", "year"]
    buckets: tuple[Bucket, ...]
    undated: Annotated[Count, "matches that nothing dates"]
    coarse: Annotated[Count, "matches dated by a longer time than a bar's: by month or year only; they stand in none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The facets that were wanted."""

    person: Facet | None = None
    outlet: Facet | None = None
    publisher: Facet | None = None
    date: Timeline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """A part of a question without which there would be hits."""

    kind: Annotated[str, "`query` for a clause of it, else the filter's parameter; `date` for `from` and `to`"]
    text: str
    start: Count
    end: Count
    alone: Annotated[Count, "what the part matches by itself"]
    without: Annotated[Count, "what the question finds without it"]
    url: Annotated[Address, "the question without it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question near the one asked, and its hits."""

    kind: Literal["spelling", "loosen", "drop", "widen", "any"]
    text: str
    total: Count
    url: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why a question has no hits, and which questions near it have some, best first."""

    blame: tuple[Blame, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """A page of the hits of a search, with its facets."""

    query: Query
    total: Annotated[Count, "all hits: articles, or stories with `group=story`"]
    articles: Annotated[Count, "the articles that match"]
    stories: Annotated[Count | None, "the stories that they tell; null unless `group=story`"]
    took_ms: Annotated[float, "what the answer took when it was made"]
    generation: Annotated[str, "the committed state of the archive that was asked"]
    first: Annotated[int, "the rank of the first hit here, from 1"]
    results: tuple[Result, ...]
    facets: Facets
    next: Annotated[Address | None, "the next page; null at the end"]
    previous: Annotated[Address | None, "the page before; null at the beginning"]
    diagnosis: Annotated[Diagnosis | None, "only where nothing, or hardly anything, was found"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an article names somebody or a date."""

    kind: MentionKind
    value: Annotated[str, "the canonical name, or an ISO date; empty for a date that could not be resolved"]
    surface: Annotated[str, "the words themselves: `field[start:end]`"]
    field: FieldName
    start: Count
    end: Count
    role: MentionRole
    via: Annotated[str, "the rule or model that decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation of the text, in several spans where it is interrupted or goes on in another paragraph."""

    speaker: Annotated[str | None, "the canonical name of a person; null where the article does not clearly tell one"]
    words: Annotated[tuple[str, ...], "the words of each span"]
    spans: Annotated[tuple[tuple[int, int], ...], "start and end of each in `text`, without the marks"]
    speaker_start: Annotated[int | None, "where the text tells the speaker, by a name, a pronoun or an office"]
    speaker_end: int | None
    cue: Annotated[str, "the words that tell of speech; empty where there are none"]
    via: Annotated[str, "the rule that decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleHead):
    """One article whole."""

    source: Annotated[str, "the name of the file that it was read from"]
    language: str | None
    text: str
    mentions: tuple[Mention, ...]
    quotes: Annotated[tuple[Quote, ...], "who said what, in order"]
    copies: Annotated[tuple[Copy, ...], "its near copies in the archive, earliest first"]
    copies_total: Annotated[Count, "how many there are"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """A page of the values of one facet within a search."""

    query: Query
    field: NameKind
    contains: Annotated[str, "the words that the values were to have"]
    generation: str
    values: tuple[FacetValue, ...]
    distinct: Annotated[Count, "how many values there are"]
    none: Annotated[Count, "the articles without any"]
    next: Annotated[Address | None, "the next page; null at the end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A way to go on typing."""

    text: str
    kind: Literal["word", "person", "outlet"]
    count: Annotated[Count, "the hits of what it stands for"]
    url: Annotated[Address, "the search for it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Ways to go on typing: people, outlets, words."""

    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is being served."""

    version: str
    engine: str
    generation: str
    committed: Annotated[str, "when the generation was made", Keyword("format", "date-time")]
    articles: Count
    undated: Count
    first: Annotated[Day | None, "the first day of the dated articles"]
    last: Day | None
    answers: Annotated[Count, "answers since the start, of pages and API, that are the same until the next commit"]
    answers_kept: Annotated[Count, "those among them that were kept from before, by the server or by who asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportHead:
    """The first line of an export that was asked for it."""

    query: Query
    total: Annotated[Count, "the lines that follow"]
    articles: Annotated[Count, "the articles that match: more than lines with `group=story`"]
    generation: str
    committed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an export; of these, it has the fields that were wanted."""

    id: str
    title: str
    published: Annotated[str | None, "ISO 8601, as precise as known"]
    publisher: str | None
    byline: str | None
    url: str | None
    people: tuple[str, ...]
    outlets: tuple[str, ...]
    score: float
    story: Annotated[str | None, "the `id` of the first that the archive had of its near copies; null without any"]
    copies: Annotated[tuple[str, ...], "with `group=story`, the ids of the other near copies that match"]
    language: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong (RFC 9457)."""

    type: Annotated[Address, "the documentation of this kind of problem"]
    title: str
    status: int
    detail: str
    instance: Annotated[Address, "the path that was asked for"]
    request_id: Annotated[str | None, "under which the server's log has it"] = None
    remedy: Annotated[str | None, "what to do"] = None
    parameter: Annotated[str | None, "which parameter is wrong"] = None
    position: Annotated[tuple[int, int] | None, "where in the query string that parameter begins and ends"] = None
    restart: Annotated[Address | None, "the same search from its first page"] = None
    go_on: Annotated[Address | None, "the same place in the present state of the archive"] = None
