"""Changes are sent to a cluster until it has taken them, unless it says that it takes none."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from index.engines.opensearch.address import read_address
from index.engines.opensearch.bulk import Bulk
from index.engines.opensearch.cluster import BlockedError, Cluster
from index.errors import StoreError, UnreachableError
from index.settings import Settings

ENGINE = "opensearch+http://cluster.example:9200/morgue"
FULL = "index [morgue-1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"
READ_ONLY = "index [morgue-1] blocked by: [FORBIDDEN/5/index read-only (api)]"

Error = tuple[int, str, str]
"""A status, and the type and the reason of an error."""


class FakeCluster:
    """Answers bulk requests with what it is told to, one after the other, then takes everything."""

    def __init__(self, *answers: Error) -> None:
        self.address = read_address(ENGINE)
        self.requests = 0
        self.taken: list[str] = []
        self._answers = list(answers)

    def ask(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        assert (method, path) == ("POST", "/morgue-1/_bulk")
        self.requests += 1
        ids = [json.loads(line)["delete"]["_id"] for line in body.splitlines()]
        if self._answers:
            status, kind, reason = self._answers.pop(0)
            failed = {"delete": {"status": status, "error": {"type": kind, "reason": reason}}}
            return {"errors": True, "items": [failed for _ in ids]}
        self.taken += ids
        return {"errors": False}


def removed(cluster: FakeCluster, *, patience: float = 300.0) -> None:
    settings = Settings(engine=ENGINE, opensearch_patience_seconds=patience)
    with Bulk(cast(Cluster, cluster), "morgue-1", settings, version=1) as bulk:
        bulk.remove("a")


@pytest.mark.parametrize(
    ("status", "reason", "remedy"), [(429, FULL, "Free space"), (403, READ_ONLY, "Lift the block")]
)
def test_a_cluster_that_takes_no_writes_is_told_at_once_and_in_its_own_words(
    status: int, reason: str, remedy: str
) -> None:
    cluster = FakeCluster((status, "cluster_block_exception", reason))
    with pytest.raises(BlockedError, match="takes no writes") as caught:
        removed(cluster)
    assert cluster.requests == 1
    assert reason in caught.value.what
    assert caught.value.remedy.startswith(remedy)


def test_what_a_cluster_has_no_time_for_is_sent_again() -> None:
    busy = (429, "rejected_execution_exception", "queue capacity = 200")
    cluster = FakeCluster(busy, (503, "cluster_block_exception", "SERVICE_UNAVAILABLE/2/no cluster manager"))
    removed(cluster)
    assert cluster.requests == 3
    assert cluster.taken == ["a"]


def test_when_patience_ends_the_clusters_reason_is_told() -> None:
    cluster = FakeCluster(*[(429, "rejected_execution_exception", "queue capacity = 200")] * 9)
    with pytest.raises(UnreachableError, match=r"too busy \(429\): queue capacity = 200"):
        removed(cluster, patience=0)


@pytest.mark.parametrize(
    ("status", "kind", "raised"),
    [
        (429, "cluster_block_exception", BlockedError),
        (403, "cluster_block_exception", BlockedError),
        (503, "cluster_block_exception", UnreachableError),
        (403, "security_exception", StoreError),
    ],
)
def test_a_block_is_told_from_a_lack_of_rights_or_of_time(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: str, raised: type[StoreError]
) -> None:
    exceptions = pytest.importorskip("opensearchpy").exceptions

    def refuse(*_: object, **__: object) -> None:
        raise exceptions.TransportError(status, kind, {"error": {"type": kind, "reason": FULL}, "status": status})

    cluster = Cluster(Settings(engine=ENGINE))
    monkeypatch.setattr(cluster, "_client", SimpleNamespace(transport=SimpleNamespace(perform_request=refuse)))
    with pytest.raises(StoreError) as caught:
        cluster.ask("POST", "/_aliases", {})
    assert type(caught.value) is raised
    assert FULL in str(caught.value)
