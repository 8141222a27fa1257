"""A question as parts that can be left out one by one: the clauses of its query and its filters."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from search.query.tree import And, Everything, Node, both, span_of
from search.request import SearchRequest

_LISTS = {"person": "person", "outlet": "outlet", "publisher": "publisher"}
_EXCLUDED = {"-person": "not_person", "-outlet": "not_outlet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clause (`node`), or a filter (`fields` of a request with what they hold).

    `kind` and `text` are those of `search.answer.Blame`; `start` and `end` are a clause's place in the query.
    """

    kind: str
    text: str
    node: Node | None = None
    fields: tuple[tuple[str, object], ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Some parts, as a tree and as a request that asks for them."""

    tree: Node
    request: SearchRequest


def parts_of(tree: Node, request: SearchRequest) -> list[Part]:
    """Divide a question; a filter by any of several values is one part, each value that must be had another."""
    clauses = () if isinstance(tree, Everything) else tree.clauses if isinstance(tree, And) else (tree,)
    parts = [_clause(clause) for clause in clauses]
    for kind, field in _LISTS.items():
        values: tuple[str, ...] = getattr(request, field)
        if field == "publisher" or getattr(request, f"{field}_mode", "any") == "any":
            parts += [Part(kind=kind, text=" or ".join(values), fields=((field, values),))] if values else []
        else:
            parts += [Part(kind=kind, text=value, fields=((field, (value,)),)) for value in values]
    for kind, field in _EXCLUDED.items():
        parts += [Part(kind=kind, text=value, fields=((field, (value,)),)) for value in getattr(request, field)]
    if request.from_ or request.to:
        text = request.from_ if request.from_ == request.to else f"{request.from_ or ''}..{request.to or ''}"
        parts.append(Part(kind="date", text=str(text), fields=(("from_", request.from_), ("to", request.to))))
    if request.undated != "include":
        parts.append(Part(kind="undated", text=request.undated, fields=(("undated", request.undated),)))
    return parts


def asking(parts: Sequence[Part], request: SearchRequest) -> Question:
    """Give the question of some parts, with what a request says beside its own: its modes, sort and sizes."""
    tree = both([part.node for part in parts if part.node is not None])
    values: dict[str, object] = {"q": str(tree), "cursor": None, "from_": None, "to": None, "undated": "include"}
    values |= dict.fromkeys((*_LISTS.values(), *_EXCLUDED.values()), ())
    for part in parts:
        for field, value in part.fields:
            known = values[field]
            values[field] = (*known, *value) if isinstance(known, tuple) and isinstance(value, tuple) else value
    return Question(tree=tree, request=dataclasses.replace(request, **values))  # type: ignore[arg-type]


def _clause(node: Node) -> Part:
    start, end = span_of(node)
    return Part(kind="query", text=str(node), node=node, start=start, end=end)
