"""An engine over any source of arrays."""

import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.days import UNDATED
from index.settings import Settings
from index.types import Tagged
from search.engines.arrays.affording import affordable
from search.engines.arrays.deadline import Deadline
from search.engines.arrays.expanding import expansion_share
from search.engines.arrays.facets import Table
from search.engines.arrays.filtering import Filtering
from search.engines.arrays.impacts import Impacts
from search.engines.arrays.knowing import Knowing
from search.engines.arrays.matching import Matcher
from search.engines.arrays.ordering import Order, Page
from search.engines.arrays.parts import Weighable, nothing
from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.source import Rows, Source
from search.engines.arrays.stories import Folded, Hits, Stories
from search.engines.arrays.terms import Terms
from search.engines.engine import Counts, DateCounts, Key, Others, Outcome, Plan, Shown
from search.ranking import WORD_WEIGHTS

_RECENT = 20_000
"""Articles whose rows are remembered: those that were found last are those that are shown next."""


def _first_page(plan: Plan) -> bool:
    return plan.sort == "relevance" and plan.window.key is None and plan.group == "none"


class ArrayEngine:
    """Answers plans over one source; a `search.engines.engine.Engine`."""

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

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan; see `Engine.run`."""
        deadline = Deadline(self._settings.query_seconds)
        tree, loosened = affordable(plan.tree, self._source, self._settings)
        share = expansion_share(tree, self._settings)
        terms = Terms(self._source, self._impacts, self._scratch, self._settings, share)
        matcher = Matcher(terms, self._knowing, self._scratch, deadline, articles=self.articles, share=share)
        part = matcher.part(tree)
        filtering = Filtering(plan, self._knowing)
        wide = bool(plan.facets) or plan.dates
        if isinstance(part, Weighable) and not wide and filtering.none and _first_page(plan):
            final, total = part.best(plan.window.size)
            matches, hits, articles = final, Hits(final, None), total
        else:
            matches = nothing() if part is None else filtering.joined(part).everywhere()
            final = filtering.rows(matches)
            hits = Hits(final, self._stories if plan.group == "story" else None)
            total, articles = hits.total, len(final.rows)
        page = self._order.page(hits.shown, plan.sort, plan.window)
        facets: tuple[Counts, ...] = ()
        dates = DateCounts()
        if wide:
            facets, dates = filtering.facets(matches, hits, plan.facets, self._table, dates=plan.dates)
        return Outcome(
            total=total,
            articles=articles,
            before=page.before,
            rows=self._keys(page),
            others=self._others(page, hits.folded, plan.copies) if hits.folded else (),
            facets=facets,
            dates=dates,
            cuts=(*loosened, *terms.cuts(), *deadline.cuts()),
        )

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

    def close(self) -> None:
        """Let go of the files."""
        self._source.close()

    @functools.cached_property
    def _table(self) -> Table:
        return Table(self._source)

    @functools.cached_property
    def _stories(self) -> Stories:
        return Stories(self._source, self._order)

    def _ids(self, rows: Rows) -> list[str]:
        return [one.decode() for one in self._source.ids[rows].tolist()]

    def _others(self, page: Page, folded: Folded, most: int) -> tuple[Others, ...]:
        """Give what else is of the story of each hit of a page."""
        found = []
        for row, story in zip(page.rows.tolist(), self._stories.of.take(page.rows).tolist(), strict=True):
            others = folded.others(row, story)
            found.append(Others(len(others), tuple(self._ids(others[:most]))))
        return tuple(found)

    def _keys(self, page: Page) -> tuple[Key, ...]:
        rows = page.rows.tolist()
        ids = self._ids(page.rows)
        days = self._source.first_day[page.rows].tolist()
        scores = [0.0] * len(rows) if page.scores is None else page.scores.tolist()
        if len(self._rows) > _RECENT:
            self._rows = {}
        self._rows.update(zip(ids, rows, strict=True))
        return tuple(map(Key, scores, days, ids))

    def _row(self, article_id: str) -> int | None:
        row = self._rows.get(article_id)
        return self._order.row(article_id) if row is None else row
