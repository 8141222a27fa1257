"""What users of a secured cluster need: its certificate, a password, and no more rights than docs/cluster.md says.

The security plug-in is not in the server that is tested; a gate before it (gate.py) stands for what it asks of us.
"""

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.engines.opensearch.cluster import Cluster
from index.errors import SettingError, StoreError, UnreachableError
from index.settings import Settings
from index.store.commit import prepare
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import indexed, keep, tagged
from tests.opensearch.gate import Gate, User, gate
from web.application import create_application

PASSWORD = "pass: wörd/@"
READER = ("GET /", "POST /_search", r"POST /{index}/_search/point_in_time", "DELETE /_search/point_in_time")
"""What `newsmorgue serve` asks of a cluster: the role morgue_reader of docs/cluster.md."""

ELASTIC = {
    r"POST /{index}/_search/point_in_time": r"POST /{index}/_pit",
    "DELETE /_search/point_in_time": "DELETE /_pit",
}
"""What Elasticsearch is asked instead."""

WRITER = (
    *(
        "GET /",
        r"GET /{prefix}-\*/_mapping",
        r"GET /{prefix}-\*/_alias",
        "PUT /{index}",
        r"POST /{index}/_bulk",
        r"POST /{index}/_refresh",
    ),
    *(r"GET /{index}/_count", "POST /_aliases", "DELETE /{index}"),
)
"""What `newsmorgue index` asks of a cluster: the role morgue_writer of docs/cluster.md."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    return tmp_path_factory.mktemp("gate")


@pytest.fixture
def bare(settings_of: Callable[..., Settings], hosts: str, tmp_path: Path) -> Settings:
    """Give settings of an archive whose cluster is reached without a gate."""
    made = settings_of(tmp_path / "data")
    prepare(made.data_dir)
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(20)))
    return made


@pytest.fixture
def opened(bare: Settings, hosts: str, directory: Path) -> Iterator[Gate]:
    prefix = re.escape(prefix_of(bare))
    cluster = Cluster(bare)
    other = ELASTIC if cluster.elastic() else {}
    cluster.close()
    users = {
        name: User(
            password=PASSWORD,
            may=[
                other.get(one, one).replace("{index}", rf"{prefix}-\d{{14}}-[0-9a-f]{{6}}").replace("{prefix}", prefix)
                for one in may
            ],
        )
        for name, may in (("reader", READER), ("writer", WRITER))
    }
    with gate(hosts.partition(",")[0], directory, users) as found:
        yield found


def prefix_of(settings: Settings) -> str:
    return settings.engine.rpartition("/")[2]


def behind(opened: Gate, settings: Settings, user: str, **others: object) -> Settings:
    engine = f"opensearch+https://localhost:{opened.port}/{prefix_of(settings)}"
    known = {"opensearch_user": user, "opensearch_password": PASSWORD, "opensearch_ca": str(opened.ca), **others}
    return dataclasses.replace(settings, engine=engine, **known)  # type: ignore[arg-type]


def test_an_archive_is_indexed_and_searched_over_tls_by_users_with_no_more_rights_than_documented(
    bare: Settings, opened: Gate
) -> None:
    writer, reader = behind(opened, bare, "writer"), behind(opened, bare, "reader")
    assert indexed(writer).committed
    with Archive(bare.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number, "changed") for number in range(3)))
    assert indexed(writer).committed
    searcher = Searcher(reader.data_dir, reader)
    answer = searcher.ask(SearchRequest(q="oak NEAR/9 ashes", facets=("person", "date")))
    assert answer.total == 17
    assert not answer.notices
    client = create_application(searcher, reader).test_client()
    for address in ("/", "/?q=oak&group=story", "/people", "/quotes", "/api/v1/suggest?q=oa", "/api/v1/status"):
        assert client.get(address, follow_redirects=True).status_code == 200, address
    searcher.close()
    assert {name for name, _, _ in opened.asked} == {"reader", "writer"}
    assert {status for _, one, status in opened.asked if one != "GET /"} == {200}  # some servers lack that resource
    for role, may in (("reader", READER), ("writer", WRITER)):
        asked = {
            re.sub(rf"{prefix_of(bare)}-\d\w*-\w{{6}}", "{index}", one) for name, one, _ in opened.asked if name == role
        }
        known = {
            one.replace("\\", "").replace("{prefix}", prefix_of(bare)) for one in (*may, *map(ELASTIC.get, may)) if one
        }
        assert asked <= known


def test_a_reader_cannot_write(bare: Settings, opened: Gate) -> None:
    with pytest.raises(StoreError, match=r"refuses us \(403\)"):
        indexed(behind(opened, bare, "reader"))


def test_a_wrong_password_is_told_as_such(bare: Settings, opened: Gate) -> None:
    with pytest.raises(StoreError, match=r"refuses us \(401\)") as caught:
        indexed(behind(opened, bare, "writer", opensearch_password="guessed"))
    assert "opensearch_user" in str(caught.value.remedy)
    assert "guessed" not in str(caught.value)


def test_a_cluster_is_not_trusted_without_its_certificate_or_under_another_name(bare: Settings, opened: Gate) -> None:
    secured = behind(opened, bare, "writer")
    other = dataclasses.replace(secured, engine=secured.engine.replace("localhost", "127.0.0.1"))
    for one in (dataclasses.replace(secured, opensearch_ca=""), other):
        cluster = Cluster(one)
        with pytest.raises(UnreachableError, match="not surely the one") as caught:
            cluster.ask("GET", "/")
        assert "opensearch_ca" in str(caught.value.remedy)
        cluster.close()
    assert not opened.asked, "no password was sent"


def test_a_certificate_that_cannot_be_read_is_a_wrong_setting(bare: Settings, tmp_path: Path) -> None:
    engine = bare.engine.replace("+http:", "+https:")
    for path in (tmp_path / "none.pem", Path(__file__)):
        with pytest.raises(SettingError, match="no certificates"):
            Cluster(dataclasses.replace(bare, engine=engine, opensearch_ca=str(path)))


def test_a_cluster_that_goes_is_told_by_503_with_retry_after_and_answers_again_when_it_comes_back(
    bare: Settings, hosts: str, directory: Path
) -> None:
    indexed(bare)
    anybody = {"anybody": User(password=PASSWORD, may=[".*"])}
    with gate(hosts.partition(",")[0], directory, anybody) as opened:
        settings = behind(opened, bare, "anybody", answer_cache_bytes=0)
        searcher = Searcher(settings.data_dir, settings)
        client = create_application(searcher, settings).test_client()
        assert client.get("/api/v1/search?q=oak").get_json()["total"] == 20
    for address, kind in (("/api/v1/search?q=elm", "application/problem+json"), ("/?q=elm", "text/html")):
        gone = client.get(address)
        assert gone.status_code == 503, address
        assert int(gone.headers["Retry-After"]) > 0
        assert gone.mimetype == kind
    with gate(hosts.partition(",")[0], directory, anybody, port=opened.port):
        assert client.get("/api/v1/search?q=oak").get_json()["total"] == 20
    searcher.close()
