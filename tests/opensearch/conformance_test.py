"""A cluster answers as the memory engine does: the same articles, totals, facets and dates, on random questions.

The order by relevance is the cluster's own (docs/decisions/0012-opensearch.md): there, the same articles must come, the
pages must be cut from one order, and ties must be broken by day and id.
"""

import dataclasses
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from index.authority.authority import Authority
from index.engines.opensearch.writer import OpenSearchWriter
from index.settings import Settings
from index.types import Mention, Tagged
from search.engines.engine import Engine, Outcome, Plan, Window
from search.engines.memory import MemoryEngine
from search.engines.opensearch.clauses import scored
from search.engines.opensearch.engine import open_opensearch
from tests.conformance.authority_test import FIELDS, cases
from tests.conformance.authority_test import PLANS as NAMED
from tests.conformance.engines_test import PLANS, SEED, archives

ARCHIVES = int(os.environ.get("NEWSMORGUE_CLUSTER_ARCHIVES", "4"))
REQUESTS = int(os.environ.get("NEWSMORGUE_CLUSTER_REQUESTS", "40"))
EVERYTHING = Window(size=100)
SHARDS = st.sampled_from((1, 2))
"""In one part, values are counted where they lie; of several, the counts are put together."""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@seed(SEED)
@settings(
    max_examples=ARCHIVES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(archives(), min_size=4, max_size=6), st.lists(PLANS, min_size=REQUESTS, max_size=REQUESTS), SHARDS)
def test_a_cluster_answers_as_the_memory_engine_does(
    settings_of: Callable[..., Settings],
    tmp_path_factory: pytest.TempPathFactory,
    several: list[list[Tagged]],
    plans: list[Plan],
    shards: int,
) -> None:
    note(f"NEWSMORGUE_SEED={SEED}")
    articles = list({one.article.id: one for some in several for one in some}.values())
    made = settings_of(tmp_path_factory.mktemp("cluster"), opensearch_shards=shards)
    directory = made.data_dir / "generations" / "one"
    directory.mkdir(parents=True)
    written(directory, made, articles)
    oracle = MemoryEngine(articles, made)
    engine = open_opensearch(directory, made)
    try:
        assert engine.articles == oracle.articles
        assert engine.dates() == oracle.dates()
        for one in articles[:5]:
            assert engine.copies(one.article.id) == oracle.copies(one.article.id)
            assert engine.fetch([one.article.id, "none"]) == [one, None]
        for prefix in ("", "res", "习"):
            assert [form for form, _ in engine.forms(prefix)] == [form for form, _ in oracle.forms(prefix)]
        assert engine.frequencies(["house", "nowhere"]) == oracle.frequencies(["house", "nowhere"])
        for plan in plans:
            agree(engine, oracle, plan)
    finally:
        engine.close()


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@seed(SEED)
@settings(
    max_examples=ARCHIVES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(cases(), st.lists(NAMED, min_size=REQUESTS // 4, max_size=REQUESTS // 4), SHARDS)
def test_a_cluster_shows_names_as_the_authority_says(
    settings_of: Callable[..., Settings],
    tmp_path_factory: pytest.TempPathFactory,
    case: tuple[list[Tagged], list[Authority]],
    plans: list[Plan],
    shards: int,
) -> None:
    note(f"NEWSMORGUE_SEED={SEED}")
    articles, authorities = case
    made = settings_of(tmp_path_factory.mktemp("authority"), opensearch_shards=shards)
    directory = made.data_dir / "generations" / "one"
    directory.mkdir(parents=True)
    OpenSearchWriter(made).write(directory, removed=[], added=articles)
    engine = open_opensearch(directory, made)
    try:
        for authority in authorities[:2]:
            if _beyond_a_cluster(authority, articles):
                continue
            oracle = MemoryEngine(articles, made).corrected(authority)
            corrected = engine.corrected(authority)
            ids = [one.article.id for one in articles]
            assert corrected.fetch(ids) == [authority.of(one) for one in articles]
            for field in FIELDS:
                for name in ("Kamala Harris", "harris", "Sleepy Joe", "Zed", "joe", "Fox", "usa today", "obrien"):
                    assert corrected.aliases(field, name) == oracle.aliases(field, name), (field, name)
                    for whole in (True, False):
                        assert corrected.names(field, name, whole=whole) == oracle.names(field, name, whole=whole)
            for plan in plans:
                whole = dataclasses.replace(plan, window=EVERYTHING)
                found, expected = corrected.run(whole), oracle.run(whole)
                assert {row.id for row in found.rows} == {row.id for row in expected.rows}, str(plan)
                assert counted(found) == counted(expected), str(plan)
    finally:
        engine.close()


def written(directory: Path, made: Settings, articles: list[Tagged]) -> None:
    """Index articles in two writes, with another that is removed again and one that is replaced."""
    half = len(articles) // 2
    ghost = dataclasses.replace(articles[0], article=dataclasses.replace(articles[0].article, id="f" * 16))
    old = dataclasses.replace(articles[0], article=dataclasses.replace(articles[0].article, text="nobody knows"))
    OpenSearchWriter(made).write(directory, removed=[], added=[old, ghost, *articles[1:half]])
    removed = ["f" * 16, articles[0].article.id, "e" * 16]
    OpenSearchWriter(made).write(directory, removed=removed, added=[articles[0], *articles[max(1, half) :]])


def agree(engine: Engine, oracle: Engine, plan: Plan) -> None:
    whole = dataclasses.replace(plan, window=EVERYTHING)
    found, expected = engine.run(whole), oracle.run(whole)
    assert {row.id for row in found.rows} == {row.id for row in expected.rows}, str(plan.tree)
    assert counted(found) == counted(expected), str(plan)
    order = [(row.id, row.day) for row in found.rows]
    relevance = plan.sort == "relevance" and scored(plan.tree)
    if relevance:
        assert list(found.rows) == sorted(found.rows, key=lambda row: (-row.score, -row.day, row.id))
    else:
        assert order == [(row.id, row.day) for row in expected.rows]
    theirs = {row.id: others for row, others in itertools.zip_longest(expected.rows, expected.others)}
    assert {row.id: others for row, others in itertools.zip_longest(found.rows, found.others)} == theirs
    size = plan.window.size
    for at in {0, len(order) // 2, len(order) - 1} if order else ():
        mark = found.rows[at]
        pages = {
            "after": (at + 1, at + 1 + size),
            "before": (max(0, at - size), at),
            "until": (max(0, at + 1 - size), at + 1),
        }
        for side, (low, high) in pages.items():
            page = engine.run(dataclasses.replace(plan, window=Window(size=size, key=mark, side=side)))  # type: ignore[arg-type]
            assert [(row.id, row.day) for row in page.rows] == order[low:high], (str(plan.tree), side)
            assert page.before == low, (str(plan.tree), side)


def counted(outcome: Outcome) -> object:
    return outcome.total, outcome.articles, outcome.facets, outcome.dates


def _beyond_a_cluster(authority: Authority, articles: list[Tagged]) -> bool:
    """Say whether names are withheld, or outlets become their own publishers: a cluster knows neither; see docs."""
    roles = [(one.role, old.role) for tagged in articles for one, old in _pairs(authority, tagged)]
    return authority.withholds or ("publisher", "cited") in roles


def _pairs(authority: Authority, tagged: Tagged) -> Iterator[tuple[Mention, Mention]]:
    for mention in tagged.mentions:
        yield from ((one, mention) for one in authority.mentions(tagged.article, [mention]))
