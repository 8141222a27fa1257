"""The roles that docs/cluster.md gives are enough, and no more: by the security plug-in itself, over TLS.

It takes a minute beside the others, so that it is asked for by NEWSMORGUE_OPENSEARCH_SECURITY=1.
"""

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.engines.opensearch.cluster import Cluster
from index.errors import StoreError
from index.pipeline.checking import check
from index.settings import Settings
from index.store.commit import prepare
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import indexed, keep, tagged
from tests.opensearch.nodes import MissingError
from tests.opensearch.plugin import PASSWORD, Secured, secured
from web.application import create_application

PREFIX = "morgue"


@pytest.fixture(scope="module")
def node() -> Iterator[Secured]:
    if not os.environ.get("NEWSMORGUE_OPENSEARCH_SECURITY"):
        pytest.skip("a node with the security plug-in takes a minute: set NEWSMORGUE_OPENSEARCH_SECURITY=1")
    try:
        with secured(PREFIX) as found:
            yield found
    except MissingError as error:
        pytest.skip(str(error))


def settings_of(node: Secured, data_dir: Path, user: str, **others: str) -> Settings:
    return Settings(
        data_dir=data_dir,
        engine=f"opensearch+https://localhost:{node.ports[0]}/{others.pop('prefix', PREFIX)}",
        opensearch_user=user,
        opensearch_password=PASSWORD,
        opensearch_ca=str(node.ca),
        opensearch_shards=2,
        **others,  # type: ignore[arg-type]
    )


def test_the_documented_roles_are_enough_and_no_more(node: Secured, tmp_path: Path) -> None:
    writer = settings_of(node, tmp_path, "morgue_writer")
    reader = dataclasses.replace(writer, opensearch_user="morgue_reader")
    prepare(tmp_path)
    with Archive(tmp_path / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(20)))
    with pytest.raises(StoreError, match=r"refuses us \(403\)"):
        indexed(reader)
    with pytest.raises(StoreError, match=r"refuses us \(401\)"):
        indexed(dataclasses.replace(writer, opensearch_password="guessed"))
    assert indexed(writer).committed
    with Archive(tmp_path / FILE_NAME) as archive:
        keep(archive, (tagged(number, "changed") for number in range(3)))
        archive.remove([f"{19:016x}"])
    assert indexed(writer).committed
    assert not check(writer).problems
    searcher = Searcher(reader.data_dir, reader)
    answer = searcher.ask(SearchRequest(q="oak NEAR/9 ashes", facets=("person", "date")))
    assert (answer.total, answer.notices) == (16, ())
    client = create_application(searcher, reader).test_client()
    for address in ("/", "/?q=oak&group=story", "/people", "/quotes", "/api/v1/suggest?q=oa", "/api/v1/status"):
        assert client.get(address, follow_redirects=True).status_code == 200, address
    searcher.close()
    asked = Cluster(reader)
    point = asked.ask("POST", f"/{PREFIX}/_search/point_in_time", params={"keep_alive": "60s"})["pit_id"]
    [let_go] = asked.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})["pits"]
    assert let_go["successful"]
    asked.close()
    (tmp_path / "CURRENT").unlink()
    assert indexed(writer).committed, "into an index of its own, and the last one is deleted"
    elsewhere = Cluster(settings_of(node, tmp_path, "morgue_writer", prefix="other"))
    for method, path in (("PUT", "/other"), ("GET", "/other/_count"), ("GET", "/_nodes/stats")):
        with pytest.raises(StoreError, match=r"refuses us \(403\)"):
            elsewhere.ask(method, path)  # type: ignore[arg-type]
    elsewhere.close()
