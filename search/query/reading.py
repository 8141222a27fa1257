"""The reading of a question: how it was understood, in plain words."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import pairwise

from index.words import words
from search.language import N_, _, gettext, ngettext
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
    Quoted,
    Value,
    Wildcard,
    Word,
)
from search.request import NONE, SearchRequest, date_range

EVERYTHING = N_("all articles")
"""What is said of a question that asks for nothing in particular."""

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


_AND, _OR = N_("and"), N_("or")
_A, _AN, _ANY = N_("a"), N_("an"), N_("any")
_WORDINGS = {
    "person": _Wording(
        verb=N_("mention"),
        plain=N_("do not mention"),
        participle=N_("mentioning"),
        kind=N_("person"),
        nobody=N_("mention nobody"),
        somebody=N_("mention at least one person"),
        with_somebody=N_("mentioning at least one person"),
    ),
    "outlet": _Wording(
        verb=N_("cite"),
        plain=N_("do not cite"),
        participle=N_("citing"),
        kind=N_("outlet"),
        nobody=N_("cite no outlet"),
        somebody=N_("cite at least one outlet"),
        with_somebody=N_("citing at least one outlet"),
    ),
    "publisher": _Wording(
        verb=N_("are from"),
        plain=N_("are not from"),
        participle=N_("from"),
        kind=N_("publisher"),
        nobody=N_("have no known publisher"),
        somebody=N_("have a known publisher"),
        with_somebody=N_("with a known publisher"),
    ),
    "speaker": _Wording(
        verb="quote",
        plain="do not quote",
        participle="quoting",
        kind="person",
        nobody="quote an unnamed speaker",
        somebody="quote no unnamed speaker",
        with_somebody="quoting no unnamed speaker",
    ),
}
_SHOWN_NONE = {"person": N_("nobody"), "outlet": N_("no outlet"), "publisher": N_("no known publisher")}
_PLACES = {"title": N_("%(words)s in the title"), "text": N_("%(words)s in the text")}
_MODES = {"all": _AND, "any": _OR}
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
        that = (
            [_("contain %(things)s", things=_list([_things(one, beside=not alone) for one in contain], _AND))]
            if contain
            else []
        )
        that += [self._predicate(one, alone=alone) for one in others] + self._chosen(request, alone=alone)
        rest = (
            [_("from %(listed)s", listed=self._listed("publisher", request.publisher, _OR))]
            if request.publisher
            else []
        )
        rest += [self._excluded(one, alone=alone) for one in denied] + left_out + ranges
        if not that and not rest:
            return gettext(EVERYTHING)
        head = (
            _("articles that %(things)s", things=_list(that, _AND))
            if that
            else _("articles %(which)s", which=rest.pop(0))
        )
        return ", ".join([head, *rest])

    def _predicate(self, node: Node, *, alone: bool = False) -> str:  # noqa: PLR0911  # one line a kind
        """Say what articles do that match a clause, after *that*."""
        if _textual(node):
            return _("contain %(things)s", things=_things(node))
        match node:
            case Value(text=text) if text == NONE:
                return _wording(node.field).nobody
            case Value():
                return f"{_wording(node.field).verb} {self._name(node)}"
            case Quoted():
                return _("quote %(quotation)s", quotation=self._quotation(node))
            case DateRange():
                return _("are %(in_words)s", in_words=in_words(node.first, node.last))
            case Not():
                return self._denied(node.clause)
            case And() | Or():
                word = f" {gettext(_AND if isinstance(node, And) else _OR)} "
                text = word.join(self._predicate(one) for one in node.clauses)
                return text if alone else f"({text})"
        return _("are any")

    def _denied(self, node: Node) -> str:
        if _textual(node):
            return _("do not contain %(things)s", things=_things(node))
        if isinstance(node, Value):
            wording = _wording(node.field)
            return wording.somebody if node.text == NONE else f"{wording.plain} {self._name(node, article='any')}"
        if isinstance(node, Quoted):
            return f"do not quote {self._quotation(node, article='any')}"
        if isinstance(node, DateRange):
            return _("are not %(in_words)s", in_words=in_words(node.first, node.last))
        return _("do not %(predicate)s", predicate=self._predicate(node))

    def _excluded(self, node: Node, *, alone: bool) -> str:
        if _textual(node):
            return _("not containing %(things)s", things=_things(node))
        if isinstance(node, Value):
            wording = _wording(node.field)
            if node.text == NONE:
                return wording.with_somebody
            return _("not %(participle)s %(name)s", participle=wording.participle, name=self._name(node, article=_ANY))
        if isinstance(node, Quoted):
            return _("not quoting %(quotation)s", quotation=self._quotation(node, article=_ANY))
        if isinstance(node, DateRange):
            return _("not %(in_words)s", in_words=in_words(node.first, node.last))
        return _("but not those that %(predicate)s", predicate=self._predicate(node, alone=alone))

    def _quotation(self, node: Quoted, *, article: str = "") -> str:
        """Name who is quoted, and what is said, as the object of *quote*."""
        clauses = node.clause.clauses if isinstance(node.clause, And) else (node.clause,)
        words = [one for one in clauses if _textual(one)]
        speakers = [self._speaker(one, article) for one in clauses if not _textual(one)]
        said = f" saying {_list([_things(one) for one in words], 'and')}" if words else ""
        return f"{speakers[0] if speakers else 'anybody' if article else 'somebody'}{said}"

    def _speaker(self, node: Node, article: str) -> str:
        if isinstance(node, Or):
            return f"({_list([self._speaker(one, article) for one in node.clauses], 'or')})"
        if isinstance(node, Value):
            return "an unnamed speaker" if node.text == NONE else self._name(node, article=article)
        return "anybody" if article else "somebody"

    def _name(self, node: Value, *, article: str = "") -> str:
        """Name the one of just this name, where the archive has one; else say which words the name has."""
        if node.whole and self._names:
            known, typed = self._names(node), _forms(node.text)
            same = [name for name in known if name == node.text or _forms(name) == typed]
            if same or not known:
                return node.text if node.text in same or not known else _any_of(sorted(same))
        kind = _wording(node.field).kind
        return _(
            "%(article)s %(kind)s whose name has *%(text)s*",
            article=gettext(article or (_AN if kind[0] in "aeiou" else _A)),
            kind=kind,
            text=node.text,
        )

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
                found.append(f"{_wording(field).verb} {f'({listed})' if several else listed}")
        if request.undated != "include":
            found.append(_("have a date") if request.undated == "exclude" else _("have no date"))
        return found

    def _left_out(self, field: str, values: tuple[str, ...]) -> list[str]:
        wording = _wording(field)
        return [
            wording.with_somebody
            if one == NONE
            else _(
                "not %(participle)s %(filter)s", participle=wording.participle, filter=self._filter(field, one, _ANY)
            )
            for one in values
        ]

    def _listed(self, field: str, values: tuple[str, ...], last: str) -> str:
        return _list([gettext(_SHOWN_NONE[field]) if one == NONE else self._filter(field, one) for one in values], last)

    def _filter(self, field: str, value: str, article: str = "") -> str:
        """Name the value of a filter: it means what the same name in quotes does in a query."""
        if self._names is None:
            return value
        return self._name(Value(field=field, text=value, whole=True), article=article)  # type: ignore[arg-type]


def _wording(field: str) -> _Wording:
    """Give how articles relate to a kind of name, in the language that is spoken."""
    wording = _WORDINGS[field]
    return _Wording(**{one.name: gettext(getattr(wording, one.name)) for one in fields(wording)})


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
            return f"({_list([_things(clause) for clause in node.clauses], _AND if isinstance(node, And) else _OR)})"
        case Near():
            sides, between = (
                _("%(things)s near %(things2)s", things=_things(node.left), things2=_things(node.right)),
                _words_between(node.distance),
            )
            return f"({sides}, {between})" if beside else f"{sides} ({between})"
        case Word() | Phrase() | Exact() | Wildcard() | Fuzzy():
            return _(_PLACES[node.field], words=_thing(node)) if node.field in _PLACES else _thing(node)
    return str(node)


def _thing(leaf: Word | Phrase | Exact | Wildcard | Fuzzy) -> str:
    match leaf:
        case Word():
            return _word(leaf.text)
        case Phrase() if leaf.distance:
            return _("the words *%(text)s* (%(between)s)", text=leaf.text, between=_others_between(leaf.distance))
        case Phrase():
            return (
                _("*%(text)s* as a phrase", text=leaf.text)
                if len(_forms(leaf.text)) > 1
                else _("*%(text)s* in just this form", text=leaf.text)
            )
        case Exact():
            return _("*%(text)s* written just so", text=leaf.text)
        case Wildcard():
            return _pattern(leaf.pattern)
        case Fuzzy():
            return _("*%(text)s* (or a word one letter away)", text=leaf.text)


def _word(text: str) -> str:
    """Name a word; what is several words, but for compounds (COVID-19, AT&T, O'Brien), stands in a row."""
    found = list(words(text))
    if all(_WITHIN.fullmatch(text[one.end : two.start]) for one, two in pairwise(found)):
        return f"*{text}*"
    return _("*%(names)s* in a row", names=" ".join(text[word.start : word.end] for word in found))


def _pattern(pattern: str) -> str:
    """Describe a wildcard without its stars, which stand for emphasis in a reading."""
    if "?" not in pattern and pattern.find("*") == len(pattern) - 1:
        return _("words that begin with *%(pattern)s*", pattern=pattern[:-1])
    return _("words like *%(replace)s*", replace=pattern.replace("*", "…"))


def _words_between(distance: int) -> str:
    if distance == 0:
        return _("no word between")
    return ngettext("at most %(n)s word between", "at most %(n)s words between", distance)


def _others_between(distance: int) -> str:
    if distance == 0:
        return _("no other between")
    return ngettext("at most %(n)s other between", "at most %(n)s others between", distance)


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _list(parts: list[str], last: str) -> str:
    return f" {gettext(last)} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _any_of(names: list[str]) -> str:
    return f"({_list(names, _OR)})" if len(names) > 1 else names[0]


def _day(number: int | None) -> datetime.date | None:
    return None if number is None else datetime.date.fromordinal(number)
