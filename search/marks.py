"""Where a query matches in one article: the surface text of its words, phrases and names."""

import functools
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.days import day_span
from index.types import Mention
from index.words import joined, words
from search.candidates import Flat
from search.engines.engine import Shown
from search.looking import Clause, clause_of, matches, some_matches
from search.query.tree import And, DateRange, Everything, Exact, Near, Node, Not, Or, Phrase, Span, Textual, Value, Word
from search.request import NONE
from search.text_places import TextPlaces

Marks = tuple[tuple[int, int], ...]
Markable = Clause | Value
Names = Callable[[Value], frozenset[str]]
"""Gives the people, outlets or publishers that a name in a query means."""

Place = tuple[str, int, int]
"""A field, and where something starts and ends in it."""


class Mark(NamedTuple):
    """One match: `start` to `end` in the field's text, and the number of the clause."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All matches in an article, by start."""

    title: tuple[Mark, ...]
    text: tuple[Mark, ...]


class Marker:
    """Finds where one query matches, in any number of articles that do match.

    `chosen` are names that were filtered by: they are marked too. Of an OR only the branches are marked that hold.
    """

    def __init__(self, tree: Node, names: Names, chosen: Iterable[Value] = ()) -> None:
        self._tree = tree
        self._names = names
        self._chosen = tuple(chosen)
        self._always = None if _doubtful(tree) else self._ready(_holding(tree, None))

    def find(self, shown: Shown, most: int) -> Found:
        """Find all matches in an article's title and in the first `most` characters of its text."""
        looked = Looked(shown, self._names, most)
        marks: dict[str, list[Mark]] = {"title": [], "text": []}
        for number, clause in enumerate(self.clauses(looked)):
            for field, start, end in looked.everywhere(clause):
                marks[field].append(Mark(start, end, number))
        return Found(title=tuple(sorted(marks["title"])), text=tuple(sorted(marks["text"])))

    def clauses(self, looked: "Looked") -> Sequence[Markable]:
        """Give the clauses that an article matches by, and perhaps simple ones that stand nowhere in it."""
        return self._ready(_holding(self._tree, looked)) if self._always is None else self._always

    def _ready(self, nodes: Iterable[Textual | Near | Value]) -> tuple[Markable, ...]:
        distinct = dict.fromkeys((*nodes, *self._chosen))
        return tuple([one if isinstance(one, Value) else clause_of(one) for one in distinct])


class Looked:
    """One article in which clauses are looked up; no more of it is cut into words than they need."""

    def __init__(self, shown: Shown, names: Names, most: int) -> None:
        self.shown = shown
        self.text = shown.article.text[:most]
        self.flat = Flat(self.text)
        self._title = Flat(shown.article.title)
        self._names = names
        self._mentions: tuple[Mention, ...] | None = None

    def everywhere(self, clause: Markable) -> list[Place]:
        """Give where a clause matches, as (field, start, end)."""
        if isinstance(clause, Value):
            return self.mentioned(clause)
        found = [("title", *span) for span in matches(self._title, clause, "title")]
        found += [("text", *span) for span in matches(self.flat, clause, "text")]
        return found or self.named(clause.node)

    def enough(self, clause: Markable, most: int) -> tuple[list[Span], list[Span]]:
        """Give where a clause matches in the title and in the text: of many places there about the first `most`."""
        if not isinstance(clause, Value):
            title = matches(self._title, clause, "title")
            text = some_matches(self.flat, clause, "text", most)
            if title or text:
                return title, text
        named = self.mentioned(clause) if isinstance(clause, Value) else self.named(clause.node)
        title = [(start, end) for field, start, end in named if field == "title"]
        return title, [(start, end) for field, start, end in named if field == "text"]

    def mentioned(self, clause: Value) -> list[Place]:
        """Give the mentions of the names that a clause means."""
        return list(self._mentioned(self._names(clause), clause.field))

    def named(self, clause: Textual | Near) -> list[Place]:
        """Give the mentions of those whose canonical name has a word or phrase: that is where it matched."""
        if not in_names(clause):
            return []
        known = {name for name in self._canonical() if _has(name, clause)}
        return [*self._mentioned(known, "person"), *self._mentioned(known, "outlet")] if known else []

    def _mentioned(self, names: Container[str], kind: str) -> Iterator[Place]:
        for one in self._all():
            if one.kind == kind and one.value in names and (one.field == "title" or one.end <= len(self.text)):
                yield one.field, one.start, one.end

    def holds(self, node: Node) -> bool:  # noqa: PLR0911  # one line a kind
        """Say whether the article matches a tree."""
        match node:
            case Everything():
                return True
            case And():
                return all(self.holds(clause) for clause in node.clauses)
            case Or():
                return any(self.holds(clause) for clause in node.clauses)
            case Not():
                return not self.holds(node.clause)
            case DateRange():
                return self._dated(node)
            case Value():
                own = self._values(node.field)
                return not own if node.text == NONE else not self._names(node).isdisjoint(own)
        clause, text = clause_of(node), self.shown.article.text
        flat = self.flat if len(text) == len(self.text) else Flat(text)
        if matches(self._title, clause, "title") or matches(flat, clause, "text"):
            return True
        return in_names(node) and any(_has(name, node) for name in (*self._canonical(), *self._values("publisher")))

    def _dated(self, node: DateRange) -> bool:
        first, last = day_span(self.shown.article.published)
        after = node.first is None or first >= node.first.toordinal()
        return bool(first) and after and (node.last is None or last <= node.last.toordinal())

    def _values(self, field: str) -> Sequence[str]:
        if field == "publisher":
            return [self.shown.article.publisher] if self.shown.article.publisher else []
        return [name for name, _ in (self.shown.people if field == "person" else self.shown.outlets)]

    def _canonical(self) -> list[str]:
        return [name for name, _ in (*self.shown.people, *self.shown.outlets)]

    def _all(self) -> tuple[Mention, ...]:
        if self._mentions is None:
            self._mentions = self.shown.mentions()
        return self._mentions


def merged(marks: Iterable[Sequence[int]]) -> Marks:
    """Join marks that overlap, given by start; the result is sorted and disjoint."""
    joined: list[tuple[int, int]] = []
    for start, end, *_ in marks:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def in_names(clause: Textual | Near) -> bool:
    """Say whether a clause is looked for in names too."""
    return isinstance(clause, Near) or (not clause.field and not isinstance(clause, Exact))


def _doubtful(node: Node) -> bool:
    """Say whether it depends on the article by which clauses a tree holds."""
    if isinstance(node, Or):
        return any(isinstance(clause, And | Not) for clause in node.clauses)
    return isinstance(node, And) and any(_doubtful(clause) for clause in node.clauses)


def _holding(node: Node, looked: Looked | None) -> list[Textual | Near | Value]:
    """Give the leaves and NEARs by which a tree holds that is known to hold; the article matters only in doubt."""
    if isinstance(node, And):
        return [one for clause in node.clauses for one in _holding(clause, looked)]
    if isinstance(node, Or):
        return [
            one
            for clause in node.clauses
            if not isinstance(clause, And | Not) or (looked is not None and looked.holds(clause))
            for one in _holding(clause, looked)
        ]
    return [] if isinstance(node, Not | DateRange | Everything) else [node]


@functools.lru_cache(maxsize=20_000)
def _has(name: str, clause: Textual | Near) -> bool:
    """Say whether a name has a clause as the engine matches it: names have words and no stems."""
    if isinstance(clause, Word) or (isinstance(clause, Phrase) and not clause.distance):
        forms, wanted = _forms(name), _forms(clause.text)
        if isinstance(clause, Word) and any(word.form in forms for word in joined(clause.text)):
            return True
        return any(forms[at : at + len(wanted)] == wanted for at in range(len(forms) - len(wanted) + 1))
    return bool(TextPlaces(name).find(clause, ""))


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]
