"""Several archives and several readers on one cluster."""

import dataclasses
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.settings import Settings
from index.store.commit import prepare
from index.store.generations import GENERATIONS, POINTER
from search.answer import Answer
from search.request import SearchRequest
from search.searcher import Searcher
from tests.opensearch.failure_test import indexed, keep, tagged


def test_two_archives_are_indexed_at_a_time_and_two_readers_answer_alike(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    both = [settings_of(tmp_path / name) for name in ("one", "two")]
    for number, made in enumerate(both):
        prepare(made.data_dir)
        with Archive(made.data_dir / FILE_NAME) as archive:
            keep(archive, (tagged(one) for one in range(200 + number)))
    writers = [threading.Thread(target=indexed, args=(made,)) for made in both]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    readers = [Searcher(both[0].data_dir, both[0]) for _ in range(2)]
    other = Searcher(both[1].data_dir, both[1])
    request = SearchRequest(q="oak ashes", size=7, facets=("person", "date"))
    first, second = (reader.ask(request) for reader in readers)
    assert first.total == second.total == 200
    assert [hit.article.id for hit in first.hits] == [hit.article.id for hit in second.hits]
    assert first.next == second.next
    following = readers[1].ask(SearchRequest(q="oak ashes", size=7, cursor=first.next), fixed=True)
    assert not {hit.article.id for hit in following.hits} & {hit.article.id for hit in first.hits}
    assert other.ask(request).total == 201
    for searcher in (*readers, other):
        searcher.close()


def test_a_reader_needs_of_the_data_directory_but_the_generation_and_what_points_to_it(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    made = settings_of(tmp_path / "writer")
    prepare(made.data_dir)
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(one) for one in range(30)))
    indexed(made)
    elsewhere = dataclasses.replace(made, data_dir=tmp_path / "reader")
    brought(made.data_dir, elsewhere.data_dir)
    here, there = (Searcher(one.data_dir, one) for one in (made, elsewhere))
    request = SearchRequest(q="oak ashes", size=7, facets=("person", "date"))
    first = here.ask(request)
    assert ids(there.ask(request)) == ids(first)
    assert there.ask(SearchRequest(q="oak ashes", size=7, cursor=first.next), fixed=True).total == 30
    with Archive(made.data_dir / FILE_NAME) as archive:
        keep(archive, (tagged(one) for one in range(30, 40)))
    indexed(made)
    assert there.ask(request).total == 30
    brought(made.data_dir, elsewhere.data_dir)
    assert there.ask(request).total == 40
    assert not (elsewhere.data_dir / FILE_NAME).exists()
    for searcher in (here, there):
        searcher.close()


def ids(answer: Answer) -> list[str]:
    return [hit.article.id for hit in answer.hits]


def brought(source: Path, target: Path) -> None:
    """Copy what docs/cluster.md says: the generations first, then what points to one."""
    shutil.copytree(source / GENERATIONS, target / GENERATIONS, dirs_exist_ok=True)
    shutil.copy(source / POINTER, target / POINTER)
