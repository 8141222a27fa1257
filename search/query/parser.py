"""Read a query: words, operators and parentheses become a tree, and whatever had to be mended becomes notices.

    query   = list ("OR" list)*                 OR, ||
    list    = part ("AND"? part)*               AND, &&, or nothing
    part    = ("NOT" | "-" | "!")* near
    near    = primary ("NEAR/n" primary)*
    primary = [field ":"] ( word | phrase | "=" word | "=" phrase | "(" query ")" )

The parser keeps its own stack of open parentheses, runs in linear time and never raises; docs/query-language.md is the
page for people.
"""

from dataclasses import dataclass, field

from index.settings import Settings
from index.words import words
from search.answer import Notice
from search.language import _, number
from search.query.doubts import doubt, fields_of
from search.query.hints import hint
from search.query.leaves import leaf
from search.query.lexer import Token, lex
from search.query.notes import Notes, said
from search.query.tree import (
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Word,
    both,
    either,
    near_operand,
    negated,
    quoted,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A query as understood: its tree in normal form, and what had to be mended on the way."""

    tree: Node
    notices: tuple[Notice, ...]


def parse(query: str, settings: Settings) -> Parsed:
    """Read a query within the limits of the settings; never raises, whatever it holds."""
    notes = Notes()
    limit = settings.max_query_chars
    if len(query) > limit:
        notes.add(
            "too-long",
            _("Only the first %(limit)s characters of the query were read.", limit=number(limit)),
            limit,
            len(query),
        )
        query = query[:limit]
    tokens = lex(query, notes)
    hint(query, tokens, notes)
    tree = _Parser(tokens, notes, settings).tree()
    doubt(tree, notes)
    return Parsed(tree=tree, notices=notes.all())


@dataclass(slots=True)
class _Part:
    """A clause of a list; `fields` are those of the NEAR that it is, known so that a chain of them costs no more."""

    node: Node
    negated: bool
    fields: frozenset[str] | None = None

    def signed(self) -> Node:
        node = quoted(self.node)
        return negated(node) if self.negated else node


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses, as far as it was read."""

    opener: Token | None = None
    scope: str = ""
    lists: list[list[_Part]] = field(default_factory=lambda: [[]])
    name: Token | None = None
    nots: list[Token] = field(default_factory=list)
    waiting: Token | None = None

    def node(self) -> Node:
        return either([both([part.signed() for part in parts]) for parts in self.lists if parts])


class _Parser:
    def __init__(self, tokens: list[Token], notes: Notes, settings: Settings) -> None:
        self._tokens = tokens
        self._notes = notes
        self._terms = settings.max_query_terms
        self._depth = settings.max_query_depth
        self._groups = [_Group()]
        self._ignored_openers = 0

    def tree(self) -> Node:
        for token in self._tokens:
            if token.kind == "open":
                self._open(token)
            elif token.kind == "close":
                self._close(token)
            elif token.kind in {"and", "or", "near"}:
                self._operator(token)
            elif token.kind == "not":
                self._groups[-1].nots.append(token)
            elif token.kind == "field":
                self._name(token)
            else:
                self._leaf(token)
        while len(self._groups) > 1:
            opener = self._groups[-1].opener
            if opener:
                message = _("This parenthesis is never closed; it was closed at the end.")
                self._notes.add("open-parenthesis", message, opener.start, opener.end)
            self._end_group()
        self._dangling(self._groups[0])
        return self._groups[0].node()

    def _open(self, token: Token) -> None:
        if len(self._groups) > self._depth:
            message = _("Parentheses deeper than %(depth)s were ignored.", depth=self._depth)
            self._notes.add("too-deep", message, token.start, token.end)
            self._ignored_openers += 1
            return
        group = self._groups[-1]
        self._groups.append(_Group(opener=token, scope=group.name.text if group.name else group.scope))

    def _close(self, token: Token) -> None:
        if self._ignored_openers:
            self._ignored_openers -= 1
        elif len(self._groups) > 1:
            self._end_group()
        else:
            message = _("This parenthesis was never opened and was ignored.")
            self._notes.add("lone-parenthesis", message, token.start, token.end)

    def _end_group(self) -> None:
        group = self._groups.pop()
        self._dangling(group)
        node = group.node()
        if isinstance(node, Everything):
            if group.opener:
                self._notes.add("empty-group", _("There is nothing in these parentheses."), *_place(group.opener))
            self._groups[-1].name = None
            return
        self._operand(node)

    def _operator(self, token: Token) -> None:
        group = self._groups[-1]
        if group.nots or group.name or not group.lists[-1]:
            self._without_operand(token)
            return
        if group.waiting:
            self._without_operand(group.waiting)
        if token.kind == "or":
            group.lists.append([])
        group.waiting = token

    def _name(self, token: Token) -> None:
        group = self._groups[-1]
        if group.name:
            self._without_value(group.name)
        group.name = token

    def _leaf(self, token: Token) -> None:
        group = self._groups[-1]
        node = leaf(token, group.name.text if group.name else group.scope, self._notes)
        cost = _cost(node)
        if cost > self._terms:
            message = _("The query has too many words; those from here on were ignored.")
            if self._terms >= 0:
                self._notes.add("too-many-terms", message, token.start, self._tokens[-1].end)
            self._terms = -1
            node = None
        else:
            self._terms -= cost
        if node is None:
            group.name = None
            group.nots.clear()
        else:
            self._operand(node)

    def _operand(self, node: Node) -> None:
        group = self._groups[-1]
        waiting, group.waiting = group.waiting, None
        if len(group.nots) > 1:
            message = _("Two negations take each other away.")
            self._notes.add("double-negation", message, group.nots[0].start, group.nots[-1].end)
        minus = len(group.nots) % 2 == 1
        group.nots.clear()
        group.name = None
        if waiting and waiting.kind == "near":
            part = group.lists[-1][-1]
            left, right = near_operand(part.node), near_operand(node)
            if not left or not right or minus:
                message = _("NEAR takes words and phrases, or such joined by OR; here it was read as AND.")
                self._notes.add("near-operand", message, *_place(waiting))
            elif not (fields := (part.fields or fields_of(left)) & fields_of(right)):
                message = _("NEAR looks within one field, and its two sides name two; it was read as AND.")
                self._notes.add("near-fields", message, *_place(waiting))
            else:
                part.node, part.fields = Near(left=left, right=right, distance=waiting.distance), fields
                return
        group.lists[-1].append(_Part(node, minus))

    def _dangling(self, group: _Group) -> None:
        for token in (*group.nots, *((group.waiting,) if group.waiting else ())):
            self._without_operand(token)
        if group.name:
            self._without_value(group.name)
        group.nots.clear()
        group.waiting = group.name = None

    def _without_operand(self, token: Token) -> None:
        message = _("%(text)s has nothing to join here and was ignored.", text=said(token.text))
        advice = _("NEAR stands between two words: biden NEAR/5 border.") if token.kind == "near" else ""
        self._notes.add("operator-without-operand", message, *_place(token), advice=advice)

    def _without_value(self, token: Token) -> None:
        self._notes.add(
            "field-without-value", _("“%(text)s:” has no value and was ignored.", text=token.text), *_place(token)
        )


def _place(token: Token) -> tuple[int, int]:
    return token.start, token.end


def _cost(node: Node | None) -> int:
    """Count the words that a leaf looks up."""
    if isinstance(node, Word | Phrase | Exact | Fuzzy):
        return sum(1 for _ in words(node.text))
    return 0 if node is None else 1
