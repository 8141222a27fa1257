"""Names as people type them, read as those that the archive knows: AP, NYT, wsj; and what was read as what."""

import dataclasses

from index.tag.outlets.table import default_table
from index.words import words
from search.answer import Notice
from search.engines.engine import Engine
from search.language import _, ngettext, number
from search.query.loosen import outside
from search.query.tree import And, Node, Not, Or, Quoted, Span, Value, ValueField
from search.request import NONE, SearchRequest

SHOWN = 3
"""Names that a notice tells of those that one filter means."""

_LISTS: dict[str, ValueField] = {
    "person": "person",
    "outlet": "outlet",
    "publisher": "publisher",
    "not_person": "person",
    "not_outlet": "outlet",
}


def known_names(tree: Node, engine: Engine) -> tuple[Node, tuple[Notice, ...]]:
    """Give the tree with outlets under the names that the archive has, and a notice for each that was read so.

    What the archive itself has goes first: `outlet:times` still means every outlet with that word. A name in quotes is
    the full name of one, else what the archive's authority or the table of outlets knows it as, else a part of names.
    """
    notices: list[Notice] = []

    def read(node: Node) -> Node:
        match node:
            case And() | Or():
                return dataclasses.replace(node, clauses=tuple(read(clause) for clause in node.clauses))
            case Quoted() if not engine.quotations:
                notices.append(_without_quotations())
                return read(outside(node, speaker="person"))
            case Not() | Quoted():
                return dataclasses.replace(node, clause=read(node.clause))
            case Value() if node.whole and (name := _known_as(engine, node.field, node.text)):
                notices.append(_note(node.field, node.text, name, engine, node.span))
                return dataclasses.replace(node, text=name)
            case Value() if node.text != NONE and not (_same if node.whole else _having)(engine, node.field, node.text):
                name = _outlet(node.field, node.text, engine)
                if name and (_same(engine, node.field, name) or not _having(engine, node.field, node.text)):
                    notices.append(_note(node.field, node.text, name, engine, node.span))
                    return dataclasses.replace(node, text=name, whole=True)
                if not _having(engine, node.field, node.text):
                    notices.append(_note(node.field, node.text, "", engine, node.span))
        return node

    return read(tree), tuple(dict.fromkeys(notices))


def known_values(request: SearchRequest, engine: Engine) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """Give the request with its people and outlets under the names that facets show, and a notice for each changed.

    A filter means what its name in quotes does in a query: the one of this full name, whatever its case, accents and
    signs; else the one that the archive's authority knows under it, or the outlet that it is an alias of; else all
    whose names have its words, which a notice says.
    """
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
    if same := _same(engine, field, typed):
        name = typed if typed in same or len(same) > 1 else same[0]
        others = len(_having(engine, field, typed)) - len(same)
        if others and typed not in same:
            one = _(" or ").join(same)
            message = _(
                "“%(typed)s” was read as %(one)s alone; %(others)s, as %(field)s: finds in a query.",
                typed=typed,
                one=one,
                others=_having_it(others, field),
                field=field,
            )
            notices.append(Notice(code="read-as", message=message, start=0, end=0))
        return name
    if name := _known_as(engine, field, typed):
        notices.append(_note(field, typed, name, engine))
        return name
    if (name := _outlet(field, typed, engine)) and _same(engine, field, name):
        notices.append(_note(field, typed, name, engine))
        return name
    meant = _having(engine, field, typed)
    if len(meant) > 1:
        notices.append(_part_of_names(field, typed, meant))
        return typed
    name = meant[0] if meant else name
    notices.append(_note(field, typed, name, engine))
    return name or typed


def _having_it(count: int, field: ValueField) -> str:
    if field == "person":
        return ngettext("%(n)s more person has it in the name", "%(n)s more people have it in their names", count)
    if field == "outlet":
        return ngettext("%(n)s more outlet has it in the name", "%(n)s more outlets have it in their names", count)
    return ngettext("%(n)s more publisher has it in the name", "%(n)s more publishers have it in their names", count)


def _part_of_names(field: ValueField, typed: str, meant: tuple[str, ...]) -> Notice:
    """Say that a filter means all whose names have its words."""
    names = ", ".join(meant[:SHOWN])
    more = len(meant) - SHOWN
    shown = _("%(names)s and %(more)s more", names=names, more=number(more)) if more > 0 else names
    clause = Value(field=field, text=typed, whole=len(_folded(typed)) > 1)
    message = _(
        "No %(field)s is called just “%(typed)s”; as %(clause)s does in a query, it means all with "
        "that in their names: %(shown)s.",
        field=field,
        typed=typed,
        clause=clause,
        shown=shown,
    )
    return Notice(code="part-of-name", message=message, start=0, end=0)


def _same(engine: Engine, field: ValueField, name: str) -> tuple[str, ...]:
    """Give the values that are a name but for case, accents and signs."""
    return tuple(one for one in engine.names(field, name, whole=True) if one == name or _folded(one) == _folded(name))


def _known_as(engine: Engine, field: ValueField, name: str) -> str:
    """Give the one value that a name means by the archive's authority, under which none is shown; "" without one."""
    if name == NONE or _same(engine, field, name):
        return ""
    found = engine.aliases(field, name)
    return found[0] if len(found) == 1 else ""


def _having(engine: Engine, field: ValueField, name: str) -> tuple[str, ...]:
    """Give the values that have all words of a name."""
    return engine.names(field, name, whole=False)


def _outlet(field: ValueField, typed: str, engine: Engine) -> str:
    """Give the outlet of the archive that a name means by the table of outlets; "" where it is none or not told."""
    if field in {"person", "speaker"}:
        return ""
    table = default_table()
    if sure := table.by_name(typed):
        return sure.name
    names = {one.name for form in (typed, typed.upper()) for one in table.possible.get(form, ())}
    had = [name for name in names if name in _same(engine, field, name)]
    return had[0] if len(had) == 1 else ""


def _note(field: ValueField, typed: str, name: str, engine: Engine, span: Span = (0, 0)) -> Notice:
    """Say what a name was read as, or that the archive has none such."""
    if name and _same(engine, field, name):
        code, message = "read-as", _("“%(typed)s” was read as %(name)s.", typed=typed, name=name.removesuffix("."))
    elif name and _folded(name) != _folded(typed):
        code = "unknown-name"
        message = _(
            "No %(field)s in the archive is called “%(typed)s” or %(name)s.", field=field, typed=typed, name=name
        )
    elif field == "speaker":
        code, message = "unknown-name", _("Nobody called “%(typed)s” is quoted.", typed=typed)
    else:
        code, message = "unknown-name", _("No %(field)s is called “%(typed)s”.", field=field, typed=typed)
    return Notice(code=code, message=message, start=span[0], end=span[1])


def _without_quotations() -> Notice:
    message = _(
        "This index does not search quotations: what is said was looked for in whole texts, whom it is by among all "
        "people that they mention."
    )
    return Notice(code="no-quotations", message=message, start=0, end=0)


def _folded(text: str) -> list[str]:
    return [word.form for word in words(text)] or [text]
