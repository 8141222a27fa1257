"""Names as people type them, read as those that the archive knows: AP, NYT, wsj; and what was read as what."""

import dataclasses

from index.tag.outlets.table import default_table
from index.words import words
from search.answer import Notice
from search.engines.engine import Engine
from search.query.tree import And, Node, Not, Or, Span, Value, ValueField
from search.request import NONE, SearchRequest

_LISTS: dict[str, ValueField] = {
    "person": "person",
    "outlet": "outlet",
    "publisher": "publisher",
    "not_person": "person",
    "not_outlet": "outlet",
}


def known_names(tree: Node, engine: Engine) -> tuple[Node, tuple[Notice, ...]]:
    """Give the tree with outlets under the names that the archive has, and a notice for each that was read so.

    What the archive itself has goes first: `outlet:times` still means every outlet with that word.
    """
    notices: list[Notice] = []

    def read(node: Node) -> Node:
        match node:
            case And() | Or():
                return dataclasses.replace(node, clauses=tuple(read(clause) for clause in node.clauses))
            case Not():
                return dataclasses.replace(node, clause=read(node.clause))
            case Value() if node.text != NONE and not engine.names(node.field, node.text, whole=node.whole):
                name = _outlet(node.field, node.text, engine)
                notices.append(_note(node.field, node.text, name, engine, node.span))
                return dataclasses.replace(node, text=name, whole=True) if name else node
        return node

    return read(tree), tuple(dict.fromkeys(notices))


def known_values(request: SearchRequest, engine: Engine) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """Give the request with its people and outlets under the names that facets show, and a notice for each changed."""
    notices: list[Notice] = []
    changes: dict[str, object] = {}
    for attribute, field in _LISTS.items():
        typed: tuple[str, ...] = getattr(request, attribute)
        if typed:
            read = tuple(dict.fromkeys(_value(field, name, engine, notices) for name in typed))
            if read != typed:
                changes[attribute] = read
    changed = dataclasses.replace(request, **changes) if changes else request  # type: ignore[arg-type]
    return changed, tuple(dict.fromkeys(notices))


def _value(field: ValueField, typed: str, engine: Engine, notices: list[Notice]) -> str:
    """Give the one value that a name chosen by address means, else the name as it was typed."""
    if typed == NONE:
        return typed
    meant = engine.names(field, typed, whole=True)
    if not meant:
        name = _outlet(field, typed, engine)
        notices.append(_note(field, typed, name, engine))
        return name or typed
    if len(meant) > 1 or meant[0] == typed:
        return typed
    if _folded(meant[0]) != _folded(typed):
        notices.append(_note(field, typed, meant[0], engine))
    return meant[0]


def _outlet(field: ValueField, typed: str, engine: Engine) -> str:
    """Give the outlet of the archive that a name means by the table of outlets; "" where it is none or not told."""
    if field == "person":
        return ""
    table = default_table()
    if sure := table.by_name(typed):
        return sure.name
    names = {one.name for form in (typed, typed.upper()) for one in table.possible.get(form, ())}
    had = [name for name in names if name in engine.names(field, name, whole=True)]
    return had[0] if len(had) == 1 else ""


def _note(field: ValueField, typed: str, name: str, engine: Engine, span: Span = (0, 0)) -> Notice:
    """Say what a name was read as, or that the archive has none such."""
    if name and engine.names(field, name, whole=True):
        code, message = "read-as", f"“{typed}” was read as {name}."
    elif name and _folded(name) != _folded(typed):
        code, message = "unknown-name", f"No {field} in the archive is called “{typed}” or {name}."
    else:
        code, message = "unknown-name", f"No {field} is called “{typed}”."
    return Notice(code=code, message=message, start=span[0], end=span[1])


def _folded(text: str) -> list[str]:
    return [word.form for word in words(text)]
