"""Read the parameters of a request as its operation says, and nothing else: an unknown one is refused."""

import re
from typing import Any

from index.settings import Settings
from search.request import ParameterError, from_params
from web.api.operations import Given, Operation, Parameter
from web.api.schemas import Schema
from web.reading_parameters import Pairs


def read(operation: Operation, pairs: Pairs, settings: Settings) -> Given:
    """Read the pairs of a query string; raises ParameterError for the first that is unknown, doubled or malformed."""
    known = {one.name: one for one in operation.parameters if not one.in_path}
    for name, _ in pairs:
        if name not in known:
            there = f"There are: {', '.join(known)}" if known else "This address takes none"
            raise ParameterError(name, "there is no such parameter", remedy=there, known=False)
    asked = from_params([pair for pair in pairs if known[pair[0]].of_search])
    own: dict[str, Any] = {}
    for name, value in pairs:
        if not known[name].of_search:
            if name in own:
                raise ParameterError(name, "it is given twice", remedy="Give it once", nth=1)
            own[name] = _value(known[name], value, known[name].schema(settings))
    for one in known.values():
        if one.required and one.name not in own:
            raise ParameterError(one.name, "it is missing", remedy=f"Give {one.description}")
        if not one.of_search and (default := one.schema(settings).get("default")) is not None:
            own.setdefault(one.name, default)
    return Given(asked=asked, own=own)


def _value(parameter: Parameter, text: str, schema: Schema) -> Any:
    name = parameter.name
    if schema["type"] == "integer":
        number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1
        if not schema["minimum"] <= number <= schema["maximum"]:
            remedy = f"Give a whole number from {schema['minimum']} to {schema['maximum']}"
            raise ParameterError(name, f"{text!r} does not fit", remedy=remedy)
        return number
    if schema["type"] == "array":
        return tuple(dict.fromkeys(_choice(name, one.strip(), schema["items"]["enum"]) for one in text.split(",")))
    if "enum" in schema:
        return _choice(name, text, schema["enum"])
    if len(text) > schema.get("maxLength", len(text)):
        raise ParameterError(name, "it is too long", remedy=f"Give at most {schema['maxLength']} characters")
    return text


def _choice(name: str, text: str, choices: list[str]) -> str:
    if text not in choices:
        raise ParameterError(name, f"{text!r} is no choice", remedy=f"Give some of: {', '.join(choices)}")
    return text
