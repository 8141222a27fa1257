"""Where a query matches in one article: the surface text of its words, phrases and names."""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.days import day_span
from index.types import Mention
from index.words import joined, words
from search.candidates import Flat
from search.engines.engine import Shown
from search.looking import clause_of, guesses, matches
from search.query.tree import And, DateRange, Everything, Exact, Near, Node, Not, Or, Phrase, Textual, Value, Word
from search.request import NONE
from search.text_places import TextPlaces

Marks = tuple[tuple[int, int], ...]
Markable = Textual | Near | Value
Names = Callable[[Value], frozenset[str]]
"""Gives the people, outlets or publishers that a name in a query means."""


class Mark(NamedTuple):
    """One match: `start` to `end` in the field's text (`title`: in the title), and the number of the clause."""

    start: int
    end: int
    clause: int
    title: bool = False


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

    def find(self, shown: Shown, most: int) -> Found:
        """Find all matches in an article's title and in the first `most` characters of its text."""
        looked = Looked(shown, self._names, most)
        marks: dict[str, list[Mark]] = {"title": [], "text": []}
        for number, clause in enumerate(self.clauses(looked)):
            for field, start, end in looked.everywhere(clause):
                marks[field].append(Mark(start=start, end=end, clause=number))
        return Found(title=_by_start(marks["title"]), text=_by_start(marks["text"]))

    def clauses(self, looked: "Looked") -> list[Markable]:
        """Give the clauses that an article matches by, and perhaps simple ones that stand nowhere in it."""
        return [*dict.fromkeys((*_holding(self._tree, looked), *self._chosen))]


class Looked:
    """One article in which clauses are looked up, each once; no more of it is cut into words than they need."""

    def __init__(self, shown: Shown, names: Names, most: int) -> None:
        self.shown = shown
        self.text = shown.article.text[:most]
        self.flat = Flat(self.text)
        self._names = names
        self._title: TextPlaces | None = None
        self._mentions: tuple[Mention, ...] | None = None

    def title(self, clause: Textual | Near) -> list[tuple[int, int]]:
        """Give where a clause matches in the title."""
        if self._title is None:
            self._title = TextPlaces(self.shown.article.title)
        return self._title.find(clause, "title")

    def everywhere(self, clause: Markable) -> list[tuple[str, int, int]]:
        """Give where a clause matches, as (field, start, end)."""
        if isinstance(clause, Value):
            return self.mentioned(clause)
        found = [("title", *span) for span in self.title(clause)]
        found += [("text", *span) for span in matches(self.flat, clause_of(clause), "text")]
        return found or self.named(clause)

    def guessed(self, clause: Markable) -> tuple[list[tuple[int, int]], list[tuple[str, int, int]]]:
        """Give where a clause seems to match in the text (empty only where it does not), and where it surely does."""
        if isinstance(clause, Value):
            return [], self.mentioned(clause)
        sure = [("title", *span) for span in self.title(clause)]
        spans, certain = guesses(self.flat, clause_of(clause), "text")
        if certain:
            return [], sure + [("text", *span) for span in spans] or self.named(clause)
        return list(spans), sure

    def mentioned(self, clause: Value) -> list[tuple[str, int, int]]:
        """Give the mentions of the names that a clause means."""
        names = self._names(clause)
        spans = (
            (one.field, one.start, one.end) for one in self._all() if one.kind == clause.field and one.value in names
        )
        return [span for span in spans if span[0] == "title" or span[2] <= len(self.text)]

    def named(self, clause: Textual | Near) -> list[tuple[str, int, int]]:
        """Give the mentions of those whose canonical name has a word or phrase: that is where it matched."""
        if in_names(clause) and (known := {name for name in self._canonical() if _has(name, clause)}):
            spans = (
                (one.field, one.start, one.end) for one in self._all() if one.kind != "date" and one.value in known
            )
            return [span for span in spans if span[0] == "title" or span[2] <= len(self.text)]
        return []

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
        if self.title(node) or matches(Flat(self.shown.article.text), clause_of(node), "text"):
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


def merged(marks: Iterable[Mark]) -> Marks:
    """Join marks that overlap; the result is sorted and disjoint."""
    joined: list[tuple[int, int]] = []
    for mark in marks:
        if joined and mark.start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], mark.end))
        else:
            joined.append((mark.start, mark.end))
    return tuple(joined)


def in_names(clause: Textual | Near) -> bool:
    """Say whether a clause is looked for in names too."""
    return isinstance(clause, Near) or (not clause.field and not isinstance(clause, Exact))


def _holding(node: Node, looked: Looked) -> list[Markable]:
    """Give the leaves and NEARs by which a tree holds that is known to hold."""
    if isinstance(node, And):
        return [one for clause in node.clauses for one in _holding(clause, looked)]
    if isinstance(node, Or):
        return [
            one
            for clause in node.clauses
            if not isinstance(clause, And | Not) or looked.holds(clause)
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


def _by_start(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
