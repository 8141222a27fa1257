"""What is counted once for a generation is whole, or it is not opened; whom a cluster lets in no more is to wait."""

from typing import Any

import pytest

from index.engines.opensearch.cluster import Json, RefusedError
from index.errors import StoreError, UnreachableError
from index.settings import Settings
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.opensearch.view import View

COUNTED = {
    "hits": {"total": {"value": 7}},
    "aggregations": {
        "first": {"value": 20200101},
        "last": {"value": 20200202},
        "undated": {"doc_count": 1},
        **{name: {"value": 3} for name in ("person", "outlet", "publisher", "speaker")},
    },
}


class Cluster:
    """A cluster that gives the same answer to every search, or raises the same error."""

    address = "here"

    def __init__(self, answer: Json | StoreError) -> None:
        self.answer = answer
        self.points = 0

    def elastic(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def ask(self, method: str, path: str, body: Any = None, **_: object) -> Json:
        if path == "/_search":
            if isinstance(self.answer, StoreError):
                raise self.answer
            return COUNTED | self.answer
        self.points += 1 if method == "POST" else -1
        return {"pit_id": "1"}


def opened(cluster: Cluster) -> OpenSearchEngine:
    return OpenSearchEngine(cluster, "i", Settings())  # type: ignore[arg-type]


def test_a_generation_is_not_opened_by_half_of_its_figures() -> None:
    for partial in ({"_shards": {"failed": 0, "total": 2}, "timed_out": True}, {"_shards": {"failed": 1, "total": 2}}):
        cluster = Cluster(partial)
        with pytest.raises(UnreachableError, match="not all"):
            opened(cluster)
        assert cluster.points == 0, "what the cluster kept for it was let go of"
    engine = opened(Cluster({"_shards": {"failed": 0, "total": 2}}))
    assert (engine.articles, engine.dates()) == (7, (20200101, 20200202, 1))


def test_what_somebody_will_mend_passes_and_what_was_asked_wrongly_does_not() -> None:
    def raised(error: StoreError) -> BaseException:
        with pytest.raises(StoreError) as found:
            View(Cluster(error), "i", Settings()).search({}, seconds=1.0)  # type: ignore[arg-type]
        return found.value

    assert isinstance(raised(StoreError("the cluster refuses us (401)", where="here")), UnreachableError)
    assert isinstance(raised(RefusedError("broken", where="here", status=500, kind="x")), UnreachableError)
    assert type(raised(RefusedError("too large", where="here", status=400, kind="x"))) is RefusedError
