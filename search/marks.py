"""Where a query matches in one article: the surface text of its words, phrases and names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.types import Mention, Tagged
from index.words import words
from search.query.tree import And, DateRange, Everything, Near, Node, Not, Or, Phrase, Textual, Value, Word
from search.text_places import TextPlaces

Marks = tuple[tuple[int, int], ...]
FieldName = Literal["title", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One match: `start` to `end` in the field's text, and the number of the clause that matched."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All matches in an article, by start."""

    title: tuple[Mark, ...]
    text: tuple[Mark, ...]


def clauses(tree: Node) -> list[Textual | Near | Value]:
    """Give what can be marked of a tree: its leaves of words, its NEARs and its names, but nothing negated."""
    if isinstance(tree, And | Or):
        return [leaf for clause in tree.clauses for leaf in clauses(clause)]
    return [] if isinstance(tree, Not | DateRange | Everything) else [tree]


def find(tagged: Tagged, wanted: Iterable[tuple[Textual | Near | Value, frozenset[str]]], *, most: int) -> Found:
    """Find clauses in an article's title and in the first `most` characters of its text.

    Each clause comes with the names that it means if it is one. A word or phrase that stands nowhere marks the
    mentions whose canonical name has it: that is where it matched.
    """
    article = tagged.article
    title, text = TextPlaces(article.title), TextPlaces(article.text[:most])
    marks: dict[str, list[Mark]] = {"title": [], "text": []}
    for number, (clause, names) in enumerate(wanted):
        if isinstance(clause, Value):
            spans = _mentions(tagged.mentions, clause.field, names)
        else:
            spans = [("title", *span) for span in title.find(clause, "title")]
            spans += [("text", *span) for span in text.find(clause, "text")]
            if not spans and isinstance(clause, Word | Phrase) and not clause.field:
                spans = _named(tagged.mentions, clause.text)
        for field, start, end in spans:
            if field == "title" or end <= most:
                marks[field].append(Mark(start=start, end=end, clause=number))
    by_start = {field: tuple(sorted(found, key=lambda mark: (mark.start, mark.end))) for field, found in marks.items()}
    return Found(title=by_start["title"], text=by_start["text"])


def merged(marks: Iterable[Mark]) -> Marks:
    """Join marks that overlap; the result is sorted and disjoint."""
    joined: list[tuple[int, int]] = []
    for mark in marks:
        if joined and mark.start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], mark.end))
        else:
            joined.append((mark.start, mark.end))
    return tuple(joined)


def _mentions(mentions: Iterable[Mention], kind: str, names: frozenset[str]) -> list[tuple[str, int, int]]:
    return [(one.field, one.start, one.end) for one in mentions if one.kind == kind and one.value in names]


def _named(mentions: Iterable[Mention], text: str) -> list[tuple[str, int, int]]:
    forms = {word.form for word in words(text)}
    known: dict[str, bool] = {}
    for one in mentions:
        if one.value not in known:
            known[one.value] = one.kind != "date" and forms <= {word.form for word in words(one.value)}
    return [(one.field, one.start, one.end) for one in mentions if known[one.value]]
