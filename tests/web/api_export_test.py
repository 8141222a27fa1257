"""All hits at once: whole, in order, safe, and in little memory."""

import csv
import io
import json
import re
import tracemalloc
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.tables import cell, csv_lines

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def rows(client: FlaskClient, address: str) -> list[dict]:
    with client.get(address) as response:
        assert response.status_code == 200, response.text
        return [json.loads(line) for line in response.text.splitlines()]


def test_an_export_has_all_hits_of_the_search_in_its_order(client: FlaskClient) -> None:
    for sort in ("relevance", "newest", "oldest"):
        found = client.get(f"/api/v1/search?q=the&size=100&facets=&sort={sort}").json
        lines = rows(client, f"/api/v1/export.ndjson?q=the&sort={sort}")
        assert [line["id"] for line in lines] == [one["id"] for one in found["results"]]
        assert len(lines) == found["total"]
        for line, one in zip(lines, found["results"], strict=True):
            assert line["people"] == one["people"]
            assert line["published"] == (one["published"] and one["published"]["value"])


def test_the_headers_tell_what_an_export_is_of(client: FlaskClient) -> None:
    with client.get("/api/v1/export.csv?q=harris&person=Kamala+Harris") as response:
        assert response.headers["Newsmorgue-Query"] == "q=harris&person=Kamala+Harris"
        assert response.headers["Newsmorgue-Generation"] == client.get("/api/v1/status").json["generation"]
        total = int(response.headers["Newsmorgue-Total"])
        assert len(list(csv.DictReader(io.StringIO(response.text)))) == total > 0


def test_the_first_lines_tell_it_too_where_they_are_wanted(client: FlaskClient) -> None:
    head, *lines = rows(client, "/api/v1/export.ndjson?q=harris&about=include")
    assert (head["query"]["q"], head["total"]) == ("harris", len(lines))
    with client.get("/api/v1/export.csv?q=harris&about=include") as response:
        first, *_ = response.text.splitlines()
        assert first == "# query: q=harris"
        assert f"# generation: {head['generation']}" in response.text


def test_a_table_with_first_lines_loses_nothing_as_docs_read_it(client: FlaskClient) -> None:
    asked = "/api/v1/export.csv?fields=id,title,text&q=harris+OR+show+OR+%225%22%22&sort=oldest"
    with client.get(asked) as response:
        plain = list(csv.reader(io.StringIO(response.text)))
    assert any("#1" in cell for cells in plain for cell in cells), "else nothing could be lost"
    with client.get(f"{asked}&about=include") as response:
        told = response.text
    [skipped] = map(int, re.findall(r"skiprows=(\d+)", DOCS))
    lines = told.splitlines(keepends=True)
    assert all(line.startswith("# ") and line.count('"') % 2 == 0 for line in lines[:skipped])
    assert list(csv.reader(io.StringIO("".join(lines[skipped:])))) == plain
    assert DOCS.count("comment=") == DOCS.count('`comment="#"` would cut') == 1


def test_pandas_reads_such_a_table_whole(client: FlaskClient) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    asked = "/api/v1/export.csv?fields=id,text&about=include&q=show+OR+5%22"
    with client.get(asked) as response:
        read = pandas.read_csv(io.StringIO(response.text), skiprows=3, keep_default_na=False)
        lines = response.text.splitlines(keepends=True)
    rows = list(csv.DictReader(io.StringIO("".join(lines[3:]))))
    assert read.to_dict("records") == rows
    assert any("#1" in one["text"] for one in rows)


def test_a_cursor_is_no_parameter_of_an_export(client: FlaskClient) -> None:
    response = client.get("/api/v1/export.csv?cursor=x")
    assert (response.status_code, response.json["type"]) == (400, "/api/problems/unknown-parameter")


def test_an_export_has_the_fields_that_are_wanted(client: FlaskClient) -> None:
    line = rows(client, "/api/v1/export.ndjson?q=etienne&fields=text,id")[0]
    assert list(line) == ["text", "id"]
    assert "Etienne" in line["text"]


def test_a_line_stays_one_whatever_is_asked(client: FlaskClient) -> None:
    [head] = rows(client, "/api/v1/export.ndjson?about=include&q=zzyzzyva%C2%85%E2%80%A8%E2%80%A9%0A")
    assert head["query"]["q"] == "zzyzzyva\x85\u2028\u2029\n"


def test_no_hits_are_an_empty_export(client: FlaskClient) -> None:
    assert rows(client, "/api/v1/export.ndjson?q=zzyzzyva") == []


@pytest.mark.parametrize(
    "text",
    [
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "|calc",
        "%calc",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == "'" + text.replace("\r", "\n")
    [_, line] = csv_lines(["a", "b"], [[text, (text, "b")]])
    [read] = csv.reader(io.StringIO(line))
    assert all(one.startswith("'") for one in read)


def test_a_table_reads_back_whatever_is_in_its_cells() -> None:
    cells = ['quo"ted', "com,ma", "two\nlines", "ünïcode", None, ("Ada Reyes", "Tom")]
    text = "".join(csv_lines(["a"] * len(cells), [cells]))
    assert list(csv.reader(io.StringIO(text)))[1] == [*cells[:4], "", "Ada Reyes; Tom"]


def test_exports_beyond_the_limit_are_told_to_come_back(app: Flask, client: FlaskClient) -> None:
    held = [client.get("/api/v1/export.csv") for _ in range(2)]
    refused = client.get("/api/v1/export.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert refused.json["type"] == "/api/problems/overloaded"
    for response in held:
        response.close()
    with client.get("/api/v1/export.csv") as response:
        assert response.status_code == 200


def test_an_export_is_made_as_it_is_read(client: FlaskClient) -> None:
    with client.get("/api/v1/export.ndjson?fields=id,text", buffered=False) as response:
        tracemalloc.start()
        sizes = [len(block) for block in response.iter_encoded()]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(sizes) > 3
    assert max(sizes) < 200_000
    assert peak < 20_000_000
