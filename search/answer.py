"""What Newsmorgue answers: plain data, the same for the page, the API and the command."""

from dataclasses import dataclass, field
from typing import Literal

from index.types import Article, PublicationDate, Tagged
from search.engines.engine import Shown
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
class Copy:
    """A near copy of an article, as lists name it; `url` is where it was published."""

    id: str
    title: str
    publisher: str | None
    published: PublicationDate | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The near copies of an article, how many there are and the earliest of them, those first."""

    total: int
    articles: tuple[Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that matches; `score` is BM25F, 0 where nothing was asked. `title_marks` are offsets in its title.

    Where near copies are one hit, it is the earliest, the score is that of the best, and `copies` are the others that
    match; None where each is a hit.
    """

    shown: Shown
    score: float
    snippets: tuple[Snippet, ...]
    title_marks: tuple[tuple[int, int], ...] = ()
    copies: Copies | None = None

    @property
    def article(self) -> Article:
        """The article."""
        return self.shown.article

    @property
    def tagged(self) -> Tagged:
        """The article with all its mentions, which cost more to read than all else that a hit shows."""
        return Tagged(article=self.shown.article, mentions=self.shown.mentions())


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet: how many hits there would be if it were chosen too, or have it where it is `selected`.

    Where any of the chosen values will do, one more makes more hits: those before count too.
    """

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one field over all matches, commonest first.

    `distinct` is how many values there are. `none` counts like a value: the articles without any as one choice.
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
    """Matches over time, at most 60 bars; `interval` is day, month or year; undated ones are counted apart.

    So are `coarse` ones, dated by a longer time than a bar's. `first` and `last` are the ISO days between which all
    dated matches lie, None where there are none.
    """

    interval: str
    buckets: tuple[Bucket, ...]
    undated: int
    coarse: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything about one question.

    `total` counts the hits: stories where the request groups them, articles else. `articles` counts these in any case.
    `first` is the rank of the first hit of this page, from 1; `next` and `previous` are cursors, signed by `secret`,
    which is shown to nobody. `took` is in seconds.
    """

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    total: int
    articles: int
    took: float
    generation: str
    first: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    timeline: Timeline | None
    next: str | None
    previous: str | None
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is being answered from; `first` and `last` are ISO days, None where no article is dated.

    `committed` is when the generation was made, an ISO time in UTC.
    """

    version: str
    engine: str
    generation: str
    committed: str
    articles: int
    undated: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """A part of a question without which there would be hits, or that matches nothing by itself.

    `kind` is `query` for a clause of the query, whose place in `q` is `start` to `end`, else the filter's parameter
    (`person`, `-outlet`, `date` for `from` and `to`, ...). `text` is the clause in normal form, or the filter's value.
    `alone` counts what the part matches by itself, `without` what the question finds without it, which `request` asks.
    """

    kind: str
    text: str
    start: int
    end: int
    alone: int
    without: int
    request: SearchRequest


ProposalKind = Literal["spelling", "loosen", "drop", "widen", "any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question near the one that was asked, and how many hits it has: always one or more.

    `spelling` changes words into others of the archive, `loosen` takes quotes and distances away, `drop` leaves parts
    out, `widen` takes more days, `any` joins the clauses by OR. `text` says what is changed: the new words (and behind
    *without* what had to be left out beside them), what is left out, or the new range.
    """

    kind: ProposalKind
    text: str
    total: int
    request: SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why a question has no hits, and which questions near it have some.

    `total` counts the question's own hits; `blame` and `nearest` are empty where it has any, `spelling` where it has
    more than a few. Each is best first.
    """

    total: int
    blame: tuple[Blame, ...]
    spelling: tuple[Proposal, ...]
    nearest: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A way to go on typing: a word, or the name of a person or outlet, and the hits of what it stands for.

    `request` asks for it; words are folded (index/words.py), names as their facets show them.
    """

    kind: Literal["word", "person", "outlet"]
    text: str
    total: int
    request: SearchRequest
