"""What happens when nodes die, and when writers do: nothing is lost, nothing is doubled, and readers are told."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.archive.archive import FILE_NAME, Archive, Entry
from index.engines.opensearch.cluster import Cluster
from index.errors import CorruptError, StoreError, UnreachableError
from index.packing import pack
from index.pipeline.checking import check
from index.pipeline.updating import Update, update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.types import Article, Mention, Tagged
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.nodes import Nodes
from web.application import create_application

BEFORE = 300
ADDED = 5_000
KILLED_AT = 1_500
LONGEST = 30.0
"""Seconds until a test gives up."""

OAKS = SearchRequest(q="oak", facets=("person",), size=1)


def tagged(number: int, text: str = "") -> Tagged:
    words = " ".join(f"w{(number * 31 + at) % 997}" for at in range(30))
    text = text or f"Ada Elm saw an oak and {number} ashes. {words}"
    article = Article(id=f"{number:016x}", source=f"test:{number}", title=f"Oak {number}", text=text)
    ada = Mention(kind="person", value="Ada Elm", surface="Ada Elm", field="text", start=0, end=7, via="test")
    return Tagged(article=article, mentions=(ada,) if text.startswith("Ada Elm") else ())


def keep(archive: Archive, articles: Iterator[Tagged]) -> None:
    archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in articles])


@pytest.fixture
def made(settings_of: Callable[..., Settings], tmp_path: Path) -> Settings:
    prepare(tmp_path)
    return settings_of(tmp_path, opensearch_bulk_bytes=200_000, opensearch_seconds=20.0)


def indexed(made: Settings, *, on_written: Callable[[int, int], None] = lambda done, total: None) -> Update:
    with WriterLock(made.data_dir) as lock, Archive(made.data_dir / FILE_NAME) as archive:
        return update(archive, lock, made, on_written=on_written)


class Asker(threading.Thread):
    """Asks one question again and again; what it gets must be whole, or refused as unreachable."""

    def __init__(self, searcher: Searcher) -> None:
        super().__init__()
        self._searcher = searcher
        self._ended = threading.Event()
        self.totals: list[int] = []
        self.refused = 0
        self.strange: list[object] = []

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                answer = self._searcher.ask(OAKS)
            except UnreachableError:
                self.refused += 1
            except Exception as error:  # noqa: BLE001  # whatever it is, the test shows it
                self.strange.append(error)
            else:
                if any(notice.code in {"shards-failed", "deadline"} for notice in answer.notices):
                    self.refused += 1
                else:
                    self.totals.append(answer.total)
            self._ended.wait(0.05)

    def end(self) -> None:
        self._ended.set()
        self.join()


def test_a_node_killed_while_articles_are_indexed_loses_and_doubles_none(nodes: Nodes | None, made: Settings) -> None:
    if nodes is None:
        pytest.skip("the cluster is not ours to kill")
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(BEFORE)))
    indexed(made)
    searcher = Searcher(made.data_dir, made)
    asker = Asker(searcher)
    asker.start()
    killed = threading.Event()

    def kill(done: int, total: int) -> None:
        if done >= KILLED_AT and not killed.is_set():
            killed.set()
            nodes.kill(2)

    try:
        with Archive(made.data_dir / FILE_NAME) as archive:
            keep(archive, (tagged(number) for number in range(BEFORE, BEFORE + ADDED)))
        assert indexed(made, on_written=kill).committed
        assert killed.is_set()
        asker.end()  # which may be opening the new generation just now, so that others still get the last one
        found = ids(searcher)
        assert len(found) == len(set(found)) == BEFORE + ADDED
        assert set(found) == {f"{number:016x}" for number in range(BEFORE + ADDED)}
        [people] = searcher.ask(OAKS).facets
        assert [(one.value, one.count) for one in people.values] == [("Ada Elm", BEFORE + ADDED)]
    finally:
        asker.end()
        searcher.close()
        nodes.start(2)
        nodes.wait()
    assert not asker.strange
    assert asker.totals
    assert set(asker.totals) <= {BEFORE, BEFORE + ADDED}


def ids(searcher: Searcher) -> list[str]:
    with searcher.harvest(SearchRequest(q="oak", sort="oldest")) as harvest:
        assert harvest.total == BEFORE + ADDED
        return [hit.shown.article.id for hit in harvest.hits]


def test_where_a_node_is_lost_with_parts_that_had_no_copy_the_others_answer_and_say_so(
    nodes: Nodes | None, made: Settings
) -> None:
    if nodes is None:
        pytest.skip("the cluster is not ours to kill")
    made = dataclasses.replace(made, opensearch_shards=3, opensearch_replicas=0)
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(60)))
    indexed(made)
    searcher = Searcher(made.data_dir, made)
    client = create_application(searcher, made).test_client()
    before = client.get("/api/v1/search?q=oak").get_json()
    assert (before["total"], before["query"]["notices"]) == (60, [])
    prefix = made.engine.rpartition("/")[2]
    shards: list[dict[str, str]] = nodes.get(f"/_cat/shards/{prefix}-*?format=json", port=nodes.ports[0])  # type: ignore[assignment]
    lost = int(shards[0]["node"].removeprefix("node"))
    nodes.kill(lost)
    try:
        answer = client.get("/api/v1/search?q=ashes")
        partial = answer.get_json()
        assert answer.status_code == 200
        assert "shards-failed" in {notice["code"] for notice in partial["query"]["notices"]}
        assert 0 < partial["total"] < 60
        people = partial["facets"]["person"]["values"]
        assert [(one["value"], one["count"]) for one in people] == [("Ada Elm", partial["total"])]
        page = client.get("/?q=ashes")
        assert page.status_code == 200
        assert "did not answer" in page.get_data(as_text=True)
    finally:
        nodes.start(lost)
        nodes.wait()
    whole = asked_until_whole(client, "/api/v1/search?q=ashes")
    assert (whole["total"], whole["query"]["notices"]) == (60, []), "the partial answer was not kept"
    searcher.close()


def asked_until_whole(client: FlaskClient, address: str) -> dict[str, Any]:
    """Give what is answered when all nodes reach each other again, which takes a moment where they are slow."""
    until = time.monotonic() + LONGEST
    while True:
        found: dict[str, Any] = client.get(address).get_json()
        if not any(notice["code"] == "shards-failed" for notice in found["query"]["notices"]):
            return found
        assert time.monotonic() < until, found["query"]["notices"]
        time.sleep(0.1)


def test_a_writer_that_dies_in_the_middle_is_made_good_by_the_next(made: Settings) -> None:
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(100)))

        def die(done: int, total: int) -> None:
            if done >= 50:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            indexed(made, on_written=die)
        indexed(made)
        searcher = Searcher(made.data_dir, made)
        assert searcher.ask(OAKS).total == 100
        keep(archive, (tagged(number, "an elm instead") for number in range(40)))
        archive.remove([f"{number:016x}" for number in range(90, 100)])
        keep(archive, (tagged(number) for number in range(100, 105)))
        before = searcher.ask(OAKS)
        with pytest.raises(KeyboardInterrupt):
            indexed(made, on_written=die_at(20))
        assert searcher.ask(OAKS).total == before.total
        indexed(made)
        assert not check(made).problems
        assert searcher.ask(OAKS).total == 95
        assert searcher.ask(SearchRequest(q="elm instead")).total == 40
        assert searcher.ask(SearchRequest(q="person:elm")).total == 55
        searcher.close()


def die_at(number: int) -> Callable[[int, int], None]:
    def die(done: int, total: int) -> None:
        if done >= number:
            raise KeyboardInterrupt

    return die


def test_an_index_that_is_gone_is_built_again_from_the_archive(made: Settings, hosts: str) -> None:
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(10)))
        indexed(made)
        searcher = Searcher(made.data_dir, made)
        cluster = Cluster(made)
        [name] = cluster.ask("GET", f"/{cluster.address.prefix}/_alias")
        cluster.ask("DELETE", f"/{name}")
        cluster.close()
        with pytest.raises(CorruptError):
            searcher.ask(OAKS)
        assert check(made).problems == ("the index holds 0 articles, the archive 10",)
        keep(archive, iter([tagged(11)]))
        assert "is not there" in str(indexed(made).rebuilt)
        assert searcher.ask(OAKS).total == 11
        searcher.close()


def test_a_prefix_of_another_archive_is_refused(made: Settings, settings_of, tmp_path: Path) -> None:
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(3)))
    indexed(made)
    other = settings_of(tmp_path / "other", engine=made.engine)
    prepare(other.data_dir)
    with Archive(other.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(3)))
    with pytest.raises(StoreError, match="is taken"):
        indexed(other)


def test_a_cluster_that_does_not_answer_is_told_as_such(made: Settings) -> None:
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(number) for number in range(3)))
    indexed(made)
    prefix = made.engine.rpartition("/")[2]
    silent = dataclasses.replace(made, engine=f"opensearch+http://127.0.0.1:1/{prefix}")
    searcher = Searcher(silent.data_dir, silent)
    began = time.monotonic()
    response = create_application(searcher, silent).test_client().get("/api/v1/search?q=oak")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "does not answer" in response.get_json()["detail"]
    assert time.monotonic() - began < 20
