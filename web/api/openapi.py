"""The OpenAPI 3.1 document, made of the operations that are routed and the types that are served."""

from collections.abc import Iterable
from typing import Any

from index.settings import Settings
from index.version import VERSION
from web.api.operations import JSON, Body, Operation, Parameter
from web.api.schemas import Schema, schema_of
from web.api.types import Problem
from web.problems import ANYWHERE, KINDS

PROBLEM = "application/problem+json"

ABOUT = """Search an archive of news articles by what they say and whom they name.

Everything is read by GET or HEAD; people and outlets are corrected by POST, where the owner allows it. Shapes stay
within version 1: members may be added, none is taken away. An unknown parameter is refused, a query never is. All hits
of a search: follow `next` to its end, which loses and repeats nothing while the archive changes, or ask for an export
once."""

HEADERS = {
    "X-Request-ID": "under which the server's log has this request",
    "ETag": "of this state of the archive and this address; send it back as `If-None-Match`",
    "Link": "the next and previous page, and other forms (RFC 8288); of long addresses that of the next page alone",
    "RateLimit": "how many requests are left and when there are more, where the server limits them",
    "Newsmorgue-Query": "what was asked, as the query string of a search; left out where it is long",
    "Newsmorgue-Generation": "of which committed state of the archive it is",
    "Newsmorgue-Total": "how many lines there are to come: of hits, beside those of `about` and the names of columns",
    "Newsmorgue-Articles": "how many articles these are, which are more where near copies are grouped",
}
"""What the headers of answers tell."""

EVERYWHERE = ("X-Request-ID", "Link", "RateLimit")


def document(operations: Iterable[Operation], settings: Settings) -> dict[str, Any]:
    """Give the document."""
    components: dict[str, Schema] = {}
    schema_of(Problem, components)
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, settings, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Newsmorgue",
            "version": VERSION,
            "summary": "A search engine over news articles: dates, people and outlets",
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "headers": {name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()},
        },
    }


def _operation(operation: Operation, settings: Settings, components: dict[str, Schema]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(one, settings) for one in operation.parameters],
        "responses": {
            **{str(body.status): _response(operation, body, components) for body in operation.bodies},
            **({"304": {"description": "What `If-None-Match` names is still so"}} if operation.conditional else {}),
            **_problems(operation),
        },
    }
    if operation.takes is not None:
        schema = schema_of(operation.takes, components)
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return told


def _parameter(parameter: Parameter, settings: Settings) -> dict[str, Any]:
    schema = parameter.schema(settings)
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "description": parameter.description,
        "schema": schema,
    }
    if parameter.required:
        told["required"] = True
    if schema.get("type") == "array":
        told.update(style="form", explode=parameter.repeated)
    return told


def _response(operation: Operation, body: Body, components: dict[str, Schema]) -> dict[str, Any]:
    schema = {"type": "string"} if body.type is None else schema_of(body.type, components)
    if body.of_lines:
        schema = {"description": f"lines, each with wanted members of {body.type.__name__}", "type": "object"}
    names = (*EVERYWHERE, *(("ETag",) if operation.conditional else ()), *body.headers)
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {"description": body.description, "headers": headers, "content": {body.media_type: {"schema": schema}}}


def _problems(operation: Operation) -> dict[str, Any]:
    """Give the problems of an operation by status, each with what is told of its kinds."""
    told: dict[str, list[str]] = {}
    for name in sorted({*ANYWHERE, *operation.problems}):
        kind = KINDS[name]
        told.setdefault(str(kind.status), []).append(f"{kind.title} (`{kind.type}`): {kind.meaning}")
    return {
        status: {
            "description": "\n\n".join(texts),
            "content": {PROBLEM: {"schema": schema_of(Problem, {"Problem": {}})}},
        }
        for status, texts in sorted(told.items())
    }
