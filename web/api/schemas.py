"""From the API's types to JSON Schema (2020-12), as OpenAPI 3.1 has it."""

import dataclasses
import inspect
import types
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


class Keyword(NamedTuple):
    """A keyword of JSON Schema beside a type."""

    name: str
    value: str | int


COMPONENTS = "#/components/schemas/"


def schema_of(kind: Any, components: dict[str, Schema]) -> Schema:
    """Give the schema of a type; those of the objects in it are put among the components."""
    if get_origin(kind) is Annotated:
        return _annotated(kind, components)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in components:
            components[kind.__name__] = {}
            components[kind.__name__] = _object(kind, components)
        return {"$ref": COMPONENTS + kind.__name__}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    return _generic(get_origin(kind), get_args(kind), components)


def _generic(origin: Any, inner: tuple[Any, ...], components: dict[str, Schema]) -> Schema:
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin is tuple:
        return _array(inner, components)
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1], components)}
    if origin in {Union, types.UnionType}:
        [one] = [one for one in inner if one is not types.NoneType]
        return _or_null(schema_of(one, components))
    raise TypeError(f"no schema for {origin!r}")


def _annotated(kind: Any, components: dict[str, Schema]) -> Schema:
    inner, *notes = get_args(kind)
    schema = schema_of(inner, components)
    for note in notes:
        schema = {**schema, **({note.name: note.value} if isinstance(note, Keyword) else {"description": note})}
    return schema


def _object(kind: type[Any], components: dict[str, Schema]) -> Schema:
    properties, required = {}, []
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if field.default is None:
            hint = _without_none(hint)
        else:
            required.append(field.name)
        properties[field.name] = schema_of(hint, components)
    schema: Schema = {"type": "object", "description": inspect.cleandoc(kind.__doc__ or ""), "properties": properties}
    return {**schema, **({"required": required} if required else {}), "additionalProperties": False}


def _without_none(hint: Any) -> Any:
    """Give what a member is where it is not left out."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        return Annotated[(_without_none(inner), *notes)]
    [one] = [one for one in get_args(hint) if one is not types.NoneType]
    return one


def _array(inner: tuple[Any, ...], components: dict[str, Schema]) -> Schema:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": schema_of(inner[0], components)}
    [item] = set(inner)
    return {"type": "array", "items": schema_of(item, components), "minItems": len(inner), "maxItems": len(inner)}


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
