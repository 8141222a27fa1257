"""An engine over an index in a cluster, which index/engines/opensearch/ wrote."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.authority.authority import NOTHING, Authority
from index.days import UNDATED
from index.engines.opensearch.address import NAME
from index.engines.opensearch.cluster import Cluster, Json
from index.engines.opensearch.mapping import FORMS, OLDEST
from index.engines.opensearch.remote import FILE_NAME, read_remote
from index.errors import CorruptError, UnreachableError
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Tagged
from search.engines.engine import Cut, Outcome, Plan, Shown, Window, shown
from search.engines.opensearch.articles import SOURCE, tagged_of
from search.engines.opensearch.clauses import Clauses, scored
from search.engines.opensearch.expanding import Expansions
from search.engines.opensearch.expressions import ANYTHING, constant, every, literally, some, term, terms
from search.engines.opensearch.facets import COUNTED_WELL, Extent, Facets
from search.engines.opensearch.filtering import Filtering
from search.engines.opensearch.meanings import Known, Meanings
from search.engines.opensearch.ordering import Order, above
from search.engines.opensearch.renaming import FACETS, Renaming
from search.engines.opensearch.stories import FACTS, Stories, fact_of, ungrouped
from search.engines.opensearch.view import Asking, View
from search.language import _, number
from search.query.tree import Fuzzy, Wildcard, leaves
from search.ranking import WORD_WEIGHTS

_RECENT = 300
"""Articles that are remembered: those that were found last are those that are shown next."""

_FETCHED = 20
"""Hits whose articles come with them; who asks for more at a time may want their keys only."""

_AT_A_TIME = 1_000

_MOST_FORMS = 60_000
"""Words that are given of an archive at most, the commonest: a cluster gives 65,535 at a time."""

_GLOBAL: Json = {"search_type": "dfs_query_then_fetch"}
"""Rarity by the whole archive, not by each part of it: so that scores are the same wherever an article lies."""


def open_opensearch(directory: Path, settings: Settings) -> "OpenSearchEngine":
    """Open the generation that a directory names.

    Raises CorruptError where it is not in the cluster, UnreachableError where not all of it answers.
    """
    remote = read_remote(directory)
    if remote is None:
        raise CorruptError("the generation names no index", where=str(directory / FILE_NAME), remedy=REPAIR)
    return OpenSearchEngine(Cluster(settings), remote.index, settings)


class OpenSearchEngine:
    """Answers plans from one index of a cluster; a `search.engines.engine.Engine`.

    Each method may raise UnreachableError where the cluster does not answer.
    """

    quotations = True
    name = NAME

    def __init__(self, cluster: Cluster, index: str, settings: Settings) -> None:
        self._settings = settings
        self._view = View(cluster, index, settings)
        self._known = Known()
        self._authority = NOTHING
        self._renamed: Renaming | None = None
        self._recent: OrderedDict[str, Tagged] = OrderedDict()
        self._lock = threading.Lock()
        try:
            self._measure(str(cluster.address))
        except BaseException:
            self._view.close()
            raise

    def _measure(self, where: str) -> None:
        """Count what holds for as long as the generation is open, and so must be whole."""
        asked = {
            "first": {"min": {"field": OLDEST}},
            "last": {"max": {"field": "date_last"}},
            "undated": {"filter": term("date", UNDATED)},
            **{name: {"cardinality": {"field": name, "precision_threshold": COUNTED_WELL}} for name in FACETS},
        }
        asking = Asking(self._view, max(self._settings.query_seconds, self._settings.opensearch_seconds))
        answer = asking.search({"size": 0, "track_total_hits": True, "aggs": asked})
        if asking.cuts():
            raise UnreachableError("not all of the index answers in time", where=where, remedy="Ask again in a moment")
        self.articles = int(answer["hits"]["total"]["value"])
        counted = answer["aggregations"]
        sizes = {name: int(counted[name]["value"]) for name in FACETS}
        self._extent = Extent(shards=int(answer["_shards"]["total"]), sizes=sizes)
        undated = int(counted["undated"]["doc_count"])
        self._dates = (UNDATED, UNDATED, undated)
        if undated < self.articles:
            self._dates = (int(counted["first"]["value"]), int(counted["last"]["value"]), undated)

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan; see `Engine.run`."""
        asking = self._asking()
        meanings = Meanings(asking, self._known, self._renaming(asking))
        patterns = sum(isinstance(leaf, Wildcard | Fuzzy) for leaf in leaves(plan.tree))
        share = max(1, self._settings.max_expansions // max(1, patterns))
        clauses = Clauses(asking, Expansions(asking, share), meanings, self._settings)
        filtering = Filtering(plan, meanings)
        order = Order(plan.sort, scored=scored(plan.tree))
        query = every([clauses.query(plan.tree)], filtering.always)
        outcome = self._told(plan, query, order, asking, meanings) if plan.group == "story" else None
        if outcome is None:
            facets = Facets(asking, ungrouped(plan), query, filtering, meanings, self._extent)
            outcome = self._found(ungrouped(plan), query, order, facets, asking)
        return replace(outcome, cuts=asking.cuts())

    def fetch(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give articles by id; see `Engine.fetch`."""
        return [None if one is None else self._authority.of(one) for one in self._fetched(ids)]

    def _fetched(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give articles by id as the tagger wrote them."""
        with self._lock:
            found = {one: self._recent[one] for one in ids if one in self._recent}
        missing = list(dict.fromkeys(one for one in ids if one not in found))
        for low in range(0, len(missing), _AT_A_TIME):
            part = missing[low : low + _AT_A_TIME]
            answer = self._asking().search(
                {"size": len(part), "query": every([], [terms("id", part)]), "_source": SOURCE}
            )
            found |= self._remembered(answer["hits"]["hits"])
        return [found.get(one) for one in ids]

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        """Give articles as hits show them; see `Engine.show`."""
        return [None if one is None else shown(self._authority.of(one), one) for one in self._fetched(ids)]

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Give the other articles of a story, the 10,000 earliest at most; see `Engine.copies`."""
        [tagged] = self.fetch([article_id])
        if tagged is None or not tagged.story:
            return ()
        asked = {
            "size": 10 * _AT_A_TIME,
            "query": every([], [term("story", tagged.story)]),
            "sort": [{OLDEST: "asc"}, {"id": "asc"}],
            "_source": False,
        }
        ids = (str(hit["sort"][1]) for hit in self._asking().search(asked)["hits"]["hits"])
        return tuple(one for one in ids if one != article_id)

    def names(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give what a typed name means; see `Engine.names`."""
        return self._meanings().of(field, text, whole=whole)

    def aliases(self, field: str, text: str) -> tuple[str, ...]:
        """Give what another name means; see `Engine.aliases`."""
        return self._meanings().aliases(field, text)

    def corrected(self, authority: Authority) -> "OpenSearchEngine":
        """Give an engine that shows names otherwise; see `Engine.corrected`."""
        other = copy.copy(self)
        other._authority, other._known, other._renamed = authority, Known(), None
        return other

    def forms(self, prefix: str) -> list[tuple[str, int]]:
        """Give the archive's commonest words; see `Engine.forms`."""
        asked: Json = {"field": FORMS, "size": _MOST_FORMS}
        query = every([])
        if prefix:
            asked["include"] = literally(prefix) + ANYTHING
            query = constant(some([{"prefix": {field: {"value": prefix}}} for field in WORD_WEIGHTS]))
        answer = self._asking().search({"size": 0, "query": query, "aggs": {"forms": {"terms": asked}}})
        return sorted((one["key"], one["doc_count"]) for one in answer["aggregations"]["forms"]["buckets"])

    def frequencies(self, forms: Sequence[str]) -> list[int]:
        """Count the texts that have words; see `Engine.frequencies`."""
        found: dict[str, int] = {}
        asked = list(dict.fromkeys(forms))
        for low in range(0, len(asked), _AT_A_TIME):
            part = asked[low : low + _AT_A_TIME]
            filters = {f"w{number}": term("text", form) for number, form in enumerate(part)}
            answer = self._asking().search({"size": 0, "aggs": {"texts": {"filters": {"filters": filters}}}})
            buckets = answer["aggregations"]["texts"]["buckets"]
            found |= {form: int(buckets[f"w{number}"]["doc_count"]) for number, form in enumerate(part)}
        return [found[form] for form in forms]

    def dates(self) -> tuple[int, int, int]:
        """Give the span of dates; see `Engine.dates`."""
        return self._dates

    def close(self) -> None:
        """Let go of what the cluster keeps for this generation."""
        self._view.close()

    def _meanings(self) -> Meanings:
        asking = self._asking()
        return Meanings(asking, self._known, self._renaming(asking))

    def _renaming(self, asking: Asking) -> Renaming:
        """Give how names are shown; what is partial is not kept."""
        if self._renamed is None:
            renaming = Renaming(self._authority, asking)
            if asking.cuts():
                return renaming
            self._renamed = renaming
        return self._renamed

    def _asking(self) -> Asking:
        return Asking(self._view, self._settings.query_seconds)

    def _found(self, plan: Plan, query: Json, order: Order, facets: Facets, asking: Asking) -> Outcome:
        own = facets.widening
        window = plan.window
        source = SOURCE if window.size <= _FETCHED else False
        asked: Json = {"size": window.size, "query": query, "track_total_hits": True, "_source": source}
        asked |= {"aggs": facets.aggregations(), "track_scores": True, **order.page(window)}
        if own:
            asked["post_filter"] = every([], own)
        if window.key is not None and not order.by_score:
            earlier = order.before(window.key, inclusive=window.side != "before")
            asked["aggs"]["before"] = {"filter": every([], [*own, earlier])}
        if not asked["aggs"]:
            del asked["aggs"]
        answer = asking.search(asked, params=_GLOBAL if order.by_score else None)
        hits = answer["hits"]["hits"]
        total, counted = int(answer["hits"]["total"]["value"]), answer.get("aggregations", {})
        if source:
            self._remembered(hits)
        rows = [order.key(hit) for hit in hits]
        before = 0
        if window.key is not None:
            end = self._before(window, counted, query, own, order, asking)
            rows = rows if window.side == "after" else rows[::-1]
            before = end if window.side == "after" else max(0, end - len(rows))
        return Outcome(
            total=total,
            articles=total,
            before=before,
            rows=tuple(rows),
            facets=facets.counts(counted, total),
            dates=facets.dates(counted),
            cuts=(),
        )

    def _before(  # noqa: PLR0917  # all that the page was asked with
        self, window: Window, counted: Json, query: Json, own: list[Json], order: Order, asking: Asking
    ) -> int:
        """Count the hits that come before a window's key, which itself counts where it is one and not behind them.

        The query is just what the page was asked by, since one that is put together otherwise may give scores that
        differ in the last bit.
        """
        assert window.key is not None, "without a key nothing comes before"
        if not order.by_score:
            return int(counted["before"]["doc_count"])
        score = window.key.score
        tied = order.before(window.key, inclusive=window.side != "before")

        def at_least(score: float, filters: list[Json]) -> int:
            body: Json = {"size": 0, "query": query, "min_score": score, "track_total_hits": True}
            if filters:
                body["post_filter"] = every([], filters)
            return int(asking.search(body, params=_GLOBAL)["hits"]["total"]["value"])

        better = above(score)
        return at_least(better, own) + at_least(score, [*own, tied]) - at_least(better, [*own, tied])

    def _told(self, plan: Plan, query: Json, order: Order, asking: Asking, meanings: Meanings) -> Outcome | None:
        """Answer a plan by stories; None, and a notice, where its matches are too many to be fetched."""
        most = self._settings.opensearch_story_matches
        asked: Json = {"size": most, "query": query, "track_total_hits": True, "_source": False}
        asked |= {"docvalue_fields": FACTS, "track_scores": True, **order.page(replace(plan.window, key=None))}
        total = int(asking.search(asked | {"size": 0})["hits"]["total"]["value"])
        if total > most:
            message = _(
                "Near copies are shown one by one: %(total)s matches are too many to be told apart "
                "on a cluster, where %(most)s are.",
                total=number(total),
                most=number(most),
            )
            asking.note(Cut(code="not-grouped", message=message, span=(0, 0)))
            return None
        answer = asking.search(asked, params=_GLOBAL if order.by_score else None)
        facts = [fact_of(hit, order, meanings.renaming) for hit in answer["hits"]["hits"]]
        return Stories(plan, order, facts, meanings).outcome()

    def _remembered(self, hits: Sequence[Json]) -> dict[str, Tagged]:
        """Read the articles of hits, and remember them."""
        found = {tagged.article.id: tagged for tagged in map(tagged_of, hits)}
        with self._lock:
            self._recent |= found
            while len(self._recent) > _RECENT:
                self._recent.popitem(last=False)
        return found
