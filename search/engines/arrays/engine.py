"""An engine over any source of arrays."""

import copy
import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.authority.authority import Authority
from index.days import UNDATED
from index.settings import Settings
from index.types import Tagged
from search.engines.arrays.affording import affordable
from search.engines.arrays.corrected import AuthoritySource
from search.engines.arrays.deadline import Deadline
from search.engines.arrays.expanding import expansion_share
from search.engines.arrays.facets import Tables
from search.engines.arrays.filtering import UNFILTERED, Filtering
from search.engines.arrays.impacts import Impacts
from search.engines.arrays.knowing import Knowing
from search.engines.arrays.matching import Matcher
from search.engines.arrays.ordering import Order, Page
from search.engines.arrays.parts import Weighable, nothing
from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.source import Rows, Source
from search.engines.arrays.stories import Folded, Hits, Stories
from search.engines.arrays.terms import Terms
from search.engines.engine import Counts, Cut, DateCounts, Key, Others, Outcome, Plan, Shown
from search.query.tree import And, Exact, Node, Or
from search.ranking import WORD_WEIGHTS, rarity

_RECENT = 20_000
"""Articles whose rows are remembered: those that were found last are those that are shown next."""

_TREES = 500
"""Trees that are known to need no loosening, each with its share of expansions."""

_KEY = functools.partial(tuple.__new__, Key)
"""Makes a key of its fields without a call of Python."""


_NO_DATES = DateCounts()


def _best_alone(plan: Plan) -> bool:
    """Say whether only the best of all that match and their number are asked for."""
    first_page = plan.sort == "relevance" and plan.window.key is None and plan.group == "none"
    return first_page and not plan.facets and not plan.dates and plan.filters == UNFILTERED


class ArrayEngine:
    """Answers plans over one source; a `search.engines.engine.Engine`."""

    quotations = True

    def __init__(self, name: str, source: Source, settings: Settings) -> None:
        self.name = name
        self.articles = source.articles
        self._source = source
        self._settings = settings
        self._order = Order(source)
        self._impacts = Impacts(source)
        self._knowing = Knowing(source, mask_bytes=settings.filter_cache_bytes, leaf_bytes=settings.leaf_cache_bytes)
        self._scratch = Scratch(np.arange(source.articles, dtype=np.int32))
        self._rows: dict[str, int] = {}
        self._shares: dict[Node, int] = {}

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan; see `Engine.run`."""
        alone = _best_alone(plan)
        known = self._known(plan) if alone else None
        if known is not None:
            return self._best(known, plan, ())
        deadline = Deadline(self._settings.query_seconds)
        tree, loosened, share = self._afforded(plan.tree)
        terms = Terms(
            self._source,
            self._impacts,
            self._scratch,
            self._settings,
            share,
            quotations=self._knowing.quotations,
            speakers=lambda name: self._knowing.ordinals(name.field).find(name.text, whole=name.whole),
        )
        matcher = Matcher(terms, self._knowing, self._scratch, deadline, articles=self.articles, share=share)
        part = matcher.part(tree)
        if alone and isinstance(part, Weighable):
            return self._best(part, plan, (*loosened, *terms.cuts(), *deadline.cuts()))
        filtering = Filtering(plan, self._knowing)
        matches = nothing() if part is None else filtering.joined(part).everywhere()
        final = filtering.rows(matches)
        hits = Hits(final, self._stories if plan.group == "story" else None)
        page = self._order.page(hits.shown, plan.sort, plan.window)
        facets: tuple[Counts, ...] = ()
        dates = _NO_DATES
        if plan.facets or plan.dates:
            facets, dates = filtering.facets(matches, hits, plan.facets, self._tables, dates=plan.dates)
        return Outcome(
            total=hits.total,
            articles=len(final.rows),
            before=page.before,
            rows=self._keys(page),
            others=self._others(page, hits.folded, plan.copies) if hits.folded else (),
            facets=facets,
            dates=dates,
            cuts=(*loosened, *terms.cuts(), *deadline.cuts()),
        )

    def _known(self, plan: Plan) -> Weighable | None:
        """Give the one leaf that a plan asks for where it is kept: most of what a rare word costs is to get there."""
        if isinstance(plan.tree, And | Or | Exact):
            return None
        share = self._shares.get(plan.tree)
        kept = None if share is None else self._knowing.leaf((plan.tree, share))
        return None if kept is None else Weighable(kept, rarity(kept.size, self.articles))

    def _best(self, part: Weighable, plan: Plan, cuts: tuple[Cut, ...]) -> Outcome:
        """Give the best matches of a leaf and their number."""
        final, total = part.best(plan.window.size)
        page = self._order.page(final, plan.sort, plan.window)
        return Outcome(
            total=total, articles=total, before=0, rows=self._keys(page), facets=(), dates=_NO_DATES, cuts=cuts
        )

    def _afforded(self, tree: Node) -> tuple[Node, tuple[Cut, ...], int]:
        """Give a tree that stays within what it may cost, what was loosened for it, and its share of expansions."""
        share = self._shares.get(tree)
        if share is not None:
            return tree, (), share
        afforded, loosened = affordable(tree, self._source, self._settings)
        share = expansion_share(afforded, self._settings)
        if not loosened:
            if len(self._shares) >= _TREES:
                self._shares = {}
            self._shares[tree] = share
        return afforded, loosened, share

    def fetch(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give articles by id; see `Engine.fetch`."""
        rows = [self._row(one) for one in ids]
        return [None if row is None else self._source.tagged(row) for row in rows]

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        """Give articles as hits show them; see `Engine.show`."""
        rows = [self._row(one) for one in ids]
        return [None if row is None else self._source.shown(row) for row in rows]

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Give the other articles of a story; see `Engine.copies`."""
        row = self._row(article_id)
        return () if row is None else tuple(one for one in self._ids(self._stories.all(row)) if one != article_id)

    def names(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give what a typed name means; see `Engine.names`."""
        return self._knowing.ordinals(field).meant(text, whole=whole)

    def forms(self, prefix: str) -> list[tuple[str, int]]:
        """Give the archive's words; see `Engine.forms`."""
        counts: Counter[str] = Counter()
        for field in WORD_WEIGHTS:
            forms, found = self._source.forms(field, prefix)
            for form, count in zip(forms, found.tolist(), strict=True):
                counts[form] += count
        return sorted(counts.items())

    def frequencies(self, forms: Sequence[str]) -> list[int]:
        """Count the texts that have words; see `Engine.frequencies`."""
        return [self._source.frequency("text", form) for form in forms]

    def dates(self) -> tuple[int, int, int]:
        """Give the span of dates; see `Engine.dates`."""
        dated = self._source.first_day != UNDATED
        undated = self.articles - int(np.count_nonzero(dated))
        if undated == self.articles:
            return UNDATED, UNDATED, undated
        return int(self._source.first_day[dated].min()), int(self._source.last_day[dated].max()), undated

    def aliases(self, field: str, text: str) -> tuple[str, ...]:
        """Give what another name means; see `Engine.aliases`."""
        known = self._knowing.ordinals(field)
        return tuple(known.values[one] for one in known.aliased(text))

    def corrected(self, authority: Authority) -> "ArrayEngine":
        """Give an engine over the same arrays that shows names otherwise; see `Engine.corrected`."""
        source = AuthoritySource(self._source, authority, self._knowing)
        other = copy.copy(self)
        other._source = source
        other._knowing = self._knowing.corrected(source, source.ordinals, source.withholds)
        other.__dict__.pop("_tables", None)
        return other

    def close(self) -> None:
        """Let go of the files."""
        self._source.close()

    @functools.cached_property
    def _tables(self) -> Tables:
        return Tables(self._source)

    @functools.cached_property
    def _stories(self) -> Stories:
        return Stories(self._source, self._order)

    def _ids(self, rows: Rows | list[int]) -> list[str]:
        return [one.decode() for one in self._source.ids.take(rows).tolist()]

    def _others(self, page: Page, folded: Folded, most: int) -> tuple[Others, ...]:
        """Give what else is of the story of each hit of a page."""
        found = []
        for row, story in zip(page.rows, self._stories.of.take(page.rows).tolist(), strict=True):
            others = folded.others(row, story)
            found.append(Others(len(others), tuple(self._ids(others[:most]))))
        return tuple(found)

    def _keys(self, page: Page) -> tuple[Key, ...]:
        rows = page.rows
        ids = self._ids(rows)
        days = self._source.first_day.take(rows).tolist()
        scores = [0.0] * len(rows) if page.scores is None else page.scores
        if len(self._rows) > _RECENT:
            self._rows = {}
        self._rows.update(zip(ids, rows, strict=True))
        return tuple(map(_KEY, zip(scores, days, ids, strict=True)))

    def _row(self, article_id: str) -> int | None:
        row = self._rows.get(article_id)
        return self._order.row(article_id) if row is None else row
