"""A prefix in a cluster belongs to one archive and one data directory, and what fails leaves nothing behind."""

import dataclasses
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.engines.opensearch.claiming import MovedError
from index.engines.opensearch.cluster import BlockedError, Cluster
from index.engines.opensearch.writer import OpenSearchWriter
from index.errors import StoreError, UnreachableError
from index.pipeline.rebuilding import index_archive
from index.settings import Settings
from index.store.commit import prepare
from search.engines.engine import FacetWish, Filters, Plan, Window
from search.engines.opensearch.engine import open_opensearch
from search.query.tree import Everything
from tests.opensearch.chosen_test import named
from tests.opensearch.failure_test import indexed, keep, tagged

Made = Callable[..., Settings]


def kept(made: Settings, numbers: range) -> Settings:
    """Put articles into the archive of a data directory."""
    prepare(made.data_dir)
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(one) for one in numbers))
    return made


def indices(made: Settings) -> list[str]:
    """Give the indices of a prefix, and of none that is longer."""
    cluster = Cluster(made)
    prefix = cluster.address.prefix
    found = cluster.ask("GET", f"/{prefix}-*/_alias")
    return sorted(name for name in found if re.fullmatch(rf"{re.escape(prefix)}-\d{{14}}-[0-9a-f]{{6}}", name))


def articles(made: Settings) -> int:
    cluster = Cluster(made)
    return int(cluster.ask("GET", f"/{cluster.address.prefix}/_count")["count"])


def test_a_longer_prefix_is_another_archives_and_in_nobodys_way(settings_of: Made, tmp_path: Path) -> None:
    short = kept(settings_of(tmp_path / "short"), range(3))
    longer = kept(dataclasses.replace(short, engine=f"{short.engine}-test", data_dir=tmp_path / "longer"), range(5))
    for made in (short, longer):
        indexed(made)
    kept(short, range(3, 4))
    indexed(short)
    assert (articles(short), articles(longer)) == (4, 5)
    assert len(indices(short)) == len(indices(longer)) == 1


def test_of_two_archives_that_begin_with_one_prefix_at_a_time_one_is_refused(
    settings_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept(settings_of(tmp_path / "one"), range(20))
    two = kept(dataclasses.replace(one, data_dir=tmp_path / "two"), range(100, 130))
    both, create = threading.Barrier(2, timeout=60), OpenSearchWriter._create
    failed: list[StoreError] = []

    def together(self: OpenSearchWriter, owner: str, articles: int) -> str:
        found = create(self, owner, articles)
        both.wait()
        return found

    def run(made: Settings) -> None:
        try:
            indexed(made)
        except StoreError as error:
            failed.append(error)

    monkeypatch.setattr(OpenSearchWriter, "_create", together)
    threads = [threading.Thread(target=run, args=(made,)) for made in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    [refused] = failed
    assert "is taken" in str(refused) or isinstance(refused, MovedError)
    assert len(indices(one)) == 1
    assert articles(one) in {20, 30}
    winner = one if articles(one) == 20 else two
    kept(winner, range(500, 501))
    indexed(winner)
    assert articles(one) in {21, 31}


def test_a_copy_of_a_data_directory_and_its_original_do_not_both_write(settings_of: Made, tmp_path: Path) -> None:
    made = kept(settings_of(tmp_path / "one"), range(20))
    indexed(made)
    copy = dataclasses.replace(made, data_dir=tmp_path / "copy")
    shutil.copytree(made.data_dir, copy.data_dir)
    kept(made, range(20, 25))
    indexed(made)
    kept(copy, range(100, 103))
    with pytest.raises(MovedError, match="since this data directory did"):
        indexed(copy)
    shutil.rmtree(copy.data_dir / "generations" / (copy.data_dir / "CURRENT").read_text().split()[0])
    (copy.data_dir / "CURRENT").unlink()
    with pytest.raises(MovedError):
        indexed(copy)
    assert articles(made) == 25
    assert len(indices(made)) == 1
    kept(made, range(25, 26))
    indexed(made)
    assert articles(made) == 26


def test_an_index_that_takes_no_writes_is_told_at_once_and_a_rebuild_leaves_nothing(
    settings_of: Made, tmp_path: Path
) -> None:
    made = kept(settings_of(tmp_path), range(20))
    indexed(made)
    [index] = indices(made)
    block = "index.blocks.read_only_allow_delete"
    cluster = Cluster(made)
    cluster.ask("PUT", f"/{index}/_settings", {block: True})
    kept(made, range(20, 25))
    with pytest.raises(BlockedError, match="flood-stage"):
        indexed(made)
    (made.data_dir / "CURRENT").unlink()
    if cluster.elastic():  # which lets an alias leave such an index, so that a rebuild is not in need of it
        indexed(made)
        assert articles(made) == 25
        return
    with pytest.raises(BlockedError, match="flood-stage"):
        indexed(made)
    assert indices(made) == [index]
    cluster.ask("PUT", f"/{index}/_settings", {block: None})
    indexed(made)
    assert articles(made) == 25
    assert len({*indices(made)} - {index}) == 1


def test_what_cannot_be_ended_is_deleted(settings_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept(settings_of(tmp_path), range(5))

    def fail(*_: object) -> None:
        raise StoreError("no")

    monkeypatch.setattr(OpenSearchWriter, "_point", fail)
    for _ in range(2):
        with pytest.raises(StoreError, match="no"):
            indexed(made)
        assert indices(made) == []
    monkeypatch.undo()
    indexed(made)
    assert articles(made) == 5


@pytest.mark.parametrize("shards", [1, 2])
def test_as_many_values_are_told_as_there_are(settings_of: Made, tmp_path: Path, shards: int) -> None:
    made = settings_of(tmp_path, opensearch_shards=shards)
    directory = made.data_dir / "generations" / "one"
    directory.mkdir(parents=True)
    OpenSearchWriter(made).write(directory, removed=[], added=[named(one, f"Ada Elm {one}") for one in range(700)])
    engine = open_opensearch(directory, made)
    plan = Plan(
        tree=Everything(), filters=Filters(), window=Window(size=1), facets=(FacetWish(field="person", size=9),)
    )
    try:
        outcome = engine.run(plan)
        assert outcome.facets[0].distinct == 700
        assert not outcome.cuts
    finally:
        engine.close()


def test_where_the_answer_to_the_move_of_the_alias_is_lost_the_index_stays_and_the_next_write_goes_on(
    settings_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kept(settings_of(tmp_path), range(3))
    indexed(made)
    [old] = indices(made)
    ask = Cluster.ask

    def lost(self: Cluster, method: str, path: str, body: object = None, **given: object) -> object:
        answer = ask(self, method, path, body, **given)  # type: ignore[arg-type]
        if path == "/_aliases" and len(body["actions"]) > 2 and old in str(body):  # type: ignore[index]
            raise UnreachableError("the connection was closed", where="here", remedy="Ask again")
        return answer

    with monkeypatch.context() as broken:
        broken.setattr(Cluster, "ask", lost)
        with pytest.raises(UnreachableError):
            index_archive(made, anew=True)
    assert articles(made) == 3, "the alias names an index that is there"
    kept(made, range(3, 5))
    index_archive(made, anew=True)
    assert articles(made) == 5
    assert len(indices(made)) <= 2


def test_a_new_index_without_all_its_copies_is_not_written_to(
    settings_of: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kept(settings_of(tmp_path), range(3))
    ask = Cluster.ask

    def lacking(self: Cluster, method: str, path: str, body: object = None, **given: object) -> object:
        answer = ask(self, method, path, body, **given)  # type: ignore[arg-type]
        return {**answer, "shards_acknowledged": False} if method == "PUT" and "mappings" in str(body) else answer

    with monkeypatch.context() as broken:
        broken.setattr(Cluster, "ask", lacking)
        with pytest.raises(UnreachableError, match="all its copies"):
            indexed(made)
    assert not indices(made)
    indexed(made)
    assert articles(made) == 3
