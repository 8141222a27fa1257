"""The API gives the same answers from a cluster as from the embedded engine, over the sample articles."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from index.archive.archive import FILE_NAME
from index.pipeline.indexing import build_index
from index.pipeline.rebuilding import index_archive
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

SEEDS = Path(__file__).parents[2] / "seeds"

QUESTIONS = [
    *("", "president", "vice president", '"vice president"', '"president vice"~3', "white NEAR/3 house", "pres*"),
    *("presidnet~1", "=House", "house -white", "harris OR biden", "title:harris", "person:harris", "outlet:cnn"),
    *('person:"Kamala Harris"', "date:2021", "before:2021-12", "etienne (harris OR biden)", "nobodyknowsthis"),
    *("(white NEAR/2 house) NEAR/9 harris", "re* harris", "U.S. -trump", "the", '"the white house"', "covid-19"),
    *(
        "said:president",
        "by:harris said:(we OR i)",
        'by:"Joe Biden"',
        'said:"we are"~3',
        "said:(a NEAR/2 the)",
        "-by:trump",
    ),
]
FILTERS = [
    "",
    "&sort=newest",
    "&sort=oldest&undated=exclude",
    "&group=story",
    "&outlet=CNN",
    "&publisher=CNN&outlet=NBC",
]
FILTERS += ["&person=Kamala+Harris&person_mode=any", "&-person=Joe+Biden&from=2021-11", "&undated=only"]
VARYING = {
    "took_ms",
    "took",
    "generation",
    "next",
    "prev",
    "previous",
    "first",
    "next_cursor",
    "cursor",
    "score",
    "links",
    "committed",
}


@pytest.fixture
def clients(settings_of: Callable[..., Settings], tmp_path: Path) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Give a client of the embedded engine, and one of a cluster into which the same archive was moved."""
    here = Settings(data_dir=tmp_path / "here", jobs=1)
    build_index([str(SEEDS / "text"), str(SEEDS / "json")], settings=here, options=read_options(here))
    there = settings_of(tmp_path / "there")
    there.data_dir.mkdir()
    shutil.copy(here.data_dir / FILE_NAME, there.data_dir / FILE_NAME)
    assert index_archive(there).committed
    assert not index_archive(there).committed
    searchers = [Searcher(settings.data_dir, settings) for settings in (here, there)]
    one, two = (
        create_application(searcher, settings).test_client()
        for searcher, settings in zip(searchers, (here, there), strict=True)
    )
    yield one, two
    for searcher in searchers:
        searcher.close()


def test_the_api_answers_alike(clients: tuple[FlaskClient, FlaskClient]) -> None:
    differing = []
    for question in QUESTIONS:
        for filters in FILTERS if question in {"", "president", "harris OR biden"} else FILTERS[:1]:
            address = f"/api/v1/search?q={quote(question)}&size=100{filters}"
            one, two = (alike(client.get(address).get_json(), question, filters) for client in clients)
            if one != two:
                differing.append((address, difference(one, two)))
    assert not differing, "\n".join(map(str, differing))


def test_other_resources_answer_alike(clients: tuple[FlaskClient, FlaskClient]) -> None:
    for address in (
        "/api/v1/facets/person?q=harris",
        "/api/v1/facets/person?containing=ha",
        "/api/v1/facets/outlet?q=president&containing=n",
        "/api/v1/status",
        "/api/v1/suggest?q=har",
        "/api/v1/suggest?q=by:har",
        "/api/v1/quotes",
        "/api/v1/quotes?q=president&by=Joe+Biden",
        "/api/v1/quotes?q=said:(the+NEAR/3+of)&size=3",
        "/api/v1/facets/speaker?q=president",
    ):
        one, two = (client.get(address) for client in clients)
        assert one.status_code == two.status_code, address
        if one.status_code == 200:
            assert names_only(one.get_json()) == names_only(two.get_json()), address


def names_only(answer: dict[str, Any]) -> Any:
    """Leave out suggested words: which are commonest is counted by articles here, by fields there."""
    found = plain(answer)
    if "suggestions" in found:
        found["suggestions"] = [one for one in found["suggestions"] if one["kind"] != "word"]
    return found


def alike(answer: dict[str, Any], question: str, filters: str) -> Any:
    """Give what must be the same of two answers: by relevance, the hits in any order."""
    found = plain(answer)
    if question and "sort=" not in filters and isinstance(found, dict) and "results" in found:
        found["results"] = sorted(found["results"], key=str)
    return found


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if name not in {*VARYING, "engine", "request_id"}}
    return [plain(one) for one in value] if isinstance(value, list) else value


def difference(one: Any, two: Any, path: str = "") -> str:
    """Say where two answers differ first."""
    if isinstance(one, dict) and isinstance(two, dict):
        for name in {**one, **two}:
            if one.get(name) != two.get(name):
                return difference(one.get(name), two.get(name), f"{path}.{name}")
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, pair in enumerate(zip(one, two, strict=True)):
            if pair[0] != pair[1]:
                return difference(*pair, f"{path}[{number}]")
    return f"{path}: {str(one)[:300]} != {str(two)[:300]}"
