"""One cluster of three nodes for all tests here; without Java or Maven they are skipped, and say why."""

import dataclasses
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from tests.opensearch.nodes import MissingError, Nodes, cluster

WANTED = "NEWSMORGUE_OPENSEARCH"
"""Set to 1 by `make test-opensearch`; to HOST:PORT,... of a running cluster to test against that."""

_numbers = itertools.count()


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes | None]:
    wanted = os.environ.get(WANTED, "")
    if not wanted:
        pytest.skip("tests against a cluster take minutes: run `make test-opensearch`")
    pytest.importorskip("opensearchpy", reason="needs newsmorgue[opensearch]")
    if ":" in wanted:
        yield None
        return
    try:
        with cluster(3) as found:
            yield found
    except MissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def hosts(nodes: Nodes | None) -> str:
    return nodes.hosts if nodes else os.environ[WANTED]


@pytest.fixture
def settings_of(hosts: str) -> Callable[..., Settings]:
    """Give settings for an archive of its own in the cluster."""

    def make(data_dir: Path, **others: object) -> Settings:
        prefix = f"test{os.getpid()}-{next(_numbers)}"
        settings = Settings(engine=f"opensearch+http://{hosts}/{prefix}", data_dir=data_dir, opensearch_shards=2)
        return dataclasses.replace(settings, **others)  # type: ignore[arg-type]

    return make
