"""Facets and dates of a plan as aggregations, exact: what was cut off is asked for again, in larger pieces.

Of a facet whose own filter widens what is found, two counts are taken: of what there would be without that filter, and
of the part of this that the filter keeps away. See `search.answer.FacetValue` for what is counted of which value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.mapping import SPAN
from search.engines.arrays.forms import forms_of
from search.engines.engine import Counts, Cut, DateCounts, FacetWish, Plan
from search.engines.opensearch.counting import Counting, asked_beside
from search.engines.opensearch.expressions import every, without
from search.engines.opensearch.filtering import Filtering
from search.engines.opensearch.meanings import Meanings
from search.engines.opensearch.names import lookup
from search.engines.opensearch.renaming import PLAIN
from search.engines.opensearch.view import Asking
from search.language import _
from search.language import number as written
from search.request import NONE

_MORE = 200
"""Values asked for beside those wanted, to put those with the same count in our order: fewer, and it is asked twice."""

_MOST = 15_000
"""Values of one facet in one answer: of all facets and dates a cluster gives 65,535 at a time."""

_EXACT = 5_000
"""Up to so many values are listed within the cluster just to tell how many they are. That costs more than all else of a
page: it is asked behind it, where there are more values than came with it and, by their hashes, not many more."""

_SURELY = 0.9
"""Of an archive whose values are at most this part of a number, about, all are sure to be within it."""

COUNTED_WELL = 40_000
"""The number of more is told from hashes of 25 bits, and a notice says that it is about so many: right but for a few
up to so many, which is the most that a cluster takes."""

_DATES = 10_000

_AT_A_TIME = 10_000

LISTED = 60_000
"""Values of a facet that are listed and counted one by one at most."""


_COUNTED = {"filter_path": "took,timed_out,_shards,aggregations.*.listed.sum_other_doc_count,aggregations.*.exactly"}
"""What of an answer is sent: not the values that are listed only to be counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What is known of all of an index: in how many parts it is, and about how many values each facet has."""

    shards: int
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The names that a facet's filter has: those that are values, and those that are a part of some."""

    selected: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted of a facet: values, articles without any, and how many values there are."""

    values: Mapping[str, int]
    none: int
    distinct: int


def chosen_of(wish: FacetWish, names: Sequence[str], meanings: Meanings) -> Chosen:
    """Tell what the chosen names of a facet are."""
    same = {name: meanings.same(wish.field, name) for name in names if name != NONE}
    meant = {name: meanings.of(wish.field, name, whole=True) for name, own in same.items() if not own}
    return Chosen(
        selected=tuple(dict.fromkeys(one for own in same.values() for one in own)), parts=meant, none=NONE in names
    )


class Facets:
    """The facets and dates of one plan, over the matches of `query` that pass what filters all."""

    def __init__(  # noqa: PLR0917  # all that a plan is answered with
        self,
        asking: Asking,
        plan: Plan,
        query: Json,
        filtering: Filtering,
        meanings: Meanings,
        extent: Extent,
    ) -> None:
        self._extent = extent
        self._asking = asking
        self._plan = plan
        self._query = query
        self._filtering = filtering
        self._meanings = meanings
        self._chosen = {
            wish.field: chosen_of(wish, getattr(plan.filters, wish.field, ()), meanings) for wish in plan.facets
        }

    @property
    def widening(self) -> list[Json]:
        """The filters that facets are counted without, and hits are not found without."""
        return list(self._filtering.own.values())

    def aggregations(self) -> Json:
        """Say what is to be counted beside the first page of hits."""
        asked: Json = {}
        for wish in self._plan.facets:
            size = min(_MOST, wish.size + _MORE)
            asked[wish.field] = self._reached(wish, self._filtering.but(wish.field), size, distinct=True)
            if self._widened(wish.field):
                asked[f"{wish.field}-lacking"] = self._reached(wish, self._lacking(wish.field), _MOST, distinct=False)
        if self._plan.dates:
            asked["dates"] = {"filter": every([], self.widening), "aggs": {"spans": _spans()}}
        return asked

    def counts(self, answer: Json, hits: int) -> tuple[Counts, ...]:
        """Read what was counted, where `hits` is how many there are in all."""
        listed = self._numbers(answer)
        return tuple(self._facet(wish, answer, hits, listed.get(wish.field)) for wish in self._plan.facets)

    def _numbers(self, answer: Json) -> dict[str, int]:
        """Count the values of facets where that is to be exact, and not all of them came with the page."""
        asked: Json = {}
        for wish in self._plan.facets:
            found = answer[wish.field]
            about = int(found["distinct"]["value"]) if "distinct" in found else 0
            if 0 < about <= _EXACT / _SURELY and not _whole(found["top"]) and not forms_of(wish.containing):
                listed: Json = {"listed": {"terms": {"field": wish.field, "size": _EXACT, "shard_size": _EXACT}}}
                listed["exactly"] = {"stats_bucket": {"buckets_path": "listed>_count"}}
                asked[wish.field] = {"filter": every([], self._filtering.but(wish.field)), "aggs": listed}
        if not asked:
            return {}
        counted = self._asking.search({"size": 0, "query": self._query, "aggs": asked}, params=_COUNTED)["aggregations"]
        return {
            name: int(one["exactly"]["count"])
            for name, one in counted.items()
            if not one["listed"]["sum_other_doc_count"]
        }

    def dates(self, answer: Json) -> DateCounts:
        """Read the dates that were counted; where there are more than fit, ask for the others."""
        if not self._plan.dates:
            return DateCounts()
        found = answer["dates"]["spans"]
        buckets = list(found["buckets"])
        while found["sum_other_doc_count"] and len(buckets) < LISTED:
            later = [*self.widening, {"range": {SPAN: {"gt": buckets[-1]["key"]}}}]
            asked = {"size": 0, "query": every([], [self._query, *later]), "aggs": {"spans": _spans()}}
            found = self._asking.search(asked)["aggregations"]["spans"]
            buckets += found["buckets"]
        numbers = [(int(one["key"]) >> 32, int(one["key"]) & 0xFFFFFFFF, int(one["doc_count"])) for one in buckets]
        if not numbers:
            return DateCounts()
        first, last, counts = zip(*numbers, strict=True)
        return DateCounts(first=first, last=last, counts=counts)

    def _widened(self, name: str) -> bool:
        return name in self._filtering.own

    def _lacking(self, name: str) -> list[Json]:
        return [*self._filtering.but(name), without(self._filtering.own[name])]

    def _reached(self, wish: FacetWish, filters: list[Json], size: int, *, distinct: bool) -> Json:
        chosen = self._chosen[wish.field]
        own = [*filters, self._filtering.own[wish.field]] if self._widened(wish.field) else filters
        if self._widened(wish.field):
            size = _MOST
        asked: Json = {
            "top": self._top(wish.field, size),
            "none": {"filter": self._meanings.bare(wish.field)},
            **{
                f"s{number}": {"filter": self._meanings.shown(wish.field, [value])}
                for number, value in enumerate(chosen.selected)
            },
        }
        if distinct:
            asked |= self._distinct(wish.field, size) | asked_beside(self._meanings, wish.field)
            for number, values in enumerate(chosen.parts.values()):
                asked[f"p{number}"] = {"filter": every([], [self._meanings.shown(wish.field, values), *own])}
        return {"filter": every([], filters), "aggs": asked}

    def _distinct(self, name: str, size: int) -> Json:
        """Say how the values are to be counted, of which `size` are asked for."""
        if self._extent.sizes[name] <= _SURELY * size:
            return {}
        return {"distinct": {"cardinality": {"field": name, "precision_threshold": COUNTED_WELL}}}

    def _top(self, name: str, size: int, shard: int = 0) -> Json:
        asked: Json = {"field": name, "size": size}
        if self._extent.shards == 1:
            return {"terms": {**asked, "shard_size": size}}  # which counts each value in full
        shard = min(2 * _MOST, max(1_000, 5 * size, shard))
        return {"terms": {**asked, "shard_size": shard, "show_term_doc_count_error": True}}

    def _facet(self, wish: FacetWish, answer: Json, hits: int, listed: int | None) -> Counts:
        chosen = self._chosen[wish.field]
        found = answer[wish.field]
        having = self._tally(wish, found, self._filtering.but(wish.field), listed)
        selected = {value: int(found[f"s{number}"]["doc_count"]) for number, value in enumerate(chosen.selected)}
        parts = {
            name: int(found[f"p{number}"]["doc_count"])
            for number, (name, values) in enumerate(chosen.parts.items())
            if values
        }
        counts, none = dict(having.values), having.none
        if self._widened(wish.field):
            lacking = self._tally(wish, answer[f"{wish.field}-lacking"], self._lacking(wish.field))
            counts = {value: hits + lacking.values.get(value, 0) for value in counts}
            none = none if chosen.none else hits + lacking.none
        counts |= {
            value: count for value, count in selected.items() if value in counts or (count and not wish.containing)
        }
        return assembled(wish, chosen, Tally(values=counts, none=none, distinct=having.distinct), selected, parts)

    def _tally(self, wish: FacetWish, found: Json, filters: list[Json], listed: int | None = None) -> Tally:
        """Read the counts of values; ask again where those wanted are not surely the commonest, counted in full.

        `listed` is how many values there are, where that was asked.
        """
        none = int(found["none"]["doc_count"])
        within = every([], [self._query, *filters])
        if begun := forms_of(wish.containing):
            values = self._containing(wish.field, begun, within)
            return Tally(values=values, none=none, distinct=len(values))
        exact = listed is not None
        distinct = int(found["distinct"]["value"]) if "distinct" in found else 0
        distinct = distinct if listed is None else listed
        counting = Counting(self._meanings, wish.field, found, within)
        top = found["top"]
        if (distinct >= _MOST or not _whole(top)) and wish.size >= _MOST:
            values = counting.shown(self._listed(wish.field, within), whole=True)
            return Tally(values=values, none=none, distinct=len(values))
        size = 8 * (wish.size + _MORE)
        while not _settled(top, wish.size) and size <= 8 * _MOST:
            asked = {
                "size": 0,
                "query": within,
                "aggs": {"top": self._top(wish.field, min(size, _MOST), shard=10 * size)},
            }
            top = self._asking.search(asked)["aggregations"]["top"]
            size *= 8
        whole = _whole(top)
        values = {str(one["key"]): int(one["doc_count"]) for one in top["buckets"]}
        values = counting.shown(values, whole=whole, size=None if whole else wish.size)
        distinct = len(values) if whole else max(distinct + counting.more, len(values))
        if "distinct" in found and not ((whole or exact) and counting.exact):
            self._tell_about(wish, distinct)
        return Tally(values=values, none=none, distinct=distinct)

    def _containing(self, name: str, begun: Sequence[str], within: Json) -> dict[str, int]:
        """Count the values that have words, or other names of which words, begin as each of some beginnings."""
        renamed = self._meanings.renaming.of(name)
        found = lookup(self._asking, name, begun, within)
        if renamed == PLAIN:
            values = dict(found[0])
            for other in found[1:]:
                values = {one: count for one, count in values.items() if one in other}
            return {one: count for one, count in values.items() if begins(forms_of(one), begun)}
        names, pairs = renamed.fitting(
            lambda one: any(form.startswith(part) for form in forms_of(one) for part in begun)
        )
        meant = {to for some in found for value in some if (to := renamed.of(value)) is not None}
        counts = self._meanings.count(name, sorted(meant | names | {to for _, to in pairs}), within)
        forms = known_forms(self._meanings, name, [one for one, count in counts.items() if count])
        return {one: counts[one] for one, own in forms.items() if begins(own, begun)}

    def _listed(self, name: str, query: Json) -> dict[str, int]:
        """Count every value of a facet, page after page."""
        values: dict[str, int] = {}
        composite: Json = {"size": _AT_A_TIME, "sources": [{"value": {"terms": {"field": name}}}]}
        while True:
            asked = {"size": 0, "query": query, "aggs": {"all": {"composite": composite}}}
            found = self._asking.search(asked)["aggregations"]["all"]
            values |= {str(one["key"]["value"]): int(one["doc_count"]) for one in found["buckets"]}
            if len(found["buckets"]) < _AT_A_TIME:
                return values
            composite = {**composite, "after": found["after_key"]}

    def _tell_about(self, wish: FacetWish, distinct: int) -> None:
        """Note that there are too many values to be counted one by one."""
        message = _(
            "There are about %(number)s different values of %(field)s: so many are not counted one by one.",
            number=written(distinct),
            field=wish.field,
        )
        self._asking.note(Cut(code="values-about", message=message, span=(0, 0)))


def assembled(
    wish: FacetWish, chosen: Chosen, tally: Tally, selected: Mapping[str, int], parts: Mapping[str, int]
) -> Counts:
    """Put a facet together: the commonest values, then the chosen ones beyond, then chosen parts of names."""
    order = sorted(tally.values, key=lambda name: (-tally.values[name], name.casefold(), name))
    shown = [(name, tally.values[name]) for name in order[: wish.size]]
    if not wish.containing:
        known = {name for name, _ in shown}
        shown += [(name, count) for name, count in selected.items() if name not in known]
        shown += parts.items()
    return Counts(
        field=wish.field,
        values=tuple(shown),
        chosen=frozenset([*chosen.selected, *chosen.parts]),
        distinct=tally.distinct,
        none=tally.none,
    )


def known_forms(meanings: Meanings, name: str, values: Sequence[str]) -> dict[str, set[str]]:
    """Give for each value its words, and those of other names that mean it and are not shown themselves."""
    renamed = meanings.renaming.of(name)
    others = {other for value in values for other in renamed.called.get(value, ())}
    there = meanings.present(name, others)
    return {
        value: {
            form
            for one in (value, *renamed.called.get(value, ()))
            if one not in there - {value}
            for form in forms_of(one)
        }
        for value in values
    }


def begins(own: Iterable[str], begun: Iterable[str]) -> bool:
    """Say whether for each beginning some word begins so."""
    forms = set(own)
    return all(any(form.startswith(one) for form in forms) for one in begun)


def _whole(top: Json) -> bool:
    """Say whether an answer has all values, counted in full."""
    return not top["sum_other_doc_count"] and not top["doc_count_error_upper_bound"]


def _settled(top: Json, size: int) -> bool:
    """Say whether the first `size` values are surely the commonest in our order, each counted in full."""
    buckets = top["buckets"]
    if _whole(top):
        return True
    if len(buckets) <= size:
        return False
    wanted, last = buckets[:size], buckets[-1]["doc_count"]
    least = wanted[-1]["doc_count"]
    counted = not any(one.get("doc_count_error_upper_bound") for one in buckets if one["doc_count"] >= least)
    return counted and last < least and top["doc_count_error_upper_bound"] < least


def _spans() -> Json:
    return {"terms": {"field": SPAN, "size": _DATES, "order": {"_key": "asc"}}}
