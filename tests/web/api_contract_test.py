"""The OpenAPI document and what is served keep to each other."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from search.request import PARAMETERS
from web.api import name_types, quote_types, types
from web.api.encoding import dumps, loads
from web.api.parameters import SEARCH
from web.api.resources import OPERATIONS
from web.problems import KINDS

FEW = hypothesis_settings(
    max_examples=5, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_is_served_as_documented(app: Flask, operation: Any) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="the dev extra has it")
    pytest.importorskip("benchmarks.contract.hooks")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    documented = schema[operation.path][operation.method]

    for mode in schemathesis.GenerationMode:
        if (
            mode == schemathesis.GenerationMode.NEGATIVE
            and not operation.takes
            and all(one.in_path for one in operation.parameters)
        ):
            continue

        @given(case=documented.as_strategy(generation_mode=mode))
        @FEW
        def check(case: Any) -> None:
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        check()


def test_the_document_is_valid_and_complete(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS}
    names = [parameter["name"] for parameter in document["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert tuple(names) == PARAMETERS == tuple(one.name for one in SEARCH)
    assert all(schema["description"] for schema in document["components"]["schemas"].values())
    assert all(
        parameter["description"] for path in document["paths"].values() for parameter in path["get"]["parameters"]
    )


def test_the_document_is_a_page_for_people(client: FlaskClient) -> None:
    html = client.get("/api").text
    for operation in OPERATIONS:
        assert f"{operation.method} {operation.path}" in html
    assert "<script>" not in html


@pytest.mark.parametrize("name", KINDS)
def test_every_problem_has_its_documentation_where_its_type_says(client: FlaskClient, name: str) -> None:
    response = client.get(KINDS[name].type)
    assert response.status_code == 200
    assert KINDS[name].title in response.text


def test_every_route_of_the_api_is_documented(app: Flask) -> None:
    routed = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith(("/api/v1/", "/feed."))}
    assert routed == {operation.rule for operation in OPERATIONS} | {"/api/v1/openapi.json"}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/api/v1/search?q=harris", types.SearchAnswer),
        ("/api/v1/search?q=wahtergate", types.SearchAnswer),
        ("/api/v1/status", types.Status),
        ("/api/v1/facets/person?facet_size=3", types.FacetPage),
        ("/api/v1/people/kamala-harris", name_types.Name),
        ("/api/v1/quotes?by=harris&q=said%3Athe", quote_types.QuotesPage),
    ],
)
def test_what_is_served_reads_back_as_its_type(client: FlaskClient, address: str, kind: Any) -> None:
    response = client.get(address)
    assert dumps(loads(kind, response.json)) == response.text


def test_members_that_a_later_version_adds_are_passed_over() -> None:
    value = {"text": "Harris", "count": 3, "colour": "red"}
    assert loads(name_types.Form, value) == name_types.Form(text="Harris", count=3)
    with pytest.raises(KeyError):
        loads(name_types.Form, {"text": "Harris"})
