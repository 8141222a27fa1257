"""Pages of quotations: those that the matches of a question make, newest first, each article's together."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from index.settings import Settings
from index.types import Article, Quote
from search import cursor as cursors
from search.aliases import known_names, known_values
from search.answer import Facet, FacetValue, Notice
from search.engines.engine import Counts, Engine, FacetWish, Key, Outcome, Window
from search.generations import Generations, Held
from search.known import KnownNames
from search.notices import doubts, noted
from search.plans import plan_of
from search.query.parser import Parsed
from search.query.reading import reading
from search.query.searched import searched
from search.query.tree import Everything, Node, Quoted, Span, Value, both, either
from search.quotations import asked_of, sayings, spoken_of
from search.request import SearchRequest, bounded, check, check_filters


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteHit:
    """One quotation that was asked for, with its article; `words` are those that matched, offsets in the text."""

    article: Article
    quote: Quote
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePage:
    """Some quotations of the matches of a question.

    `articles` counts the articles that have any; `speakers` counts those that quote each person. `request` asks for
    these articles as a search: its query says whom `by` wanted, too. `next` and `previous` are cursors.
    """

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    generation: str
    articles: int
    hits: tuple[QuoteHit, ...]
    speakers: Facet
    next: str | None
    previous: str | None


class QuoteSearch:
    """Finds quotations; `parse` reads a query."""

    def __init__(self, generations: Generations, settings: Settings, parse: Callable[[str], Parsed]) -> None:
        self._generations = generations
        self._settings = settings
        self._parse = parse

    def page(self, request: SearchRequest, by: tuple[str, ...], *, fixed: bool = False) -> QuotePage:
        """Give a page of the quotations in the matches of a request, of any of some speakers where they are named.

        Where the query asks for quotations, only those are given that it asks for. An article's quotations are never
        parted, so that a page may have some more than `size`. Raises ParameterError, and with `fixed`
        ExpiredCursorError, as `Searcher.ask` does.
        """
        check(request)
        settings = self._settings
        check_filters(request, settings.max_filter_values)
        size = bounded("size", request.size, settings.page_size, settings.max_page_size)
        speakers = bounded("facet_size", request.facet_size, settings.facet_size, settings.max_facet_size)
        parsed = self._parse(request.q)
        asked = _by(parsed.tree, by)
        request = dataclasses.replace(request, q=str(asked) if by else request.q, sort="newest", group="none")
        cursor = cursors.decode(request.cursor, self._generations.shielded) if request.cursor is not None else None
        window = Window(size=size, key=cursor.key, side=cursor.side) if cursor else Window(size=size)
        with self._generations.hold(cursor.generation if cursor else None) as held:
            request, renamed = known_values(request, held.engine)
            if cursor:
                cursors.verify(cursor, request, held.secret)
                if fixed:
                    cursors.refuse_expired(cursor, request, held.name, held.secret)
            tree, read = known_names(asked, held.engine)
            notices = (*parsed.notices, *read, *renamed, *doubts(request))
            if not held.engine.quotations:
                return _unsearched(request, held, notices)
            quoting = tree if asked_of(tree) else both([*_some(tree), Quoted(clause=Everything())])
            wish = FacetWish(field="speaker", size=speakers)
            outcome = held.engine.run(plan_of(quoting, request, window, facets=(wish,)))
            hits, outcome = self._cut(held.engine, quoting, outcome, size, backwards=window.side != "after")
            following = cursors.following(outcome, held.name, request, held.secret)
            preceding = cursors.preceding(outcome, window, held.name, request, held.secret)
            if following or preceding:
                self._generations.expect(held)
            return QuotePage(
                request=request,
                reading=reading(searched(tree, outcome.cuts), request, KnownNames(held.engine)),
                notices=(*notices, *noted(outcome.cuts)),
                generation=held.name,
                articles=outcome.total,
                hits=hits,
                speakers=_facet(outcome.facets[0], {name for one in by for name in _meant(held.engine, one)}),
                next=following,
                previous=preceding,
            )

    def _cut(
        self, engine: Engine, tree: Node, outcome: Outcome, size: int, *, backwards: bool
    ) -> tuple[tuple[QuoteHit, ...], Outcome]:
        """Give the quotations of as many rows as make a page, and the outcome with just these rows."""
        clauses = [spoken_of(one, KnownNames(engine), self._settings.max_near_places) for one in asked_of(tree)]
        taken: list[tuple[Key, list[QuoteHit]]] = []
        rows = outcome.rows[::-1] if backwards else outcome.rows
        found = 0
        for row, shown in zip(rows, engine.show([row.id for row in rows]), strict=True):
            if found >= size:
                break
            quotes: dict[Quote, set[Span]] = {}
            if shown is not None:
                text = shown.article.text
                for saying in (one for spoken in clauses for one in sayings(spoken, shown.quotes(), text)):
                    quotes.setdefault(saying.quote, set()).update(saying.words)
                hits = [
                    QuoteHit(article=shown.article, quote=quote, words=tuple(sorted(words)))
                    for quote, words in sorted(quotes.items(), key=lambda pair: pair[0].start)
                ]
                taken.append((row, hits))
                found += len(hits)
        if backwards:
            taken.reverse()
        before = outcome.before + (len(rows) - len(taken) if backwards else 0)
        kept = dataclasses.replace(outcome, rows=tuple(row for row, _ in taken), before=before)
        return tuple(hit for _, hits in taken for hit in hits), kept


def _by(tree: Node, by: tuple[str, ...]) -> Node:
    """Ask of a query's quotations that they be of any of some speakers, besides."""
    if not by:
        return tree
    speakers = either([Quoted(clause=Value(field="speaker", text=name, whole=True)) for name in by])
    return both([*_some(tree), speakers])


def _some(tree: Node) -> list[Node]:
    return [] if isinstance(tree, Everything) else [tree]


def _meant(engine: Engine, name: str) -> tuple[str, ...]:
    return engine.names("speaker", name, whole=True)


def _facet(counts: Counts, chosen: set[str]) -> Facet:
    values = tuple(FacetValue(value=value, count=count, selected=value in chosen) for value, count in counts.values)
    return Facet(field="speaker", values=values, distinct=counts.distinct, none=counts.none)


def _unsearched(request: SearchRequest, held: Held, notices: tuple[Notice, ...]) -> QuotePage:
    return QuotePage(
        request=request,
        reading="",
        notices=notices,
        generation=held.name,
        articles=0,
        hits=(),
        speakers=Facet(field="speaker", values=(), distinct=0, none=0),
        next=None,
        previous=None,
    )
