"""The seam between questions and an engine's files: a plan goes in, an outcome comes out, both plain data."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from index.authority.authority import Authority
from index.types import Article, Mention, Quote, Tagged
from search.query.tree import Node, Span
from search.request import Group, Mode, Sort, Undated


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a request wants beside its query; `first` and `last` are day numbers (index/days.py), None where open.

    With a range, undated articles match no more, whatever `undated` says but `only`, with which nothing matches.
    """

    person: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    not_person: tuple[str, ...] = ()
    not_outlet: tuple[str, ...] = ()
    person_mode: Mode = "all"
    outlet_mode: Mode = "any"
    first: int | None = None
    last: int | None = None
    undated: Undated = "include"


class Key(NamedTuple):
    """Where an article stands in the order of an answer: its score, its first day (0 undated), and its id."""

    score: float
    day: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which hits are wanted: `size` of them behind a key, before it, or up to and with it; without a key the first.

    With size 0 hits are only counted.
    """

    size: int
    key: Key | None = None
    side: Literal["after", "before", "until"] = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetWish:
    """A facet to count: the `size` commonest values, of those whose words begin with the words of `containing`."""

    field: str
    size: int
    containing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One question to an engine.

    With the `group` *story*, matches of one story are one hit: the earliest of them (as `oldest` orders), with the
    score of the best. Facets and dates then count stories, each once for a value and once in a bar (search/bars.py), as
    many as choosing the value or the bar's days finds. Of each hit's other matches, up to `copies` ids are wanted.
    """

    tree: Node
    window: Window
    filters: Filters = Filters()
    sort: Sort = "relevance"
    group: Group = "none"
    copies: int = 0
    facets: tuple[FacetWish, ...] = ()
    dates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A clause that was not searched in full, because of a limit; `span` is its place in the query."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One facet: values with counts, commonest first, then the chosen ones beyond; see `search.answer.Facet`."""

    field: str
    values: tuple[tuple[str, int], ...]
    chosen: frozenset[str]
    distinct: int
    none: int


class DateCounts(NamedTuple):
    """How many matches have each date, as columns: the first and last day (index/days.py) it may mean, and the count.

    Dates ascend; undated is 0 and 0. Where stories are counted, each is at its first date in each of these `bars`
    (search/bars.py), and once among the dates that are coarser than the `interval`.
    """

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    interval: str = ""
    bars: tuple[tuple[int, int], ...] = ()


class Others(NamedTuple):
    """The matches that are of one story with a hit: how many, and the ids of the earliest, those first."""

    total: int = 0
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an engine found: `total` hits, of which `rows` are the window's, with `before` others before them.

    `articles` counts the matches: as many as hits where these are not grouped. Where they are, `others` has for each
    row what else is of its story.
    """

    total: int
    articles: int
    before: int
    rows: tuple[Key, ...]
    others: tuple[Others, ...] = ()
    facets: tuple[Counts, ...]
    dates: DateCounts
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article as a list of hits shows it: what costs least to fetch; where its names stand only on demand.

    `people` and `outlets` (the cited ones) are in the order of their first mention, each with its number of mentions.
    `mentions` gives them, and `quotes` the quotations, even after the engine was closed: an answer outlives its
    generation. `story` is as in Tagged. `written` is the same as the tagger wrote it, whose names have the words by
    which it is found; None where it is shown so.
    """

    article: Article
    people: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    mentions: Callable[[], tuple[Mention, ...]]
    quotes: Callable[[], tuple[Quote, ...]]
    story: str = ""
    written: "Shown | None" = None


def shown(tagged: Tagged, written: Tagged | None = None) -> Shown:
    """Make what is shown of an article from all of it, and from what the tagger wrote, where that is otherwise."""
    people = Counter(one.value for one in tagged.mentions if one.kind == "person" and one.value)
    outlets = Counter(
        one.value for one in tagged.mentions if one.kind == "outlet" and one.role == "cited" and one.value
    )
    return Shown(
        article=tagged.article,
        people=tuple(people.items()),
        outlets=tuple(outlets.items()),
        mentions=lambda: tagged.mentions,
        quotes=lambda: tagged.quotes,
        story=tagged.story,
        written=None if written is None or written is tagged else shown(written),
    )


class Engine(Protocol):
    """Reads one generation; safe for threads. Articles are ordered by the sort, then newer first, then by id.

    `quotations` says whether it searches them, and counts speakers: `search.query.tree.Quoted` and the facet `speaker`.
    """

    name: str
    articles: int
    quotations: bool

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan. Raises CorruptError where files are not what the writer wrote."""
        ...

    def fetch(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give the articles with these ids, None where there is none."""
        ...

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        """Give the articles with these ids as hits show them, None where there is none; see `shown`."""
        ...

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Give the ids of the other articles of an article's story, the earliest first; none where it has no story."""
        ...

    def names(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give the values of a keyword field that a typed name means; see `search.query.tree.Value`."""
        ...

    def aliases(self, field: str, text: str) -> tuple[str, ...]:
        """Give the values of a keyword field that a name means under which none is shown."""
        ...

    def corrected(self, authority: Authority) -> "Engine":
        """Give an engine over the same files that shows people and outlets as an authority does; this one stays open.

        The words of names (`names` in the field table) are the tagger's still. To be called of an engine that shows
        what the tagger found; where that is closed, so is the other.
        """
        ...

    def forms(self, prefix: str) -> list[tuple[str, int]]:
        """Give the words of titles, texts and names that begin with a prefix, and about how many articles have each."""
        ...

    def frequencies(self, forms: Sequence[str]) -> list[int]:
        """Give for each of some words about how many texts have it."""
        ...

    def dates(self) -> tuple[int, int, int]:
        """Give the first and the last day of all dated articles (0, 0 where none is), and how many are undated."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
