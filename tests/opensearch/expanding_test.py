"""A pattern of many words stands for the commonest of them, wherever in an article they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.engines.opensearch.writer import OpenSearchWriter
from index.settings import Settings
from index.types import Article, Mention, Tagged
from search.engines.engine import Plan, Window
from search.engines.memory import MemoryEngine
from search.engines.opensearch.engine import open_opensearch
from search.query.parser import parse

ARTICLES = [
    ("Oats", "oats, an elm", ""),
    ("Oaths", "elm", "Otto Oak"),
    ("Elms", "an oath, oak", ""),
    ("", "oaf elm", ""),
]


@pytest.mark.parametrize(("query", "numbers"), [("oa*", {0, 1, 2, 4}), ("oa* NEAR/1 elm", {0})])
def test_the_commonest_words_of_a_pattern_are_searched_and_the_rest_is_told(
    settings_of: Callable[..., Settings], tmp_path: Path, query: str, numbers: set[int]
) -> None:
    made = settings_of(tmp_path, max_expansions=2)
    articles = [grown(number, *one) for number, one in enumerate([*ARTICLES, ("Oats", "ash", "")])]
    directory = made.data_dir / "generations" / "one"
    directory.mkdir(parents=True)
    OpenSearchWriter(made).write(directory, removed=[], added=articles)
    engine = open_opensearch(directory, made)
    try:
        plan = Plan(tree=parse(query, made).tree, window=Window(size=9))
        found, expected = engine.run(plan), MemoryEngine(articles, made).run(plan)
        assert {row.id for row in found.rows} == {row.id for row in expected.rows}
        assert {int(row.id, 16) for row in found.rows} == numbers
        assert {cut.code for cut in found.cuts} == {"expansions-cut"}
    finally:
        engine.close()


def grown(number: int, title: str, text: str, person: str) -> Tagged:
    article = Article(id=f"{number:016x}", source=f"test:{number}", title=title, text=text)
    mention = Mention(kind="person", value=person, surface="", field="text", start=0, end=0, via="test")
    return Tagged(article=article, mentions=(mention,) if person else ())
