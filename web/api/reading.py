"""Read the parameters of a request as its operation says, and nothing else: an unknown one is refused."""

import re
from collections import Counter
from typing import Any

from index.settings import Settings
from search.request import ParameterError, check_values, from_params
from web.api.operations import Given, Operation, Parameter
from web.api.schemas import Schema
from web.language import _
from web.reading_parameters import Pairs


def read(operation: Operation, pairs: Pairs, settings: Settings) -> Given:
    """Read the pairs of a query string; raises ParameterError for the first that is unknown, doubled or malformed."""
    known = {one.name: one for one in operation.parameters if not one.in_path}
    for name, _given in pairs:
        if name not in known:
            there = f"There are: {', '.join(known)}" if known else "This address takes none"
            raise ParameterError(name, _("there is no such parameter"), remedy=there, known=False)
    for name, given in Counter(name for name, _given in pairs if known[name].repeated).items():
        check_values(name, given, settings.max_filter_values)  # where some are the same, too
    asked = from_params([pair for pair in pairs if known[pair[0]].of_search])
    own: dict[str, Any] = {}
    for name, value in pairs:
        if not known[name].of_search:
            if name in own:
                raise ParameterError(name, _("it is given twice"), remedy=_("Give it once"), nth=1)
            own[name] = _value(known[name], value, known[name].schema(settings))
    for one in known.values():
        if one.required and one.name not in own:
            raise ParameterError(
                one.name, _("it is missing"), remedy=_("Give %(description)s", description=one.description)
            )
        if not one.of_search and (default := one.schema(settings).get("default")) is not None:
            own.setdefault(one.name, default)
    return Given(asked=asked, own=own)


def _value(parameter: Parameter, text: str, schema: Schema) -> Any:
    name = parameter.name
    if schema["type"] == "integer":
        number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1
        if not schema["minimum"] <= number <= schema["maximum"]:
            remedy = _(
                "Give a whole number from %(schema)s to %(schema2)s",
                schema=schema["minimum"],
                schema2=schema["maximum"],
            )
            raise ParameterError(name, _("%(text)s does not fit", text=repr(text)), remedy=remedy)
        return number
    if schema["type"] == "array":
        given = tuple(_choice(name, one.strip(), schema["items"]["enum"]) for one in text.split(","))
        if len(set(given)) < len(given):
            raise ParameterError(name, _("a word is there twice"), remedy=_("Give each once"))
        return given
    if "enum" in schema:
        return _choice(name, text, schema["enum"])
    if len(text) > schema.get("maxLength", len(text)):
        raise ParameterError(
            name, _("it is too long"), remedy=_("Give at most %(schema)s characters", schema=schema["maxLength"])
        )
    return text


def _choice(name: str, text: str, choices: list[str]) -> str:
    if text not in choices:
        raise ParameterError(
            name,
            _("%(text)s is no choice", text=repr(text)),
            remedy=_("Give some of: %(names)s", names=", ".join(choices)),
        )
    return text
