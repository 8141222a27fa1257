"""Near copies as one hit, where the matches are few enough to be fetched: their facts, not their texts.

A cluster makes one hit of several by a value that they share, but counts neither such hits nor the facets by them, and
cannot go on behind a key. So up to the setting `opensearch_story_matches` matches are fetched and told here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.engines.opensearch.cluster import Json
from search.bars import Span, Spans, bar_of, choose
from search.engines.arrays.forms import forms_of
from search.engines.engine import Counts, DateCounts, FacetWish, Filters, Key, Others, Outcome, Plan
from search.engines.opensearch.facets import Chosen, Tally, assembled, begins, chosen_of, known_forms
from search.engines.opensearch.meanings import Meanings
from search.engines.opensearch.ordering import Order
from search.engines.opensearch.renaming import FACETS, Renaming
from search.request import NONE

FACTS = ["story", "date_last", *FACETS]
"""What is fetched of each match beside its key."""

Told = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is to be known of a match."""

    key: Key
    story: str
    last: int
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def told(self) -> Told:
        """What two matches have in common just where they are of one story."""
        return ("story", self.story) if self.story else ("alone", self.key.id)

    @property
    def days(self) -> tuple[int, int]:
        """The first day and the last that its date may mean."""
        return self.key.day, self.last


def fact_of(hit: Json, order: Order, renaming: Renaming) -> Fact:
    """Read what a cluster gave of a match."""
    found = hit.get("fields", {})
    key = order.key(hit)
    return Fact(
        key=key,
        story="".join(found.get("story", ())),
        last=int(found["date_last"][0]),
        values={name: renaming.shown(key.id, name, found.get(name, ())) for name in FACETS},
    )


class Stories:
    """The matches of one plan, reached without the filters that widen facets; told as stories."""

    def __init__(self, plan: Plan, order: Order, facts: Iterable[Fact], meanings: Meanings) -> None:
        self._plan = plan
        self._order = order
        self._reached = list(facts)
        self._meanings = meanings
        self._own = dict(_own(plan))
        self._hits = [one for one in self._reached if self._passes(one)]

    def outcome(self) -> Outcome:
        """Give the outcome of the plan, without what was cut."""
        keys, others = self._told()
        rows, before = self._window(keys)
        return Outcome(
            total=len(keys),
            articles=len(self._hits),
            before=before,
            rows=tuple(rows),
            others=tuple(others[row.id] for row in rows),
            facets=tuple(self._facet(wish) for wish in self._plan.facets),
            dates=self._dates(),
            cuts=(),
        )

    def _passes(self, fact: Fact, *, without: str = "") -> bool:
        return all(self._has(fact, name, names) for name, names in self._own.items() if name != without)

    def _has(self, fact: Fact, name: str, names: Sequence[str]) -> bool:
        values = fact.values[name]
        for one in names:
            if not values if one == NONE else not set(values).isdisjoint(self._meanings.of(name, one, whole=True)):
                return True
        return False

    def _told(self) -> tuple[list[Key], dict[str, Others]]:
        """Give the key of each story, in order, and what else is of it."""
        stories: defaultdict[Told, list[Fact]] = defaultdict(list)
        for one in sorted(self._hits, key=lambda one: (one.key.day or float("inf"), one.key.id)):
            stories[one.told].append(one)
        keys, others = [], {}
        for first, *copies in stories.values():
            best = max(one.key.score for one in (first, *copies))
            keys.append(first.key._replace(score=best))
            ids = tuple(one.key.id for one in copies[: self._plan.copies])
            others[first.key.id] = Others(total=len(copies), ids=ids)
        return sorted(keys, key=self._rank), others

    def _rank(self, key: Key) -> tuple[float | str, ...]:
        if self._plan.sort == "oldest":
            return key.day or float("inf"), key.id
        return (-key.score, -key.day, key.id) if self._order.by_score else (-key.day, key.id)

    def _window(self, keys: list[Key]) -> tuple[list[Key], int]:
        window = self._plan.window
        if window.key is None:
            return keys[: window.size], 0
        mark = self._rank(window.key)
        inclusive = window.side != "before"
        end = sum(self._rank(key) < mark or (inclusive and self._rank(key) == mark) for key in keys)
        if window.side == "after":
            return keys[end : end + window.size], end
        start = max(0, end - window.size)
        return keys[start:end], start

    def _facet(self, wish: FacetWish) -> Counts:
        chosen = chosen_of(wish, getattr(self._plan.filters, wish.field, ()), self._meanings)
        widening = wish.field in self._own
        reached = [one for one in self._reached if self._passes(one, without=wish.field if widening else "")]
        mine = {one.told for one in self._hits}
        having: defaultdict[str, set[Told]] = defaultdict(set)
        bare: set[Told] = set()
        for one in reached:
            for value in one.values[wish.field]:
                having[value].add(one.told)
            if not one.values[wish.field]:
                bare.add(one.told)
        selected = {value: len(having.get(value, ())) for value in chosen.selected}
        counts = {value: len(told | mine) if widening else len(told) for value, told in having.items()}
        counts |= {value: count for value, count in selected.items() if value in counts}
        if begun := forms_of(wish.containing):
            forms = known_forms(self._meanings, wish.field, list(counts))
            counts = {name: count for name, count in counts.items() if begins(forms[name], begun)}
        none = len(bare | mine) if widening and not chosen.none else len(bare)
        return assembled(
            wish, chosen, Tally(values=counts, none=none, distinct=len(counts)), selected, self._parts(wish, chosen)
        )

    def _parts(self, wish: FacetWish, chosen: Chosen) -> dict[str, int]:
        return {
            name: len({one.told for one in self._hits if not set(values).isdisjoint(one.values[wish.field])})
            for name, values in chosen.parts.items()
            if values
        }

    def _dates(self) -> DateCounts:
        """Count dates; of a story only the first in each bar."""
        if not self._plan.dates:
            return DateCounts()
        counts = Counter(one.days for one in self._hits)
        days = sorted(counts)
        dated = [day for day in days if day[0]]
        interval: str = ""
        bars: Spans = ()
        if len({one.told for one in self._hits}) < len(self._hits):
            if dated:
                numbers = [counts[day] for day in dated]
                interval, bars = choose([day for day, _ in dated], [day for _, day in dated], numbers)
            firsts: dict[tuple[Told, Span | None], Span] = {}
            for one in self._hits:
                bar = bar_of(one.days, interval, bars)
                firsts[one.told, bar] = min(one.days, firsts.get((one.told, bar), one.days))
            counts = Counter(firsts.values())
        return DateCounts(
            first=tuple(first for first, _ in days),
            last=tuple(last for _, last in days),
            counts=tuple(counts[day] for day in days),
            interval=interval,
            bars=bars,
        )


def ungrouped(plan: Plan) -> Plan:
    """Give the plan whose hits are the articles themselves."""
    return replace(plan, group="none", copies=0)


def _own(plan: Plan) -> Iterable[tuple[str, tuple[str, ...]]]:
    filters: Filters = plan.filters
    for wish in plan.facets:
        chosen: tuple[str, ...] = getattr(filters, wish.field, ())
        if chosen and getattr(filters, f"{wish.field}_mode", "any") == "any":
            yield wish.field, chosen
