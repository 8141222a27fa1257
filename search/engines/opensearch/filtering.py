"""The filters of a plan: those that hold for all that is asked, and those that a facet of theirs leaves out."""

from index.engines.opensearch.cluster import Json
from search.engines.engine import Filters, Plan
from search.engines.opensearch.expressions import dated, some, term, without
from search.engines.opensearch.meanings import Meanings
from search.request import Mode


class Filtering:
    """The filters of one plan as queries: `always` for all, `own` by field for facets that are widened by theirs."""

    def __init__(self, plan: Plan, meanings: Meanings) -> None:
        filters = plan.filters
        wished = {wish.field for wish in plan.facets}
        self.always: list[Json] = _days(filters)
        self.own: dict[str, Json] = {}
        for field, values in (("person", filters.not_person), ("outlet", filters.not_outlet)):
            self.always += [without(meanings.having(field, value, whole=True)) for value in values]
        for field, values, mode in _choices(filters):
            queries = [meanings.having(field, value, whole=True) for value in values]
            if mode == "all":
                self.always += queries
            elif queries and field in wished:
                self.own[field] = some(queries)
            elif queries:
                self.always.append(some(queries))

    def but(self, field: str) -> list[Json]:
        """Give the widening filters of all facets but one."""
        return [query for name, query in self.own.items() if name != field]


def _days(filters: Filters) -> list[Json]:
    found: list[Json] = []
    if filters.first is not None or filters.last is not None:
        found.append(dated(filters.first, filters.last))
    if filters.undated == "only":
        found.append(term("date", 0))
    if filters.undated == "exclude":
        found.append(without(term("date", 0)))
    return found


def _choices(filters: Filters) -> tuple[tuple[str, tuple[str, ...], Mode], ...]:
    return (
        ("person", filters.person, filters.person_mode),
        ("outlet", filters.outlet, filters.outlet_mode),
        ("publisher", filters.publisher, "any"),
    )
