"""Two people are merged on their page, undone, and merged again over a new index: what a user sees at each step."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from index.pipeline.checking import repair
from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from tests.browser.conftest import Window
from tests.serving import served

pytestmark = pytest.mark.browser

TEXTS = (
    "Ada Reyes wins the bench\n\nThe judge Ada Reyes was sworn in on Monday. Bo Ash congratulated Ada Reyes.",
    "Dora Quill rules\n\nThe judge Dora Quill ruled for Bo Ash. Dora Quill gave no reason.",
    "Reyes and Quill\n\nThe clerk asked whether Ada Reyes and Dora Quill sit on one bench.",
    "Elsewhere\n\nThe mayor Cy Fox slept.",
)
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    build_index(
        [str(tmp_path / f"{number}.txt") for number in range(len(TEXTS))], settings=made, options=read_options(made)
    )
    return made


@pytest.fixture(name="served")
def _served(settings: Settings) -> Iterator[str]:
    with served(settings) as address:
        yield address


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.load(answer)


def seen(window: Window) -> dict[str, Any]:
    """Give what is seen of the two: facet, query and page in the browser, and the JSON of them."""
    page = window.go("/?q=bench+OR+judge")
    facet = page.locator(".panel .facet").first.locator(".choices .value").all_inner_texts()
    page = window.go("/?q=" + quote('person:"Dora Quill"'))
    query = page.locator("#summary strong").inner_text()
    page = window.go("/people/dora-quill")
    api = f"{window.address}/api/v1"
    values = get(f"{api}/facets/person")["values"]
    with urllib.request.urlopen(f"{api}/export.csv?fields=id,people", timeout=10) as answer:
        export = answer.read().decode()
    return {
        "facet": [" ".join(one.split()) for one in facet],
        "query": query,
        "page": (page.locator("h1").inner_text(), page.locator("h2.lead").first.inner_text(), page.url),
        "json": {one["value"]: one["count"] for one in values},
        "name": get(f"{api}/people/dora-quill")["name"],
        "hits": sorted(tuple(hit["people"]) for hit in get(f"{api}/search?q=judge")["results"]),
        "export": sorted(export.splitlines()),
    }


def merge(window: Window) -> None:
    page = window.go("/people/ada-reyes")
    page.get_by_role("link", name="Correct", exact=True).click()
    page.fill("#find", "quill")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Dora Quill").check()
    page.fill("#note-merge", "one judge")
    page.get_by_role("button", name="These are Ada Reyes").click()
    page.wait_for_url("**/corrections")
    assert "Dora Quill is Ada Reyes" in page.locator(".history li").first.inner_text()
    assert "one judge" in page.locator(".history li").first.inner_text()


def undo(window: Window) -> None:
    page = window.go("/corrections")
    page.get_by_role("button", name="Undo Dora Quill is Ada Reyes").first.click()
    page.locator(".history .undone").first.wait_for()


@SCRIPT
def test_merging_two_people_shows_everywhere_and_is_undone_and_outlives_a_new_index(
    browser: Any, served: str, settings: Settings, *, script: bool
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    window = Window(context, served)
    before = seen(window)
    assert (before["json"]["Ada Reyes"], before["json"]["Dora Quill"]) == (2, 2)
    assert before["page"][0] == "Dora Quill"
    merge(window)
    merged = seen(window)
    assert merged["json"] == {
        name: 3 if name == "Ada Reyes" else count for name, count in before["json"].items() if name != "Dora Quill"
    }
    assert merged["facet"][0].startswith("Ada Reyes")
    assert not any("Quill" in one for one in merged["facet"])
    assert (before["query"], merged["query"]) == ("2", "3")
    assert merged["page"][0] == merged["name"] == "Ada Reyes"
    assert merged["page"][2].endswith("/people/ada-reyes")
    assert "Dora Quill" not in "".join(merged["export"])
    undo(window)
    assert seen(window) == before
    merge(window)
    assert seen(window) == merged
    shutil.rmtree(settings.data_dir / "generations")
    (settings.data_dir / "CURRENT").unlink()
    assert repair(settings).rebuilt
    assert seen(window) == merged
    undo(window)
    assert seen(window) == before
    assert not window.errors
    context.close()
