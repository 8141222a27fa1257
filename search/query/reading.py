"""The reading of a question: how it was understood, in plain words."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from index.words import words
from search.query.date_words import in_words
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
    Value,
    Wildcard,
    Word,
)
from search.request import NONE, SearchRequest, date_range

Names = Callable[[Value], frozenset[str]]
"""Gives the people, outlets or publishers of the archive that a typed name means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """How articles relate to a name: after *articles that*, negated, as a participle; and where there is none."""

    verb: str
    plain: str
    participle: str
    kind: str
    nobody: str
    somebody: str
    with_somebody: str


_WORDINGS = {
    "person": _Wording(
        verb="mention",
        plain="do not mention",
        participle="mentioning",
        kind="person",
        nobody="mention nobody",
        somebody="mention at least one person",
        with_somebody="mentioning at least one person",
    ),
    "outlet": _Wording(
        verb="cite",
        plain="do not cite",
        participle="citing",
        kind="outlet",
        nobody="cite no outlet",
        somebody="cite at least one outlet",
        with_somebody="citing at least one outlet",
    ),
    "publisher": _Wording(
        verb="are from",
        plain="are not from",
        participle="from",
        kind="publisher",
        nobody="have no known publisher",
        somebody="have a known publisher",
        with_somebody="with a known publisher",
    ),
}
_SHOWN_NONE = {"person": "nobody", "outlet": "no outlet", "publisher": "no known publisher"}
_PLACES = {"": "", "title": " in the title", "text": " in the text"}
_MODES = {"all": "and", "any": "or"}
_WITHIN = re.compile(r"[-‐‑'’ʼ′&.]?")


def reading(tree: Node, request: SearchRequest, names: Names | None = None) -> str:
    """Say what a tree and a request's filters ask for: *articles that contain ... and mention ..., in ...*.

    `names` tells whom a name in quotes means: somebody of just this name, or all whose names have its words; where
    nobody's has, the name stands as typed. Without `names`, the words are said, which is true of both.
    """
    return _Reader(names).read(tree, request)


class _Reader:
    """Says a tree piece by piece; what holds several clauses is bracketed wherever anything stands beside it."""

    def __init__(self, names: Names | None) -> None:
        self._names = names

    def read(self, tree: Node, request: SearchRequest) -> str:
        clauses = tree.clauses if isinstance(tree, And) else (tree,)
        contain = [one for one in clauses if _textual(one)]
        others = [one for one in clauses if not _textual(one) and not isinstance(one, Everything | Not | DateRange)]
        denied = [one.clause for one in clauses if isinstance(one, Not)]
        ranges = [in_words(one.first, one.last) for one in clauses if isinstance(one, DateRange)]
        first, last = date_range(request)
        if first is not None or last is not None:
            ranges.append(in_words(_day(first), _day(last)))
        left_out = self._left_out("person", request.not_person) + self._left_out("outlet", request.not_outlet)
        beside = len(contain) + len(others) + len(denied) + len(ranges) + len(left_out) + _said(request)
        alone = beside == 1
        that = [f"contain {_list([_things(one, beside=not alone) for one in contain], 'and')}"] if contain else []
        that += [self._predicate(one, alone=alone) for one in others] + self._chosen(request, alone=alone)
        rest = [f"from {self._listed('publisher', request.publisher, 'or')}"] if request.publisher else []
        rest += [self._excluded(one, alone=alone) for one in denied] + left_out + ranges
        if not that and not rest:
            return "all articles"
        head = f"articles that {_list(that, 'and')}" if that else f"articles {rest.pop(0)}"
        return ", ".join([head, *rest])

    def _predicate(self, node: Node, *, alone: bool = False) -> str:  # noqa: PLR0911  # one line a kind
        """Say what articles do that match a clause, after *that*."""
        if _textual(node):
            return f"contain {_things(node)}"
        match node:
            case Value(text=text) if text == NONE:
                return _WORDINGS[node.field].nobody
            case Value():
                return f"{_WORDINGS[node.field].verb} {self._name(node)}"
            case DateRange():
                return f"are {in_words(node.first, node.last)}"
            case Not():
                return self._denied(node.clause)
            case And() | Or():
                word = " and " if isinstance(node, And) else " or "
                text = word.join(self._predicate(one) for one in node.clauses)
                return text if alone else f"({text})"
        return "are any"

    def _denied(self, node: Node) -> str:
        if _textual(node):
            return f"do not contain {_things(node)}"
        if isinstance(node, Value):
            wording = _WORDINGS[node.field]
            return wording.somebody if node.text == NONE else f"{wording.plain} {self._name(node, article='any')}"
        if isinstance(node, DateRange):
            return f"are not {in_words(node.first, node.last)}"
        return f"do not {self._predicate(node)}"

    def _excluded(self, node: Node, *, alone: bool) -> str:
        if _textual(node):
            return f"not containing {_things(node)}"
        if isinstance(node, Value):
            wording = _WORDINGS[node.field]
            if node.text == NONE:
                return wording.with_somebody
            return f"not {wording.participle} {self._name(node, article='any')}"
        if isinstance(node, DateRange):
            return f"not {in_words(node.first, node.last)}"
        return f"but not those that {self._predicate(node, alone=alone)}"

    def _name(self, node: Value, *, article: str = "") -> str:
        """Name the one of just this name, where the archive has one; else say which words the name has."""
        if node.whole and self._names:
            known, typed = self._names(node), _forms(node.text)
            same = [name for name in known if name == node.text or _forms(name) == typed]
            if same or not known:
                return node.text if node.text in same or not known else _any_of(sorted(same))
        kind = _WORDINGS[node.field].kind
        return f"{article or ('an' if kind[0] in 'aeiou' else 'a')} {kind} whose name has *{node.text}*"

    def _chosen(self, request: SearchRequest, *, alone: bool) -> list[str]:
        """Say what articles do that pass the filters, after *that*."""
        found = []
        for field, values, mode in (
            ("person", request.person, request.person_mode),
            ("outlet", request.outlet, request.outlet_mode),
        ):
            if values:
                listed = self._listed(field, values, _MODES[mode])
                several = mode == "any" and len(values) > 1 and not alone
                found.append(f"{_WORDINGS[field].verb} {f'({listed})' if several else listed}")
        if request.undated != "include":
            found.append("have a date" if request.undated == "exclude" else "have no date")
        return found

    def _left_out(self, field: str, values: tuple[str, ...]) -> list[str]:
        wording = _WORDINGS[field]
        return [
            wording.with_somebody if one == NONE else f"not {wording.participle} {self._filter(field, one, 'any')}"
            for one in values
        ]

    def _listed(self, field: str, values: tuple[str, ...], last: str) -> str:
        return _list([_SHOWN_NONE[field] if one == NONE else self._filter(field, one) for one in values], last)

    def _filter(self, field: str, value: str, article: str = "") -> str:
        """Name the value of a filter: it means what the same name in quotes does in a query."""
        if self._names is None:
            return value
        return self._name(Value(field=field, text=value, whole=True), article=article)  # type: ignore[arg-type]


def _said(request: SearchRequest) -> int:
    """Count what the reading says of a request's filters, but for dates and what they exclude."""
    lists = (request.person, request.outlet, request.publisher)
    return sum(1 for one in lists if one) + (request.undated != "include")


def _textual(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(_textual(clause) for clause in node.clauses)
    return isinstance(node, Word | Phrase | Exact | Wildcard | Fuzzy | Near)


def _things(node: Node, *, beside: bool = True) -> str:
    """Name what a clause of words looks for, as the object of *contain*; `beside` others, it is kept together."""
    match node:
        case And() | Or():
            return f"({_list([_things(clause) for clause in node.clauses], 'and' if isinstance(node, And) else 'or')})"
        case Near():
            sides, between = f"{_things(node.left)} near {_things(node.right)}", _between(node.distance, "word")
            return f"({sides}, {between})" if beside else f"{sides} ({between})"
        case Word() | Phrase() | Exact() | Wildcard() | Fuzzy():
            return f"{_thing(node)}{_PLACES[node.field]}"
    return str(node)


def _thing(leaf: Word | Phrase | Exact | Wildcard | Fuzzy) -> str:
    match leaf:
        case Word():
            return _word(leaf.text)
        case Phrase() if leaf.distance:
            return f"the words *{leaf.text}* ({_between(leaf.distance, 'other')})"
        case Phrase():
            return f"*{leaf.text}* as a phrase" if len(_forms(leaf.text)) > 1 else f"*{leaf.text}* in just this form"
        case Exact():
            return f"*{leaf.text}* written just so"
        case Wildcard():
            return _pattern(leaf.pattern)
        case Fuzzy():
            return f"*{leaf.text}* (or a word one letter away)"


def _word(text: str) -> str:
    """Name a word; what is several words, but for compounds (COVID-19, AT&T, O'Brien), stands in a row."""
    found = list(words(text))
    if all(_WITHIN.fullmatch(text[one.end : two.start]) for one, two in pairwise(found)):
        return f"*{text}*"
    return f"*{' '.join(text[word.start : word.end] for word in found)}* in a row"


def _pattern(pattern: str) -> str:
    """Describe a wildcard without its stars, which stand for emphasis in a reading."""
    if "?" not in pattern and pattern.find("*") == len(pattern) - 1:
        return f"words that begin with *{pattern[:-1]}*"
    return f"words like *{pattern.replace('*', '…')}*"


def _between(distance: int, what: str) -> str:
    if distance == 0:
        return f"no {what} between"
    return f"at most {distance} {what}{'s' if distance > 1 else ''} between"


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _list(parts: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _any_of(names: list[str]) -> str:
    return f"({_list(names, 'or')})" if len(names) > 1 else names[0]


def _day(number: int | None) -> datetime.date | None:
    return None if number is None else datetime.date.fromordinal(number)
