"""A snapshot of an index, taken as docs/cluster.md says, gives the same answers when it is restored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.engines.opensearch.cluster import Cluster
from index.errors import CorruptError
from index.pipeline.checking import check
from index.settings import Settings
from index.store.commit import prepare
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import indexed, keep, tagged
from tests.opensearch.nodes import Nodes

ASKED = [
    SearchRequest(q="oak ashes", size=7, facets=("person", "date")),
    SearchRequest(q='"an oak" NEAR/5 ashes'),
    SearchRequest(q="w1*", sort="oldest"),
]


def test_an_index_that_is_deleted_and_restored_from_a_snapshot_answers_as_before_and_goes_on(
    nodes: Nodes | None, settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    if nodes is None:
        pytest.skip("a running cluster may have no directory for snapshots")
    made = settings_of(tmp_path, answer_cache_bytes=0)
    prepare(tmp_path)
    with Archive(tmp_path / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(60)))
    indexed(made)
    cluster = Cluster(made)
    prefix = cluster.address.prefix
    repository, monday = f"/_snapshot/{prefix}", f"/_snapshot/{prefix}/monday"
    wait = {"wait_for_completion": "true"}
    before = answered(made)
    [index] = cluster.ask("GET", f"/{prefix}/_alias")
    cluster.ask("PUT", repository, {"type": "fs", "settings": {"location": prefix}})
    taken = cluster.ask("PUT", monday, {"indices": f"{prefix}-*", "include_global_state": False}, params=wait)
    assert taken["snapshot"]["state"] == "SUCCESS"
    cluster.ask("DELETE", f"/{index}")
    with pytest.raises(CorruptError):
        answered(made)
    cluster.ask("POST", f"{monday}/_restore", {"indices": f"{prefix}-*", "include_global_state": False}, params=wait)
    assert answered(made) == before
    assert not check(made).problems
    with Archive(tmp_path / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(60, 65)))
        archive.remove([f"{0:016x}"])
    assert indexed(made).rebuilt is None
    searcher = Searcher(made.data_dir, made)
    assert searcher.ask(ASKED[0]).total == 64
    searcher.close()
    cluster.ask("DELETE", monday)
    cluster.ask("DELETE", repository)
    cluster.close()


def answered(made: Settings) -> list[tuple[object, ...]]:
    searcher = Searcher(made.data_dir, made)
    try:
        answers = [searcher.ask(request) for request in ASKED]
    finally:
        searcher.close()
    shown = [tuple((hit.article.id, hit.score, hit.snippets) for hit in one.hits) for one in answers]
    return [(one.total, hits, one.facets, one.timeline) for one, hits in zip(answers, shown, strict=True)]
