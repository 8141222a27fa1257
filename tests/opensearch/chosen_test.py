"""Chosen names that are shown for others are counted as they are shown."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from index.authority.authority import Authority
from index.authority.types import Correction, Entry
from index.engines.opensearch.writer import OpenSearchWriter
from index.settings import Settings
from index.types import Article, Mention, Tagged
from search.engines.engine import FacetWish, Filters, Plan, Window
from search.engines.memory import MemoryEngine
from search.engines.opensearch.engine import open_opensearch
from search.query.tree import Everything

MERGED = Correction(what="merge", kind="person", names=("Kam Harris", "Harris"), to="Kamala Harris", articles=())


@pytest.mark.parametrize("containing", ["", "ha"])
def test_a_chosen_name_counts_the_articles_of_all_that_are_shown_as_it(
    settings_of: Callable[..., Settings], tmp_path: Path, containing: str
) -> None:
    articles = [
        named(number, name) for number, name in enumerate(("Kam Harris", "Harris", "Joe Biden", "Kamala Harris"))
    ]
    made = settings_of(tmp_path)
    directory = made.data_dir / "generations" / "one"
    directory.mkdir(parents=True)
    OpenSearchWriter(made).write(directory, removed=[], added=articles)
    authority = Authority(entries=[Entry(number=1, time="", correction=MERGED)])
    plan = Plan(
        tree=Everything(),
        filters=Filters(person=("Kamala Harris",), person_mode="any"),
        window=Window(size=9),
        facets=(FacetWish(field="person", size=9, containing=containing),),
    )
    engine = open_opensearch(directory, made)
    try:
        for one in (plan, dataclasses.replace(plan, filters=Filters(person=("Kamala Harris",)))):
            [found] = engine.corrected(authority).run(one).facets
            assert ("Kamala Harris", 3) in found.values
            assert (found,) == MemoryEngine(articles, made).corrected(authority).run(one).facets
    finally:
        engine.close()


def named(number: int, name: str) -> Tagged:
    article = Article(id=f"{number:016x}", source=f"test:{number}", title=f"Of {name}", text=name)
    mention = Mention(kind="person", value=name, surface=name, field="text", start=0, end=len(name), via="test")
    return Tagged(article=article, mentions=(mention,))
