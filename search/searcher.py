"""Answer questions of a data directory: the one object that the page, the API and the command hold."""

import dataclasses
import functools
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from index.archive.places import place_of
from index.authority.authority import Authority
from index.authority.types import NameKind, Resolution
from index.days import UNDATED
from index.settings import Settings
from index.types import Tagged
from index.version import VERSION
from search import cursor as cursors
from search.aliases import known_names, known_values
from search.answer import Answer, Completion, Copies, Diagnosis, Facet, FacetValue, Hit, Status
from search.completing import complete
from search.diagnosis.diagnose import diagnose
from search.diagnosis.spelling import Known
from search.engines.engine import Counts, Cut, Engine, FacetWish, Plan, Window, shown
from search.facet_pages import FacetPage, FacetPlace
from search.following import Follower, catch_up
from search.generations import Generations, Held
from search.harvest import Harvest, gather
from search.known import KnownNames
from search.language import _, number
from search.marks import Looked, Marker, Marks, merged
from search.notices import doubts, late, moved, noted
from search.partial import miss
from search.plans import plan_of
from search.query.parser import parse
from search.query.reading import reading
from search.query.searched import searched
from search.query.tree import Everything, Node, Value, ValueField
from search.quoting import QuotePage, QuoteSearch
from search.request import NONE, ParameterError, SearchRequest, bounded, check, check_filters
from search.similar import TRIED, Likeness
from search.stories import copies_of, told
from search.timeline import iso, timeline

_KEPT_TREES = 500
"""Queries that are read but once: the same one comes again with other filters, pages and facets."""


class Searcher:
    """Answers from the current generation of a data directory, and from a new one as soon as it is committed.

    Each call holds one generation from its beginning to its end. Safe for threads. Raises NoIndexError where nothing
    was committed yet, CorruptError and StoreError where a generation cannot be read.
    """

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self.data_dir = data_dir
        self.archive = place_of(settings, data_dir=data_dir)
        self._settings = settings
        catch_up(data_dir, settings)
        self._generations = Generations(data_dir, settings)
        self._parse = functools.lru_cache(_KEPT_TREES)(functools.partial(parse, settings=settings))
        self._quoting = QuoteSearch(self._generations, settings, self._parse)

    def ask(self, request: SearchRequest, *, fixed: bool = False) -> Answer:
        """Answer a request. Raises ParameterError where it asks for what cannot be; the query itself never raises.

        A cursor is answered from its own generation while that is open, else from the current one by the same key; with
        `fixed`, it raises ExpiredCursorError then.
        """
        began = time.perf_counter()
        self._check(request)
        size = bounded("size", request.size, self._settings.page_size, self._settings.max_page_size)
        cursor = cursors.decode(request.cursor, self._generations.shielded) if request.cursor is not None else None
        parsed = self._parse(request.q)
        window = Window(size=size, key=cursor.key, side=cursor.side) if cursor else Window(size=size)
        with self._generations.hold(cursor.generation if cursor else None) as held:
            request, renamed = known_values(request, held.engine)
            if cursor:
                cursors.verify(cursor, request, held.secret)
                if fixed:
                    cursors.refuse_expired(cursor, request, held.name, held.secret)
            tree, read = known_names(parsed.tree, held.engine)
            plan = plan_of(
                tree,
                request,
                window,
                copies=self._settings.copies_shown,
                facets=tuple(self._wish(field, request) for field in request.facets if field != "date"),
                dates="date" in request.facets,
            )
            until = time.perf_counter() + self._settings.query_seconds
            outcome = held.engine.run(plan)
            tree, names = searched(tree, outcome.cuts), KnownNames(held.engine)
            marker = Marker(tree, names, _chosen(request), most_pairs=self._settings.max_near_places)
            hits, bare = held.showing.hits(outcome.rows, marker, until)
            hits = told(hits, outcome, held.engine)
            cuts = (*outcome.cuts, *self._unmarked(bare, outcome.cuts))
            understood = reading(tree, request, names)
            notices = (*parsed.notices, *noted(cuts), *read, *renamed, *doubts(request))
            if cursor and cursor.generation != held.name and request.sort == "relevance":
                notices = (*notices, moved())
            facets = tuple(_facet(counts, request, held.engine) for counts in outcome.facets)
            following = cursors.following(outcome, held.name, request, held.secret)
            preceding = cursors.preceding(outcome, window, held.name, request, held.secret)
            if following or preceding:
                self._generations.expect(held)
        return Answer(
            request=request,
            reading=understood,
            notices=notices,
            total=outcome.total,
            articles=outcome.articles,
            took=time.perf_counter() - began,
            generation=held.name,
            first=outcome.before + 1,
            hits=hits,
            facets=facets,
            timeline=timeline(outcome.dates) if plan.dates else None,
            next=following,
            previous=preceding,
            secret=held.secret,
        )

    def facet(
        self, request: SearchRequest, field: str, *, containing: str = "", size: int | None = None
    ) -> tuple[str, Facet]:
        """Give the generation and one facet of a request's matches, of the values that have the words `containing`.

        Words may be cut short: *kam har* finds Kamala Harris. `distinct` counts the values found.
        """
        settings = self._settings
        most = bounded("facet_size", size, settings.facet_size, settings.max_facet_size)
        return self._count(request, FacetWish(field=field, size=most, containing=containing))

    def values(self, request: SearchRequest, field: str, *, containing: str = "") -> tuple[str, Facet]:
        """Give the generation and one facet whole, with every value that has the words `containing`; see `facet`."""
        return self._count(request, FacetWish(field=field, size=sys.maxsize, containing=containing))

    def facet_page(self, request: SearchRequest, field: str, *, containing: str = "") -> FacetPage:
        """Give a page of the values of one facet, from the place that the request's cursor says on.

        Raises ExpiredCursorError where the cursor's generation is gone.
        """
        self._check(request)
        size = bounded("facet_size", request.facet_size, self._settings.facet_size, self._settings.max_facet_size)
        place = FacetPlace.read(request.cursor) if request.cursor is not None else None
        with self._generations.hold(place.generation if place else None) as held:
            request, renamed = known_values(request, held.engine)
            asked = (field, containing)
            offset = place.offset(request, asked, held.name, held.secret) if place else 0
            parsed = self._parse(request.q)
            tree, read = known_names(parsed.tree, held.engine)
            facet, cuts = self._counted(
                request, tree, FacetWish(field=field, size=offset + size, containing=containing), held
            )
            shown = dataclasses.replace(facet, values=facet.values[offset : offset + size])
            following = None
            if offset + size < facet.distinct:
                self._generations.expect(held)
                following = FacetPlace.write(offset + size, request, asked, held.name, held.secret)
            return FacetPage(
                request=request,
                reading=reading(searched(tree, cuts), request, KnownNames(held.engine)),
                notices=(*parsed.notices, *noted(cuts), *read, *renamed, *doubts(request)),
                generation=held.name,
                facet=shown,
                next=following,
            )

    @contextmanager
    def harvest(self, request: SearchRequest, *, whole: bool = True) -> Iterator[Harvest]:
        """Hold one generation, and give all hits of a request while the block runs; its page and facets are no matter.

        Raises ParameterError as `ask` does, and PartialError where not all can be had, at once or amid the hits; who
        wants a few, which need not be `whole`, is given what can be had.
        """
        self._check(request)
        parsed = self._parse(request.q)
        with self._generations.hold() as held:
            yield gather(held.engine, parsed, request, generation=held.name, committed=held.created, whole=whole)

    def called(self, field: str, name: str) -> tuple[str, ...]:
        """Give the values of a facet in the whole archive that have all words of a name."""
        with self._generations.hold() as held:
            return held.engine.names(field, name, whole=False)

    def aliases(self, field: str, name: str) -> tuple[str, ...]:
        """Give the values of a facet that a name means under which none is shown."""
        with self._generations.hold() as held:
            return held.engine.aliases(field, name)

    def authority(self) -> Authority:
        """Give what decides whom names are shown as now."""
        with self._generations.hold() as held:
            return held.authority

    def variants(self, kind: NameKind, name: str) -> tuple[Resolution, ...]:
        """Give what the archive itself takes for a name that is shown, with the evidence; see `Authority.variants`."""
        with self._generations.hold() as held:
            return held.authority.variants(kind, name)

    @contextmanager
    def uncorrected(self) -> Iterator[Engine]:
        """Hold what answers as the tagger found it, without anything that was computed or corrected of names."""
        with self._generations.hold() as held:
            yield held.files.engine

    def secret(self) -> bytes:
        """Give the archive's secret, which no answer tells; see `search.cursor.secret_of`."""
        with self._generations.hold() as held:
            return held.secret

    def article(self, article_id: str) -> Tagged | None:
        """Give an article by its id, None where there is none."""
        with self._generations.hold() as held:
            return held.engine.fetch([article_id])[0]

    def copies(self, article_id: str) -> Copies:
        """Give the near copies of an article, the earliest first, up to the setting `max_copies` by name."""
        with self._generations.hold() as held:
            return copies_of(article_id, held.engine, self._settings.max_copies)

    def are_copies(self, article_id: str, other: str) -> bool:
        """Say whether two articles are of one story."""
        with self._generations.hold() as held:
            return other in held.engine.copies(article_id)

    def marks(self, tagged: Tagged, query: str) -> tuple[Marks, Marks]:
        """Give where a query matches in an article: (start, end) offsets in its title and in its text."""
        with self._generations.hold() as held:
            tree = self._tree(query, held.engine)
            known = held.engine.show([tagged.article.id])[0]
            looked = Looked(known or shown(tagged), self._settings.max_article_chars)
            found = Marker(tree, KnownNames(held.engine), most_pairs=self._settings.max_near_places).find(looked)
        return merged(found.title), merged(found.text)

    def diagnose(self, request: SearchRequest) -> Diagnosis:
        """Say why a request finds nothing or little, and which requests near it find more.

        To be asked where an answer's total is 0, or small: it costs up to `max_diagnosis_counts` further searches.
        """
        self._check(request)
        with self._generations.hold() as held:
            request, _ = known_values(request, held.engine)
            tree = self._tree(request.q, held.engine)
            known = Known(engine=held.engine, vocabulary=held.vocabulary)
            return diagnose(known, tree, request, self._settings)

    def suggest(self, typed: str, size: int = 5) -> tuple[Completion, ...]:
        """Give up to `size` each of the people, outlets and words that what was typed may become."""
        with self._generations.hold() as held:
            return complete(held.engine, held.vocabulary, typed[: self._settings.max_query_chars], size, self._settings)

    def quotes(self, request: SearchRequest, by: tuple[str, ...] = (), *, fixed: bool = False) -> QuotePage:
        """Give a page of the quotations in a request's matches; see `QuoteSearch.page`, and `ask` of `fixed`."""
        self._check(request)
        return self._quoting.page(request, by, fixed=fixed)

    def similar(self, article_id: str, size: int = 5, *, passages: bool = True) -> tuple[Hit, ...]:
        """Give the articles most like one, best first, without it; nothing where there is no such article.

        Those that tell the same text again come last. Without `passages` their snippets are empty and no title is
        marked, which a list of titles needs not wait for.
        """
        with self._generations.hold() as held:
            tagged = held.engine.fetch([article_id])[0]
            if tagged is None:
                return ()
            likeness = Likeness(held.engine, tagged)
            tree = likeness.question()
            if isinstance(tree, Everything):
                return ()
            outcome = held.engine.run(Plan(tree=tree, window=Window(size=TRIED * size + 1)))
            rows = {row.id: row for row in outcome.rows if row.id != article_id}
            found = likeness.best([one for one in held.engine.show(list(rows)) if one is not None], size)
            if not passages:
                return tuple(Hit(shown=one, score=rows[one.article.id].score, snippets=()) for one in found)
            marker = Marker(tree, KnownNames(held.engine), most_pairs=self._settings.max_near_places)
            scanned = self._settings.snippet_scan_chars
            return tuple(held.showing.hit(Looked(one, scanned), rows[one.article.id], marker) for one in found)

    def generation(self) -> str:
        """Give the name of the generation that is answered from now."""
        with self._generations.hold() as held:
            return held.name

    def steady(self) -> AbstractContextManager[None]:
        """Answer from one generation, whatever is committed or corrected, all that this thread asks in the block."""
        return self._generations.steady()

    def outdated(self) -> bool:
        """Say whether there is a newer generation than those that are open here."""
        return self._generations.outdated()

    def follower(self) -> Follower:
        """Give what keeps this searcher, and others of its data directory, up to what is done on other machines."""
        return Follower(self.data_dir, self.archive, self._settings)

    def prepare(self) -> None:
        """Make what the first questions to the current generation would wait for: the table of its words."""
        with self._generations.hold() as held:
            held.vocabulary()

    def status(self) -> Status:
        """Say what is answered from."""
        with self._generations.hold() as held:
            first, last, undated = held.engine.dates()
            return Status(
                version=VERSION,
                engine=held.engine.name,
                generation=held.name,
                committed=held.created,
                articles=held.engine.articles,
                undated=undated,
                first=None if first == UNDATED else iso(first),
                last=None if last == UNDATED else iso(last),
            )

    def close(self) -> None:
        """Let go of all files."""
        self._generations.close()

    def _check(self, request: SearchRequest) -> None:
        check(request)
        check_filters(request, self._settings.max_filter_values)

    def _count(self, request: SearchRequest, wish: FacetWish) -> tuple[str, Facet]:
        self._check(request)
        with self._generations.hold() as held:
            request, _ = known_values(request, held.engine)
            return held.name, self._counted(request, self._tree(request.q, held.engine), wish, held)[0]

    def _counted(
        self, request: SearchRequest, tree: Node, wish: FacetWish, held: Held
    ) -> tuple[Facet, tuple[Cut, ...]]:
        if wish.field not in {"person", "outlet", "publisher"}:
            raise ParameterError(
                "field",
                _("there is no facet %(field)s", field=repr(wish.field)),
                remedy=_("Give person, outlet or publisher"),
            )
        plan = plan_of(tree, request, Window(size=1), facets=(wish,))
        outcome = held.engine.run(plan)
        [counts] = outcome.facets
        return _facet(counts, request, held.engine, containing=wish.containing), outcome.cuts

    def _tree(self, query: str, engine: Engine) -> Node:
        return known_names(self._parse(query).tree, engine)[0]

    def _unmarked(self, bare: int, cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
        """Note that there was no time to mark some hits, where nothing says yet that time ran out."""
        if not bare or late(cuts):
            return ()
        took = _(
            "The query took longer than %(query_seconds)s seconds.", query_seconds=f"{self._settings.query_seconds:g}"
        )
        message = _(
            "%(took)s %(bare)s of the articles here are shown by their opening, without marks.",
            took=took,
            bare=number(bare),
        )
        miss("deadline")
        return (Cut(code="deadline", message=message, span=(0, 0)),)

    def _wish(self, field: str, request: SearchRequest) -> FacetWish:
        settings = self._settings
        size = bounded("facet_size", request.facet_size, settings.facet_size, settings.max_facet_size)
        return FacetWish(field=field, size=size)


def _chosen(request: SearchRequest) -> list[Value]:
    """Give the people and outlets that a request chose, to be marked."""
    chosen: list[Value] = [Value(field="person", text=name, whole=True) for name in request.person if name != NONE]
    return chosen + [Value(field="outlet", text=name, whole=True) for name in request.outlet if name != NONE]


def _facet(counts: Counts, request: SearchRequest, engine: Engine, *, containing: str = "") -> Facet:
    """Give a facet's values; those that were chosen are among them even where the archive does not know them."""
    values = [FacetValue(value=value, count=count, selected=value in counts.chosen) for value, count in counts.values]
    if not containing:
        field: ValueField = counts.field  # type: ignore[assignment]  # the facets of names are the fields of names
        chosen: tuple[str, ...] = getattr(request, field)
        unknown = (name for name in chosen if name != NONE and not engine.names(field, name, whole=True))
        values += [FacetValue(value=name, count=0, selected=True) for name in unknown]
    return Facet(field=counts.field, values=tuple(values), distinct=counts.distinct, none=counts.none)
