"""Words as they are written, which no array says: articles that have them in any writing are read.

Reading one takes about a tenth of a millisecond, so that it is done last, of what all other clauses leave.
"""

from collections.abc import Callable

from search.engines.arrays.deadline import Deadline
from search.engines.arrays.parts import Matches, There, Weighable
from search.engines.arrays.source import Rows
from search.engines.arrays.terms import Terms
from search.engines.arrays.weighing import Kept, Leaf
from search.query.tree import Exact


class Written:
    """An `=Exact` clause; a `search.engines.arrays.parts.Part`.

    `weight` is the rarity of its words in any writing. Where too much would have to be read, it matches them in any
    writing, or nothing where it is `denied`: so nothing is excluded that was not meant. `keep` is given what was found
    where all articles were read that have the words.
    """

    scored = True
    late = True

    def __init__(
        self,
        node: Exact,
        leaf: Leaf | Kept,
        weight: float,
        terms: Terms,
        deadline: Deadline,
        *,
        denied: bool,
        keep: Callable[[Leaf], object],
    ) -> None:
        self.size = leaf.size
        self._node = node
        self._leaf = leaf
        self._weight = weight
        self._terms = terms
        self._deadline = deadline
        self._denied = denied
        self._keep = keep

    def everywhere(self) -> Matches:
        """Read all articles that have the words; see `Part`."""
        found = self._read(self._leaf.everywhere().rows)
        if found is not None:
            self._keep(found)
        return self._weighed(found).everywhere()

    def at(self, rows: Rows) -> There:
        """Read those of some articles that have the words; see `Part`."""
        return self._weighed(self._read(rows.compress(self._leaf.at(rows) > 0))).at(rows)

    def _read(self, rows: Rows) -> Leaf | None:
        return self._terms.written(self._node, rows, self._deadline, denied=self._denied)

    def _weighed(self, found: Leaf | None) -> Weighable:
        if found is not None:
            return Weighable(found, self._weight)
        return Weighable(self._terms.none() if self._denied else self._leaf, self._weight)
