"""Several machines on one archive in PostgreSQL and one index on the cluster: each has but a data directory of its own.

How long a commit takes to be shown elsewhere is a figure of docs/cluster.md, not a claim of these tests.
"""

import dataclasses
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.places import place_of
from index.engines.opensearch.cluster import Cluster
from index.errors import LockedError, NoIndexError, StoreError
from index.pipeline.checking import check
from index.pipeline.rebuilding import index_archive
from index.settings import Settings
from index.store.generations import current
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import keep, tagged
from tests.postgresql.server import MissingError, Running, started
from tests.serving import serving

LONGEST = 30.0
"""Seconds until a test gives up."""

EACH = 200

OAKS = SearchRequest(q="oak", facets=("person",), size=5)

Machines = Callable[..., Settings]


@pytest.fixture(scope="module")
def server() -> Running:
    try:
        return started()
    except MissingError as error:
        pytest.skip(f"machines share an index where they share an archive in PostgreSQL: {error}")


@pytest.fixture
def machines(server: Running, settings_of: Callable[..., Settings], tmp_path: Path) -> Machines:
    """Give the settings of a machine by its name: all have one archive and one prefix."""
    database = server.database()
    common = settings_of(
        tmp_path,
        archive=server.address(database),
        archive_password=server.password,
        archive_patience_seconds=20.0,
        opensearch_bulk_bytes=20_000,
        jobs=1,
    )

    def make(name: str, **others: object) -> Settings:
        return dataclasses.replace(common, data_dir=tmp_path / name, **others)  # type: ignore[arg-type]

    return make


def put(settings: Settings, numbers: range, text: str = "") -> None:
    with Archive(place_of(settings)) as archive:
        keep(archive, (tagged(number, text) for number in numbers))


def indices(settings: Settings) -> set[str]:
    cluster = Cluster(settings)
    try:
        prefix = cluster.address.prefix
        return set(
            cluster.ask("GET", f"/{prefix}-*/_mapping", params={"filter_path": "*.mappings.properties.article.type"})
        )
    finally:
        cluster.close()


def index_and_die(settings: Settings, at: int, anew: bool) -> None:  # a process of its own
    def die(done: int, total: int) -> None:
        if done >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    index_archive(settings, anew=anew, on_written=die)


def killed(settings: Settings, *, at: int, anew: bool = False) -> None:
    """Index in a process of its own that is killed when so many articles are written."""
    process = multiprocessing.get_context("spawn").Process(target=index_and_die, args=(settings, at, anew))
    process.start()
    process.join(LONGEST * 4)
    assert process.exitcode == -signal.SIGKILL


def late(settings: Settings) -> None:
    """Write to an index that was deleted before, as one does who was long cut off."""
    cluster = Cluster(settings)
    cluster.ask("PUT", f"/{cluster.address.prefix}-20260101000000-0a1b2c/_doc/1", {"article": "eA=="})
    cluster.close()


@contextmanager
def searching(settings: Settings) -> Iterator[Searcher]:
    """A server's searcher, with what follows other machines."""
    searcher = Searcher(settings.data_dir, settings)
    follower = searcher.follower()
    follower.start()
    try:
        yield searcher
    finally:
        follower.stop()
        follower.join(LONGEST)
        searcher.close()


def waited(searcher: Searcher, wanted: int) -> None:
    until = time.monotonic() + LONGEST
    while (total := searcher.ask(OAKS).total) != wanted:
        assert time.monotonic() < until, total
        time.sleep(0.05)


def ids(searcher: Searcher) -> list[str]:
    with searcher.harvest(SearchRequest(q="oak", sort="oldest")) as harvest:
        return [hit.shown.article.id for hit in harvest.hits]


def environment_of(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "NEWSMORGUE_ARCHIVE": settings.archive,
        "NEWSMORGUE_ARCHIVE_PASSWORD": settings.archive_password,
        "NEWSMORGUE_ARCHIVE_PATIENCE_SECONDS": "120",
        "NEWSMORGUE_ENGINE": settings.engine,
        "NEWSMORGUE_OPENSEARCH_SHARDS": "2",
        "NEWSMORGUE_JOBS": "1",
        "NEWSMORGUE_PORT": "0",
        "NO_COLOR": "1",
        "PYTHONPATH": str(Path.cwd()),
    }


def url_of(number: int) -> str:
    return f"https://news.example/{number}"


def total_at(address: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/search?q=oak&size=1", timeout=20) as answer:
        return int(json.load(answer)["total"])


def test_two_indexers_at_once_and_two_servers_lose_and_double_nothing(machines: Machines, tmp_path: Path) -> None:
    one, two, reader = (machines(name) for name in ("one", "two", "reader"))
    put(one, range(3))
    index_archive(one)
    files = []
    for at, first in enumerate((1_000, 1_000 + EACH - 20)):
        files.append(tmp_path / f"{at}.jsonl")
        rows = (
            {"url": url_of(n), "text": f"An oak fell in street {n}, they said."} for n in range(first, first + EACH)
        )
        files[-1].write_text("\n".join(map(json.dumps, rows)))
    environment = environment_of(one)
    with serving(environment, two.data_dir) as first, serving(environment, reader.data_dir) as second:
        assert total_at(first) == total_at(second) == 3
        command = [sys.executable, "-m", "newsmorgue", "index"]
        running = [
            subprocess.Popen([*command, str(path), "--data-dir", str(machine.data_dir)], env=environment)
            for path, machine in zip(files, (one, two), strict=True)
        ]
        assert [process.wait(LONGEST * 4) for process in running] == [0, 0]
        until = time.monotonic() + LONGEST
        while (totals := [total_at(first), total_at(second)]) != [3 + 2 * EACH - 20] * 2:
            assert time.monotonic() < until, totals
            time.sleep(0.05)
    wanted = {url_of(n) for n in range(1_000, 1_000 + 2 * EACH - 20)}
    for machine in (one, two, reader):
        searcher = Searcher(machine.data_dir, machine)
        with searcher.harvest(SearchRequest(q="oak")) as harvest:
            found = [hit.shown.article.url for hit in harvest.hits]
        assert len(found) == len(wanted) + 3
        assert set(found) == {None, *wanted}
        assert not check(machine).problems
        searcher.close()
    assert len({current(machine.data_dir).name for machine in (one, two, reader)}) == 1
    assert len(indices(one)) <= 2


def test_what_a_killed_indexer_began_another_machine_ends(machines: Machines) -> None:
    one, two = machines("one"), machines("two")
    put(one, range(300))
    killed(one, at=100)
    with pytest.raises(NoIndexError):
        current(one.data_dir)
    assert index_archive(two).committed
    assert len(indices(two)) == 1, "what was begun is gone"
    with searching(one) as here, searching(two) as there:
        assert here.ask(OAKS).total == there.ask(OAKS).total == 300
        put(one, range(100, 150), "An elm instead")
        put(one, range(300, 340))
        killed(two, at=50)
        assert here.ask(OAKS).total == 300
        late(two)
        put(one, range(340, 345))
        put(one, range(120, 130))  # what the killed one may have written is written over
        assert index_archive(one).rebuilt is None
        for searcher in (here, there):
            waited(searcher, 345)
            assert searcher.ask(SearchRequest(q="elm instead")).total == 40
        assert len(indices(one)) == 1
        assert len(set(ids(there))) == len(ids(there)) == 345
    assert not check(one).problems


def test_a_killed_rebuild_leaves_readers_with_what_they_have_and_an_ended_one_takes_them_along(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines("one"), machines("two", cursor_seconds=0)
    put(one, range(100))
    index_archive(one)
    [before] = indices(one)
    killed(two, at=50, anew=True)
    assert len(indices(one)) == 2
    with searching(one) as here:
        assert here.ask(OAKS).total == 100
        page = here.ask(OAKS)
        index_archive(two, anew=True)
        after = indices(one) - {before}
        assert len(after) == 1, "what the killed one began is gone, what may be read is not"
        waited_for(one, current(two.data_dir).name)
        assert here.ask(OAKS).total == 100
        assert here.ask(dataclasses.replace(OAKS, cursor=page.next), fixed=True).total == 100
        monkeypatch.setattr("index.pipeline.sharing._GRACE_SECONDS", -5)
        for number in (100, 101, 102):
            put(two, range(number, number + 1))
            index_archive(two)
        assert indices(one) == after
        waited(here, 103)


def waited_for(settings: Settings, name: str) -> None:
    until = time.monotonic() + LONGEST
    while current(settings.data_dir).name != name:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_who_indexes_while_another_machine_does_waits_and_is_told(machines: Machines) -> None:
    one, two = machines("one"), machines("two", archive_patience_seconds=0.5)
    put(one, range(100))
    refused: list[LockedError] = []

    def index_elsewhere(done: int, total: int) -> None:
        if not refused:
            with pytest.raises(LockedError, match="is being written") as told:
                index_archive(two)
            refused.append(told.value)

    index_archive(one, on_written=index_elsewhere)
    assert str(os.getpid()) in refused[0].what
    assert "kept in the archive" in refused[0].remedy
    assert index_archive(two).committed is False
    assert current(two.data_dir).name == current(one.data_dir).name


def test_a_data_directory_of_another_archive_is_refused(machines: Machines, server: Running) -> None:
    one, other = machines("one"), machines("other")
    put(one, range(3))
    index_archive(one)
    elsewhere = dataclasses.replace(other, archive=server.address(server.database()), engine="whoosh")
    put(elsewhere, range(5))
    index_archive(elsewhere)
    for attempt in (lambda: index_archive(other), lambda: Searcher(other.data_dir, other)):
        with pytest.raises(StoreError, match="belongs to another archive"):
            attempt()
    assert current(other.data_dir).manifest.articles == 5
