"""From a tree to the parts that answer it."""

from search.engines.arrays.deadline import Deadline
from search.engines.arrays.knowing import Knowing
from search.engines.arrays.parts import All, Negated, Part, Some, Weighable
from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.terms import DearError, Terms
from search.engines.arrays.weighing import Leaf
from search.engines.arrays.writing import Written
from search.query.loosen import looser
from search.query.tree import (
    And,
    DateRange,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Quoted,
    Value,
    Wildcard,
    Word,
    attributed,
    worded,
)
from search.ranking import rarity
from search.request import NONE


class Matcher:
    """Makes the parts of one query ready."""

    def __init__(
        self, terms: Terms, knowing: Knowing, scratch: Scratch, deadline: Deadline, *, articles: int, share: int
    ) -> None:
        self._terms = terms
        self._knowing = knowing
        self._scratch = scratch
        self._deadline = deadline
        self._articles = articles
        self._share = share

    def part(self, node: Node, *, denied: bool = False) -> Part | None:  # noqa: PLR0911  # one a kind
        """Look a clause up, whose depth the parser bounds; None where the deadline left all of it out.

        `denied` says that what matches it is excluded.
        """
        match node:
            case And() | Or():
                parts = [part for clause in node.clauses if (part := self.part(clause, denied=denied)) is not None]
                if len(parts) < 2:
                    return parts[0] if parts else None
                return All(parts) if isinstance(node, And) else Some(parts, self._scratch)
            case Not():
                inner = self.part(node.clause, denied=not denied)
                return None if inner is None else Negated(inner, self._articles)
            case Everything():
                return self._knowing.everything()
            case DateRange():
                first = node.first.toordinal() if node.first else None
                return self._knowing.within(first, node.last.toordinal() if node.last else None)
            case Value():
                return self._knowing.value(node.field, node.text, whole=node.whole)
            case Quoted(clause=Value(text=text) as speaker) if text != NONE:
                return self._knowing.value(speaker.field, text, whole=speaker.whole)
        if self._deadline.passed(node):
            return None
        if isinstance(node, Quoted) and not worded(node):
            return self._knowing.having(self._terms.quoting(node).rows)
        try:
            found = self._weighable(node)
        except DearError:
            return self.part(looser(node) or Everything(), denied=denied)

        if not isinstance(node, Exact):
            return found
        key = (node, "as written")
        kept = self._knowing.leaf(key)
        if kept is not None:
            return Weighable(kept, found.rarity)

        def keep(leaf: Leaf) -> object:
            return self._knowing.keep(key, leaf)

        return Written(node, found.leaf, found.rarity, self._terms, self._deadline, denied=denied, keep=keep)

    def _weighable(self, node: Word | Phrase | Exact | Wildcard | Fuzzy | Near | Quoted) -> Weighable:
        if isinstance(node, Quoted) and attributed(node):  # what is kept is shared by views that show other names
            spoken = self._terms.leaf(node)
            return Weighable(spoken, rarity(spoken.count(), self._articles))
        key = (node, self._share)
        kept = self._knowing.leaf(key)
        if kept is not None:
            return Weighable(kept, rarity(kept.size, self._articles))
        cuts = len(self._terms.cuts())
        fresh = self._terms.leaf(node)
        whole = len(self._terms.cuts()) == cuts
        leaf = self._knowing.keep(key, fresh) if whole else fresh
        return Weighable(leaf, rarity(self._knowing.matching(key, leaf), self._articles))
