"""The tree of a query: frozen types, and the normal form that `str` prints and the parser reads back.

Leaves carry `span`, their place in the query as typed, which takes no part in equality.
"""

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TextField = Literal["", "title", "text", "said"]
"""Where a leaf is looked for: "" in title, text and the names of people and outlets; *said* within quotations."""

ValueField = Literal["person", "outlet", "publisher", "speaker"]
TYPED = {"speaker": "by"}
"""Fields that are typed under other names than the index has for them."""

Span = tuple[int, int]

MAX_DISTANCE = 49
"""The widest proximity; smaller than the gap between two names in the index (index.engines.values.NAME_GAP)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All articles: what an empty query means."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word without quotes: found in all its inflections. What analysis cuts in several stands for these in a row."""

    text: str
    field: TextField = ""
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return _prefix(self.field) + self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Quoted words: these forms themselves, in a row; with a `distance`, in any order with that many others between."""

    text: str
    distance: int = 0
    field: TextField = ""
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f'{_prefix(self.field)}"{self.text}"' + (f"~{self.distance}" if self.distance else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """Words as they are written: case and accents count."""

    text: str
    field: TextField = ""
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f'{_prefix(self.field)}="{self.text}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wildcard:
    """All words of a pattern, in which `*` stands for any letters and `?` for one."""

    pattern: str
    field: TextField = ""
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return _prefix(self.field) + self.pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzy:
    """A word and all words one letter away: changed, missing, added or swapped with its neighbour."""

    text: str
    field: TextField = ""
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        return f"{_prefix(self.field)}{self.text}~1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Both sides in one field, in either order, with at most `distance` other words between."""

    left: "Positional"
    right: "Positional"
    distance: int

    def __str__(self) -> str:
        left = f"({self.left})" if isinstance(self.left, Or) else str(self.left)
        right = f"({self.right})" if isinstance(self.right, Near | Or) else str(self.right)
        return f"{left} NEAR/{self.distance} {right}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Articles with a person, outlet or publisher; a `speaker` is what a quotation is by (`Quoted`).

    `whole` (quoted): the value of that full name where there is one. Otherwise all values that have these words.
    """

    field: ValueField
    text: str
    whole: bool
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        typed = TYPED.get(self.field, self.field)
        return f'{typed}:"{self.text}"' if self.whole else f"{typed}:{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Articles published from `first` to `last`, both inclusive; None is open."""

    first: datetime.date | None
    last: datetime.date | None
    span: Span = dataclasses.field(default=(0, 0), compare=False, repr=False)

    def __str__(self) -> str:
        first = self.first.isoformat() if self.first else ""
        last = self.last.isoformat() if self.last else ""
        return f"date:{first}" if first == last else f"date:{first}..{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Articles with a quotation of which all of `clause` is true, each of its words within one stretch of it.

    `clause` has leaves of the fields *said* and *speaker* only, joined by NEAR, AND and OR; Everything means any
    quotation.
    """

    clause: "Node"

    def __str__(self) -> str:
        return str(self.clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Articles that match every clause; two or more, none of them an And."""

    clauses: tuple["Node", ...]

    def __str__(self) -> str:
        several = sum(isinstance(clause, Quoted) for clause in self.clauses) > 1
        return " ".join(
            f"({clause})"
            if isinstance(bare(clause), Or) or (several and isinstance(bare(clause), And))
            else str(clause)
            for clause in self.clauses
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Articles that match any clause; two or more, none of them an Or."""

    clauses: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(str(clause) for clause in self.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Articles that do not match the clause, which is no Not."""

    clause: "Node"

    def __str__(self) -> str:
        return f"-({self.clause})" if isinstance(bare(self.clause), And | Or) else f"-{self.clause}"


Textual = Word | Phrase | Exact | Wildcard | Fuzzy
"""Leaves that stand at places in a text."""

Positional = Word | Phrase | Wildcard | Fuzzy | Near | Or
"""What NEAR takes on either side; an Or only of these."""

Leaf = Textual | Value | DateRange | Everything
Node = Leaf | Near | Quoted | And | Or | Not


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the leaves of a tree from left to right, negated ones too."""
    if isinstance(node, And | Or):
        for clause in node.clauses:
            yield from leaves(clause)
    elif isinstance(node, Not | Quoted):
        yield from leaves(node.clause)
    elif isinstance(node, Near):
        yield from leaves(node.left)
        yield from leaves(node.right)
    else:
        yield node


def worded(node: Quoted) -> bool:
    """Say whether words are asked of a quotation."""
    return any(not isinstance(leaf, Value | Everything) for leaf in leaves(node))


def attributed(node: Quoted) -> bool:
    """Say whether a speaker is asked of a quotation."""
    return any(isinstance(leaf, Value) for leaf in leaves(node))


def span_of(node: Node) -> Span:
    """Give the place of a clause in the query: from its first leaf to its last."""
    spans = [leaf.span for leaf in leaves(node) if not isinstance(leaf, Everything)]
    return min((start for start, _ in spans), default=0), max((end for _, end in spans), default=0)


def bare(node: Node) -> Node:
    """Give what is asked of a quotation, where a node asks for one; else the node."""
    return node.clause if isinstance(node, Quoted) else node


def quoted(node: Node) -> Node:
    """Make a clause of words that are said, or of a speaker, one of quotations; any other stays."""
    return Quoted(clause=node) if not isinstance(node, Quoted) and _asked_of_quotations(node) else node


def both(clauses: list[Node]) -> Node:
    """Join clauses by AND into normal form; none of them is Everything.

    Words that are said, and whom they are said by, are of one quotation where they stand side by side; of several
    speakers each has said all the words.
    """
    flat = [one for clause in clauses for one in (clause.clauses if isinstance(clause, And) else (clause,))]
    flat = _one_quotation(flat)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(clauses=tuple(flat))


def either(clauses: list[Node]) -> Node:
    """Join clauses by OR into normal form; none of them is Everything."""
    flat = [one for clause in clauses for one in _alternatives(clause)]
    if not flat:
        return Everything()
    if len(flat) > 1 and all(isinstance(one, Quoted) for one in flat):
        asked = {_asked_of_quotations(one) for one in flat}
        if asked in ({"said"}, {"speaker"}):
            return Quoted(clause=Or(clauses=tuple(bare(one) for one in flat)))
    return flat[0] if len(flat) == 1 else Or(clauses=tuple(flat))


def negated(clause: Node) -> Node:
    """Negate a clause; two negations are none."""
    return clause.clause if isinstance(clause, Not) else Not(clause=clause)


def near_operand(node: Node) -> Positional | None:
    """Give the node where NEAR can take it, else None."""
    if isinstance(node, Word | Phrase | Wildcard | Fuzzy | Near):
        return node
    if isinstance(node, Quoted):
        return near_operand(node.clause)
    if isinstance(node, Or) and all(near_operand(clause) and not isinstance(clause, Quoted) for clause in node.clauses):
        return node
    return None


def _asked_of_quotations(node: Node) -> str:
    """Give which of *said* and *speaker* all of a clause is about, "" where it is about both or none."""
    fields, left = set(), [node]
    while left:
        one = left.pop()
        if isinstance(one, And | Or):
            left += one.clauses
        elif isinstance(one, Quoted):
            left.append(one.clause)
        elif isinstance(one, Near):  # whose sides are of one field
            left.append(one.right)
        else:
            fields.add(getattr(one, "field", ""))
    return next(iter(fields)) if fields in ({"said"}, {"speaker"}) else ""


def _one_quotation(clauses: list[Node]) -> list[Node]:
    about = [_asked_of_quotations(one) if isinstance(one, Quoted) else "" for one in clauses]
    said = [bare(one) for one, field in zip(clauses, about, strict=True) if field == "said"]
    by = [bare(one) for one, field in zip(clauses, about, strict=True) if field == "speaker"]
    if not said or len(said) + len(by) < 2:
        return clauses
    found: list[Node] = [Quoted(clause=both([*said, one])) for one in by] or [Quoted(clause=both(said))]
    first = next(place for place, field in enumerate(about) if field)
    return [
        *clauses[:first],
        *found,
        *(one for one, field in zip(clauses[first:], about[first:], strict=True) if not field),
    ]


def _alternatives(node: Node) -> tuple[Node, ...]:
    """Give the clauses of an OR, and those of one within a quotation: what quotes either quotes one or the other."""
    if isinstance(node, Quoted) and isinstance(node.clause, Or):
        return tuple(Quoted(clause=one) for one in node.clause.clauses)
    return node.clauses if isinstance(node, Or) else (node,)


def _prefix(name: str) -> str:
    return f"{name}:" if name else ""
