"""An engine over any source of arrays."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.days import UNDATED
from index.settings import Settings
from index.types import Tagged
from search.engines.arrays.affording import affordable
from search.engines.arrays.deadline import Deadline
from search.engines.arrays.filtering import Filtered
from search.engines.arrays.matching import Norms, match, nothing
from search.engines.arrays.ordering import Order
from search.engines.arrays.plain import Plain
from search.engines.arrays.terms import Terms
from search.engines.engine import DateCounts, Key, Outcome, Plan, Shown, shown
from search.ranking import SCORE_DECIMALS, WORD_WEIGHTS


class ArrayEngine:
    """Answers plans over one source; a `search.engines.engine.Engine`."""

    def __init__(self, name: str, source: Plain, settings: Settings) -> None:
        self.name = name
        self.articles = source.articles
        self._source = source
        self._settings = settings
        self._order = Order(source)
        self._norms = Norms(source)

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan; see `Engine.run`."""
        source = self._source
        deadline = Deadline(self._settings.query_seconds)
        tree, loosened = affordable(plan.tree, source, self._settings)
        terms = Terms(source, self._settings, tree)
        mask, scores = match(tree, source, terms, self._norms, deadline) or nothing(source)
        if scores is not None:
            scores = np.round(scores, SCORE_DECIMALS)
        filtered = Filtered(mask, plan.filters, source)
        mask = filtered.mask()
        page = self._order.page(mask, scores, plan.sort, plan.window)
        rows = tuple(
            Key(
                score=0.0 if scores is None else float(scores[row]),
                day=int(source.first_day[row]),
                id=str(source.ids[row]),
            )
            for row in page.rows.tolist()
        )
        return Outcome(
            total=int(np.count_nonzero(mask)),
            before=page.before,
            rows=rows,
            facets=tuple(filtered.facet(wish) for wish in plan.facets),
            dates=filtered.dates() if plan.dates else DateCounts(),
            cuts=(*loosened, *terms.cuts(), *deadline.cuts()),
        )

    def fetch(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give articles by id; see `Engine.fetch`."""
        rows = [self._order.row(one) for one in ids]
        return [None if row is None else self._source.tagged(row) for row in rows]

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        """Give articles as hits show them; see `Engine.show`."""
        return [None if tagged is None else shown(tagged) for tagged in self.fetch(ids)]

    def names(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give what a typed name means; see `Engine.names`."""
        ordinals = self._source.ordinals(field)
        return tuple(ordinals.values[one] for one in ordinals.find(text, whole=whole))

    def forms(self, prefix: str) -> list[tuple[str, int]]:
        """Give the archive's words; see `Engine.forms`."""
        counts: Counter[str] = Counter()
        for field in WORD_WEIGHTS:
            for form, count in self._source.forms(field, prefix):
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
