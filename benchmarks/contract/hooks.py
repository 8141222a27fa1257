"""What the OpenAPI document cannot say of a search, told to schemathesis.

A cursor is only ever taken from an answer, `from` must not be later than `to`, and of made-up names none is known.
"""

import json
from typing import Any

import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Take out of a question that should be answered what no client makes up by the document alone."""
    del context, kwargs
    meant = case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE
    if meant and isinstance(case.query, dict):
        case.query.pop("cursor", None)
        if "from" in case.query:
            case.query.pop("to", None)
    if meant and "slug" in (case.path_parameters or {}) and len(case.path_parameters["slug"]) % 2:
        case.path_parameters["slug"] = "joe-biden" if "people" in case.operation.path else "cnn"


@schemathesis.deserializer("application/x-ndjson")
def read_lines(context: Any, response: Any) -> Any:
    """Read the first line of an export; a row has only the fields that were wanted, so that no more can be said."""
    del context
    lines = response.text.splitlines()
    return json.loads(lines[0]) if lines else {}
