"""Counts of what is shown, from counts of the values that an index has (`search.engines.opensearch.renaming`).

Most names are shown as they are written, so that their counts are those of values. Of the others, all that is needed
comes with the page itself: how often each value behind a name is among the matches, and in which of them names are
shown otherwise than elsewhere. Only what several values at once are shown as is counted by itself, where it matters.
"""

from collections.abc import Iterable, Mapping, Set

from index.engines.opensearch.cluster import Json
from search.engines.opensearch.expressions import terms
from search.engines.opensearch.meanings import Meanings

_MOVED = 10_000
"""Values and articles that are asked for by name, to know which of them are among the matches."""

_COUNTED = 2_000
"""Names that are counted one by one at most."""


def asked_beside(meanings: Meanings, name: str) -> Json:
    """Say what a facet's counts of values need beside them."""
    moved = meanings.renaming.moved(name)
    asked: Json = {}
    if 0 < len(moved.values) <= _MOVED:
        size = len(moved.values)
        asked["moved"] = {"terms": {"field": name, "include": list(moved.values), "size": size, "shard_size": 2 * size}}
    if 0 < len(moved.articles) <= _MOVED:
        ids = {"field": "id", "size": len(moved.articles), "execution_hint": "map"}
        asked["beside"] = {"filter": terms("id", moved.articles), "aggs": {"ids": {"terms": ids}}}
    if wanted := meanings.wanted(name):
        filters = {f"n{number}": meanings.shown(name, [one]) for number, one in enumerate(wanted)}
        asked["named"] = {"filters": {"filters": filters}}
        asked["named"]["meta"] = {"names": list(wanted)}
    return asked


class Counting:
    """Counts what one facet shows, among the matches that `found` was counted of, which `within` matches again.

    After `shown`: `more` is by how many there are more names than values, `exact` whether this is sure.
    """

    def __init__(self, meanings: Meanings, name: str, found: Json, within: Json) -> None:
        self._meanings = meanings
        self._name = name
        self._within = within
        self._renamed = meanings.renaming.of(name)
        self._about = meanings.renaming.moved(name)
        self._values: dict[str, int] | None = None if self._about.values else {}
        if "moved" in found:
            self._values = {str(one["key"]): int(one["doc_count"]) for one in found["moved"]["buckets"]}
        self._beside: Set[str] | None = None if self._about.articles else frozenset()
        if "beside" in found:
            self._beside = {str(one["key"]) for one in found["beside"]["ids"]["buckets"]}
        self._named: dict[str, int] = {}
        if "named" in found:
            buckets = found["named"]["buckets"]
            names = found["named"]["meta"]["names"]
            self._named = {one: int(buckets[f"n{number}"]["doc_count"]) for number, one in enumerate(names)}
        self._used: list[str] = []
        self.more = 0
        self.exact = True

    def shown(self, values: Mapping[str, int], *, whole: bool, size: int | None = None) -> dict[str, int]:
        """Give the counts of what is shown for the values that were counted, `whole` where these are all there are.

        Where only the `size` commonest are wanted, no more is counted by itself than may be among them.
        """
        known = dict(values) if whole else {**(self._values or {}), **values}
        if not self._about.values and not self._about.names:
            return known
        moved = self._about.values_set
        counts = {value: count for value, count in known.items() if value not in moved}
        most: dict[str, int] = {}
        doubtful: set[str] = set()
        sure: set[str] = set()
        for name in self._about.names:
            count, least, upper = self._bounds(name, known, all_known=whole or self._values is not None)
            if count is not None:
                counts[name] = count
            elif upper:
                most[name] = upper
                (sure if least else doubtful).add(name)
        counts = {name: count for name, count in counts.items() if count > 0}
        counts |= self._asked(most, doubtful, _least(counts.values(), size))
        shown = {name for name in self._about.names if name in counts} | (sure & most.keys())
        self.more = len(shown) - sum(value in moved for value in known)
        self.exact = self.exact and (whole or self._values is not None)
        return counts

    def _bounds(self, name: str, known: Mapping[str, int], *, all_known: bool) -> tuple[int | None, int, int]:
        """Give in how many matches a name is shown, None where that is not sure, and between which two numbers."""
        own = [known[value] for value in self._renamed.values(name) if value in known]
        if name in self._named:
            if len(own) > 1:
                self._used.append(name)
            return self._named[name], 0, 0
        away, here = self._renamed.out.get(name, frozenset()), self._renamed.within.get(name, frozenset())
        if not all_known or (self._beside is None and (away or here)):
            return None, 0, sum(own) + len(here)
        less, extra = (len(one & self._beside) if self._beside else 0 for one in (away, here))
        if len(own) <= 1:
            return sum(own) - less + extra, 0, 0
        return None, max(max(own) - less, extra), sum(own) + extra

    def _asked(self, most: Mapping[str, int], doubtful: Set[str], least: int) -> dict[str, int]:
        """Count what cannot be told otherwise: that may be among the commonest, or not there at all."""
        asked = sorted((one for one in most if most[one] >= least or one in doubtful), key=lambda one: -most[one])
        if len(asked) > _COUNTED:
            self.exact = False
        self._meanings.want(self._name, [*asked, *self._used])
        if not asked:
            return {}
        counted = self._meanings.count(self._name, asked[:_COUNTED], self._within)
        return {one: count for one, count in counted.items() if count}


def _least(counts: Iterable[int], size: int | None) -> int:
    """Give the least of the `size` highest counts, 0 where there are fewer."""
    highest = sorted(counts, reverse=True)[: size or 0]
    return highest[-1] if size and len(highest) == size else 0
