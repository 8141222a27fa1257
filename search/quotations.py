"""The quotations of one article that a query asks for, and where its words stand in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.types import Quote
from search.query.tree import And, Everything, Near, Node, Or, Quoted, Span, Textual, Value, attributed
from search.request import NONE
from search.text_places import TextPlaces

Names = Callable[[Value], frozenset[str]]
"""Gives the people that a name in a query means."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """A clause of quotations made ready: `names` are those of its speakers."""

    node: Quoted
    names: dict[Value, frozenset[str]]
    most_pairs: int


class Saying(NamedTuple):
    """A quotation that a clause is true of, and where in the article's text the clause's words stand in it."""

    quote: Quote
    words: tuple[Span, ...]

    def speaker(self) -> Span | None:
        """Give where the text says whose it is."""
        start, end = self.quote.speaker_start, self.quote.speaker_end
        return None if start is None or end is None else (start, end)


def spoken_of(node: Quoted, names: Names, most_pairs: int) -> Spoken:
    """Make a clause ready, whose NEARs may make so many pairs of places in a quotation."""
    speakers = [leaf for leaf in _values(node.clause) if leaf.text != NONE]
    return Spoken(node=node, names={one: names(one) for one in speakers}, most_pairs=most_pairs)


def sayings(spoken: Spoken, quotes: Iterable[Quote], text: str) -> list[Saying]:
    """Give the quotations of a text that a clause is true of."""
    found = []
    for quote in quotes:
        words = _words(spoken.node.clause, spoken, quote, text)
        if words is not None:
            found.append(Saying(quote, tuple(sorted(set(words)))))
    return found


def marks_of(spoken: Spoken, quotes: Iterable[Quote], text: str) -> list[Span]:
    """Give what is marked in a text: the words within quotations and, where it matters, who is told to say them."""
    found: set[Span] = set()
    for saying in sayings(spoken, quotes, text):
        found.update(saying.words)
        if attributed(spoken.node) and (speaker := saying.speaker()):
            found.add(speaker)
    return sorted(found)


def asked_of(tree: Node) -> list[Quoted]:
    """Give the clauses of a query that ask for quotations, without those that exclude any."""
    if isinstance(tree, And | Or):
        return list(dict.fromkeys(one for clause in tree.clauses for one in asked_of(clause)))
    return [tree] if isinstance(tree, Quoted) else []


def _words(node: Node, spoken: Spoken, quote: Quote, text: str) -> Sequence[Span] | None:
    """Give where a clause's words stand in a quotation, None where the clause is not true of it."""
    match node:
        case Everything():
            return ()
        case And():
            found = [_words(clause, spoken, quote, text) for clause in node.clauses]
            return None if None in found else [span for one in found for span in one or ()]
        case Or():
            found = [_words(clause, spoken, quote, text) for clause in node.clauses]
            return None if not any(one is not None for one in found) else [span for one in found for span in one or ()]
        case Value() if node.text == NONE:
            return () if quote.speaker is None else None
        case Value():
            return () if quote.speaker in spoken.names[node] else None
    assert isinstance(node, Textual | Near), "the parser lets nothing else be said"
    places = [
        (low + start, high + start)
        for start, end in quote.spans
        for low, high in TextPlaces(text[start:end]).find(node, "said", most_pairs=spoken.most_pairs)
    ]
    return places or None


def _values(node: Node) -> list[Value]:
    if isinstance(node, And | Or):
        return [value for clause in node.clauses for value in _values(clause)]
    return [node] if isinstance(node, Value) else []
