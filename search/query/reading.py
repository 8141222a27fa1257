"""The reading of a question: how it was understood, in plain words."""

import calendar
import datetime

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

_VERBS = {"person": ("mention", "mentioning"), "outlet": ("cite", "citing"), "publisher": ("are from", "from")}
_NOBODY = {"person": "nobody", "outlet": "no outlet", "publisher": "no publisher"}
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MODES = {"all": "and", "any": "or"}


def reading(tree: Node, request: SearchRequest) -> str:
    """Say what a tree and a request's filters ask for: *articles that contain ... and mention ..., in ...*."""
    clauses = tree.clauses if isinstance(tree, And) else (tree,)
    contain = [_things(one) for one in clauses if _textual(one)]
    that = [f"contain {_list(contain, 'and')}"] if contain else []
    that += [
        _predicate(one) for one in clauses if not _textual(one) and not isinstance(one, Everything | Not | DateRange)
    ]
    if request.person:
        that.append(_names("person", request.person, request.person_mode))
    if request.outlet:
        that.append(_names("outlet", request.outlet, request.outlet_mode))
    if request.undated != "include":
        that.append("have a date" if request.undated == "exclude" else "have no date")
    rest = [f"from {_list(_shown('publisher', request.publisher), 'or')}"] if request.publisher else []
    rest += [_excluded(one.clause) for one in clauses if isinstance(one, Not)]
    rest += [f"not mentioning {name}" for name in _shown("person", request.not_person)]
    rest += [f"not citing {name}" for name in _shown("outlet", request.not_outlet)]
    rest += [_dates(one.first, one.last) for one in clauses if isinstance(one, DateRange)]
    first, last = date_range(request)
    if first is not None or last is not None:
        rest.append(_dates(_day(first), _day(last)))
    if not that and not rest:
        return "all articles"
    head = f"articles that {_list(that, 'and')}" if that else f"articles {rest.pop(0)}"
    return ", ".join([head, *rest])


def _textual(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(_textual(clause) for clause in node.clauses)
    return isinstance(node, Word | Phrase | Exact | Wildcard | Fuzzy | Near)


def _things(node: Node, *, nested: bool = True) -> str:
    """Name what a clause of words looks for, as the object of *contain*."""
    match node:
        case And() | Or():
            text = _list([_things(clause) for clause in node.clauses], "and" if isinstance(node, And) else "or")
            return f"({text})" if nested else text
        case Near():
            return f"{_things(node.left)} near {_things(node.right)} (at most {node.distance} words between)"
        case Word() | Phrase() | Exact() | Wildcard() | Fuzzy():
            return f"{_thing(node)}{_PLACES[node.field]}"
    return str(node)


_PLACES = {"": "", "title": " in the title", "text": " in the text"}


def _thing(leaf: Word | Phrase | Exact | Wildcard | Fuzzy) -> str:
    match leaf:
        case Word():
            return f"*{leaf.text}*"
        case Phrase() if leaf.distance:
            return f"the words *{leaf.text}* with at most {leaf.distance} others between"
        case Phrase():
            return f"*{leaf.text}* as a phrase" if " " in leaf.text else f"*{leaf.text}* in just this form"
        case Exact():
            return f"*{leaf.text}* written just so"
        case Wildcard():
            return f"words like *{leaf.pattern}*"
        case Fuzzy():
            return f"*{leaf.text}* or a word one letter away"


def _predicate(node: Node) -> str:
    """Say what articles do that match a clause, after *that*."""
    if _textual(node):
        return f"contain {_things(node, nested=False)}"
    match node:
        case Value():
            return f"{_VERBS[node.field][0]} {_value(node)}"
        case DateRange():
            return f"are {_dates(node.first, node.last)}"
        case Not():
            return _denied(node.clause)
        case And() | Or():
            parts = [f"({_predicate(one)})" if isinstance(one, And | Or) else _predicate(one) for one in node.clauses]
            return f" {'and' if isinstance(node, And) else 'or'} ".join(parts)
    return "are any"


def _denied(node: Node) -> str:
    if _textual(node):
        return f"do not contain {_things(node)}"
    if isinstance(node, Value) and node.field != "publisher":
        return f"do not {_predicate(node)}"
    if isinstance(node, Value | DateRange):
        return _predicate(node).replace("are ", "are not ", 1)
    return f"do not ({_predicate(node)})"


def _excluded(node: Node) -> str:
    if _textual(node):
        return f"not containing {_things(node)}"
    if isinstance(node, Value):
        return f"not {_VERBS[node.field][1]} {_value(node)}"
    if isinstance(node, DateRange):
        return f"not {_dates(node.first, node.last)}"
    return f"but not those that {_predicate(node)}"


def _value(node: Value) -> str:
    if node.text == NONE:
        return _NOBODY[node.field]
    return node.text if node.whole else f"a name with *{node.text}*"


def _names(field: str, values: tuple[str, ...], mode: str) -> str:
    return f"{_VERBS[field][0]} {_list(_shown(field, values), _MODES[mode])}"


def _shown(field: str, values: tuple[str, ...]) -> list[str]:
    return [_NOBODY[field] if value == NONE else value for value in values]


def _list(parts: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _day(number: int | None) -> datetime.date | None:
    return None if number is None else datetime.date.fromordinal(number)


def _dates(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None or last is None:
        return f"since {_written(first)}" if first else f"until {_written(last)}" if last else "with a date"
    if first == last:
        return f"on {_written(first)}"
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        begin, end = (
            f"{_MONTHS[first.month]} {first.year}",
            f"{_MONTHS[last.month]} {last.year}",
        )
        return f"in {begin}" if begin == end else f"from {begin} to {end}"
    return f"from {_written(first)} to {_written(last)}"


def _written(day: datetime.date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}"
