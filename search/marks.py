"""Where a query matches in one article: the surface text of its words, phrases and names."""

import functools
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.days import day_span
from index.types import Mention, Quote
from search.candidates import Flat
from search.cutting import Cutter
from search.engines.engine import Shown
from search.looking import Clause, clause_of, matches, some_matches
from search.query.tree import And, DateRange, Everything, Exact, Near, Node, Not, Or, Quoted, Span, Textual, Value
from search.quotations import Spoken, marks_of, sayings, spoken_of
from search.request import NONE

Marks = tuple[tuple[int, int], ...]
Names = Callable[[Value], frozenset[str]]
"""Gives the people, outlets or publishers that a name in a query means."""

Place = tuple[str, int, int]
"""A field, and where something starts and ends in it."""

_OBJECTS = 4_000
"""Bytes of an article beside its text: title, names, mentions and the objects that hold them."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """The people, outlets or publishers (`kind`) that a name in a query means: marked where they are mentioned."""

    kind: str
    names: frozenset[str]


Markable = Clause | Named | Spoken

_Marked = Textual | Near | Value | Quoted


class Marker:
    """Finds where one query matches, in any number of articles that do match.

    `chosen` are names that were filtered by: they are marked too. Of an OR only the branches are marked that hold. The
    words of a NEAR are marked alone in texts where it would make more than `most_pairs` pairs of places.
    """

    def __init__(self, tree: Node, names: Names, chosen: Iterable[Value] = (), *, most_pairs: int) -> None:
        self._tree = tree
        self._most_pairs = most_pairs
        self._names = names
        self._chosen = tuple(chosen)
        self._nodes = None if _doubtful(tree) else self._distinct(self._holding(tree, None))

    @property
    def key(self) -> Hashable:
        """What the marks of an article depend on: equal for questions that differ in dates or in what they exclude."""
        return (self._tree, self._chosen) if self._nodes is None else self._nodes

    def find(self, looked: "Looked") -> Found:
        """Find all matches in an article."""
        marks: dict[str, list[Mark]] = {"title": [], "text": []}
        for number, clause in enumerate(self.clauses(looked)):
            for field, start, end in looked.everywhere(clause):
                marks[field].append(Mark(start, end, number))
        return Found(title=tuple(sorted(marks["title"])), text=tuple(sorted(marks["text"])))

    def clauses(self, looked: "Looked") -> Sequence[Markable]:
        """Give the clauses that an article matches by, and perhaps simple ones that stand nowhere in it."""
        if self._nodes is None:
            return self._ready(self._distinct(self._holding(self._tree, looked)))
        return self._always

    @functools.cached_property
    def _always(self) -> tuple[Markable, ...]:
        return self._ready(self._nodes or ())

    def _distinct(self, nodes: Iterable[_Marked]) -> tuple[_Marked, ...]:
        return tuple(dict.fromkeys((*nodes, *self._chosen)))

    def _ready(self, nodes: Iterable[_Marked]) -> tuple[Markable, ...]:
        return tuple(
            [
                self._spoken(one)
                if isinstance(one, Quoted)
                else Named(kind=one.field, names=self._names(one))
                if isinstance(one, Value)
                else clause_of(one, self._most_pairs)
                for one in nodes
            ]
        )

    def _spoken(self, node: Quoted) -> Spoken:
        return spoken_of(node, self._names, self._most_pairs)

    def _holding(self, node: Node, looked: "Looked | None") -> list[_Marked]:
        """Give the leaves and NEARs by which a tree holds that is known to hold; the article matters only in doubt."""
        if isinstance(node, And):
            return [one for clause in node.clauses for one in self._holding(clause, looked)]
        if isinstance(node, Or):
            return [
                one
                for clause in node.clauses
                if not isinstance(clause, And | Not) or (looked is not None and self._holds(clause, looked))
                for one in self._holding(clause, looked)
            ]
        return [] if isinstance(node, Not | DateRange | Everything) else [node]

    def _holds(self, node: Node, looked: "Looked") -> bool:  # noqa: PLR0911  # one line a kind
        """Say whether an article matches a tree."""
        match node:
            case Everything():
                return True
            case And():
                return all(self._holds(clause, looked) for clause in node.clauses)
            case Or():
                return any(self._holds(clause, looked) for clause in node.clauses)
            case Not():
                return not self._holds(node.clause, looked)
            case DateRange():
                return looked.dated(node)
            case Quoted():
                return bool(sayings(self._spoken(node), looked.quotes, looked.shown.article.text))
            case Value():
                own = looked.values(node.field)
                return not own if node.text == NONE else not self._names(node).isdisjoint(own)
        return looked.has(clause_of(node, self._most_pairs))


class Looked:
    """One article in which clauses are looked up, in its text up to `most` characters; it may be kept for later.

    No more of it is cut into words than they need. `size` is about what it holds in bytes.
    """

    def __init__(self, shown: Shown, most: int) -> None:
        self.shown = shown
        self.text = shown.article.text[:most]
        self.cutter = Cutter(self.text)
        self.size = _OBJECTS + len(self.text) + sys.getsizeof(shown.article.text)
        self._quotes: tuple[Quote, ...] | None = None

    @functools.cached_property
    def flat(self) -> Flat:
        """The text, made ready when it is first looked at: what is shown as before is not."""
        return Flat(self.text)

    @functools.cached_property
    def _title(self) -> Flat:
        return Flat(self.shown.article.title)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations of the article, read when they are first asked for."""
        if self._quotes is None:
            self._quotes = self.shown.quotes()
        return self._quotes

    def everywhere(self, clause: Markable) -> list[Place]:
        """Give where a clause matches, as (field, start, end)."""
        if isinstance(clause, Spoken):
            return [("text", start, end) for start, end in self._said(clause)]
        if isinstance(clause, Named):
            return self._mentioned(clause)
        found = [("title", *span) for span in matches(self._title, clause, "title")]
        found += [("text", *span) for span in matches(self.flat, clause, "text")]
        return found or self._in_names(clause)

    def enough(self, clause: Markable, most: int) -> tuple[list[Span], list[Span]]:
        """Give where a clause matches in the title and in the text: of many places there about the first `most`."""
        if isinstance(clause, Spoken):
            return [], self._said(clause)
        if not isinstance(clause, Named):
            title = matches(self._title, clause, "title")
            text = some_matches(self.flat, clause, "text", most)
            if title or text:
                return title, text
        places = self._mentioned(clause) if isinstance(clause, Named) else self._in_names(clause)
        title = [(start, end) for field, start, end in places if field == "title"]
        return title, [(start, end) for field, start, end in places if field == "text"]

    def has(self, clause: Clause) -> bool:
        """Say whether a clause matches anywhere in the article, its names included."""
        node, text = clause.node, self.shown.article.text
        flat = self.flat if len(text) == len(self.text) else Flat(text)
        if matches(self._title, clause, "title") or some_matches(flat, clause, "text", 1):
            return True
        publisher = self._written.article.publisher
        return in_names(node) and any(clause.names[name] for name in (*self._canonical(), publisher) if name)

    def dated(self, node: DateRange) -> bool:
        """Say whether the article's date lies in a range."""
        first, last = day_span(self.shown.article.published)
        after = node.first is None or first >= node.first.toordinal()
        return bool(first) and after and (node.last is None or last <= node.last.toordinal())

    def values(self, field: str) -> Sequence[str]:
        """Give the people, outlets or publisher of the article."""
        if field == "publisher":
            return [self.shown.article.publisher] if self.shown.article.publisher else []
        return [name for name, _ in (self.shown.people if field == "person" else self.shown.outlets)]

    def _said(self, spoken: Spoken) -> list[Span]:
        return [span for span in marks_of(spoken, self.quotes, self.shown.article.text) if span[1] <= len(self.text)]

    def _mentioned(self, named: Named) -> list[Place]:
        return [
            (one.field, one.start, one.end)
            for one in self._mentions
            if one.kind == named.kind and one.value in named.names and self._seen(one)
        ]

    def _in_names(self, clause: Clause) -> list[Place]:
        """Give the mentions of those whose name, as the tagger wrote it, has a word or phrase: there it matched."""
        if in_names(clause.node) and (known := {name for name in self._canonical() if clause.names[name]}):
            return [
                (one.field, one.start, one.end)
                for one in self._written_mentions
                if one.kind != "date" and one.value in known and self._seen(one)
            ]
        return []

    def _seen(self, mention: Mention) -> bool:
        return mention.field == "title" or mention.end <= len(self.text)

    def _canonical(self) -> list[str]:
        return [name for name, _ in (*self._written.people, *self._written.outlets)]

    @property
    def _written(self) -> Shown:
        """The article as the tagger wrote it: words are looked for in names as they were, whatever was corrected."""
        return self.shown.written or self.shown

    @functools.cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        return self.shown.mentions()

    @functools.cached_property
    def _written_mentions(self) -> tuple[Mention, ...]:
        return self.shown.written.mentions() if self.shown.written else self._mentions


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
